"""What pupils took part with: counts by what can be asked for, and what became of feedback. Nobody is ranked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from classrooms.counting import progress_at, progress_of
from classrooms.models import Feedback, Requirement, Seat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classrooms.counting import SeatProgress
    from classrooms.gradebook.presets import Cell
    from classrooms.models import Assignment, Pupil


@dataclass(frozen=True, slots=True)
class Uptake:
    """Feedback that a pupil got, how much of it they ticked off, and after how much of it the line was changed."""

    given: int = 0
    addressed: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One pupil in one assignment. `counts` are in the order of Requirement."""

    progress: SeatProgress
    assignment: Assignment
    counts: list[int]
    uptake: Uptake

    @property
    def pupil(self) -> Pupil:
        return self.progress.pupil


def report_of(assignment: Assignment) -> list[ReportRow]:
    """Everybody in one assignment, by name. Ten queries."""
    uptake = _uptake(Q(seat__assignment=assignment))
    return [_row(each, assignment, uptake) for each in progress_of(assignment)]


def report_on(pupil: Pupil) -> list[ReportRow]:
    """One pupil in all assignments that were shown to the class: nine queries for each of them, and two."""
    seats = Seat.objects.filter(pupil=pupil, assignment__published__isnull=False, assignment__deleted=None)
    found = list(seats.select_related("assignment__classroom", "pupil", "group__topic").order_by("assignment__created"))
    uptake = _uptake(Q(seat__in=found))
    return [_row(progress_at(seat), seat.assignment, uptake) for seat in found]


def _row(progress: SeatProgress, assignment: Assignment, uptake: dict[int, Uptake]) -> ReportRow:
    counts = [progress.counts[each] for each in Requirement]
    return ReportRow(progress, assignment, counts, uptake.get(progress.seat.pk, Uptake()))


def _uptake(which: Q) -> dict[int, Uptake]:
    """By seat, in one query."""
    given = Feedback.objects.filter(which, withdrawn=None).order_by().values("seat")
    rows = given.annotate(
        given=Count("pk"),
        addressed=Count("pk", filter=Q(addressed__isnull=False)),
        changed=Count("pk", filter=Q(statement__updated__gt=F("at"))),
    )
    return {row["seat"]: Uptake(row["given"], row["addressed"], row["changed"]) for row in rows}


def headings() -> list[str]:
    """The columns after the name, for pages and files."""
    counted = [str(each.label) for each in Requirement]
    return [*counted, _("feedback"), _("of it ticked off"), _("of it with the line changed since")]


def table_of(rows: Iterable[ReportRow]) -> Iterable[list[Cell]]:
    """A report as a table: a row for each pupil and assignment."""
    yield [_("Name"), _("Assignment"), *headings()]
    for row in rows:
        told = [row.uptake.given, row.uptake.addressed, row.uptake.changed]
        yield [str(row.pupil), row.assignment.title, *row.counts, *told]
