"""The gradebook of classes of several sizes: queries, time, and weight."""

from __future__ import annotations

import statistics
import time
from functools import partial
from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from benchmarks.large import people
from classrooms.gradebook.reading import gradebook_of
from classrooms.models import Assignment, Classroom, Grade, GradeVersion, Group, Pupil, Rubric, Seat
from classrooms.rubrics.templates import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 9
# (pupils, assignments)
CLASSES = ((30, 5), (30, 20), (200, 20))


def run(_sizes: list[int]) -> None:
    """Print a line for each class."""
    (teacher,) = people(1)
    print(f"\nThe gradebook on {connection.vendor}, medians of {ROUNDS} rounds.")
    columns = (("pupils", 8), ("assignments", 13), ("queries", 9), ("read ms", 9), ("page ms", 9), ("kB", 7))
    print("".join(f"{name:>{width}}" for name, width in (*columns, ("Canvas ms", 11), ("Excel ms", 10))))
    client = Client()
    client.force_login(teacher)
    for pupils, assignments in CLASSES:
        classroom = _graded(teacher, pupils, assignments)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        with CaptureQueriesContext(connection) as queries:
            gradebook_of(classroom)
        address = f"/classes/{classroom.pk}/gradebook/"
        asked, weight = len(queries), len(client.get(address).content) / 1_000
        read, page = _time(partial(gradebook_of, classroom)), _time(partial(client.get, address))
        files = [_time(partial(client.get, f"{address}{name}/")) for name in ("canvas", "xlsx")]
        line = f"{pupils:>8}{assignments:>13}{asked:>9}{read:>9.1f}{page:>9.1f}{weight:>7.0f}"
        print(f"{line}{files[0]:>11.1f}{files[1]:>10.1f}")


def _graded(teacher: User, pupils: int, assignments: int) -> Classroom:
    """A class in which everybody is graded in everything by six criteria, and all of it released."""
    classroom = Classroom.objects.begin(by=teacher, name=f"{pupils} by {assignments}")
    rubric = Rubric.objects.begin(by=teacher, title="Argument map", criteria=TEMPLATES["whole"].copy())
    names = [f"Pupil {number:03}" for number in range(pupils)]
    enrolled = classroom.enrol(names)
    for number in range(assignments):
        _one(classroom, rubric, enrolled, number)
    return classroom


def _one(classroom: Classroom, rubric: Rubric, pupils: list[Pupil], number: int) -> None:
    now = timezone.now()
    given = Assignment.objects.create(classroom=classroom, title=f"Assignment {number}", rubric=rubric, published=now)
    group = Group.objects.create(assignment=given, number=1)
    seats = Seat.objects.bulk_create([Seat(assignment=given, pupil=pupil, group=group) for pupil in pupils])
    scores = {criterion["key"]: criterion["levels"][1]["points"] for criterion in rubric.criteria}
    words = {"scores": scores, "comment": "Well argued. Meet the strongest objection next time."}
    grades = Grade.objects.bulk_create([Grade(seat=seat, **words) for seat in seats])
    shown = {"criteria": rubric.criteria, "points": 100, "total": 74}
    GradeVersion.objects.bulk_create(
        [GradeVersion(grade=grade, version=1, released=now, shown=shown, **words) for grade in grades]
    )


def _time(act: Callable[[], object]) -> float:
    """Milliseconds."""
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append(1_000 * (time.perf_counter() - start))
    return statistics.median(times)
