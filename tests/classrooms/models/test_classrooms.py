"""A class: beginning, joining, its roster, its teachers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from classrooms.models import Archived, Classroom, JoinCode, Pupil
from classrooms.models.join_code import ALPHABET, read_code
from debates.models import Conflict, Gone, Membership, Refused, Role, Statement, Vote
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.factories import make_guest

pytestmark = pytest.mark.django_db


def test_class_begins_with_an_owner_and_a_code(alice: User) -> None:
    classroom = Classroom.objects.begin(by=alice, name=" Period  3 ", key="k")

    assert (classroom.name, classroom.teachers.get().user, classroom.teachers.get().role) == (
        "Period 3", alice, "owner",
    )  # fmt: skip
    assert classroom.code is not None
    assert set(classroom.code.code) <= set(ALPHABET)
    assert Classroom.objects.begin(by=alice, name="Period 3", key="k") == classroom
    with pytest.raises(Conflict):
        Classroom.objects.begin(by=alice, name="Another", key="k")


@pytest.mark.parametrize("typed", ["kd7m4rwq", "KD7M-4RWQ", " kd7m 4rwq ", "KD7M–4RWQ"])
def test_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "KD7M4RWQ"


@pytest.mark.parametrize("typed", ["", "KD7M-4RW", "KD7M-4RWO", "KD7M-4RW1", "KD7M-4RWQQ", "é" * 8])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_joining_twice_is_joining_once(alice: User, bob: User) -> None:
    classroom = make_classroom(alice)
    code = classroom.code
    assert code is not None

    first = classroom.join(bob, code=code, name="Bob B.")
    again = classroom.join(bob, code=code, name="Somebody else")

    assert first == again
    assert (Pupil.objects.get().name, Pupil.objects.get().has_come) == ("Bob B.", True)


def test_code_that_expired_or_was_replaced_lets_nobody_in(alice: User, bob: User) -> None:
    classroom = make_classroom(alice)
    old = classroom.code
    assert old is not None
    new = classroom.new_code()

    with pytest.raises(Gone, match="does not work any more"):
        classroom.join(bob, code=old)
    JoinCode.objects.filter(pk=new.pk).update(expires=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Gone):
        classroom.join(bob, code=new)
    assert not Pupil.objects.exists()


def test_late_code_lets_one_more_in(alice: User) -> None:
    classroom = make_classroom(alice)
    classroom.end_code()
    late = classroom.late_code()

    classroom.join(make_guest(), code=late)
    with pytest.raises(Gone):
        classroom.join(make_guest(), code=late)

    assert classroom.code is None
    assert Pupil.objects.count() == 1


def test_full_and_archived_classes_let_nobody_in(alice: User) -> None:
    classroom = make_classroom(alice, seats=1)
    code = classroom.code
    assert code is not None
    classroom.join(make_guest(), code=code)

    with pytest.raises(Refused, match="full"):
        classroom.join(make_guest(), code=code)
    classroom.archive(by=alice)
    with pytest.raises(Archived):
        classroom.join(make_guest(), code=code)


def test_roster_makes_accounts_that_need_no_address(alice: User) -> None:
    classroom = make_classroom(alice)

    made = classroom.enrol(["Ada L.", "Ben K.", "Ada L."])
    again = classroom.enrol(["Ben K.", "Chidi O."])

    assert [pupil.name for pupil in (*made, *again)] == ["Ada L.", "Ben K.", "Chidi O."]
    assert not User.objects.exclude(email="").exists()
    phrase = made[0].new_card()
    assert User.objects.by_return_phrase(phrase) == made[0].user


def test_guest_becomes_a_pupil_of_the_roster_with_all_their_work(alice: User) -> None:
    classroom = make_classroom(alice)
    ada, ben = make_pupils(classroom, "Ada L.", "Ben K.")
    guest = make_guest()
    code = classroom.code
    assert code is not None
    came = classroom.join(guest, code=code, name="ada")
    assignment = make_assignment(classroom, alice)
    topic = seat_of(assignment, came).group.topic
    assert topic is not None
    line = Statement.objects.get(text="Homework helps").add_argument("supports", "It tires", by=guest)
    Statement.objects.get(text="but sleep matters").cast_vote(voter=guest, value=3)

    ada.take_over(came)

    line.refresh_from_db()
    assert line.author == ada.user
    assert Vote.objects.get().voter == ada.user
    assert Membership.objects.get(topic=topic, user=ada.user).role == Role.WRITER
    assert not User.objects.filter(pk=guest.pk).exists()
    assert set(Pupil.objects.values_list("name", flat=True)) == {"Ada L.", "Ben K."}
    assert ben.user != ada.user


def test_pupil_of_the_roster_is_not_given_to_another(alice: User) -> None:
    ada, ben = make_pupils(make_classroom(alice), "Ada L.", "Ben K.")

    with pytest.raises(Refused, match="Only a guest"):
        ada.take_over(ben)
    assert Pupil.objects.count() == 2


def test_class_keeps_an_owner(alice: User, bob: User) -> None:
    classroom = make_classroom(alice)
    teacher = classroom.add_teacher(bob)
    owner = classroom.teachers.get(user=alice)

    with pytest.raises(Refused, match="needs an owner"):
        classroom.remove_teacher(owner)
    classroom.hand_over(teacher)
    classroom.remove_teacher(owner)

    assert [each.user for each in classroom.teachers.all()] == [bob]


def test_guest_cannot_teach(alice: User) -> None:
    with pytest.raises(Refused, match="needs an account"):
        make_classroom(alice).add_teacher(make_guest())


def test_copy_for_another_year_has_no_people(alice: User) -> None:
    classroom = make_classroom(alice, seats=30)
    make_pupils(classroom, "Ada L.")

    made = classroom.copy(by=alice, name="Period 3, 2027")

    assert (made.seats, made.pupils.count(), made.teachers.count()) == (30, 0, 1)
    assert made.code != classroom.code
