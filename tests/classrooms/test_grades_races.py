"""Two at once: two teachers at one grade (C7), a release while grades are saved (C8), a map at its cut-off."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.models import User
from classrooms.models import Assignment, Grade, GradeVersion, Snapshot
from tests.classrooms.factories import seat_of
from tests.classrooms.grading_world import argue, grade, graded_class
from tests.debates.together import kinds, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_teachers_who_save_at_once_one_is_told(alice: User, bob: User) -> None:
    world = graded_class(alice)
    world.classroom.add_teacher(bob)
    seat = world.seats[0]
    for version in range(4):
        alices = partial(grade, seat, alice, version=version, comment=f"Alice {version}")
        bobs = partial(grade, seat, bob, version=version, comment=f"Bob {version}")

        outcomes = together(alices, bobs)

        assert kinds(outcomes) == {"Conflict"}
        assert len([each for each in outcomes if isinstance(each, Grade)]) == 1

    kept = list(GradeVersion.objects.order_by("version").values_list("version", "by", "comment"))
    assert [version for version, _by, _comment in kept] == [1, 2, 3, 4]
    assert all(comment.startswith("Alice" if by == alice.pk else "Bob") for _version, by, comment in kept)


def test_released_are_exactly_the_grades_that_were_stored_before(alice: User) -> None:
    world = graded_class(alice, *(f"Pupil {number}" for number in range(6)))
    grade(world.seats[0], alice, comment="early")

    outcomes = together(
        *(partial(grade, seat, alice, comment="meanwhile") for seat in world.seats[1:]),
        world.assignment.release,
    )

    assert kinds(outcomes) == set()
    moment = Assignment.objects.get().released
    assert moment is not None
    states = list(GradeVersion.objects.values_list("at", "released"))
    assert len(states) == 6
    assert {released for _at, released in states} <= {None, moment}
    assert all((at <= moment) == (released is not None) for at, released in states)
    assert outcomes[-1] == sum(released is not None for _at, released in states)


def test_map_is_frozen_once_when_many_are_late_at_once(alice: User) -> None:
    world = graded_class(alice)
    argue(world.seats[0], "In time")
    Assignment.objects.update(cutoff=timezone.now() - timedelta(seconds=1))
    world.assignment.refresh_from_db()
    world.assignment.tell_maps()
    group = seat_of(world.assignment, world.pupils[0]).group

    outcomes = together(
        lambda: argue(world.seats[0], "Late one"),
        lambda: argue(world.seats[1], "Late two"),
        lambda: Snapshot.objects.at_cutoff(group),
    )

    assert kinds(outcomes) == set()
    words = {row["text"] for row in Snapshot.objects.get().document["statements"]}
    assert words & {"In time", "Late one", "Late two"} == {"In time"}
