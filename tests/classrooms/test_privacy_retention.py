"""A class forgets its people on its day, and one pupil when the owner says so; what was argued stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from classrooms.models import (
    Assignment,
    Classroom,
    Feedback,
    Grade,
    JoinCode,
    Look,
    LookKind,
    Position,
    Pupil,
    Seat,
    Work,
)
from classrooms.retention import begun_for, erase_pupil, forget_expired, keep, what_goes
from debates.models import Change, Conflict, Gone, Membership, Pseudonym, Statement, Vote
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.conftest import LogIn
from tests.factories import make_topic, make_user
from tests.markup import dom, text
from tests.queries import data_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice)


@pytest.fixture
def ada(classroom: Classroom) -> Pupil:
    return make_pupils(classroom, "Ada L.")[0]


@pytest.fixture
def assignment(classroom: Classroom, ada: Pupil, alice: User) -> Assignment:
    """An assignment in which Ada has done one of everything."""
    made = make_assignment(classroom, alice)
    fill(seat_of(made, ada), alice)
    return made


def fill(seat: Seat, teacher: User) -> None:
    claim = seat.group.topic.claims.order_by("pk")[0]  # type: ignore[union-attr]
    user = seat.pupil.user
    line = claim.add_argument("supports", f"It tires {seat.pk}", by=user)
    line.comment("A remark", by=user)
    claim.add_argument("opposes", f"A secret {seat.pk}", by=user).withdraw(by=user)
    claim.cast_vote(voter=user, value=3)
    Work.objects.create(seat=seat, conclusion="So it does.")
    Feedback.objects.create(seat=seat, statement=line, kind="praise", text="Well put", by=teacher)
    Grade.objects.create(seat=seat, total=80, by=teacher)
    Position.objects.create(seat=seat, claim=claim, phase="before", value=3)
    Look.objects.note(seat.pupil.classroom, LookKind.NAME, by=teacher, pupil=seat.pupil, at=line)


def end(classroom: Classroom, *, months: int = 1) -> None:
    Classroom.objects.filter(pk=classroom.pk).update(ends=timezone.localdate() - timedelta(days=40), keep_months=months)


def test_class_forgets_its_people_on_its_day_and_keeps_what_they_argued(
    classroom: Classroom, ada: Pupil, assignment: Assignment, alice: User
) -> None:
    end(classroom)

    call_command("clear_expired")

    assert not User.objects.filter(pk=ada.user_id).exists()
    for model in (Pupil, Seat, Work, Feedback, Grade, Position, Look, JoinCode):
        assert not model.objects.exists(), model
    line = Statement.objects.get(text__startswith="It tires")
    assert (line.author, line.status, line.comments.get().text) == (None, "visible", "A remark")
    assert not Vote.objects.exists()
    assert not Statement.objects.filter(text__contains="secret").exists()
    assert "secret" not in str(list(Change.objects.values_list("before", "after")))
    assert list(Pseudonym.objects.values_list("user", flat=True).distinct()) == [alice.pk]
    assert Assignment.objects.get() == assignment


def test_class_forgets_nobody_before_its_day_and_nothing_a_second_time(
    classroom: Classroom, ada: Pupil, assignment: Assignment
) -> None:
    forget_expired()
    end(classroom, months=2)
    forget_expired()
    assert Pupil.objects.get() == ada

    end(classroom)
    forget_expired()
    with data_queries() as asked:
        forget_expired()
    assert not Pupil.objects.exists()
    assert len(asked) == 1


def test_account_of_their_own_stays_and_has_left_no_trace_in_the_class(
    classroom: Classroom, alice: User, bob: User
) -> None:
    code = classroom.code
    assert code is not None
    pupil = classroom.join(bob, code=code, name="Bob B.")
    fill(seat_of(make_assignment(classroom, alice), pupil), alice)
    elsewhere = make_topic(bob).add_claim("Mine", by=bob)
    end(classroom)

    forget_expired()

    elsewhere.refresh_from_db()
    assert elsewhere.author == bob
    assert list(Statement.objects.filter(author=bob)) == [elsewhere]
    assert not Change.objects.filter(actor=bob).exclude(topic=elsewhere.topic).exists()
    assert not Membership.objects.filter(user=bob).exclude(topic=elsewhere.topic).exists()


def test_guest_of_two_classes_loses_only_what_the_first_knew(classroom: Classroom, ada: Pupil, alice: User) -> None:
    other = make_classroom(alice, "Period 4")
    code = other.code
    assert code is not None
    other.join(ada.user, code=code, name="Ada")

    assert begun_for(classroom) == []
    end(classroom)
    forget_expired()

    assert [pupil.classroom for pupil in Pupil.objects.all()] == [other]


def test_more_time_is_given_by_who_read_the_newest_settings(classroom: Classroom) -> None:
    end(classroom)
    classroom.refresh_from_db()
    classroom.archive(by=classroom.teachers.get(role="owner").user)
    keep(classroom, months=24, version=classroom.version)

    classroom.refresh_from_db()
    assert classroom.keep_months == 24
    with pytest.raises(Conflict):
        keep(classroom, months=1, version=classroom.version - 1)


def test_preview_counts_what_goes_in_as_many_queries_for_many(
    classroom: Classroom, ada: Pupil, assignment: Assignment, alice: User
) -> None:
    with data_queries() as few:
        going = what_goes(classroom)
    assert (going.pupils, going.accounts, going.votes, going.conclusions, going.grades, going.feedback) == (1,) * 6
    assert (going.positions, going.arguments, going.comments) == (1, 2, 1)

    for pupil in make_pupils(classroom, "Ben K.", "Chidi O."):
        fill(seat_of(assignment, pupil), alice)
    with data_queries() as many:
        assert what_goes(classroom).pupils == 3
    assert len(few) == len(many)


def test_page_says_when_and_lets_an_owner_keep_it_longer(
    classroom: Classroom, ada: Pupil, bob: User, alice: User, log_in: LogIn
) -> None:
    classroom.add_teacher(bob)
    Classroom.objects.filter(pk=classroom.pk).update(ends=date(2026, 6, 30))
    url = reverse("class-retention", args=[classroom.pk])

    page = log_in(bob).get(url)
    assert "31 July 2027" in text(dom(page))
    assert [form for form in dom(page).iter("form") if form.get("action") == url] == []
    assert log_in(bob).post(url, {"months": 5, "version": classroom.version}).status_code == 403

    assert log_in(alice).post(url, {"months": 61, "version": classroom.version}).status_code == 422
    assert log_in(alice).post(url, {"months": 5, "version": classroom.version + 7}).status_code == 409
    assert log_in(alice).post(url, {"months": 5, "version": classroom.version}).status_code == 303
    classroom.refresh_from_db()
    assert classroom.keep_months == 5


def test_one_pupil_is_erased_and_nobody_else(
    classroom: Classroom, ada: Pupil, assignment: Assignment, alice: User, log_in: LogIn
) -> None:
    (ben,) = make_pupils(classroom, "Ben K.")
    fill(seat_of(assignment, ben), alice)
    browser, url = log_in(alice), reverse("pupil-erasure", args=[ada.pk])

    assert "it was made for this class" in text(dom(browser.get(url)))
    assert browser.post(url).status_code == 422
    assert Pupil.objects.count() == 2
    assert browser.post(url, {"sure": "on"}).status_code == 303

    assert Pupil.objects.get() == ben
    assert not User.objects.filter(pk=ada.user_id).exists()
    assert set(Statement.objects.filter(text__startswith="It tires").values_list("author", flat=True)) == {
        None, ben.user_id,
    }  # fmt: skip
    assert Vote.objects.get().voter == ben.user
    with pytest.raises(Gone):
        erase_pupil(ada)


def test_account_of_a_pupil_who_is_a_member_elsewhere_is_not_the_schools(classroom: Classroom, ada: Pupil) -> None:
    line = make_topic(make_user(), visibility="public").add_claim("Mine", by=ada.user)

    erase_pupil(ada)

    line.refresh_from_db()
    assert line.author == ada.user
