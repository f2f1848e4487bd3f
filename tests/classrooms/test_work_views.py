"""The page on which a pupil works at an assignment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from classrooms.models import Assignment, Classroom, Pupil, Seat, Work
from debates.models import Membership, Statement, Topic
from tests.classrooms.factories import make_assignment, make_pupils, seat_of
from tests.factories import make_topic
from tests.markup import PARTIAL, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User
    from tests.conftest import LogIn
    from tests.markup import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(classroom: Classroom, pupils: list[Pupil], topic: Topic, alice: User) -> Assignment:
    asked = {"supporting": 1, "under_others": 1, "conclusion": 3}
    return make_assignment(classroom, alice, topic=topic, instructions="Argue *well*.", requirements=asked)


@pytest.fixture
def seat(assignment: Assignment, pupils: list[Pupil]) -> Seat:
    return seat_of(assignment, pupils[0])


@pytest.fixture
def ada(pupils: list[Pupil], log_in: LogIn) -> Client:
    return log_in(pupils[0].user)


def write(client: Client, assignment: Assignment, **fields: Any) -> Response:
    sent = {"conclusion": "It depends on us.", "used_ai": "Not at all.", "version": "1"}
    address = reverse("assignment-work", args=[assignment.pk])
    headers = fields.pop("headers", {})
    return client.post(address, sent | fields, headers=headers)


def test_checklist_leads_to_the_places_where_it_is_done(
    ada: Client, assignment: Assignment, pupils: list[Pupil]
) -> None:
    line = Statement.objects.get(text="because practice does").add_argument("opposes", "It bores", by=pupils[1].user)

    page = ada.get(assignment.get_absolute_url())

    assert texts(dom(page), "checklist__item")[1].startswith("1 more under a classmate’s argument 0 of 1 1 place that")
    links = [each.get("href") for each in by_id(page, "checklist").iter("a")]
    assert reverse("statement", args=[line.pk]) in links
    line.add_argument("opposes", "Not me", by=pupils[0].user)
    assert "under those of others: 1 of 1" in text(by_id(ada.get(assignment.get_absolute_url()), "checklist"))


def test_page_names_no_pupil_and_notes_that_it_was_opened(
    ada: Client, assignment: Assignment, seat: Seat, pupils: list[Pupil]
) -> None:
    page = ada.get(assignment.get_absolute_url())
    ada.get(assignment.get_absolute_url())

    assert not [pupil.name for pupil in pupils if pupil.name in page.content.decode()]
    now = seat_of(assignment, seat.pupil)
    assert now.opened is not None
    assert now.times_opened == 1, "a page that is loaded again within minutes was opened once"


def test_conclusion_is_saved_as_it_is_written(ada: Client, assignment: Assignment, seat: Seat) -> None:
    answer = write(ada, assignment, headers=PARTIAL)

    assert answer.status_code == 200
    assert is_fragment(answer)
    assert dom(answer).find(".//input[@name='version']").get("value") == "2"  # type: ignore[union-attr]
    work = Work.objects.get(seat=seat)
    assert (work.conclusion, work.used_ai, work.words) == ("It depends on us.", "Not at all.", 4)


def test_two_windows_meet_a_conflict_and_lose_nothing(ada: Client, assignment: Assignment, seat: Seat) -> None:
    write(ada, assignment, conclusion="Theirs stands.")

    answer = write(ada, assignment, conclusion="Mine stands.")

    assert answer.status_code == 409
    assert "Theirs" in text(by_id(answer, "draft-conflict"))
    assert "Mine stands." in text(by_id(answer, "id_conclusion"))
    assert write(ada, assignment, conclusion="Mine stands.", over="2").status_code == 303
    assert Work.objects.get(seat=seat).conclusion == "Mine stands."


def test_what_is_handed_in_is_changed_only_when_taken_back(ada: Client, assignment: Assignment, seat: Seat) -> None:
    assert write(ada, assignment, hand_in="1").status_code == 303
    assert Work.objects.get(seat=seat).handed_in is not None

    refused = write(ada, assignment, conclusion="Other words", version="2")
    taken = ada.post(reverse("assignment-taking-back", args=[assignment.pk]))

    assert (refused.status_code, taken.status_code) == (422, 303)
    assert (Work.objects.get(seat=seat).handed_in, Work.objects.get(seat=seat).conclusion) == (
        None,
        "It depends on us.",
    )


def test_handing_in_twice_is_handing_in_once(ada: Client, assignment: Assignment, seat: Seat) -> None:
    write(ada, assignment, hand_in="1")
    first = Work.objects.get(seat=seat).handed_in

    again = write(ada, assignment, hand_in="1")

    assert (again.status_code, Work.objects.get(seat=seat).handed_in) == (303, first)


def test_map_is_closed_to_the_pupil_until_the_assignment_opens(
    ada: Client, classroom: Classroom, pupils: list[Pupil], alice: User
) -> None:
    assignment = make_assignment(classroom, alice, opens=timezone.now() + timedelta(days=1))
    assert assignment.topic is not None
    address = assignment.topic.get_absolute_url()
    before = ada.get(address).status_code
    Assignment.objects.filter(pk=assignment.pk).update(opens=timezone.now())

    ada.get(assignment.get_absolute_url())

    assert (before, ada.get(address).status_code) == (404, 200)


def test_map_of_a_newcomer_is_no_longer_that_of_a_teacher_who_left(
    ada: Client, classroom: Classroom, pupils: list[Pupil], alice: User, bob: User
) -> None:
    teacher = classroom.add_teacher(bob)
    assignment = make_assignment(classroom, bob, shape="each", topic=make_topic(bob))
    Seat.objects.all().delete()
    classroom.remove_teacher(teacher)

    ada.get(assignment.get_absolute_url())

    members = Membership.objects.filter(topic=seat_of(assignment, pupils[0]).group.topic).values_list("user", flat=True)
    assert set(members) == {alice.pk, pupils[0].user_id}


def test_words_come_back_where_the_class_was_deleted_meanwhile(
    ada: Client, classroom: Classroom, assignment: Assignment
) -> None:
    classroom.dissolve()

    answer = write(ada, assignment, conclusion="All that I think")

    assert (answer.status_code, "All that I think" in text(dom(answer))) == (404, True)


def test_newcomer_is_told_that_the_map_was_deleted(
    ada: Client, classroom: Classroom, assignment: Assignment, topic: Topic
) -> None:
    Seat.objects.all().delete()
    topic.delete()

    page = ada.get(assignment.get_absolute_url())

    assert (page.status_code, "was deleted" in text(dom(page))) == (200, True)


def test_page_says_when_in_the_time_of_the_class(ada: Client, assignment: Assignment) -> None:
    Assignment.objects.update(due=datetime(2027, 3, 11, 17, 0, tzinfo=UTC))

    assert "Due Thursday, 11 March at 18:00 (Berlin)" in text(dom(ada.get(assignment.get_absolute_url())))


def test_pupil_chooses_a_side(
    ada: Client, classroom: Classroom, topic: Topic, pupils: list[Pupil], alice: User
) -> None:
    assignment = make_assignment(classroom, alice, topic=topic, sides="chosen")
    address = reverse("assignment-side", args=[assignment.pk])

    assert ada.post(address, {"side": "against"}).status_code == 303
    assert ada.post(address, {"side": "both"}).status_code == 422
    assert "You argue against the claim." in text(dom(ada.get(assignment.get_absolute_url())))


def test_newcomer_gets_a_map_by_opening_the_page(
    classroom: Classroom, topic: Topic, pupils: list[Pupil], alice: User, log_in: LogIn
) -> None:
    assignment = make_assignment(classroom, alice, topic=topic, shape="each")
    late = make_pupils(classroom, "Elif M.")[0]

    page = log_in(late.user).get(assignment.get_absolute_url())

    assert page.status_code == 200
    assert seat_of(assignment, late).group.topic is not None


def test_page_asks_as_much_for_a_large_class_as_for_a_small(
    ada: Client, assignment: Assignment, classroom: Classroom, alice: User
) -> None:
    asked = []
    for names in ((), ("Elif M.", "Femi A.", "Gus B.")):
        for pupil in make_pupils(classroom, *names):
            assignment.seat(pupil, by=alice)
            Statement.objects.get(text="but sleep matters").add_argument("opposes", f"Line {pupil.pk}", by=pupil.user)
        with data_queries() as queries:
            assert ada.get(assignment.get_absolute_url()).status_code == 200
        asked.append(len(queries))
    assert asked[0] >= asked[1]
    assert asked[1] < 40


def test_due_date_of_one_pupil_is_shown_as_theirs(ada: Client, assignment: Assignment, seat: Seat) -> None:
    assignment.extend(seat, due=timezone.now() + timedelta(days=2), cutoff=None)

    assert "These are your own dates." in text(dom(ada.get(assignment.get_absolute_url())))
