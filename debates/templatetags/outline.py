"""{% outline_lines … %}: the lines of a branch as nested lists, each from the template _outline_line.html."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString

from debates.analysis import AGAINST, FOR
from debates.models import MAX_DEPTH, Stance, Status
from debates.stencil import fill
from debates.tree import flatten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.template import Context

    from debates.models import Topic
    from debates.stencil import Kind
    from debates.tree import Node

register = template.Library()

LINE = "debates/_outline_line.html"


@register.simple_tag(takes_context=True)
def outline_lines(
    context: Context, nodes: Iterable[Node], *, speaker: int | None, bearing: Collection[int] = (),
    levels: int = MAX_DEPTH, side: str = "",
) -> SafeString:  # fmt: skip
    """`nodes` and what is loaded below them, which stand below something that speaks for the claim unless `side` says.

    Lines `levels` deep are shut; `bearing` ids have more to ask for. `speaker` wrote the line above all of them: a
    name stands only where somebody else speaks.
    """
    forest = list(nodes)
    order = flatten(forest)
    lines = Lines(context["topic"], context["statements"], bool(context.get("may_add")), bearing, levels)
    against, speakers = _against(order, side or FOR), _speakers(order, speaker)
    html: dict[int, str] = {}
    sizes: dict[int, int] = {}
    for node in reversed(order):
        below = SafeString("".join([html.pop(child.id) for child in node.children]))
        sizes[node.id] = _size(node, sizes)
        kind = lines.kind(node, node.id in against, speakers[node.id] != node.author_id, sizes[node.id] > 0)
        html[node.id] = fill(LINE, kind, lines.blanks(node, below, sizes[node.id]))
    return SafeString("".join([html[node.id] for node in forest]))


def _against(order: list[Node], side: str) -> set[int]:
    """The ids of what speaks against the claim, of lines in reading order."""
    known = {node.id for node in order}
    against: set[int] = set()
    for node in order:
        above = node.parent_id in against if node.parent_id in known else side == AGAINST
        if above != (node.stance == Stance.OPPOSES):
            against.add(node.id)
    return against


def _speakers(order: list[Node], speaker: int | None) -> dict[int, int | None]:
    """Who wrote the line above each; None above it where that was taken back, or nobody is known to have."""
    authors = {node.id: None if node.gone else node.author_id for node in order}
    return {node.id: authors.get(node.parent_id, speaker) if node.parent_id else None for node in order}


def _size(node: Node, sizes: dict[int, int]) -> int:
    """How many lines are below, given that of each child; 0 where not all of them are in the page."""
    if node.more or any(child.replies and not sizes[child.id] for child in node.children):
        return 0
    return sum(1 + sizes[child.id] for child in node.children)


@dataclass(frozen=True, slots=True)
class Lines:
    """What the lines of one outline have in common."""

    topic: Topic
    statements: str
    may_add: bool
    bearing: Collection[int]
    levels: int

    def kind(self, node: Node, against: bool, other: bool, sized: bool) -> Kind:
        """All that the template of a line asks `if` about. `other`: not who wrote the line above has written it."""
        toggle = self._toggle(node)
        own = self.topic.standing.may_change(node.author_id) and not node.gone and not node.is_link
        return (
            ("stance", node.stance), ("toggle", toggle), ("heading", node.depth <= 1), ("link", node.is_link),
            ("withdrawn", node.status == Status.WITHDRAWN), ("removed", node.status == Status.REMOVED),
            ("named", bool(node.author) and other and not node.gone), ("counted", bool(toggle or node.replies)),
            ("some_for", node.supporting > 0), ("some_against", node.opposing > 0), ("sized", bool(toggle) and sized),
            ("unanswered", against and node.stance == Stance.OPPOSES and not node.opposing and not node.gone),
            ("alone", not node.replies), ("add", self.may_add and not node.gone), ("own", own),
        )  # fmt: skip

    def blanks(self, node: Node, below: SafeString, size: int) -> dict[str, str]:
        return {
            "pk": node.pk, "address": f"{self.statements}{node.branch_id}/", "level": str(node.depth),
            "text": node.text, "author": node.author, "supporting": str(node.supporting),
            "opposing": str(node.opposing), "size": str(size), "below": below,
        }  # fmt: skip

    def _toggle(self, node: Node) -> str:
        if node.children:
            return "open" if node.depth < self.levels else "shut"
        return "load" if node.id in self.bearing and not node.is_link else ""
