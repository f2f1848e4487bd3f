"""What follows for a claim from how far one reader accepts the leaves below it: gradual semantics on a tree.

Values lie between 0 (not at all) and 1 (wholly). They follow from the reader's own ratings and measure no truth:
neither semantics reads a word. A line that is not rated does not count; a line above rated ones begins undecided.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from debates.analysis.excerpt import Excerpt, Line

    type Values = Sequence[float]
    type Semantics = Callable[[float, Values, Values], float]

UNDECIDED = 0.5


def quadratic_energy(start: float, supporting: Values, opposing: Values) -> float:
    """Potyka (2018): E = Σ supporting − Σ opposing, h = E² / (1 + E²); h of the way from `start` to 1, or to 0.

    It grows with every line that is added, so it rewards padding; with many lines it still moves.
    """
    energy = sum(supporting) - sum(opposing)
    pull = energy**2 / (1 + energy**2)
    return start + (1 - start) * pull if energy > 0 else start - start * pull


def df_quad(start: float, supporting: Values, opposing: Values) -> float:
    """Rago and others (2016), for comparison: each side adds up as 1 − ∏ (1 − value), and the difference moves `start`.

    With many lines on both sides it no longer moves.
    """
    pro, con = (1 - prod(1 - value for value in side) for side in (supporting, opposing))
    return start - start * (con - pro) if con >= pro else start + (1 - start) * (pro - con)


def acceptance(
    excerpt: Excerpt, ratings: Mapping[int, float], *, semantics: Semantics = quadratic_energy, start: float = UNDECIDED
) -> dict[int, float]:
    """The value of every line of `excerpt` that counts, by its id. `ratings` are by the ids that are to be rated.

    A line counts if it is rated, or if something that counts stands below it. Links to a line of the excerpt have
    its value.
    """
    lines = {line.id: line for line in excerpt.lines}
    below: dict[int, list[Line]] = {pk: [] for pk in lines}
    for line in excerpt.lines[1:]:
        below[line.parent].append(line)
    needs = {pk: {each.id for each in below[pk]} | ({line.same_as} - {0}) for pk, line in lines.items()}
    values: dict[int, float] = {}
    for pk in TopologicalSorter(needs).static_order():
        counted = [each for each in below[pk] if each.id in values]
        if counted:
            supporting = [values[each.id] for each in counted if not each.opposes]
            opposing = [values[each.id] for each in counted if each.opposes]
            values[pk] = semantics(start, supporting, opposing)
        elif (value := _own_value(lines[pk], ratings, values)) is not None:
            values[pk] = value
    return values


def _own_value(line: Line, ratings: Mapping[int, float], values: Mapping[int, float]) -> float | None:
    return values.get(line.same_as) if line.same_as else ratings.get(line.rated)
