"""The demo's class: it works at the demo topic, and nothing is done twice or fails where visitors were before."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from accounts.models import User
from classrooms.counting import progress_of
from classrooms.demo.loading import load
from classrooms.models import Assignment, Classroom, Feedback, Pupil, Work
from debates.models import Topic
from tests.factories import make_topic, make_user
from tests.markup import dom, text

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

SLUG = "bts-at-the-amas"
PUPILS = ("amber-heron", "plum-badger", "olive-wren")
LOADED = "Loaded the class “Period 3”: {} pupils, and an assignment on the topic."


@pytest.fixture
def topic() -> Topic:
    """As much of the demo topic as the class asks for, because all of it takes its time."""
    rivera, amber, plum, _olive = (make_user(name) for name in ("rivera", *PUPILS))
    topic = make_topic(rivera, visibility="public", visitor_role="writer", names_shown="pseudonyms")
    Topic.objects.filter(pk=topic.pk).update(slug=SLUG)
    claim = topic.add_claim("A claim", by=rivera)
    claim.add_argument("supports", "Two points in one", by=plum, key="demo-c03")
    claim.add_argument("opposes", "A real rebuttal", by=amber, key="demo-c04")
    return topic


def test_demo_class_works_at_the_demo_topic() -> None:
    said = StringIO()
    call_command("load_demo", stdout=said)
    assignment, topic = Assignment.objects.get(), Topic.objects.get(slug=SLUG)
    found = {each.pupil.user.username: each for each in progress_of(assignment)}

    assert said.getvalue().splitlines()[1:] == [LOADED.format(6)]
    assert assignment.is_open
    assert assignment.groups.get().topic == topic
    assert {name: each.status for name, each in found.items()} == {
        "amber-heron": "handed_in", "teal-otter": "under_way", "plum-badger": "under_way",
        "slate-finch": "under_way", "coral-newt": "under_way", "olive-wren": "not_started",
    }  # fmt: skip
    assert assignment.rubric is not None
    assert assignment.rubric.points == assignment.points == 100
    assert 120 <= Work.objects.get().words <= 200
    praise, fix = Feedback.objects.order_by("-at")
    assert (praise.kind, fix.kind) == ("praise", "fix")
    assert praise.addressed is not None
    assert topic.created < fix.at < praise.at < praise.addressed
    assert fix.addressed is fix.seen is None


def test_teacher_of_the_demo_finds_the_progress_page(topic: Topic, client: Client) -> None:
    load()
    client.force_login(User.objects.get(username="rivera"))

    words = text(dom(client.get(f"/assignments/{Assignment.objects.get().pk}/progress/")))

    assert all(pupil.name in words for pupil in Pupil.objects.all())


def test_class_is_loaded_once_and_comes_to_a_topic_that_was_there(topic: Topic) -> None:
    assert load() == LOADED.format(3)
    assert load() == ""
    assert Classroom.objects.count() == Assignment.objects.count() == 1
    assert topic.changes.count() == 4, "a class adds nothing to the history of its topic"


@pytest.mark.parametrize("gone", ["amber-heron", "plum-badger"])
def test_class_does_without_people_who_are_gone(topic: Topic, gone: str) -> None:
    User.objects.filter(username=gone).delete()

    assert load() == LOADED.format(2)
    assert Feedback.objects.count() == 1


def test_nothing_is_loaded_without_a_teacher_or_a_topic(topic: Topic) -> None:
    User.objects.filter(username="rivera").update(username="somebody")
    assert load() == ""
    User.objects.filter(username="somebody").update(username="rivera")
    Topic.objects.filter(pk=topic.pk).update(slug="another")
    assert load() == ""
    assert not Classroom.objects.exists()


def test_demo_topic_that_another_class_took_keeps_the_site_starting(topic: Topic) -> None:
    rivera = User.objects.get(username="rivera")
    other = Classroom.objects.begin(by=rivera, name="A visitor’s")
    other.assign(by=rivera, topic=topic, title="Mine").publish(by=rivera)

    assert load() == ""
    assert Classroom.objects.get() == other
