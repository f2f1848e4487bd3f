"""Reports of taking part, a released grade as its pupil sees it, and the portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.people import person_of
from classrooms.gradebook.files import csv_response, file_response
from classrooms.grades_shown import grade_shown
from classrooms.models import GradeVersion, Look, LookKind, Pupil
from classrooms.permissions import ATTEND, TEACH, assignment_for, classroom_for, pupil_for, seat_for
from classrooms.portfolio import portfolio_of
from classrooms.queueing import name_of
from classrooms.reports import headings, report_of, report_on, table_of

if TYPE_CHECKING:
    from classrooms.models import Seat


@require_safe
@never_cache
def assignment_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody’s part in one assignment, as a page, or with `?format=csv` as a file."""
    assignment = assignment_for(request.user, pk, may=TEACH)
    is_file = request.GET.get("format") == "csv"
    Look.objects.note(assignment.classroom, LookKind.EXPORT if is_file else LookKind.GRADES, by=person_of(request))
    rows = report_of(assignment)
    if is_file:
        return csv_response(table_of(rows), f"report-{pk}")
    context = {"assignment": assignment, "classroom": assignment.classroom, "rows": rows, "headings": headings()}
    return render(request, "classrooms/report.html", context)


@require_safe
@never_cache
def pupil_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One pupil’s part in all assignments, as a page, or with `?format=csv` as a file."""
    pupil = pupil_for(request.user, pk)
    is_file = request.GET.get("format") == "csv"
    kind = LookKind.EXPORT if is_file else LookKind.GRADES
    Look.objects.note(pupil.classroom, kind, by=person_of(request), pupil=pupil)
    rows = report_on(pupil)
    if is_file:
        return csv_response(table_of(rows), f"report-pupil-{pk}")
    context = {"pupil": pupil, "classroom": pupil.classroom, "rows": rows, "headings": headings()}
    return render(request, "classrooms/report_pupil.html", context)


@require_safe
@never_cache
def seat_grade(request: HttpRequest, pk: int) -> HttpResponse:
    """The released grade as the pupil sees it; teachers also see which states there were, and what was seen when."""
    seat = seat_for(request.user, pk, may=ATTEND)
    teaches = seat.assignment.classroom.role != "pupil"
    if teaches:
        Look.objects.note(seat.assignment.classroom, LookKind.GRADES, by=person_of(request), pupil=seat.pupil)
    context = {
        "seat": seat, "assignment": seat.assignment, "classroom": seat.assignment.classroom, "teaches": teaches,
        "grade": grade_shown(seat, to=person_of(request)), "versions": _versions(seat) if teaches else [],
    }  # fmt: skip
    return render(request, "classrooms/grade_page.html", context)


def _versions(seat: Seat) -> list[GradeVersion]:
    found = list(GradeVersion.objects.filter(grade__seat=seat).select_related("by"))
    criteria = seat.assignment.rubric.criteria if seat.assignment.rubric else []
    for version in found:
        version.teacher = name_of(version.by)  # type: ignore[attr-defined]
        version.points = version.total_by(version.shown.get("criteria", criteria))  # type: ignore[attr-defined]
    return found


@require_safe
@never_cache
def pupil_portfolio(request: HttpRequest, pk: int) -> HttpResponse:
    """A pupil’s portfolio, for a teacher."""
    pupil = pupil_for(request.user, pk)
    Look.objects.note(pupil.classroom, LookKind.EXPORT, by=person_of(request), pupil=pupil)
    return _portfolio(pupil)


@require_safe
@never_cache
def class_portfolio(request: HttpRequest, pk: int) -> HttpResponse:
    """The portfolio of the pupil who asks. Teachers have none."""
    classroom = classroom_for(request.user, pk)
    if classroom.role != "pupil":
        raise Http404
    return _portfolio(Pupil.objects.select_related("classroom", "user").get(pk=classroom.pupil_pk or 0))


def _portfolio(pupil: Pupil) -> HttpResponse:
    return file_response(portfolio_of(pupil), f"portfolio-{pupil.pk}.html", "text/html; charset=utf-8")
