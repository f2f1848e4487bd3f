"""The text of an essay, its notes, and the lines beside it, each from a stencil: a long text has thousands of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.safestring import SafeString

from debates.stencil import fill
from debates.tree import flatten

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.template import Context

    from debates.branches import Branch
    from debates.essays.reading import Note, Part, Piece, Reading
    from debates.tree import Node

register = template.Library()

PIECE, ANCHOR, NUMBER = "debates/_essay_piece.html", "debates/_essay_anchor.html", "debates/_essay_number.html"
SENTENCE, NOTE = "debates/_essay_sentence.html", "debates/_margin_note.html"
LINE, LINE_NUMBER = "debates/_essay_line.html", "debates/_essay_line_number.html"


@register.simple_tag(takes_context=True)
def essay_pieces(context: Context, part: Part) -> SafeString:
    """{% essay_pieces part %}: a paragraph with its passages. No space may come between two pieces."""
    address = context["address"] if context["makes"] else ""
    return SafeString("".join([_piece(piece, address) for piece in part.pieces]))


def _piece(piece: Piece, address: str) -> SafeString:
    first, *further = piece.anchors or [""]
    kind = (
        ("marked", bool(piece.keys)), ("stance", piece.stance), ("also", piece.also), ("anchored", bool(first)),
        ("overlapped", piece.overlap > 1), ("unused", piece.unused), ("chosen", piece.chosen),
    )  # fmt: skip
    numbers = [
        fill(NUMBER, (("stance", number.stance),), {"number": str(number.number), "key": str(number.key)})
        for number in piece.numbers
    ]
    blanks = {
        "text": piece.text, "anchor": first, "keys": " ".join(map(str, piece.keys)), "overlap": str(piece.overlap),
        "sentence": _sentence(piece.sentence, address), "numbers": SafeString("".join(numbers)),
        "further": SafeString("".join([fill(ANCHOR, (), {"anchor": anchor}) for anchor in further])),
    }  # fmt: skip
    return fill(PIECE, kind, blanks)


def _sentence(number: int, address: str) -> SafeString:
    """The place where a sentence begins, with the link that chooses it."""
    if not number:
        return SafeString("")
    return fill(SENTENCE, (("choose", bool(address)),), {"number": str(number), "address": address})


@register.simple_tag(takes_context=True)
def margin_notes(context: Context, part: Part) -> SafeString:
    """{% margin_notes part %}: what rests on a paragraph; `new` in the context is the statement to take the focus."""
    return SafeString("".join([_note(note, context["statements"], context.get("new")) for note in part.notes]))


def _note(note: Note, statements: str, new: int | None) -> SafeString:
    kind = (
        ("stance", note.node.stance), ("first", note.first), ("repeated", note.again is not None),
        ("named", bool(note.node.author)), ("new", note.node.id == new and note.again is None),
    )  # fmt: skip
    blanks = {
        "number": str(note.number), "key": str(note.key), "anchor": note.anchor, "claim": str(note.claim),
        "address": f"{statements}{note.node.pk}/", "text": note.node.text, "author": note.node.author,
        "again": str(note.again.number) if note.again else "", "again_key": str(note.again.key) if note.again else "",
    }  # fmt: skip
    return fill(NOTE, kind, blanks)


@register.simple_tag(takes_context=True)
def essay_lines(context: Context, branch: Branch, reading: Reading) -> SafeString:
    """{% essay_lines branch reading %}: the claims and what is below them, each with its passages in this text."""
    notes, html = reading.notes(), {}  # type: dict[int, list[Note]], dict[int, SafeString]
    for node in reversed(flatten(branch.nodes)):
        below = SafeString("".join([html.pop(child.id) for child in node.children]))
        html[node.id] = _line(node, notes.get(node.branch_id, []), below, context)
    return SafeString("".join([html[node.id] for node in branch.nodes]))


def _line(node: Node, notes: Collection[Note], below: SafeString, context: Context) -> SafeString:
    kind = (
        ("stance", node.stance), ("rests", bool(notes)), ("bears", bool(below)), ("gone", node.gone),
        ("choose", bool(context["makes"]) and not node.gone and not node.is_link),
        ("new", node.branch_id == context.get("new") and not node.is_link),
    )  # fmt: skip
    blanks: dict[str, Any] = {
        "pk": node.pk, "address": f"{context['statements']}{node.branch_id}/", "text": node.text, "below": below,
        "keys": " ".join(str(note.key) for note in notes),
        "numbers": SafeString("".join([_line_number(note, own=not node.is_link) for note in notes])),
    }  # fmt: skip
    return fill(LINE, kind, blanks)


def _line_number(note: Note, *, own: bool) -> SafeString:
    kind = (("first", note.first and own),)
    return fill(LINE_NUMBER, kind, {"key": str(note.key), "number": str(note.number), "anchor": note.anchor})
