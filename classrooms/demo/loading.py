"""Puts the class of the demo in place, by the verbs that people use, then dates it as the demo's topic is dated."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts.models import User
from classrooms.models import Assignment, Classroom, Feedback, Pupil, Rubric, Seat, Teacher, Work
from debates.demo.loading import DAYS, FRIDAY, KEY, SLUG
from debates.models import Refused, Statement, Topic

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).parent / "class.json"
CLASS_KEY = "demo-class"
# The class opens the assignment a few minutes before it writes, and hears from its teacher after the lesson.
OPENED, AFTER_LESSON = timedelta(minutes=-5), timedelta(hours=2)


def load() -> str:
    """What was put in place, in a sentence; "" where the class is there, or where what it needs is not.

    Visitors may have used the demo for months: it is never an error that they closed its topic or deleted its people.
    """
    content: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    teacher = User.objects.filter(username=content["teacher"]).first()
    topic = Topic.objects.filter(slug=SLUG).first()
    if teacher is None or topic is None or Classroom.objects.filter(created_by=teacher, key=CLASS_KEY).exists():
        return ""
    try:
        return _load(content, topic, teacher)
    except Refused:
        return ""


@transaction.atomic
def _load(content: dict[str, Any], topic: Topic, teacher: User) -> str:
    classroom = _classroom(content, teacher)
    assignment = _assignment(content, classroom, topic, teacher)
    seats = _opened(assignment)
    for said in content["feedback"]:
        _say(said, seats, teacher)
    for work in content["work"]:
        _hand_in(work, seats)
    return f"Loaded the class “{classroom}”: {len(seats)} pupils, and an assignment on the topic."


def _classroom(content: dict[str, Any], teacher: User) -> Classroom:
    """The class with those pupils whose accounts are there."""
    classroom = Classroom.objects.begin(by=teacher, name=content["name"], key=CLASS_KEY)
    code, names = classroom.code or classroom.new_code(), content["pupils"]
    for user in User.objects.filter(username__in=names).exclude(pk=teacher.pk).order_by("pk"):
        classroom.join(user, code=code, name=names[user.username])
    Classroom.objects.filter(pk=classroom.pk).update(created=FRIDAY)
    Teacher.objects.filter(classroom=classroom).update(since=FRIDAY)
    Pupil.objects.filter(classroom=classroom).update(joined=DAYS[1] + OPENED)
    return classroom


def _assignment(content: dict[str, Any], classroom: Classroom, topic: Topic, teacher: User) -> Assignment:
    """Without dates: a visitor of any day finds it open."""
    rubric = Rubric.objects.begin(by=teacher, **content["rubric"])
    assignment = classroom.assign(by=teacher, topic=topic, rubric=rubric, **content["assignment"])
    assignment.publish(by=teacher)
    Assignment.objects.filter(pk=assignment.pk).update(created=FRIDAY, published=FRIDAY)
    return assignment


def _opened(assignment: Assignment) -> dict[str, Seat]:
    """The seats by user name. Whoever wrote in the topic opened the assignment first."""
    seats = assignment.seats.select_related("pupil__user", "group", "assignment")
    wrote = Statement.objects.filter(topic=assignment.topic).values("author")
    seats.filter(pupil__user__in=wrote).update(opened=DAYS[1] + OPENED, times_opened=1)
    return {seat.pupil.user.username: seat for seat in seats}


def _say(said: dict[str, Any], seats: Mapping[str, Seat], teacher: User) -> None:
    """Feedback on an argument, unless that or its author is gone."""
    seat = seats.get(said["to"])
    line = Statement.objects.filter(key=KEY.format(said["on"]), author__username=said["to"]).first()
    if seat is None or line is None:
        return
    given = Feedback.objects.give(seat, by=teacher, kind=said["kind"], text=said["text"], statement=line)
    when = _after(said["day"])
    done = when + AFTER_LESSON if said["addressed"] else None
    Feedback.objects.filter(pk=given.pk).update(at=when, seen=done, addressed=done)


def _hand_in(written: dict[str, Any], seats: Mapping[str, Seat]) -> None:
    """A conclusion that is finished."""
    seat = seats.get(written["by"])
    if seat is None:
        return
    work = Work.objects.create(seat=seat)
    work.write(version=1, conclusion=written["conclusion"], used_ai=written["used_ai"])
    when = _after(written["day"])
    Work.objects.filter(pk=work.pk).update(updated=when, handed_in=when)


def _after(day: int) -> datetime:
    return DAYS[day] + AFTER_LESSON
