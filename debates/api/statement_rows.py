"""Statements as the API gives them: plain rows made of the nodes of debates/tree.py, and of nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debates.models import Statement
from debates.tree import node_of, nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debates.models import Topic
    from debates.models.act import Actor
    from debates.rows import Tally
    from debates.tree import Node

    type Row = dict[str, Any]


def row_of(node: Node, *, topic: int, votes: bool = False) -> Row:
    """One statement. `text` and `note` are null once it was taken back; `author` is null for who left the site."""
    row: Row = {
        "id": node.id, "topic": topic, "parent": node.parent_id, "stance": node.stance or None, "depth": node.depth,
        "position": node.position, "status": node.status, "text": None if node.gone else node.text,
        "note": None if node.gone else node.note, "version": node.version,
        "refers_to": node.branch_id if node.is_link else None, "author": node.author or None, "mine": node.mine,
        "created": node.created, "supporting": node.supporting, "opposing": node.opposing, "sources": node.sources,
        "passages": node.passages, "comments": node.comments, "premise_group": node.premise_group,
    }  # fmt: skip
    if votes:
        row |= {"my_vote": node.my_vote, "tally": tally_row(node.tally)}
    return row


def tally_row(tally: Tally | None) -> Row | None:
    """The votes of a statement, null while the topic hides them from this reader."""
    if tally is None:
        return None
    mean = None if tally.mean is None else round(tally.mean, 4)
    return {"votes": tally.count, "histogram": list(tally.histogram), "mean": mean}


def statement_row(statement: Statement, user: Actor) -> Row:
    """One statement with its votes. Two queries."""
    return row_of(node_of(statement, user), topic=statement.topic_id, votes=True)


def rows_in_order(statements: Sequence[Statement], topic: Topic, user: Actor) -> list[Row]:
    """`statements` of one topic with their votes, in the order given. Two queries, whatever their number."""
    if not statements:
        return []
    ids = [statement.pk for statement in statements]
    nodes = {node.id: node for node in nodes_of(Statement.objects.get_queryset().filter(pk__in=ids), topic, user)}
    return [row_of(nodes[pk], topic=topic.pk, votes=True) for pk in ids if pk in nodes]


def nested(forest: Iterable[Node], topic: int, *, votes: bool) -> list[Row]:
    """A forest as rows within rows, each with its `children`. Walks with a stack: no recursion limit."""
    roots: list[Row] = []
    stack = [(node, roots) for node in reversed(list(forest))]
    while stack:
        node, siblings = stack.pop()
        children: list[Row] = []
        siblings.append(row_of(node, topic=topic, votes=votes) | {"children": children})
        stack += [(child, children) for child in reversed(node.children)]
    return roots
