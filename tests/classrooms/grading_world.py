"""A class with an assignment and a rubric, for the tests of grading."""

from __future__ import annotations

from typing import Any, NamedTuple

from accounts.models import User
from classrooms.models import Assignment, Classroom, Grade, Pupil, Rubric, Seat
from classrooms.rubrics.templates import TEMPLATES
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of

EMPTY: dict[str, Any] = {"scores": {}, "marks": {}, "comment": "", "total": None}


class Graded(NamedTuple):
    classroom: Classroom
    assignment: Assignment
    rubric: Rubric
    pupils: list[Pupil]
    seats: list[Seat]


def graded_class(teacher: User, *names: str, **settings: Any) -> Graded:
    """A class of `names` with an assignment that is graded by the template “Argument map”."""
    classroom = make_classroom(teacher)
    pupils = make_pupils(classroom, *(names or ("Ada L.", "Ben K.")))
    assignment = make_assignment(classroom, teacher, **settings)
    rubric = Rubric.objects.begin(by=teacher, title="Argument map", criteria=TEMPLATES["whole"].copy())
    assignment.grade_by(rubric)
    return Graded(classroom, assignment, rubric, pupils, [seat_of(assignment, pupil) for pupil in pupils])


def grade(seat: Seat, by: User, *, version: int = 0, **kept: Any) -> Grade:
    return Grade.objects.store(seat, by=by, version=version, **EMPTY | kept)


def argue(seat: Seat, text: str, stance: str = "supports") -> Any:
    """An argument of the pupil under the first claim of the map."""
    topic = seat.group.topic
    assert topic is not None
    return topic.claims.first().add_argument(stance, text, by=seat.pupil.user)  # type: ignore[union-attr]
