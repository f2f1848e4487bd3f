"""Classes for tests, made by the verbs that the site itself uses."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from classrooms.models import Assignment, Classroom, Pupil, Seat
from debates.models import Topic
from tests.factories import make_topic, make_tree


def make_classroom(teacher: User, name: str = "Period 3", **settings: Any) -> Classroom:
    classroom = Classroom.objects.begin(by=teacher, name=name)
    if settings:
        classroom.revise(version=1, **settings)
    return classroom


def make_pupils(classroom: Classroom, *names: str) -> list[Pupil]:
    """Pupils on the roster, who have come."""
    pupils = classroom.enrol(names)
    for pupil in pupils:
        pupil.note_join()
    return pupils


def make_assignment(classroom: Classroom, teacher: User, *, published: bool = True, **settings: Any) -> Assignment:
    """An assignment on a small topic of the teacher's, with a seat for everyone in the class."""
    topic: Topic = settings.pop("topic", None) or make_topic(teacher)
    if not topic.statements.exists():
        make_tree(topic, teacher, "Homework helps\n  + because practice does\n  - but sleep matters")
    assignment = classroom.assign(by=teacher, topic=topic, **{"title": "Both sides"} | settings)
    if published:
        assignment.publish(by=teacher)
    return assignment


def seat_of(assignment: Assignment, pupil: Pupil) -> Seat:
    return Seat.objects.select_related("group__topic", "pupil__user", "assignment").get(
        assignment=assignment, pupil=pupil
    )
