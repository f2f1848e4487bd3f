"""What was said back: open objections, the labelling of what is answered, and the longest exchange.

*Answered* is the grounded labelling of Dung (1995) with objections as the only attacks: a statement is answered if
some objection to it is not itself answered. So a reply to an objection puts what it hurt back in its place. It says
that there is a reply, never that something is refuted. What answers itself in a ring of links is neither.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from debates.analysis.balance import Split
from debates.analysis.forest import other_side
from debates.analysis.sides import AGAINST, FOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from debates.analysis.forest import Forest, Record
    from debates.analysis.scope import Scope


def objections_in(scope: Scope) -> tuple[list[Record], list[Record]]:
    """The objections of the area that nothing opposes, and those that something does, both in reading order.

    To a link its target's replies are replies.
    """
    is_open: list[Record] = []
    answered: list[Record] = []
    for record in scope.area:
        if record.opposes:
            replies = scope.forest.replies_to(record)
            (answered if any(reply.opposes for reply in replies) else is_open).append(record)
    return is_open, answered


def by_side_hurt(forest: Forest, objections: Iterable[Record]) -> Split:
    """Ids by the side that the objection speaks against: the other one than its own."""
    hurt: dict[str, list[int]] = {FOR: [], AGAINST: []}
    for record in objections:
        hurt[other_side(forest.sides[record.id])].append(record.id)
    return Split(tuple(hurt[FOR]), tuple(hurt[AGAINST]))


def labels(forest: Forest) -> tuple[frozenset[int], frozenset[int]]:
    """Ids of the statements that are answered, and of those that stand; in a ring of links they may be neither."""
    attacked: defaultdict[int, list[int]] = defaultdict(list)  # by the attacker
    waiting: defaultdict[int, int] = defaultdict(int)  # attackers that are not known to be answered
    for parent, replies in forest.replies.items():
        for reply in replies:
            if reply.opposes:
                attacked[reply.branch].append(parent)
                waiting[parent] += 1
    nodes = {record.branch for record in forest.records.values()} | attacked.keys()
    answered, stands = _propagate(nodes, attacked, waiting)
    records = forest.records.values()
    return (
        frozenset(record.id for record in records if record.branch in answered),
        frozenset(record.id for record in records if record.branch in stands),
    )


def _propagate(
    nodes: Iterable[int], attacked: Mapping[int, Sequence[int]], waiting: dict[int, int]
) -> tuple[set[int], set[int]]:
    """Label what is certain, then what follows from it, until nothing follows. Each attack is looked at once."""
    answered: set[int] = set()
    stands = {node for node in nodes if not waiting[node]}
    queue = deque(stands)
    while queue:
        attacker = queue.popleft()
        for node in attacked.get(attacker, ()):
            if node in answered or node in stands:
                continue
            if attacker in stands:
                answered.add(node)
                queue.append(node)
                continue
            waiting[node] -= 1
            if not waiting[node]:
                stands.add(node)
                queue.append(node)
    return answered, stands


def longest_exchange(scope: Scope) -> tuple[int, ...]:
    """Ids of the longest run of objections, each to the one before, from what was first objected to; () for none.

    Of runs of the same length, the first in reading order. For one person, the longest in which a line is theirs.
    """
    above: dict[int, int] = {}  # consecutive objections on the path down to a line, itself included
    below: dict[int, int] = {}  # the most consecutive objections below it
    for record in scope.area:
        above[record.id] = above[record.parent] + 1 if record.opposes and record.parent in above else 0
    for record in reversed(scope.area):
        below.setdefault(record.id, 0)
        if record.opposes and record.parent in above:
            below[record.parent] = max(below.get(record.parent, 0), below[record.id] + 1)
    most = max((above[line.id] + below[line.id] for line in scope.lines), default=0)
    if not most:
        return ()
    through = next(line for line in scope.lines if above[line.id] + below[line.id] == most)
    return _run(scope.forest, through, above, below)


def _run(forest: Forest, through: Record, above: Mapping[int, int], below: Mapping[int, int]) -> tuple[int, ...]:
    run = [through.id]
    while above[run[0]]:
        run.insert(0, forest.records[run[0]].parent or 0)
    while left := below[run[-1]]:
        replies = forest.replies[run[-1]]
        run.append(next(reply.id for reply in replies if reply.opposes and below[reply.id] == left - 1))
    return tuple(run)
