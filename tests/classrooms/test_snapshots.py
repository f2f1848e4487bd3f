"""What is graded: the map as it was at the cut-off, and apart from it what came later."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from classrooms.grading import pieces_of
from classrooms.models import Assignment, Snapshot
from debates.models import Statement
from tests.classrooms.factories import seat_of
from tests.classrooms.grading_world import Graded, argue, graded_class
from tests.markup import dom, text

if TYPE_CHECKING:
    from tests.conftest import LogIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(alice: User) -> Graded:
    return graded_class(alice)


def over(assignment: Assignment, *, since: timedelta = timedelta(minutes=5)) -> None:
    """The cut-off of `assignment` was `since` ago."""
    cutoff = timezone.now() - since
    Assignment.objects.filter(pk=assignment.pk).update(cutoff=cutoff)
    assignment.refresh_from_db()
    assignment.tell_maps()


def test_map_is_frozen_at_the_cutoff_and_late_lines_stand_apart(world: Graded, alice: User) -> None:
    seat = world.seats[0]
    early = argue(seat, "It tires")
    over(world.assignment, since=timedelta(0))
    late = argue(seat, "Too late")  # the first act after the cut-off: the map is kept before it

    early.revise(by=alice, text="It tires everyone", note="", version=1)
    found = pieces_of(seat_of(world.assignment, world.pupils[0]))

    assert [(piece.text, piece.now) for piece in found.pieces] == [("It tires", "It tires everyone")]
    assert [(piece.pk, piece.came, piece.is_waiting) for piece in found.later] == [(late.pk, "late", True)]


def test_line_within_an_extension_is_said_to_be(world: Graded) -> None:
    world.assignment.extend(world.seats[0], due=None, cutoff=timezone.now() + timedelta(days=1))
    over(world.assignment, since=timedelta(0))

    argue(world.seats[0], "Still in time")

    (piece,) = pieces_of(seat_of(world.assignment, world.pupils[0])).later
    assert (piece.came, piece.is_waiting) == ("extension", False)


def test_opening_the_page_freezes_a_map_in_which_nobody_acted(world: Graded, alice: User, log_in: LogIn) -> None:
    argue(world.seats[0], "It tires")
    over(world.assignment)
    assert not Snapshot.objects.exists()

    log_in(alice).get(reverse("seat-grading", args=[world.seats[0].pk]))

    snapshot = Snapshot.objects.get()
    assert list(snapshot.authors.values()) == [world.seats[0].pk]


def test_cutoff_that_moves_on_freezes_the_map_anew(world: Graded, alice: User) -> None:
    over(world.assignment, since=timedelta(hours=2))
    Snapshot.objects.at_cutoff(world.seats[0].group)
    Snapshot.objects.update(taken=timezone.now() - timedelta(hours=2))
    world.seats[0].group.topic.add_claim("Another claim", by=alice)  # type: ignore[union-attr]

    over(world.assignment, since=timedelta(minutes=5))
    group = seat_of(world.assignment, world.pupils[0]).group
    snapshot = Snapshot.objects.at_cutoff(group)

    assert snapshot is not None
    assert "Another claim" in [row["text"] for row in snapshot.document["statements"]]


def test_snapshot_stays_readable_when_a_line_is_removed(world: Graded, alice: User, log_in: LogIn) -> None:
    line = argue(world.seats[0], "It tires")
    over(world.assignment)
    url = reverse("group-snapshot", args=[world.seats[0].group_id])
    log_in(alice).get(url)
    Statement.objects.filter(pk=line.pk).delete()

    page = log_in(alice).get(url)

    assert "It tires" in text(dom(page))
    assert b"It tires" in b"".join(log_in(alice).get(url, {"format": "json"}).streaming_content)  # type: ignore[attr-defined]


def test_words_of_an_erased_pupil_leave_the_snapshot(world: Graded) -> None:
    argue(world.seats[0], "It tires")
    argue(world.seats[1], "It does not", "opposes")
    over(world.assignment)
    Snapshot.objects.at_cutoff(seat_of(world.assignment, world.pupils[0]).group)

    Snapshot.objects.forget([world.seats[0].pk])

    snapshot = Snapshot.objects.get()
    words = [row["text"] for row in snapshot.document["statements"]]
    assert ("It tires" in words, "It does not" in words) == (False, True)
    assert list(snapshot.authors.values()) == [world.seats[1].pk]


def test_line_that_was_taken_back_is_not_graded(world: Graded) -> None:
    line = argue(world.seats[0], "It tires")

    line.withdraw(by=world.pupils[0].user)

    assert pieces_of(seat_of(world.assignment, world.pupils[0])).all == []
