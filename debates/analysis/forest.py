"""A topic as one frozen record for each statement, and what every count needs to know of them: order, sides, replies.

A statement counts when it shows and everything above it shows, up to its claim. What stands below a line that was
taken back has no side, as the path to the claim is broken there, and is in no count.

A link counts as one line at its own place, with its own stance and side. Its words, evidence and replies are its
target's and are counted there, once; nothing is counted below a link.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from debates.analysis.sides import AGAINST, FOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Record(NamedTuple):
    """One statement that shows. `target` is the statement that a link repeats; `author` None: a former participant."""

    id: int
    parent: int | None
    target: int | None
    stance: str  # "" for a claim
    depth: int
    position: int
    author: int | None
    sources: int
    passages: int

    @property
    def branch(self) -> int:
        """The statement whose replies are this one's: itself, or what a link points to."""
        return self.target or self.id

    @property
    def opposes(self) -> bool:
        return self.stance == "opposes"


@dataclass(frozen=True, slots=True)
class Forest:
    """The statements of a topic that count. `records` are in reading order: each before what stands below it."""

    records: Mapping[int, Record]
    replies: Mapping[int, Sequence[Record]]  # what stands right below a statement, in order; nothing below a link
    sides: Mapping[int, str]

    def replies_to(self, record: Record) -> Sequence[Record]:
        """The replies that a reader sees below `record`: those of its target, where it is a link."""
        return self.replies.get(record.branch, ())

    def branch(self, root: int) -> list[Record]:
        """`root` and everything below it, in reading order. Raises KeyError where it is not in any count."""
        return _down([self.records[root]], self.replies)


def forest_of(records: Iterable[Record]) -> Forest:
    """`records` of one topic, given in any order. Those that do not hang on a claim are left out."""
    roots: list[Record] = []
    replies: defaultdict[int, list[Record]] = defaultdict(list)
    for record in sorted(records, key=_place):
        (roots if record.parent is None else replies[record.parent]).append(record)
    order = _down(roots, replies)
    sides: dict[int, str] = {}
    for record in order:
        above = FOR if record.parent is None else sides[record.parent]
        sides[record.id] = above if not record.opposes else _OTHER[above]
    return Forest({record.id: record for record in order}, dict(replies), sides)


_OTHER = {FOR: AGAINST, AGAINST: FOR}


def other_side(side: str) -> str:
    return _OTHER[side]


def _place(record: Record) -> tuple[int, int]:
    return record.position, record.id


def _down(roots: Sequence[Record], replies: Mapping[int, Sequence[Record]]) -> list[Record]:
    """`roots` and all below them, each followed by its branch."""
    order, stack = [], list(roots[::-1])
    while stack:
        record = stack.pop()
        order.append(record)
        below = replies.get(record.id)
        if below:
            stack.extend(below[::-1])
    return order
