"""What statements rest on: nothing yet, no source, or the same words of an essay as another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debates.analysis.forest import Forest, Record
    from debates.analysis.scope import Scope

    type Group = tuple[PassageRecord, set[int]]  # the first passage, and the statements that rest on the group


class Resting(NamedTuple):
    """A statement, and how many stand below it."""

    id: int
    below: int


class PassageRecord(NamedTuple):
    """A passage: the code points from `start` up to, without, `end` of an essay."""

    id: int
    statement: int
    essay: int
    start: int
    end: int


class Repeated(NamedTuple):
    """Words of an essay on which two or more statements rest. Number and place are those of the first passage."""

    id: int
    essay: int
    start: int
    end: int
    statements: tuple[int, ...]  # in reading order


def unsupported_in(scope: Scope) -> tuple[int, ...]:
    """Ids of claims and arguments with no supporting argument, no passage and no source. Links have their target's."""
    return tuple(line.id for line in scope.lines if line.target is None and not _is_grounded(scope.forest, line))


def _is_grounded(forest: Forest, line: Record) -> bool:
    return bool(line.sources or line.passages) or any(not reply.opposes for reply in forest.replies.get(line.id, ()))


def unsourced_in(scope: Scope) -> tuple[Resting, ...]:
    """Arguments without a source, that with the most statements below it first; among equals in reading order."""
    sizes = _sizes(scope.area)
    found = [
        Resting(line.id, sizes[line.id])
        for line in scope.lines
        if line.depth and line.target is None and not line.sources
    ]
    return tuple(sorted(found, key=lambda resting: -resting.below))


def _sizes(area: Iterable[Record]) -> dict[int, int]:
    """How many statements stand below each, at any depth."""
    sizes: dict[int, int] = {}
    for record in reversed(list(area)):
        size = sizes.setdefault(record.id, 0)
        if record.parent is not None:
            sizes[record.parent] = sizes.get(record.parent, 0) + size + 1
    return sizes


def repeated_passages(scope: Scope, passages: Iterable[PassageRecord]) -> tuple[Repeated, ...]:
    """The passages on which two or more statements of the area rest, at least one of them among its lines.

    Two passages count as the same when more than half of the longer one lies in both. Each passage is compared with
    the first of every group that reaches as far, so that a chain of overlaps does not tie far ends together.
    """
    order = {record.id: at for at, record in enumerate(scope.area)}
    asked = {line.id for line in scope.lines}
    found = []
    for first, statements in _groups(each for each in passages if each.statement in order):
        if len(statements) > 1 and not asked.isdisjoint(statements):
            place = (first.id, first.essay, first.start, first.end)
            found.append(Repeated(*place, tuple(sorted(statements, key=order.__getitem__))))
    return tuple(found)


def _groups(passages: Iterable[PassageRecord]) -> list[Group]:
    """The first passage of each group with the statements that rest on the group, in the order of the texts.

    Groups that reach the same place differ by so much that there are only a few for each doubling of the length.
    """
    groups: list[Group] = []
    reaching: list[Group] = []
    for passage in sorted(passages, key=_in_text):
        reaching = [each for each in reaching if each[0].essay == passage.essay and each[0].end > passage.start]
        group = next((each for each in reaching if is_same(each[0], passage)), None)
        if group is None:
            group = (passage, set())
            groups.append(group)
            reaching.append(group)
        group[1].add(passage.statement)
    return groups


def _in_text(passage: PassageRecord) -> tuple[int, int, int, int]:
    return passage.essay, passage.start, passage.end, passage.id


def is_same(one: PassageRecord, other: PassageRecord) -> bool:
    """Whether more than half of the longer passage lies in both."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return one.essay == other.essay and 2 * shared > max(one.end - one.start, other.end - other.start)
