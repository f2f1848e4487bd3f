"""{% outline_lines … %}: the lines of a branch as nested lists, each from the template _outline_line.html."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString

from debates.analysis import AGAINST, FOR
from debates.models import MAX_DEPTH, Stance, Status
from debates.stencil import fill
from debates.tree import flatten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from debates.stencil import Kind
    from debates.tree import Node

register = template.Library()

LINE = "debates/_outline_line.html"


@register.simple_tag
def outline_lines(
    nodes: Iterable[Node], *, statements: str, bearing: Collection[int] = (), levels: int = MAX_DEPTH,
    side: str = "", may_add: bool = False,
) -> SafeString:  # fmt: skip
    """`nodes` and what is loaded below them, which stand below something that speaks for the claim unless `side` says.

    Lines `levels` deep are shut; `bearing` ids have more to ask for.
    """
    forest = list(nodes)
    order = flatten(forest)
    against = _against(order, side or FOR)
    html: dict[int, str] = {}
    for node in reversed(order):
        below = SafeString("".join([html.pop(child.id) for child in node.children]))
        toggle = _toggle(node, bearing, levels)
        html[node.id] = fill(LINE, _kind(node, toggle, node.id in against, may_add), _blanks(node, statements, below))
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


def _toggle(node: Node, bearing: Collection[int], levels: int) -> str:
    if node.children:
        return "open" if node.depth < levels else "shut"
    return "load" if node.id in bearing and not node.is_link else ""


def _kind(node: Node, toggle: str, against: bool, may_add: bool) -> Kind:
    """All that the template of a line asks `if` about."""
    return (
        ("stance", node.stance), ("toggle", toggle), ("heading", node.depth <= 1), ("link", node.is_link),
        ("withdrawn", node.status == Status.WITHDRAWN), ("removed", node.status == Status.REMOVED),
        ("named", bool(node.author) and not node.gone), ("counted", bool(toggle or node.replies)),
        ("some_for", node.supporting > 0), ("some_against", node.opposing > 0),
        ("unanswered", against and node.stance == Stance.OPPOSES and not node.opposing and not node.gone),
        ("alone", not node.replies), ("add", may_add and not node.gone),
    )  # fmt: skip


def _blanks(node: Node, statements: str, below: SafeString) -> dict[str, str]:
    return {
        "pk": node.pk, "address": f"{statements}{node.branch_id}/", "level": str(node.depth), "text": node.text,
        "author": node.author, "supporting": str(node.supporting), "opposing": str(node.opposing), "below": below,
    }  # fmt: skip
