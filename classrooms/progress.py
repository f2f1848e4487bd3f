"""What the progress page says: a line for each pupil in the order of names, what is new in the maps, what to look at.

Nobody is ranked, and no pupil becomes one number. The number of queries is the same for every size.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from classrooms.counting import SeatProgress, progress_of
from classrooms.models import Feedback, Requirement, Work
from debates.models import Change, Pseudonym

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django_stubs_ext import StrOrPromise

    from classrooms.models import Assignment

# What the page can be narrowed to, with the statuses of counting.py that each shows.
FILTERS: dict[str, frozenset[str]] = {
    "all": frozenset(),
    "not-started": frozenset({"not_started"}),
    "stuck": frozenset({"stuck"}),
    "done": frozenset({"met", "handed_in"}),
}
# Where nothing is asked for, this is counted all the same.
USUAL = (Requirement.SUPPORTING, Requirement.OPPOSING, Requirement.REBUTTALS, Requirement.SOURCES, Requirement.VOTES)
# The short heads of the columns.
HEADS: dict[Requirement, StrOrPromise] = {
    Requirement.SUPPORTING: _("Supporting"),
    Requirement.OPPOSING: _("Opposing"),
    Requirement.UNDER_OTHERS: _("Under others"),
    Requirement.REBUTTALS: _("Rebuttals"),
    Requirement.SOURCES: _("Sources"),
    Requirement.PASSAGES: _("Passages"),
    Requirement.VOTES: _("Votes"),
    Requirement.CONCLUSION: _("Conclusion"),
}
# More dots than this are no quicker to read than the numbers.
MOST_PIPS = 5
STEPS: dict[str, StrOrPromise] = {
    "add:supports": _("added a supporting argument"),
    "add:opposes": _("added an opposing argument"),
    "add:": _("made a claim"),
    "link": _("linked a line"),
    "revise": _("changed a wording"),
    "cite": _("added a source"),
    "recite": _("changed a source"),
    "quote": _("rested a line on a passage"),
    "comment": _("commented"),
    "withdraw": _("took a line back"),
    "": _("worked in the map"),
    "vote": _("voted"),
    "work": _("wrote the conclusion"),
    "opened": _("opened the assignment"),
}


class Column(NamedTuple):
    """What is counted, and how many are asked for: 0 for any number."""

    which: Requirement
    head: StrOrPromise
    asked: int


class Cell(NamedTuple):
    """How many of how many. `pips` are one for each that is asked, True for those that are there."""

    head: StrOrPromise
    has: int
    asked: int
    pips: tuple[bool, ...]

    @property
    def is_met(self) -> bool:
        return self.has >= self.asked


class Step(NamedTuple):
    """The last thing that a pupil did."""

    said: StrOrPromise
    at: datetime

    @property
    def is_today(self) -> bool:
        return timezone.localdate(self.at) == timezone.localdate()


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil's line. `to_do` says what is missing, `open_notes` counts feedback that is not addressed."""

    progress: SeatProgress
    pseudonym: str
    cells: tuple[Cell, ...]
    step: Step | None
    to_do: str
    open_notes: int

    @property
    def pk(self) -> int:
        return self.progress.seat.pk

    @property
    def status(self) -> str:
        return self.progress.status


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of lines, and how many it has."""

    name: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The table."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    filters: tuple[Filter, ...]
    pupils: int


def board_of(assignment: Assignment, show: str = "all") -> Board:
    """The lines that `show`, one of FILTERS, has. Thirteen queries at most."""
    everyone = progress_of(assignment)
    wanted = FILTERS[show]
    shown = [each for each in everyone if not wanted or each.status in wanted]
    columns = _columns(assignment)
    told = _Told(assignment, shown)
    filters = tuple(
        Filter(name, sum(not statuses or each.status in statuses for each in everyone), name == show)
        for name, statuses in FILTERS.items()
    )
    return Board(columns, tuple(told.line(each, columns) for each in shown), filters, len(everyone))


def _columns(assignment: Assignment) -> tuple[Column, ...]:
    asked = assignment.requirements
    shown = [which for which in Requirement if which in asked or which == Requirement.VOTES] if asked else USUAL
    return tuple(Column(which, HEADS[which], asked.get(which, 0)) for which in shown)


class _Told:
    """What is said of each pupil beside the counts: four queries for all of them together."""

    def __init__(self, assignment: Assignment, shown: Sequence[SeatProgress]) -> None:
        self.users = [each.pupil.user_id for each in shown]
        self.topics = {each.seat.group.topic_id for each in shown}
        seats = [each.seat.pk for each in shown]
        names = Pseudonym.objects.filter(topic__in=self.topics, user__in=self.users)
        rows = names.values_list("topic_id", "user_id", "name")
        self.names: Mapping[tuple[int | None, int], str] = {(topic, user): name for topic, user, name in rows}
        works = Work.objects.filter(seat__in=seats, version__gt=1)
        self.works: Mapping[int, datetime] = dict(works.values_list("seat_id", "updated"))
        notes = Feedback.objects.open().filter(seat__in=seats).order_by()
        self.notes: Mapping[int, int] = dict(notes.values_list("seat_id").annotate(n=Count("pk")))
        self.changes = self._last_changes()

    def _last_changes(self) -> dict[int, tuple[str, datetime]]:
        """What each person changed last in the maps, and when."""
        of_them = Change.objects.filter(topic__in=self.topics, actor__in=self.users).order_by()
        newest = of_them.values("actor").annotate(last=Max("pk")).values("last")
        rows = Change.objects.filter(pk__in=newest).values_list("actor_id", "verb", "at", "after__stance")
        return {actor: (_step_of(verb, stance), at) for actor, verb, at, stance in rows if actor}

    def line(self, each: SeatProgress, columns: Iterable[Column]) -> Line:
        cells = tuple(_cell(column, each.counts[column.which]) for column in columns)
        missing = ", ".join(_left(which, count) for which, count in each.missing.items())
        name = self.names.get((each.seat.group.topic_id, each.pupil.user_id), "")
        return Line(each, name, cells, self._step(each), missing, self.notes.get(each.seat.pk, 0))

    def _step(self, each: SeatProgress) -> Step | None:
        """The newest of what left a trace: a change, the conclusion, a vote, or at least the page being opened."""
        if each.last_act is None:
            return Step(STEPS["opened"], each.opened) if each.opened else None
        verb, at = self.changes.get(each.pupil.user_id, ("vote", None))
        if at == each.last_act:
            return Step(STEPS[verb], each.last_act)
        wrote = self.works.get(each.seat.pk) == each.last_act
        return Step(STEPS["work" if wrote else "vote"], each.last_act)


def _step_of(verb: str, stance: Any) -> str:
    """The key in STEPS."""
    if verb in {"add", "suggest"}:
        return f"add:{stance or ''}"
    return verb if verb in STEPS else ""


def _left(which: Requirement, count: int) -> str:
    """How much is still to do, in as few words as a cell has room for."""
    sentences = {
        Requirement.SUPPORTING: ngettext("%(n)s supporting", "%(n)s supporting", count),
        Requirement.OPPOSING: ngettext("%(n)s opposing", "%(n)s opposing", count),
        Requirement.UNDER_OTHERS: ngettext("%(n)s under others", "%(n)s under others", count),
        Requirement.REBUTTALS: ngettext("%(n)s rebuttal", "%(n)s rebuttals", count),
        Requirement.SOURCES: ngettext("%(n)s source", "%(n)s sources", count),
        Requirement.PASSAGES: ngettext("%(n)s passage", "%(n)s passages", count),
        Requirement.VOTES: ngettext("%(n)s vote", "%(n)s votes", count),
        Requirement.CONCLUSION: ngettext("%(n)s word", "%(n)s words", count),
    }
    return sentences[which] % {"n": count}


def _cell(column: Column, has: int) -> Cell:
    pips = tuple(place < has for place in range(column.asked)) if column.asked <= MOST_PIPS else ()
    return Cell(column.head, has, column.asked, pips)
