"""Groups, extensions and the template on the pages of teachers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from classrooms.models import Classroom, Pupil
from debates.models import Statement, Topic
from tests.classrooms.factories import make_assignment, seat_of
from tests.markup import by_id, dom, text

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User

pytestmark = pytest.mark.django_db


def test_pupil_is_moved_by_a_select(
    teacher: Client, classroom: Classroom, pupils: list[Pupil], topic: Topic, alice: User
) -> None:
    assignment = make_assignment(classroom, alice, topic=topic, shape="groups", published=False)
    assignment.publish(by=alice, groups=2)
    seat = seat_of(assignment, pupils[0])
    line = Statement.objects.get(topic=seat.group.topic, text="but sleep matters")
    line.add_argument("opposes", "I nap", by=pupils[0].user)
    other = assignment.groups.exclude(pk=seat.group_id).get()

    page = teacher.get(reverse("assignment-groups", args=[assignment.pk]))
    moved = teacher.post(reverse("seat-group", args=[seat.pk]), {"group": other.number}, follow=True)

    assert "Ada L." in text(by_id(page, f"seat-{seat.pk}"))
    assert "Moved. 1 line went along" in text(dom(moved))
    assert seat_of(assignment, pupils[0]).group == other
    assert teacher.post(reverse("seat-group", args=[seat.pk]), {"group": "9"}).status_code == 422
    assert teacher.post(reverse("seat-group", args=[seat.pk]), {"group": "¹"}).status_code == 422


def test_extension_holds_for_one_pupil(
    teacher: Client, classroom: Classroom, pupils: list[Pupil], topic: Topic, alice: User
) -> None:
    assignment = make_assignment(classroom, alice, topic=topic, due=timezone.now())
    seat = seat_of(assignment, pupils[0])
    address = reverse("seat-extension", args=[seat.pk])

    assert teacher.post(address, {"due": "2030-01-02T08:00", "cutoff": "2030-01-01T08:00"}).status_code == 422
    assert teacher.post(address, {"due": "2030-01-01T08:00", "cutoff": "2030-01-02T08:00"}).status_code == 303

    assert seat_of(assignment, pupils[0]).due == datetime(2030, 1, 1, 7, 0, tzinfo=UTC)
    assert seat_of(assignment, pupils[1]).due is None


def test_template_page_says_what_is_not_in_the_groups_yet(
    teacher: Client, classroom: Classroom, pupils: list[Pupil], topic: Topic, alice: User
) -> None:
    assignment = make_assignment(classroom, alice, topic=topic, shape="each")
    topic.add_claim("A new claim", by=alice)
    address = reverse("assignment-template", args=[assignment.pk])

    before, sent = teacher.get(address), teacher.post(address)

    assert "1 change in the template" in text(dom(before))
    assert sent.status_code == 303
    assert Statement.objects.filter(text="A new claim").count() == 5
    assert "The groups have everything" in text(dom(teacher.get(address)))
