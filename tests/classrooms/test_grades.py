"""Grades: every state is kept, a sum that may be overridden, and a release that shows exactly what is saved."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from classrooms.grades_shown import grade_shown
from classrooms.models import Grade, GradeVersion
from debates.models import Conflict, Refused
from tests.classrooms.grading_world import Graded, grade, graded_class

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(alice: User) -> Graded:
    return graded_class(alice)


def test_grade_is_kept_with_who_and_when(world: Graded, alice: User, bob: User) -> None:
    world.classroom.add_teacher(bob)
    grade(world.seats[0], alice, scores={"idea": 15})

    grade(world.seats[0], bob, version=1, scores={"idea": 11}, comment="Good")

    versions = GradeVersion.objects.filter(grade__seat=world.seats[0]).order_by("version")
    assert [(each.by, each.scores, each.comment) for each in versions] == [
        (alice, {"idea": 15}, ""), (bob, {"idea": 11}, "Good"),
    ]  # fmt: skip


def test_grade_of_an_old_version_is_a_conflict_that_gives_the_stored_one(world: Graded, alice: User) -> None:
    stored = grade(world.seats[0], alice, scores={"idea": 15})

    with pytest.raises(Conflict) as conflict:
        grade(world.seats[0], alice, scores={"idea": 3})

    assert conflict.value.current == stored
    assert Grade.objects.get().scores == {"idea": 15}


def test_grade_sent_twice_is_stored_once(world: Graded, alice: User) -> None:
    for _time in range(2):
        grade(world.seats[0], alice, comment="Good")

    assert (Grade.objects.get().version, GradeVersion.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("kept", "field"),
    [
        ({"scores": {"idea": -1}}, "score-idea"),
        ({"total": Decimal("NaN")}, "total"),
        ({"total": Decimal(10_000)}, "total"),
        ({"comment": "x" * 5_001}, "comment"),
        ({"marks": {"7": {"points": None, "comment": "x" * 1_001}}}, "mark-7-comment"),
    ],
)
def test_grade_out_of_bounds_is_refused_at_its_field(
    world: Graded, alice: User, kept: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        grade(world.seats[0], alice, **kept)

    assert (refused.value.field, Grade.objects.count()) == (field, 0)


def test_total_is_the_sum_until_another_is_given(world: Graded, alice: User) -> None:
    criteria = world.rubric.criteria
    first = grade(world.seats[0], alice, scores={"idea": 15, "grounded": 10}, marks={"7": {"points": 2.5}})
    assert first.total_by(criteria) == Decimal("27.5")

    second = grade(world.seats[0], alice, version=1, scores={"idea": 15}, total=Decimal(80))

    assert second.total_by(criteria) == 80


def test_criterion_that_the_rubric_lost_keeps_its_score_uncounted(world: Graded, alice: User) -> None:
    stored = grade(world.seats[0], alice, scores={"idea": 15, "grounded": 20})

    world.rubric.revise(version=1, title="Shorter", criteria=world.rubric.criteria[:1])

    assert stored.total_by(world.rubric.criteria) == 15
    assert stored.scores["grounded"] == 20


# -- release -------------------------------------------------------------------------------------------------------


def test_release_shows_what_is_saved_and_nothing_that_is_saved_later(world: Graded, alice: User) -> None:
    grade(world.seats[0], alice, scores={"idea": 15}, comment="First")
    assert grade_shown(world.seats[0]) is None

    assert world.assignment.release() == 1
    grade(world.seats[0], alice, version=1, scores={"idea": 3}, comment="Second")
    world.rubric.revise(version=1, title="Other", criteria=world.rubric.criteria[1:])

    shown = grade_shown(world.seats[0])
    assert shown is not None
    assert (shown.comment, [each.name for each in shown.scored]) == ("First", ["One clear idea"])
    assert shown.total == 15


def test_second_release_shows_the_newest_and_keeps_what_was_seen(world: Graded, alice: User) -> None:
    grade(world.seats[0], alice, comment="First")
    world.assignment.release()
    grade_shown(world.seats[0], to=world.pupils[0].user)
    grade(world.seats[0], alice, version=1, comment="Second")

    assert world.assignment.release() == 1

    shown = grade_shown(world.seats[0])
    assert shown is not None
    assert shown.comment == "Second"
    seen = dict(GradeVersion.objects.values_list("version", "seen"))
    assert (seen[1] is not None, seen[2]) == (True, None)


def test_teacher_who_looks_does_not_count_as_the_pupil(world: Graded, alice: User) -> None:
    grade(world.seats[0], alice, comment="First")
    world.assignment.release()

    grade_shown(world.seats[0], to=alice)

    assert GradeVersion.objects.get().seen is None


def test_release_without_a_grade_is_refused(world: Graded) -> None:
    with pytest.raises(Refused):
        world.assignment.release()
