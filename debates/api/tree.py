"""The tree of a topic, whole or a branch, nested or flat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from debates.api import queries
from debates.api.endpoint import Endpoint
from debates.api.etags import unless_known
from debates.api.schema import IF_NONE_MATCH, number, operation, query
from debates.api.serializers import outputs
from debates.api.statement_rows import nested, row_of
from debates.models import MAX_DEPTH, Statement, Status
from debates.permissions import topic_by_pk
from debates.tree import branch_of, flatten

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response

    from debates.models import Topic
    from debates.models.act import Actor
    from debates.tree import Node

MOST_STATEMENTS = 20_000
SHAPES = ("nested", "flat")


class Tree(Endpoint):
    group = "Statements"

    @operation(
        "Read the tree",
        "All claims with what stands below them, or one branch. Flat gives the same rows in reading order. At most"
        " 20,000 statements, level by level; `truncated` says whether there are more. Suggestions are not in it. With"
        " include=votes, which depends on more than the changes of the topic, there is no ETag.",
        gives=outputs.Tree,
        asks=[
            query("shape", "nested (children within rows) or flat.", *SHAPES),
            number("root", "The statement to begin with; without it, all claims."),
            number("depth", "How many levels below the first ones.", least=0, most=MAX_DEPTH),
            query("include", "votes: tallies as you may see them, and your votes.", "votes"),
            IF_NONE_MATCH,
        ],
    )
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "shape", "root", "depth", "include")
        topic = topic_by_pk(request.user, pk)
        options: dict[str, Any] = {
            "shape": queries.one_of(request, "shape", SHAPES, otherwise="nested"),
            "root": queries.whole_number(request, "root"),
            "levels": queries.whole_number(request, "depth", otherwise=MAX_DEPTH, least=0, most=MAX_DEPTH),
            "votes": bool(queries.one_of(request, "include", ("votes",))),
        }
        return unless_known(
            request, topic, lambda: tree_row(topic, request.user, **options), lasting=not options["votes"]
        )


def tree_row(topic: Topic, user: Actor, *, shape: str, root: int | None, levels: int, votes: bool) -> dict[str, Any]:
    """The answer: a fixed number of queries, whatever the topic's size."""
    if root is not None and not _shows(topic, root):
        raise Http404
    forest = branch_of(topic, user, root=root, levels=levels, limit=MOST_STATEMENTS, tallied=votes)
    flat = flatten(forest)
    rows = (
        nested(forest, topic.pk, votes=votes)
        if shape == "nested"
        else [row_of(node, topic=topic.pk, votes=votes) for node in flat]
    )
    return {
        "topic": topic.pk, "last_change": topic.last_change, "shape": shape,
        "truncated": _is_truncated(flat, levels), "statements": rows,
    }  # fmt: skip


def _is_truncated(flat: list[Node], levels: int) -> bool:
    """Whether there was more than fits: then some line above the last level asked for lacks replies."""
    if not flat:
        return False
    last = min(node.depth for node in flat) + levels
    return len(flat) >= MOST_STATEMENTS or any(node.more and node.depth < last and not node.is_link for node in flat)


def _shows(topic: Topic, root: int) -> bool:
    return Statement.objects.filter(pk=root, topic=topic).exclude(status=Status.SUGGESTED).exists()
