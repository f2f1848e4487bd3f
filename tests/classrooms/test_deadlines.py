"""C9: whatever is sent around the cut-off is on time or late by the clock of the server, and none of it is lost."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from classrooms.models import Assignment, Work
from debates.models import Statement, Status, Topic
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.debates.together import together
from tests.factories import make_topic, make_tree
from tests.markup import PARTIAL, dom, text

if TYPE_CHECKING:
    from accounts.models import User
    from tests.conftest import LogIn

TREE = "Homework helps\n  + because practice does"
OVER = datetime(2020, 3, 11, 17, 0, tzinfo=UTC)  # 18:00 in Berlin


@pytest.mark.django_db(transaction=True)
def test_line_is_on_time_or_late_by_the_clock_of_the_server(alice: User) -> None:
    classroom = make_classroom(alice)
    pupils = make_pupils(classroom, *(f"Pupil {number:02}" for number in range(8)))
    topic = make_topic(alice)
    make_tree(topic, alice, TREE)
    cutoff = timezone.now() + timedelta(seconds=1)
    make_assignment(classroom, alice, topic=topic, cutoff=cutoff)
    claim = topic.claims.get()

    def send(number: int) -> None:
        for attempt in range(6):
            time.sleep(max(0.0, (cutoff - timezone.now()).total_seconds() + 0.1 * (attempt - 3)))
            line = Statement.objects.select_related("topic").get(pk=claim.pk)
            line.add_argument("supports", f"Line {number}-{attempt}", by=pupils[number].user)

    outcomes = together(*(lambda number=number: send(number) for number in range(len(pupils))))

    sent = Statement.objects.filter(topic=topic, author__in=[pupil.user for pupil in pupils])
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    assert sent.count() == 8 * 6, "0 lost"
    assert {line.status for line in sent if line.created < cutoff} == {Status.VISIBLE}
    assert {line.status for line in sent if line.created >= cutoff} == {Status.SUGGESTED}


@pytest.fixture
def topic(alice: User) -> Topic:
    topic = make_topic(alice)
    make_tree(topic, alice, TREE)
    return topic


@pytest.fixture
def assignment(topic: Topic, alice: User) -> Assignment:
    classroom = make_classroom(alice, name="9b", time_zone="Europe/Berlin")
    make_pupils(classroom, "Ada L.")
    return make_assignment(classroom, alice, topic=topic, due=OVER, cutoff=OVER)


@pytest.fixture
def ada(assignment: Assignment) -> User:
    return assignment.seats.get().pupil.user


SENTENCE = "The time was over on March 11, 2020, 6 p.m. (Berlin). Your line is kept as late and waits for your teacher."


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_pupil_reads_that_the_line_is_late(
    headers: dict[str, str], assignment: Assignment, topic: Topic, ada: User, log_in: LogIn
) -> None:
    claim, client = topic.claims.get(), log_in(ada)
    address = reverse("statement-arguments", args=[claim.pk])

    answer = client.post(address, {"stance": "supports", "text": "Too late"}, headers=headers, follow=True)

    assert SENTENCE in text(dom(answer))
    assert Statement.objects.get(text="Too late").status == Status.SUGGESTED


@pytest.mark.django_db
def test_late_line_waits_with_its_source(assignment: Assignment, topic: Topic, ada: User, log_in: LogIn) -> None:
    """A form that was opened before the cut-off and sent after it."""
    fields = {"stance": "supports", "text": "Too late", "source_title": "A report", "source_url": ""}

    log_in(ada).post(reverse("statement-arguments", args=[topic.claims.get().pk]), fields)

    assert Statement.objects.get(text="Too late").sources.get().title == "A report"


@pytest.mark.django_db
def test_late_lines_are_listed_for_the_teacher(
    assignment: Assignment, topic: Topic, ada: User, alice: User, log_in: LogIn
) -> None:
    topic.claims.get().add_argument("supports", "Too late", by=ada)
    teacher = log_in(alice)

    page = teacher.get(assignment.get_absolute_url())
    links = [link.get("href", "") for link in dom(page).iter("a") if "Late" in text(link)]

    assert "Too late" in text(dom(teacher.get(links[0])))


@pytest.mark.django_db
def test_conclusion_after_the_cutoff_is_kept_and_marked_as_late(
    assignment: Assignment, ada: User, log_in: LogIn
) -> None:
    client = log_in(ada)
    sent = {"conclusion": "I think so.", "version": "1"}

    saved = client.post(reverse("assignment-work", args=[assignment.pk]), sent, headers=PARTIAL)
    handed_in = client.post(
        reverse("assignment-work", args=[assignment.pk]), sent | {"version": "2", "hand_in": "1"}, follow=True
    )

    assert "after the cut-off" in saved.content.decode()
    assert Work.objects.get().conclusion == "I think so."
    assert "Late." in text(dom(handed_in))
    assert seat_of(assignment, assignment.seats.get().pupil).is_over


@pytest.mark.django_db
def test_later_due_date_brings_a_later_cutoff(assignment: Assignment, topic: Topic, ada: User) -> None:
    seat = seat_of(assignment, assignment.seats.get().pupil)

    assignment.extend(seat, due=timezone.now() + timedelta(days=1), cutoff=None)

    assert topic.claims.get().add_argument("supports", "In time", by=ada).status == Status.VISIBLE
