"""An argument as a card: drawn with stencils, as a page shows many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString

from debates.stencil import fill

if TYPE_CHECKING:
    from django.template import Context

    from debates.tree import Node

register = template.Library()

CARD, REPLY, FACT = "debates/_card.html", "debates/_card_reply.html", "debates/_card_fact.html"


@register.simple_tag(takes_context=True)
def card(context: Context, node: Node, speaker: int | None, new: bool = False, draft_key: str = "") -> SafeString:
    """{% card node parent.author_id %}, in a page with `topic` and `statements`, where addresses of statements begin.

    `speaker` wrote the line above: a name stands only where somebody else speaks. A `new` card takes the focus.
    """
    leaf, statements = not node.children, context["statements"]
    own = context["topic"].standing.may_change(node.author_id) and not node.gone and not node.is_link
    kind = (
        ("stance", node.stance), ("gone", node.gone), ("new", new), ("leaf", leaf), ("own", own),
        ("some_for", node.supporting > 0), ("some_against", node.opposing > 0),
    )  # fmt: skip
    blanks = {
        "pk": node.pk, "href": f"{statements}{node.id}/", "text": node.text, "supporting": str(node.supporting),
        "opposing": str(node.opposing), "facts": _facts(node, statements, speaker), "draft_key": draft_key,
        "replies": SafeString("") if leaf else _replies(node, statements),
    }  # fmt: skip
    return fill(CARD, kind, blanks)


def _replies(node: Node, statements: str) -> SafeString:
    lines = [
        fill(REPLY, (("stance", reply.stance),), {"href": f"{statements}{reply.id}/", "text": reply.text})
        for reply in node.children
    ]
    if node.more:
        lines.append(_fact("more", node.more, href=f"{statements}{node.branch_id}/"))
    return SafeString("".join(lines))


def _facts(node: Node, statements: str, speaker: int | None) -> SafeString:
    """What a card tells of its argument, as far as there is something to tell."""
    href = f"{statements}{node.id}/"
    told = [
        _fact("link") if node.is_link else "",
        _fact("passages", node.passages, href=href) if node.passages else "",
        _fact("sources", node.sources, href=href) if node.sources else "",
        _fact("voted" if node.my_vote is not None else "votes", node.votes, href=href) if node.votes else "",
        _fact("you") if node.mine else _fact("author", who=node.author) if node.author_id != speaker else "",
    ]
    return SafeString("".join(told))


def _fact(name: str, count: int = 0, *, who: str = "", href: str = "") -> SafeString:
    return fill(FACT, (("name", name), ("one", count == 1)), {"count": str(count), "who": who, "href": href})
