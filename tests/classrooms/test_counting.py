"""What is asked for counts itself: held against a count by hand, and against what each definition says."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from classrooms.counting import SeatProgress, progress_at, progress_of
from classrooms.models import Assignment, Classroom, Pupil, Requirement, Work
from debates.models import Argument, Status, Topic
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.factories import make_topic, make_tree
from tests.queries import data_queries

pytestmark = pytest.mark.django_db

TREE = """Homework helps
  + because practice does
    - but not every practice
  - but sleep matters"""

# Counted by hand in debates/demo/class.json: supporting, opposing, under others, rebuttals, sources, passages, votes.
BY_HAND = {
    "amber-heron": (2, 2, 0, 2, 2, 4, 9),
    "coral-newt": (0, 1, 1, 1, 0, 1, 8),
    "olive-wren": (0, 0, 0, 0, 0, 0, 2),
    "plum-badger": (2, 0, 0, 0, 0, 2, 7),
    "slate-finch": (0, 2, 1, 2, 0, 1, 7),
    "teal-otter": (1, 2, 0, 1, 1, 2, 10),
}
KINDS = [each for each in Requirement if each != Requirement.CONCLUSION]


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice)


@pytest.fixture
def pupils(classroom: Classroom) -> list[Pupil]:
    return make_pupils(classroom, "Ada L.", "Ben K.")


@pytest.fixture
def topic(alice: User) -> Topic:
    topic = make_topic(alice)
    make_tree(topic, alice, TREE)
    return topic


@pytest.fixture
def assignment(classroom: Classroom, pupils: list[Pupil], topic: Topic, alice: User) -> Assignment:
    asked = {"supporting": 1, "opposing": 1, "votes": 1, "conclusion": 3}
    return make_assignment(classroom, alice, topic=topic, requirements=asked)


def counts(assignment: Assignment, pupil: Pupil, *kinds: str) -> tuple[int, ...]:
    found = progress_at(seat_of(assignment, pupil)).counts
    return tuple(found[Requirement(kind)] for kind in kinds)


def test_counts_match_a_hand_count_of_the_demo_class() -> None:
    call_command("load_demo", stdout=StringIO())
    found = {each.pupil.user.username: each for each in progress_of(Assignment.objects.get())}

    assert {name: tuple(each.counts[kind] for kind in KINDS) for name, each in found.items()} == BY_HAND
    assert [name for name, each in found.items() if each.is_met] == ["amber-heron"]
    assert found["teal-otter"].missing == {Requirement.SUPPORTING: 1, Requirement.SOURCES: 1}
    assert [name for name, each in found.items() if each.status == "not_started"] == ["olive-wren"]


def test_what_a_teacher_removes_still_counts_and_what_is_withdrawn_does_not(
    assignment: Assignment, pupils: list[Pupil], topic: Topic, alice: User
) -> None:
    ada = pupils[0]
    claim = topic.claims.get()
    removed = claim.add_argument("supports", "Because of marks", by=ada.user)
    removed.cite(by=ada.user, title="A report")
    withdrawn = claim.add_argument("supports", "Because of habits", by=ada.user)
    withdrawn.cite(by=ada.user, title="A book")

    removed.remove(by=alice)
    withdrawn.withdraw(by=ada.user)

    assert counts(assignment, ada, "supporting", "sources") == (1, 1)


def test_rebuttals_oppose_an_argument_and_only_classmates_are_others(
    assignment: Assignment, pupils: list[Pupil], topic: Topic
) -> None:
    ada, ben = pupils
    line = Argument.objects.get(text="because practice does")
    mine = line.add_argument("opposes", "Practice bores", by=ada.user)
    mine.add_argument("supports", "Ask anyone", by=ada.user)
    topic.claims.get().add_argument("opposes", "It tires", by=ada.user)
    mine.add_argument("opposes", "Not if it is short", by=ben.user)
    mine.link_under(Argument.objects.get(text="but sleep matters"), stance="supports", by=ada.user)

    kinds = ("supporting", "opposing", "rebuttals", "under_others")
    assert counts(assignment, ada, *kinds) == (1, 2, 1, 0), "a link is no argument of its own"
    assert counts(assignment, ben, *kinds) == (0, 1, 1, 1)


def test_what_waits_for_a_teacher_counts_for_its_author(
    classroom: Classroom, pupils: list[Pupil], topic: Topic, alice: User
) -> None:
    assignment = make_assignment(classroom, alice, topic=topic, cutoff=timezone.now() - timedelta(seconds=1))

    late = topic.claims.get().add_argument("opposes", "Sent late", by=pupils[0].user)

    assert late.status == Status.SUGGESTED
    assert counts(assignment, pupils[0], "opposing") == (1,)


def state(assignment: Assignment, pupil: Pupil) -> str:
    return progress_at(seat_of(assignment, pupil)).status


def test_status_follows_the_pupil(assignment: Assignment, pupils: list[Pupil], topic: Topic) -> None:
    ada = pupils[0]
    seat, claim = seat_of(assignment, ada), topic.claims.get()
    seen = [state(assignment, ada)]
    seat.note_opening()
    seat.note_opening()
    seen.append(state(assignment, ada))
    claim.add_argument("supports", "Because of marks", by=ada.user)
    seen.append(state(assignment, ada))
    claim.add_argument("opposes", "It tires", by=ada.user)
    Argument.objects.get(text="but sleep matters").cast_vote(voter=ada.user, value=3)
    work = Work.objects.create(seat=seat)
    work.write(version=1, conclusion="It depends, really.", used_ai="")
    seen.append(state(assignment, ada))
    work.hand_in()
    seen.append(state(assignment, ada))
    Assignment.objects.update(due=timezone.now() - timedelta(minutes=1))
    seen.append(state(assignment, ada))
    work.take_back()
    seen.append(state(assignment, ada))

    assert seen == ["not_started", "stuck", "under_way", "met", "handed_in", "late", "late"]


def test_acts_are_those_of_the_pupil(assignment: Assignment, pupils: list[Pupil], topic: Topic) -> None:
    before = timezone.now()
    Argument.objects.get(text="but sleep matters").cast_vote(voter=pupils[0].user, value=3)
    voted = timezone.now()
    topic.claims.get().add_argument("supports", "Because of marks", by=pupils[0].user)

    ada, ben = progress_of(assignment)
    assert (ben.first_act, ben.last_act) == (None, None)
    assert ada.first_act is not None
    assert ada.last_act is not None
    assert before < ada.first_act < voted < ada.last_act


def many(assignment: Assignment, classroom: Classroom, alice: User, pupils: int) -> list[SeatProgress]:
    for pupil in make_pupils(classroom, *(f"Pupil {pupils}-{number}" for number in range(pupils))):
        assignment.seat(pupil, by=alice)
        claim = seat_of(assignment, pupil).group.topic.claims.get()  # type: ignore[union-attr]
        claim.add_argument("supports", f"Because {pupil.pk}", by=pupil.user).cite(by=pupil.user, title="A book")
    with data_queries() as asked:
        found = progress_of(assignment)
    assert len(asked) == 9
    return found


@pytest.mark.parametrize("shape", ["shared", "each"])
def test_progress_asks_as_much_of_few_as_of_many(shape: str, classroom: Classroom, topic: Topic, alice: User) -> None:
    assignment = make_assignment(classroom, alice, topic=topic, shape=shape)

    assert len(many(assignment, classroom, alice, 1)) == 1
    found = many(assignment, classroom, alice, 4)

    assert [each.counts[Requirement.SOURCES] for each in found] == [1] * 5
