"""What is taken out of a class beside the grades: who took part with what, and the maps."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from django.urls import reverse

from accounts.models import User
from classrooms.models import Feedback
from debates.models import Membership
from tests.classrooms.factories import make_assignment
from tests.classrooms.grading_world import Graded, argue, graded_class
from tests.markup import by_class, dom, text

if TYPE_CHECKING:
    from tests.conftest import LogIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(alice: User) -> Graded:
    return graded_class(alice)


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_report_counts_and_says_what_became_of_feedback(world: Graded, alice: User, log_in: LogIn) -> None:
    line = argue(world.seats[0], "It tires")
    Feedback.objects.create(seat=world.seats[0], statement=line, kind="fix", text="Which?", by=alice)
    line.revise(by=world.pupils[0].user, text="It tires many", note="", version=1)
    url = reverse("assignment-report", args=[world.assignment.pk])

    head, ada, ben = read(log_in(alice).get(url, {"format": "csv"}).content)

    told = dict(zip(head, ada, strict=True))
    assert (told["Name"], told["supporting arguments"], told["feedback"]) == ("Ada L.", "1", "1")
    assert (told["of it ticked off"], told["of it with the line changed since"]) == ("0", "1")
    assert ben[:3] == ["Ben K.", "Both sides", "0"]
    assert [row[0] for row in (ada, ben)] == ["Ada L.", "Ben K."]


def test_report_on_a_pupil_has_every_assignment(world: Graded, alice: User, log_in: LogIn) -> None:
    make_assignment(world.classroom, alice, title="Another")

    page = log_in(alice).get(reverse("pupil-report", args=[world.pupils[0].pk]))

    (table,) = by_class(dom(page), "gradebook")
    assert [text(cell) for cell in table.iter("th") if cell.get("scope") == "row"] == ["Both sides", "Another"]


def test_archive_has_each_map_in_the_chosen_formats(world: Graded, alice: User, log_in: LogIn) -> None:
    argue(world.seats[0], "It tires")
    url = reverse("class-maps", args=[world.classroom.pk])

    answer: Any = log_in(alice).get(url, {"format": ["json", "csv", "tgf"]})

    found = ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    folder = f"both-sides-{world.assignment.pk}/1"
    assert sorted(found.namelist()) == [f"{folder}/csv.csv", f"{folder}/json.json", f"{folder}/tgf.tgf"]
    assert "It tires" in [row["text"] for row in json.loads(found.read(f"{folder}/json.json"))["statements"]]
    assert not any(b"Ada L." in found.read(name) for name in found.namelist())


def test_archive_lists_a_map_that_the_teacher_cannot_read(world: Graded, alice: User, bob: User, log_in: LogIn) -> None:
    world.classroom.add_teacher(bob)
    Membership.objects.filter(user=bob).delete()

    answer: Any = log_in(bob).get(reverse("class-maps", args=[world.classroom.pk]), {"format": "json"})

    found = ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert found.namelist() == ["left-out.txt"]
