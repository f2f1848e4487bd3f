"""How far a class accepts each claim, before the debate and after it: sums, and never whose they are.

Sums show where at least five answered, and only once the asking has ended: whoever could watch them grow would see what
the last one answered.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from classrooms.models import Phase, Position, Seat, Shape, Twin
from classrooms.models.lesson import claims_of
from debates.models import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from classrooms.models import Assignment

# Sums of fewer people tell what single ones think.
FEWEST = 5
# Up to here the page warns that sums can be read as single answers.
SMALL = 10
WORDS = (_("not at all"), _("a little"), _("partly"), _("largely"), _("wholly"))


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave one of the five answers; `width` in hundredths of all."""

    word: str
    count: int
    width: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The answers of one phase; `bars` is empty where they are too few to show."""

    phase: str
    count: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """Of those who answered both times: how many accept the claim more, as much, and less than before."""

    more: int
    same: int
    less: int

    @property
    def count(self) -> int:
        return self.more + self.same + self.less


@dataclass(frozen=True, slots=True)
class Result:
    """One claim. `shift` is None where fewer than FEWEST answered both times."""

    text: str
    spreads: tuple[Spread, ...]
    shift: Shift | None

    @property
    def is_small(self) -> bool:
        return any(spread.bars and spread.count < SMALL for spread in self.spreads)


def results_of(assignment: Assignment) -> list[Result]:
    """A result for each claim that somebody was asked about, all groups together. Three queries.

    The phase that is being asked is left out, and so is the shift meanwhile.
    """
    rows = Position.objects.filter(seat__assignment=assignment).exclude(phase=assignment.polling)
    found = list(rows.values_list("claim_id", "seat_id", "phase", "value"))
    twins = Twin.objects.filter(group__assignment=assignment, copy__in={row[0] for row in found})
    first = dict(twins.values_list("copy_id", "original_id"))
    answers: defaultdict[int, defaultdict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for claim, seat, phase, value in found:
        answers[first.get(claim, claim)][phase][seat] = value
    # A claim that one group has made itself is no other group's to read.
    for_all = answers.keys() if assignment.shape == Shape.SHARED else set(first.values())
    claims = Statement.objects.filter(pk__in=for_all).order_by("topic", "position", "pk")
    return [_result(text, answers[pk]) for pk, text in claims.values_list("pk", "text")]


def _result(text: str, phases: Mapping[str, Mapping[int, int]]) -> Result:
    spreads = tuple(_spread(phase, phases[phase].values()) for phase in Phase.values if phase in phases)
    before, after = phases.get(Phase.BEFORE, {}), phases.get(Phase.AFTER, {})
    moves = [after[seat] - before[seat] for seat in before.keys() & after.keys()]
    shift = Shift(sum(move > 0 for move in moves), moves.count(0), sum(move < 0 for move in moves))
    return Result(text, spreads, shift if len(moves) >= FEWEST else None)


def _spread(phase: str, values: Iterable[int]) -> Spread:
    given = list(values)
    if len(given) < FEWEST:
        return Spread(phase, len(given), ())
    counts = [given.count(step) for step in range(len(WORDS))]
    bars = (Bar(str(word), n, round(100 * n / len(given))) for word, n in zip(WORDS, counts, strict=True))
    return Spread(phase, len(given), tuple(bars))


class Turnout(NamedTuple):
    """How many of the class have answered what is asked now."""

    answered: int
    pupils: int


def turnout_of(assignment: Assignment) -> Turnout:
    """Two queries."""
    asked = Position.objects.filter(seat__assignment=assignment, phase=assignment.polling, seat__pupil__left=None)
    pupils = Seat.objects.filter(assignment=assignment, pupil__left=None).count()
    return Turnout(asked.order_by().values("seat").distinct().count(), pupils)


class Question(NamedTuple):
    """A claim that a pupil is asked about, and what they answered last in this phase."""

    pk: int
    text: str
    mine: int | None


def questions_for(seat: Seat) -> list[Question]:
    """What the pupil of `seat` is asked now. Two queries."""
    mine = Position.objects.filter(seat=seat, phase=seat.assignment.polling)
    given = dict(mine.values_list("claim_id", "value"))
    return [Question(pk, text, given.get(pk)) for pk, text in claims_of(seat).values_list("pk", "text")]
