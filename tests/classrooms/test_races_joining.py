"""Joining at the same moment, with real connections: C10 of docs/testing.md, and what ends a class meanwhile."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from accounts.models import User
from classrooms.models import Classroom, JoinCode, Pupil
from debates.models import Gone
from tests.classrooms.factories import make_classroom
from tests.debates.together import kinds, together
from tests.factories import make_guest, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def classroom(transactional_db: None) -> Classroom:
    return make_classroom(make_user("alice"))


def code_of(classroom: Classroom) -> JoinCode:
    code = classroom.code
    assert code is not None
    return code


def joins(classroom: Classroom, code: JoinCode, *people: User) -> list[Callable[[], Pupil]]:
    """What each request would do, with the class as it would have loaded it."""
    return [partial(Classroom.objects.get(pk=classroom.pk).join, person, code=code, name="Ada") for person in people]


def test_c10_of_twelve_who_want_the_last_eight_seats_eight_get_one(classroom: Classroom) -> None:
    classroom.revise(version=1, seats=8)
    people = [make_guest() for _person in range(12)]

    outcomes = together(*joins(classroom, code_of(classroom), *people))

    assert kinds(outcomes) == {"Refused"}
    assert len([each for each in outcomes if isinstance(each, Pupil)]) == Pupil.objects.count() == 8


def test_c10_whoever_joins_several_times_at_once_is_one_pupil(classroom: Classroom) -> None:
    bob = make_user("bob")

    outcomes = together(*joins(classroom, code_of(classroom), *[bob] * 6))

    assert kinds(outcomes) == set()
    assert {each.pk for each in outcomes} == {Pupil.objects.get().pk}


def test_code_for_one_late_pupil_lets_one_of_several_in(classroom: Classroom) -> None:
    late = classroom.late_code()

    outcomes = together(*joins(classroom, late, *[make_guest() for _person in range(5)]))

    assert kinds(outcomes) == {"Gone"}
    assert Pupil.objects.count() == 1
    assert JoinCode.objects.get(pk=late.pk).uses_left == 0


def test_form_sent_twice_at_once_makes_one_guest(classroom: Classroom) -> None:
    outcomes = together(*[partial(User.objects.guest_of, "a form in a browser")] * 4)

    assert kinds(outcomes) == set()
    assert {each.pk for each in outcomes} == {User.objects.get(is_guest=True).pk}


def test_roster_stored_twice_at_once_is_stored_once(classroom: Classroom) -> None:
    enrols = [partial(Classroom.objects.get(pk=classroom.pk).enrol, ["Ada L.", "Ben K."]) for _time in range(3)]

    outcomes = together(*enrols)

    assert kinds(outcomes) == set()
    assert sorted(Pupil.objects.values_list("name", flat=True)) == ["Ada L.", "Ben K."]
    assert User.objects.filter(is_guest=True).count() == 2


def test_class_deleted_while_pupils_join_leaves_no_pupil_of_nothing(classroom: Classroom) -> None:
    people = [make_guest() for _person in range(4)]
    code = code_of(classroom)

    outcomes = together(Classroom.objects.get(pk=classroom.pk).dissolve, *joins(classroom, code, *people))

    assert all(isinstance(each, Gone | Pupil | None) for each in outcomes)
    assert not Pupil.objects.exists()
    assert User.objects.filter(is_guest=True).count() == 4
