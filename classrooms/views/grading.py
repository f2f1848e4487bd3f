"""Grading: everyone in turn, one pupil’s work beside the rubric, and the release to all at once."""

from __future__ import annotations

from secrets import randbits
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people import person_of
from classrooms.counting import progress_at
from classrooms.forms.grading import GradeForm
from classrooms.grading import came_at, pieces_of
from classrooms.models import Grade, Look, LookKind, Work
from classrooms.permissions import TEACH, assignment_for, seat_for
from classrooms.queueing import HIDDEN, name_of, others_at, queue_of
from classrooms.views.saying import say
from debates.models import Conflict, Refused
from debates.views.fragments import go, refusals_as_pages, refuse, see_other, status_of

if TYPE_CHECKING:
    from classrooms.models import Seat
    from classrooms.queueing import Queue

STEPS = {"previous": -1, "following": 1}


@require_safe
@never_cache
def assignment_grading(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone in turn: who is graded, and what the pupils have seen of it."""
    assignment = assignment_for(request.user, pk, may=TEACH)
    queue = queue_of(assignment, request)
    if not queue.hidden:
        Look.objects.note(assignment.classroom, LookKind.GRADES, by=person_of(request))
    context = {"assignment": assignment, "classroom": assignment.classroom, "queue": queue}
    return render(request, "classrooms/grading_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def seat_grading(request: HttpRequest, pk: int) -> HttpResponse:
    """One pupil’s work beside the rubric. POST keeps the grade as a draft, and goes on as `do` says."""
    seat = seat_for(request.user, pk, may=TEACH)
    pieces, grade = pieces_of(seat), Grade.objects.filter(seat=seat).select_related("by").first()
    criteria = seat.assignment.rubric.criteria if seat.assignment.rubric else []
    form = GradeForm(criteria, pieces.all, grade, data=request.POST if request.method == "POST" else None)
    more: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        try:
            Grade.objects.store(seat, by=person_of(request), version=form.cleaned_data["version"], **form.kept())
            return go(request, _onwards(request, seat))
        except Conflict as conflict:
            refuse(form, conflict)
            more = _theirs(form, conflict.current, me=person_of(request).pk)
        except Refused as refused:
            refuse(form, refused)
    context = _page(request, seat) | {"pieces": pieces, "form": form, "grade": grade, "criteria": criteria} | more
    return render(request, "classrooms/grading.html", context, status=status_of(form))


def _theirs(form: GradeForm, current: Grade | None, *, me: int) -> dict[str, Any]:
    """What somebody else stored meanwhile, beside what was typed; sent again, that takes its place."""
    version = current.version if current else 0
    theirs = form.against(current) if current else []
    form.data = {name: form.data.get(name) for name in form.data} | {"version": version}
    return {"theirs": theirs, "their_name": name_of(current.by) if current and current.by_id != me else ""}


def _onwards(request: HttpRequest, seat: Seat) -> str:
    """Where to go after saving."""
    do, queue = request.POST.get("do", ""), queue_of(seat.assignment, request)
    if do == "next":
        onto = queue.next_open(seat)
        return _at(onto) if onto else reverse("assignment-grading", args=[seat.assignment_id])
    beside = queue.beside(seat, STEPS[do]) if do in STEPS else None
    return _at(beside or seat)


def _at(seat: Seat) -> str:
    return reverse("seat-grading", args=[seat.pk])


def _page(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """All around the form. Opening somebody’s work is noted, but where the names are hidden."""
    queue, teacher = queue_of(seat.assignment, request), person_of(request)
    if not queue.hidden:
        Look.objects.note(seat.assignment.classroom, LookKind.GRADES, by=teacher, pupil=seat.pupil)
    work = Work.objects.filter(seat=seat).first()
    return {
        "assignment": seat.assignment, "classroom": seat.assignment.classroom, "seat": seat, "queue": queue,
        "turn": queue.at(seat), "previous": queue.beside(seat, -1), "following": queue.beside(seat, 1),
        "others": others_at(seat, teacher), "progress": progress_at(seat), "work": work,
        "work_came": came_at(seat, work.updated) if work else "",
        "handed_in_came": came_at(seat, work.handed_in) if work and work.handed_in else "",
        "pseudonym": "" if queue.hidden else _pseudonym(seat), "by": _graded_by(seat, queue, teacher.pk),
    }  # fmt: skip


def _pseudonym(seat: Seat) -> str:
    topic = seat.group.topic
    found = topic.pseudonyms.filter(user=seat.pupil.user_id).first() if topic else None
    return found.name if found else ""


def _graded_by(seat: Seat, queue: Queue, me: int) -> str:
    """The colleague who saved the grade last, "" where that was the reader."""
    grade = Grade.objects.filter(seat=seat).exclude(by=me).select_related("by").first()
    return name_of(grade.by) if grade else ""


@require_POST
def grading_names(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide the names of pupils while grading, or show them again."""
    assignment = assignment_for(request.user, pk, may=TEACH)
    if request.POST.get("names") == "hidden":
        request.session.setdefault(HIDDEN, randbits(32))
    else:
        request.session.pop(HIDDEN, None)
    seat = request.POST.get("seat", "")
    known = seat.isdecimal() and assignment.seats.filter(pk=int(seat)).exists()
    return see_other(reverse("seat-grading", args=[seat]) if known else reverse("assignment-grading", args=[pk]))


@require_POST
@refusals_as_pages
def assignment_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all pupils their grades as they are saved now."""
    assignment = assignment_for(request.user, pk, may=TEACH)
    count = assignment.release()
    said = ngettext("%(count)d pupil can see their grade now.", "%(count)d pupils can see their grades now.", count)
    say(request, said % {"count": count} if count else _("All of them are released already."))
    return go(request, reverse("assignment-grading", args=[pk]))
