"""How the arguments are spread: over the two sides, over the levels, and where nobody has looked yet."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from debates.analysis.sides import AGAINST, FOR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debates.analysis.forest import Forest, Record
    from debates.analysis.scope import Scope


class Balance(NamedTuple):
    """How many arguments speak for the claims at the root and how many against them. Counts; never a verdict."""

    for_it: int
    against_it: int

    @property
    def thin(self) -> str:
        """The side with fewer arguments; "" where both have as many."""
        if self.for_it == self.against_it:
            return ""
        return FOR if self.for_it < self.against_it else AGAINST


class Split(NamedTuple):
    """Ids of objections by the side they hurt, in reading order."""

    for_it: tuple[int, ...]
    against_it: tuple[int, ...]


class Place(NamedTuple):
    """Where an argument could be added."""

    parent: int
    stance: str

    @property
    def pk(self) -> str:
        """The id as text, for addresses: templates would format a number."""
        return str(self.parent)


def balance_of(forest: Forest, arguments: Iterable[Record]) -> Balance:
    counted = Counter(forest.sides[record.id] for record in arguments)
    return Balance(counted[FOR], counted[AGAINST])


def depths_of(lines: Iterable[Record]) -> tuple[int, ...]:
    """How many lines stand at depth 0, 1, 2 … down to the deepest."""
    counted = Counter(line.depth for line in lines)
    return tuple(counted[depth] for depth in range(max(counted, default=-1) + 1))


def untested_in(scope: Scope) -> tuple[int, ...]:
    """Ids of claims below which nothing opposes anything; and, below the other claims, of such supporting arguments.

    Only the supporting arguments right below a claim: what nobody has thought about shows at the top.
    """
    tested = _tested(scope.area)

    def is_reason(line: Record) -> bool:
        """Whether the claim above does not stand in the list for it; a branch's root stands for itself."""
        right_below = line.depth == 1 and not line.opposes and line.target is None
        return right_below and (line.parent in tested or line.id == scope.root)

    untested = (line for line in scope.lines if line.id not in tested)
    return tuple(line.id for line in untested if line.depth == 0 or is_reason(line))


def _tested(area: Iterable[Record]) -> set[int]:
    """Ids of the statements below which, at any depth, some argument opposes another."""
    tested: set[int] = set()
    for record in reversed(list(area)):
        if record.parent is not None and (record.opposes or record.id in tested):
            tested.add(record.parent)
    return tested


def emptiest_place(forest: Forest, side: str) -> Place | None:
    """The claim that has the fewest arguments of `side` in its branch, the first among equals; None without a claim."""
    counted: dict[int, int] = {}
    claim = 0
    for record in forest.records.values():
        if record.depth == 0:
            claim = record.id
            counted[claim] = 0
        elif forest.sides[record.id] == side:
            counted[claim] += 1
    if not counted:
        return None
    return Place(min(counted, key=lambda pk: counted[pk]), "supports" if side == FOR else "opposes")
