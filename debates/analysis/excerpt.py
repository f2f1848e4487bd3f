"""A branch cut down to what one reader can rate: its first levels, as many as have room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from debates.analysis.forest import Forest, Record

MOST_LEAVES = 60


class Line(NamedTuple):
    """One line of the excerpt. Its value is a rating, or that of another line, or follows from what stands below.

    `rated` is the id under which it is rated, 0 where it is not: a link is rated as its target. `same_as` is the line
    whose value a link has, 0 for none. A link that stands below its own target, by way of other links, has neither.
    """

    id: int
    parent: int  # 0 for the first line
    stance: str
    level: int
    rated: int
    same_as: int
    left_out: int  # statements below it that the excerpt has no room for

    @property
    def opposes(self) -> bool:
        return self.stance == "opposes"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`lines` in reading order; the first is what all others speak for or against."""

    lines: tuple[Line, ...]

    @property
    def rated(self) -> list[int]:
        """The ids to be rated."""
        return [line.rated for line in self.lines if line.rated]

    @property
    def left_out(self) -> int:
        return sum(line.left_out for line in self.lines)


def excerpt_of(forest: Forest, root: int, *, most: int = MOST_LEAVES) -> Excerpt:
    """The whole levels of the branch of `root` that have at most `most` leaves between them, at least one level.

    Of a first level with more, the first `most` lines. Raises KeyError where `root` is not in any count.
    """
    shown = _first_levels(forest, root, most)
    branch = forest.branch(root)
    records = [record for record in branch if record.id in shown]
    bearing = {root, *(record.parent for record in records[1:])}
    left_out, same_as, rings = _left_out(branch, shown), _same_as(records), _rings(records)
    lines = []
    for record in records:
        same = 0 if record.id in rings else same_as[record.id]
        rated = 0 if same or record.id in rings or record.id in bearing else record.branch
        parent = 0 if record.id == root else record.parent or 0
        level = record.depth - records[0].depth
        lines.append(Line(record.id, parent, record.stance, level, rated, same, left_out[record.id]))
    return Excerpt(tuple(lines))


def _first_levels(forest: Forest, root: int, most: int) -> set[int]:
    level = list(forest.replies.get(root, ()))[:most]
    shown, ended = {root}, 0
    while level and ended + len(level) <= most:
        shown.update(record.id for record in level)
        ended += sum(1 for record in level if not forest.replies.get(record.id))
        level = [reply for record in level for reply in forest.replies.get(record.id, ())]
    return shown


def _same_as(records: Sequence[Record]) -> Mapping[int, int]:
    """For each link the line that says the same: its target, or the first link to it where that is not shown."""
    first = {record.id: record.id for record in records if record.target is None}
    same = {record.id: first.setdefault(record.branch, record.id) for record in records}
    return {pk: 0 if other == pk else other for pk, other in same.items()}


def _left_out(branch: Sequence[Record], shown: Container[int]) -> Mapping[int, int]:
    """How many statements below each line that is shown are not, at the last line above them that is."""
    counted = {record.id: 0 for record in branch}
    for record in reversed(branch[1:]):
        if record.id not in shown and record.parent is not None:
            counted[record.parent] += counted[record.id] + 1
    return counted


def _rings(records: Sequence[Record]) -> set[int]:
    """Ids of the links that stand below their own target by way of links: no value follows for them."""
    shown = {record.id for record in records}
    below: dict[int, list[int]] = {record.id: [] for record in records}
    for record in records[1:]:
        below[record.parent or 0].append(record.id)
        if record.target in shown:
            below[record.id].append(record.target)
    return {record.id for record in records if record.target in shown and _reaches(below, record.target, record.id)}


def _reaches(below: Mapping[int, Sequence[int]], start: int, end: int) -> bool:
    met, stack = {start}, [start]
    while stack:
        new = [each for each in below[stack.pop()] if each not in met]
        met.update(new)
        stack += new
    return end in met
