"""Which lines of a tree to show when it is too large to show at once: a page of siblings, and below it what fits.

Below the page every branch is either wholly there or not at all, so that "not here yet" has one meaning. However
large the topic is, a fixed number of queries reads a bounded number of rows.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import Q, Window
from django.db.models.functions import RowNumber

from debates.analysis import side_along
from debates.models import MAX_DEPTH, Statement, Status, Topic
from debates.rows import REPLY_SHOWS
from debates.tree import DEFAULT_SORT, SORTS, Node, assemble, nodes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from debates.models.act import Actor

SIBLINGS_AT_ONCE = 100
LINES_AT_ONCE = 300
MOST_STEPS = 1_000


class Step(NamedTuple):
    """One statement met on the way down. `children` counts what is right below it; `bears`: some of that shows."""

    id: int
    parent: int | None
    position: int
    level: int
    children: int
    bears: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """One page of siblings, each with what is loaded of its own branch."""

    nodes: tuple[Node, ...]
    bearing: frozenset[int]  # ids of lines with something below them, loaded or not
    page: int = 1
    total: int = 0  # siblings on all pages

    @property
    def rest(self) -> int:
        """How many siblings follow on later pages."""
        return max(0, self.total - self.page * SIBLINGS_AT_ONCE)

    @property
    def next_page(self) -> int:
        return self.page + 1


def branch_page(topic: Topic, user: Actor, parent: int | None, *, sort: str = DEFAULT_SORT, page: int = 1) -> Branch:
    """The `page`-th hundred of what stands right below `parent` (None: the claims), with the branches that fit.

    Of each claim the first arguments are there in any case; `Node.more` counts the others. Eight queries at most.
    """
    # Claims by topic and depth, arguments by parent alone: each has its index, and topic with parent has none.
    place = Q(topic=topic, depth=0) if parent is None else Q(parent=parent)
    siblings = Statement.objects.get_queryset().filter(place).exclude(status=Status.SUGGESTED)
    nodes = [node for node in nodes_of(siblings, topic, user) if not node.gone or node.replies]
    nodes.sort(key=SORTS[sort])
    tops = shown = nodes[(page - 1) * SIBLINGS_AT_ONCE : page * SIBLINGS_AT_ONCE]
    if parent is None and shown:
        first = _first_below(shown)
        tops = nodes_of(Statement.objects.get_queryset().filter(pk__in=first), topic, user) if first else []
        shown = [*shown, *tops]
    steps = steps_below([node.id for node in tops if not node.is_link])
    below = whole_branches(steps, LINES_AT_ONCE - len(shown))
    found = nodes_of(Statement.objects.get_queryset().filter(pk__in=below), topic, user) if below else []
    bearing = frozenset(step.id for step in steps if step.bears)
    return Branch(assemble([*shown, *found], key=SORTS[sort]), bearing, page, len(nodes))


def _first_below(claims: Sequence[Node]) -> list[int]:
    """The ids of the first arguments of each of `claims`, as many as make a page together."""
    nth = Window(RowNumber(), partition_by="parent", order_by=["position", "id"])
    arguments = Statement.objects.get_queryset().filter(parent__in=[claim.id for claim in claims])
    ranked = arguments.exclude(status=Status.SUGGESTED).annotate(nth=nth).order_by()
    return list(ranked.filter(nth__lte=max(3, SIBLINGS_AT_ONCE // len(claims))).values_list("pk", flat=True))


def side_of(statement: Statement) -> str:
    """Whether `statement` speaks for or against the claim at its root. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE walk(parent_id, stance) AS (SELECT parent_id, stance FROM debates_statement WHERE id = %s"
            " UNION ALL SELECT s.parent_id, s.stance FROM debates_statement s JOIN walk ON s.id = walk.parent_id"
            ") SELECT stance FROM walk",
            [statement.refers_to_id or statement.pk],
        )
        return side_along(row[0] for row in cursor.fetchall())


def steps_below(
    roots: Collection[int], *, levels: int = MAX_DEPTH, opened: Collection[int] = (), closed: Collection[int] = ()
) -> list[Step]:
    """The way down from `roots`, level by level: `levels` of them, and below `opened`; never below `closed`.

    One query; at most MOST_STEPS, the roots included.
    """
    if not roots:
        return []
    deeper = "walk.level < %s" + (f" OR walk.id IN ({_marks(opened)})" if opened else "")
    but_not = f" AND walk.id NOT IN ({_marks(closed)})" if closed else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE walk(id, parent_id, position, level) AS ("  # noqa: S608 - only marks are put in
            f" SELECT id, parent_id, position, 0 FROM debates_statement WHERE id IN ({_marks(roots)}) UNION ALL"
            " SELECT s.id, s.parent_id, s.position, walk.level + 1 FROM debates_statement s"
            f" JOIN walk ON s.parent_id = walk.id WHERE s.status <> 'suggested' AND ({deeper}){but_not}"
            "), first AS (SELECT * FROM walk LIMIT %s)"
            " SELECT id, parent_id, position, level,"
            " (SELECT COUNT(*) FROM debates_statement c WHERE c.parent_id = first.id AND c.status <> 'suggested'),"
            " EXISTS (SELECT 1 FROM debates_statement c"
            f"  WHERE c.parent_id = first.id AND c.status <> 'suggested' AND ({REPLY_SHOWS} OR EXISTS"
            "  (SELECT 1 FROM debates_statement d WHERE d.parent_id = COALESCE(c.refers_to_id, c.id)"
            "   AND d.status <> 'suggested'))) FROM first",
            [*roots, levels, *opened, *closed, MOST_STEPS],
        )
        return [Step(*row) for row in cursor.fetchall()]


def _marks(ids: Collection[int]) -> str:
    return ", ".join(["%s"] * len(ids))


def whole_branches(steps: Sequence[Step], room: int) -> list[int]:
    """The ids of as many whole sets of siblings as fit into `room`, nearest to the roots first."""
    chosen: list[int] = []
    below = _by_parent(steps)
    whole = {step.id: step.children for step in steps}
    queue = deque(step.id for step in steps if step.level == 0)
    while queue:
        parent = queue.popleft()
        siblings = below.get(parent, [])
        if len(siblings) == whole[parent] and len(siblings) <= room:
            room -= len(siblings)
            chosen += siblings
            queue.extend(siblings)
    return chosen


def first_lines(steps: Sequence[Step], room: int, per_parent: int) -> list[int]:
    """The ids of the first `per_parent` siblings of each set, level by level, until `room` is full."""
    chosen: list[int] = []
    below = _by_parent(steps)
    queue = deque(step.id for step in steps if step.level == 0)
    while queue and len(chosen) < room:
        siblings = below.get(queue.popleft(), [])[: min(per_parent, room - len(chosen))]
        chosen += siblings
        queue.extend(siblings)
    return chosen


def _by_parent(steps: Iterable[Step]) -> dict[int | None, list[int]]:
    below: defaultdict[int | None, list[int]] = defaultdict(list)
    for step in sorted(steps, key=lambda step: (step.position, step.id)):
        if step.level:
            below[step.parent].append(step.id)
    return below
