"""Rows to trees: the only place that assembles one. A fixed number of queries, whatever the topic's size.

A page costs what it shows: the functions here load a statement's two sides, a path, or the first levels of a
branch, never a whole topic unless it is small. They return frozen nodes, and walk with a stack: no recursion limit.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models.expressions import RawSQL

from debates.models import MAX_DEPTH, Stance, Statement, Status, Topic
from debates.rows import NO_VOTES, REPLY_SHOWS, Tally, Which, author_in, chosen_by, rows_of, tallies_of, tally_shows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.models import QuerySet

    from debates.models.act import Actor
    from debates.rows import Row

SHOWN_PER_SIDE = 20
REPLIES_PREVIEWED = 5
SHOWN_AT_ONCE = 300
GLANCE = 300
MOST_CLAIMS = 100


@dataclass(frozen=True, slots=True)
class Node:
    """One statement as one reader sees it."""

    id: int
    branch_id: int  # itself, or the statement that a link points to
    parent_id: int | None
    stance: str
    depth: int
    text: str  # empty once taken back
    note: str
    status: str
    version: int
    author: str  # "" for a former participant
    author_id: int | None
    mine: bool
    created: datetime
    supporting: int
    opposing: int
    passages: int
    sources: int
    comments: int
    votes: int
    tally: Tally | None  # None while the topic hides it from this reader
    my_vote: int | None
    position: int
    premise_group: int | None = None
    children: tuple[Node, ...] = field(default=())

    @property
    def is_link(self) -> bool:
        return self.branch_id != self.id

    @property
    def is_claim(self) -> bool:
        return self.parent_id is None

    @property
    def gone(self) -> bool:
        return self.status in (Status.WITHDRAWN, Status.REMOVED)

    @property
    def replies(self) -> int:
        return self.supporting + self.opposing

    @property
    def more(self) -> int:
        """How many direct replies are not among `children`."""
        return max(0, self.replies - sum(1 for child in self.children if not child.gone))

    @property
    def pk(self) -> str:
        """The id as text, for addresses and ids in the page: templates would format a number."""
        return str(self.id)

    @property
    def branch_pk(self) -> str:
        return str(self.branch_id)

    @property
    def edited(self) -> int:
        return self.version - 1


@dataclass(frozen=True, slots=True)
class Side:
    """The arguments on one side of a statement, as far as they are shown."""

    stance: str
    nodes: tuple[Node, ...]
    total: int

    @property
    def hidden(self) -> int:
        return self.total - len(self.nodes)


# -- order ------------------------------------------------------------------------------------------------------

SORTS: dict[str, Callable[[Node], Any]] = {
    "author": lambda node: (node.position, node.id),
    "votes": lambda node: (-(node.tally or NO_VOTES).shrunk_mean, node.position, node.id),
    "newest": lambda node: (-node.created.timestamp(), -node.id),
    "contested": lambda node: (
        -(node.tally or NO_VOTES).contested, -min(node.supporting, node.opposing), node.position, node.id,
    ),
    "least": lambda node: (node.votes + node.replies, -node.created.timestamp()),
}  # fmt: skip
DEFAULT_SORT = "author"


# -- loading ----------------------------------------------------------------------------------------------------


def claims_of(topic: Topic, user: Actor) -> list[Node]:
    """The claims of `topic` in order, without what is below them: those that show, or whose replies do."""
    claims = Which(
        "s.topic_id = %s AND s.depth = 0 AND (s.status = 'visible' OR s.status <> 'suggested' AND EXISTS"  # noqa: S608 - no outside text in it
        f" (SELECT 1 FROM debates_statement c WHERE c.parent_id = s.id AND {REPLY_SHOWS}))"
        " ORDER BY s.position, s.id LIMIT %s",
        (topic.pk, MOST_CLAIMS),
    )
    return _nodes(rows_of(claims, user), topic, user)


def node_of(statement: Statement, user: Actor, *, new: bool = False) -> Node:
    """One statement, without what is below it. A `new` one has no votes to ask for."""
    rows = rows_of(Which("s.id = %s", (statement.pk,)), user)
    return _nodes(rows, statement.topic, user, tallied=not new)[0]


def nodes_of(statements: QuerySet[Statement], topic: Topic, user: Actor, *, tallied: bool = True) -> list[Node]:
    """`statements` of `topic` in no order, without what is below them. Two queries, one without their votes."""
    return _nodes(rows_of(chosen_by(statements), user), topic, user, tallied=tallied)


def path_to(statement: Statement, user: Actor) -> list[Node]:
    """From the claim down to `statement` itself."""
    line = Which(
        "s.id IN (WITH RECURSIVE walk(id, parent_id) AS (SELECT id, parent_id FROM debates_statement WHERE id = %s"
        " UNION ALL SELECT up.id, up.parent_id FROM debates_statement up JOIN walk ON up.id = walk.parent_id)"
        " SELECT id FROM walk) ORDER BY s.depth",
        (statement.pk,),
    )
    return _nodes(rows_of(line, user), statement.topic, user)


def sides_of(
    parent_id: int, topic: Topic, user: Actor, *, sort: str = DEFAULT_SORT, per_side: int = SHOWN_PER_SIDE
) -> dict[str, Side]:
    """The two sides of a statement: its arguments for and against, each with its first replies."""
    children = Which("s.parent_id = %s AND s.status <> 'suggested'", (parent_id,))
    nodes = _nodes(rows_of(children, user), topic, user)
    nodes = sorted((node for node in nodes if not node.gone or node.replies), key=SORTS[sort])
    shown = {stance: [n for n in nodes if n.stance == stance][:per_side] for stance in Stance.values}
    replies = _first_replies([node for side in shown.values() for node in side if node.replies], topic, user)
    return {
        stance: Side(
            stance,
            tuple(_with_children(node, replies[node.branch_id]) for node in side),
            sum(1 for node in nodes if node.stance == stance),
        )
        for stance, side in shown.items()
    }


def _first_replies(nodes: Sequence[Node], topic: Topic, user: Actor) -> defaultdict[int, list[Node]]:
    """The first few replies to each of `nodes`, in the author's order."""
    by_parent: defaultdict[int, list[Node]] = defaultdict(list)
    if nodes:
        marks = ", ".join(["%s"] * len(nodes))
        first = Which(
            "s.id IN (SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY parent_id ORDER BY position, id)"  # noqa: S608 - only marks
            f" AS nth FROM debates_statement c WHERE parent_id IN ({marks}) AND {REPLY_SHOWS}) ranked"
            " WHERE nth <= %s) ORDER BY s.position, s.id",
            (*(node.branch_id for node in nodes), REPLIES_PREVIEWED),
        )
        for node in _nodes(rows_of(first, user), topic, user, tallied=False):
            by_parent[node.parent_id or 0].append(node)
    return by_parent


def branch_of(
    topic: Topic, user: Actor, *, root: int | None, levels: int, sort: str = DEFAULT_SORT, limit: int = SHOWN_AT_ONCE,
    tallied: bool = True,
) -> tuple[Node, ...]:  # fmt: skip
    """`root` (or all claims) and `levels` levels below, at most `limit` statements. `Node.more` tells the rest.

    Without `tallied` the votes are not asked for.
    """
    walk = _first_levels(topic.pk, root, levels, limit)
    rows = rows_of(Which(f"s.id IN ({walk.condition})", walk.params), user)
    nodes = _nodes(rows, topic, user, tallied=tallied)
    return assemble(nodes, key=SORTS[sort])


def _first_levels(topic_id: int, root: int | None, levels: int, limit: int) -> Which:
    """The ids of a branch, level by level. Both engines stop as soon as the limit is reached."""
    start = "topic_id = %s AND depth = 0" if root is None else "id = %s"
    return Which(
        "WITH RECURSIVE walk(id, level) AS ("  # noqa: S608 - no outside text in it
        f" SELECT id, 0 FROM debates_statement WHERE {start} AND status <> 'suggested' UNION ALL"
        " SELECT below.id, walk.level + 1 FROM debates_statement below JOIN walk ON below.parent_id = walk.id"
        "  WHERE walk.level < %s AND below.status <> 'suggested'"
        ") SELECT id FROM walk LIMIT %s",
        (topic_id if root is None else root, levels, limit),
    )


def assemble(nodes: Iterable[Node], *, key: Callable[[Node], Any] = SORTS[DEFAULT_SORT]) -> tuple[Node, ...]:
    """A forest of `nodes`, children sorted by `key`. What was taken back stays only where something rests on it."""
    below: defaultdict[int | None, list[Node]] = defaultdict(list)
    known = list(nodes)
    ids = {node.id for node in known}
    for node in sorted(known, key=lambda node: -node.depth):
        children = sorted(below.pop(node.id, ()), key=key)
        if not node.gone or children or node.replies:
            below[node.parent_id if node.parent_id in ids else None].append(_with_children(node, children))
    return tuple(sorted(below[None], key=key))


def flatten(forest: Iterable[Node]) -> list[Node]:
    """Every node of `forest`, in reading order."""
    stack, order = list(forest)[::-1], []
    while stack:
        node = stack.pop()
        order.append(node)
        stack.extend(reversed(node.children))
    return order


def glance(claim_id: int, topic_id: int) -> list[tuple[int, int | None, str, int]] | None:
    """(id, parent, stance, depth) of every argument below a claim that shows, or None where there are too many."""
    walk = _first_levels(topic_id, claim_id, MAX_DEPTH, GLANCE + 2)
    below = Statement.objects.get_queryset().filter(pk__in=RawSQL(*walk))  # noqa: S611 - no outside text in it
    columns = ("pk", "parent_id", "stance", "depth", "status", "refers_to__status")
    rows = list(below.order_by("depth", "position", "pk").values_list(*columns))
    if len(rows) > GLANCE + 1:
        return None
    return [row[:4] for row in rows if row[4] == Status.VISIBLE and row[5] in (None, Status.VISIBLE)]


# -- rows to nodes ------------------------------------------------------------------------------------------------


def _nodes(rows: Sequence[Row], topic: Topic, user: Actor, *, tallied: bool = True) -> list[Node]:
    tallies = tallies_of([row["id"] for row in rows]) if tallied and rows else {}
    return [_node(row, topic, user, tallies.get(row["id"], NO_VOTES)) for row in rows]


def _node(row: Row, topic: Topic, user: Actor, tally: Tally) -> Node:
    link = row["refers_to_id"] is not None
    status = row["refers_to__status"] if link and row["status"] == Status.VISIBLE else row["status"]
    mine = user.pk is not None and row["author_id"] == user.pk
    shows = tally_shows(topic, voted=row["my_vote"] is not None, mine=mine)
    said = status in (Status.VISIBLE, Status.SUGGESTED)
    return Node(
        id=row["id"], branch_id=row["branch_id"], parent_id=row["parent_id"], stance=row["stance"],
        depth=row["depth"], text=(row["refers_to__text"] if link else row["text"]) if said else "",
        note=row["note"] if said else "", status=status, version=row["version"], author=author_in(row, topic),
        author_id=row["author_id"], mine=mine, created=row["created"], supporting=row["supporting"],
        opposing=row["opposing"], passages=row["n_passages"], sources=row["n_sources"], comments=row["n_comments"],
        votes=tally.count, tally=tally if shows else None, my_vote=row["my_vote"], position=row["position"],
        premise_group=row["premise_group"],
    )  # fmt: skip


def _with_children(node: Node, children: Sequence[Node]) -> Node:
    return replace(node, children=tuple(children)) if children else node
