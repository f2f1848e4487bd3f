"""What the page of a class shows, to its teachers and to a pupil. The number of queries is the same for every size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import segno
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from classrooms.models import Assignment, FeedbackKind, Pupil, Seat
from debates.models import Pseudonym

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from accounts.models import User
    from classrooms.models import Classroom, JoinCode

# When the page begins to say that the class will be deleted.
TOLD_BEFORE_DAYS = 30


@dataclass(frozen=True)
class Counts:
    """How many belong to a class: those who have come, and those on the roster who have not."""

    joined: int
    awaited: int

    @property
    def all(self) -> int:
        return self.joined + self.awaited


def counts_of(classroom: Classroom) -> Counts:
    """One query."""
    found = classroom.pupils.filter(left=None).aggregate(everyone=Count("pk"), come=Count("joined"))
    return Counts(joined=found["come"], awaited=found["everyone"] - found["come"])


def class_page(request: HttpRequest, classroom: Classroom) -> dict[str, Any]:
    """The class for its teachers. It names no pupil: that is for the roster, whose opening is noted."""
    code = classroom.code
    return {
        "classroom": classroom,
        "code": code,
        "counts": counts_of(classroom),
        "assignments": list(classroom.assignments.kept().select_related("topic")),
        "deleted_soon": is_deleted_soon(classroom),
        **(shown(request, code) if code else {}),
    }


def is_deleted_soon(classroom: Classroom) -> bool:
    last = classroom.deleted_on
    return last is not None and (last - timezone.localdate()).days <= TOLD_BEFORE_DAYS


def shown(request: HttpRequest, code: JoinCode) -> dict[str, Any]:
    """A code with all that leads to it: the whole address, and the same as a drawing."""
    address = request.build_absolute_uri(code.get_absolute_url())
    return {"address": address, "qr": qr(address)}


def qr(address: str) -> SafeString:
    """The address as an SVG drawing, dark on light whatever the page's colours: cameras need it so."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(drawing)  # noqa: S308 - rectangles and numbers; the address is not in it as text


@dataclass(frozen=True)
class Task:
    """An assignment as a pupil sees it, with their seat in it and the name they go by there, if they have them yet."""

    assignment: Assignment
    seat: Seat | None
    pseudonym: str
    notes: int = 0  # what teachers wrote, and is neither seen nor addressed

    @property
    def due(self) -> Any:
        return (self.seat and self.seat.due) or self.assignment.due


def tasks_of(classroom: Classroom, user: User) -> list[Task]:
    """What there is to do, the newest first: three queries."""
    assignments = list(classroom.assignments.shown())
    mine = Seat.objects.filter(pupil=classroom.pupil_pk, assignment__in=assignments)
    to_do = Q(feedback__kind__in=(FeedbackKind.QUESTION, FeedbackKind.FIX), feedback__addressed=None)
    waiting = Q(feedback__withdrawn=None) & (Q(feedback__seen=None) | to_do)
    seats = {
        seat.assignment_id: seat
        for seat in mine.select_related("group").annotate(notes=Count("feedback", filter=waiting))
    }
    names = _pseudonyms(user, (seat.group.topic_id for seat in seats.values()))
    return [
        Task(each, seat, names.get(seat.group.topic_id, "") if seat else "", seat.notes if seat else 0)
        for each, seat in ((each, seats.get(each.pk)) for each in assignments)
    ]


def _pseudonyms(user: User, topics: Iterable[int | None]) -> dict[int | None, str]:
    found = Pseudonym.objects.filter(user=user, topic__in=[topic for topic in topics if topic])
    return dict(found.values_list("topic_id", "name"))


def pupil_page(classroom: Classroom, user: User) -> dict[str, Any]:
    """The class for a pupil, who sees no other pupil in it."""
    me = Pupil.objects.get(pk=classroom.pupil_pk or 0)
    me.classroom = classroom
    me.note_join()
    return {
        "me": me,
        "classroom": classroom,
        "tasks": tasks_of(classroom, user),
        "deleted_soon": is_deleted_soon(classroom),
    }
