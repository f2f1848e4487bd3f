"""The map as an SVG drawing that stands alone (SVG 1.1): the site's own map of every claim, one below the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from debates.drawing.map import Drawing, draw
from debates.formats.outline import gone_words
from debates.models import Status
from debates.tree import Node

if TYPE_CHECKING:
    from debates.formats.document import Document, Line

FAMILIES = "Segoe UI, Roboto, Helvetica Neue, Noto Sans, Liberation Sans, Arial, sans-serif"
BETWEEN_CLAIMS = 40
EMPTY = (320, 80)
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Map:
    """The drawings of all claims, each with its top, and how large they are together."""

    width: int
    height: int
    drawings: tuple[tuple[Drawing, int], ...]


def write(document: Document) -> bytes:
    """The drawing of `document`, in whatever sans serif its reader has."""
    return render(document, map_of(document), FAMILIES).encode()


def render(document: Document, drawn: Map, families: str) -> str:
    """The drawing as a text, in one of the type faces `families`."""
    context = {
        "title": document.title, "question": document.question, "drawings": drawn.drawings, "width": drawn.width,
        "height": drawn.height, "families": families,
    }  # fmt: skip
    return render_to_string("debates/maps_file.svg", context)


def map_of(document: Document) -> Map:
    """The maps of all claims of `document`, nothing shut."""
    drawings: list[tuple[Drawing, int]] = []
    width, height = EMPTY if not document.lines else (0, 0)
    for claim in _trees(document):
        drawing = draw(claim, bearing=(), gone=gone_words())
        drawings.append((drawing, height))
        width, height = max(width, drawing.width), height + drawing.height + BETWEEN_CLAIMS
    return Map(width, height - BETWEEN_CLAIMS if drawings else height, tuple(drawings))


def _trees(document: Document) -> list[Node]:
    """The claims with all that stands below them, made from the leaves up."""
    place = {line.id: number for number, line in enumerate(document.lines, 1)}
    by_id, below = document.by_id(), document.below()
    made: dict[str, Node] = {}
    for line in reversed(document.lines):
        children = tuple(made[child.id] for child in below.get(line.id, ()))
        target = by_id[line.refers_to] if line.refers_to else line
        made[line.id] = _node(line, target, place, children)
    return [made[line.id] for line in below[None]]


def _node(line: Line, target: Line, place: dict[str, int], children: tuple[Node, ...]) -> Node:
    """A line as the drawing wants it: only its words, its stance and its place are drawn."""
    gone = line.gone or target.gone
    supporting = sum(child.stance == "supports" for child in children)
    return Node(
        id=place[line.id], branch_id=place[target.id], parent_id=place[line.parent] if line.parent else None,
        stance=line.stance, depth=0, text="" if gone else target.text, note="",
        status=Status.WITHDRAWN if gone else Status.VISIBLE, version=1, author="", author_id=None, mine=False,
        created=_NEVER, supporting=supporting, opposing=len(children) - supporting, passages=0, sources=0, comments=0,
        votes=0, tally=None, my_vote=None, position=place[line.id], children=children,
    )  # fmt: skip
