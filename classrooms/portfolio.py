"""A pupil's portfolio: one HTML file with all of their work in a class, which needs nothing else to be read.

Nobody but its pupil is named in it: neither classmates, not even by pseudonym, nor teachers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi

from classrooms.grades_shown import grade_shown
from classrooms.grading import pieces_of
from classrooms.models import Seat, Work

if TYPE_CHECKING:
    from classrooms.grades_shown import GradeShown
    from classrooms.grading import Pieces
    from classrooms.models import Pupil


@dataclass(frozen=True, slots=True)
class Chapter:
    """One assignment: what the pupil wrote in the map and beside it, and what was said of it."""

    seat: Seat
    pieces: Pieces
    work: Work | None
    grade: GradeShown | None


def portfolio_of(pupil: Pupil) -> bytes:
    """The file. Some fifteen queries for each assignment: it is read once and taken along."""
    chapters = chapters_of(pupil)
    context = {
        "pupil": pupil, "classroom": pupil.classroom, "chapters": chapters, "now": timezone.now(),
        "language": get_language(), "direction": "rtl" if get_language_bidi() else "ltr",
    }  # fmt: skip
    return render_to_string("classrooms/portfolio.html", context).encode()


def chapters_of(pupil: Pupil) -> list[Chapter]:
    """By the order in which the assignments were given; those that the class has not been shown are not in it."""
    seats = Seat.objects.filter(pupil=pupil, assignment__published__isnull=False, assignment__deleted=None)
    found = seats.select_related("assignment__classroom", "group__topic", "group__assignment", "pupil__user")
    works = {work.seat_id: work for work in Work.objects.filter(seat__pupil=pupil)}
    return [
        Chapter(seat, pieces_of(seat), works.get(seat.pk), grade_shown(seat))
        for seat in found.order_by("assignment__created", "pk")
    ]
