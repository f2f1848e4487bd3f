"""A class with one of everything, everyone who may come to it, and every address of classes filled in with it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.urls import reverse

from accounts.models import User
from classrooms.models import (
    Assignment,
    Classroom,
    Feedback,
    Grade,
    GradeVersion,
    Phrase,
    Pupil,
    Rubric,
    Seat,
    Teacher,
    Work,
)
from classrooms.urls import urlpatterns
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.factories import make_guest, make_user

STRANGERS = ("anonymous", "guest", "outsider", "foreign", "former")
# In the order of the columns of matrix.txt. A classmate has an account and came by the code; the pupil has a card.
ROLES = (*STRANGERS, "classmate", "pupil", "teacher", "owner")

PATTERNS = {entry.name or "": str(entry.pattern) for entry in urlpatterns}


class World(NamedTuple):
    """`args` are the arguments of each address, by the longest beginning of its name."""

    classroom: Classroom
    assignment: Assignment
    seat: Seat
    people: dict[str, User]
    pupils: dict[str, Pupil]
    args: dict[str, list[Any]]


def build() -> World:
    """The class of `owner`, in which `pupil` sits at an assignment with all that comes of it."""
    people = {role: make_user(role) for role in ("outsider", "foreign", "classmate", "teacher", "owner")}
    people["guest"] = make_guest()
    classroom = make_classroom(people["owner"])
    co_teacher = classroom.add_teacher(people["teacher"])
    make_classroom(people["foreign"], "Another class")
    former, pupil = make_pupils(classroom, "Former F.", "Ada L.")
    code = classroom.code
    assert code is not None
    pupils = {
        "pupil": pupil,
        "former": former,
        "classmate": classroom.join(people["classmate"], code=code, name="Ben K."),
        "newcomer": classroom.join(make_guest(), code=code, name="ada"),
    }
    people |= {name: pupils[name].user for name in ("pupil", "former")}
    assignment = make_assignment(classroom, people["owner"])
    former.leave()
    seat = seat_of(assignment, pupil)
    args = addressed(seat, code=code.code, teacher=co_teacher, newcomer=pupils["newcomer"])
    return World(classroom, assignment, seat, people, pupils, args)


def addressed(seat: Seat, *, code: str, teacher: Teacher, newcomer: Pupil) -> dict[str, list[Any]]:
    """The arguments of every address, about the work of `seat`, with all that comes of working at an assignment."""
    classroom, owner = teacher.classroom, teacher.classroom.first_owner()
    return {
        "class": [classroom.pk], "class-join": [code],
        "class-teacher-role": [classroom.pk, teacher.pk], "class-teacher-removal": [classroom.pk, teacher.pk],
        "pupil": [seat.pupil_id], "pupil-merge": [newcomer.pk],
        "pupil-data": [seat.pupil_id, "json"],
        "assignment": [seat.assignment_id], "assignment-create": [classroom.pk], "group": [seat.group_id],
        "seat": [seat.pk], "gradebook": [classroom.pk], "gradebook-file": [classroom.pk, "plain"],
        **_things(seat, owner),
    }  # fmt: skip


def _things(seat: Seat, owner: User) -> dict[str, list[Any]]:
    """A line, a conclusion, feedback and a grade of the pupil in `seat`, and where each is."""
    topic = seat.group.topic
    assert topic is not None
    line = topic.claims.order_by("pk")[0].add_argument("supports", "It tires", by=seat.pupil.user)
    Work.objects.create(seat=seat, conclusion="So it does.")
    feedback = Feedback.objects.create(seat=seat, statement=line, kind="praise", text="Well put", by=owner)
    grade = Grade.objects.create(seat=seat, total=80, by=owner)
    GradeVersion.objects.create(grade=grade, version=1, total=80, by=owner)
    phrase = Phrase.objects.create(teacher=owner, kind="praise", text="Well put")
    rubric = Rubric.objects.create(
        owner=owner, title="A rubric", criteria=[{"key": "idea", "name": "One idea", "points": 4, "levels": []}]
    )
    return {
        "assignment-who": [seat.assignment_id, line.pk], "feedback": [feedback.pk], "phrase": [phrase.pk],
        "rubric": [rubric.pk],
    }  # fmt: skip


def address(name: str, args: dict[str, list[Any]]) -> str:
    """The address `name` with the arguments of its longest beginning that has some."""
    known = sorted((start for start in args if name.startswith(start)), key=len)
    return reverse(name, args=args[known[-1]] if "<" in PATTERNS[name] else [])


RUBRIC = {"title": "Mine", "version": "1", "name-0": "One idea", "points-0-0": "4", "level-0-0": "It is clear."}
# What a willing person would send; everything else is sent empty.
POSTED: dict[str, dict[str, Any]] = {
    "assignment-poll": {"phase": "before"},
    "seat-feedback": {"kind": "fix", "text": "Which source?", "key": "k"},
    "class-create": {"name": "Period 4", "time_zone": "Europe/Berlin", "key": "k"},
    "class-join": {"name": "Ada"},
    "class-copy": {"name": "Period 3, 2027", "key": "k"},
    "class-code": {"do": "new", "days": "14"},
    "class-roster": {"names": "Chidi O."},
    "class-teachers": {"username": "outsider"},
    "class-removal": {"name": "Period 3"},
    "assignment-create": {"title": "New", "topic": "new:question", "shape": "shared", "sides": "none", "points": "9"},
    "assignment-edit": {"title": "New", "shape": "shared", "sides": "none", "points": "9", "version": "1"},
    "assignment-side": {"side": "for"},
    "assignment-work": {"conclusion": "So it does not.", "version": "1"},
    "pupil": {"name": "Ada Lovelace"},
    "seat-grading": {"version": "1", "total": "81"},
    "rubric": RUBRIC,
    "rubric-create": RUBRIC,
    "pupil-erasure": {"sure": "on"},
    "assignment-who": {"reason": "A parent asks."},
}


def posted(world: World, name: str) -> dict[str, Any]:
    """What a willing person posts there."""
    match name:
        case "class-join-code":
            return {"code": world.args["class-join"][0]}
        case "class-edit":
            return world.classroom.settings() | {"ends": "", "seats": "", "version": world.classroom.version}
        case "pupil-merge":
            return {"to": world.pupils["pupil"].pk}
        case "class-retention":
            return {"months": 20, "version": world.classroom.version}
        case "class-cards":
            return {"pupils": [world.pupils["pupil"].pk]}
        case _:
            return POSTED.get(name, {})
