"""Edits of the template flow to the groups: all of them or none, and never over a group's own words."""

from __future__ import annotations

import pytest

from accounts.models import User
from classrooms.flowing import bring, flow_of
from classrooms.models import Assignment, Classroom, Group
from debates.models import Statement, Topic
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.debates.together import together
from tests.factories import make_topic, make_tree
from tests.queries import data_queries

pytestmark = pytest.mark.django_db

TREE = """Homework helps
  + because practice does
  - but sleep matters"""


@pytest.fixture
def classroom(alice: User) -> Classroom:
    classroom = make_classroom(alice)
    make_pupils(classroom, "Ada L.", "Ben K.", "Chidi O.")
    return classroom


@pytest.fixture
def topic(alice: User) -> Topic:
    topic = make_topic(alice)
    make_tree(topic, alice, TREE)
    return topic


@pytest.fixture
def assignment(classroom: Classroom, topic: Topic, alice: User) -> Assignment:
    return make_assignment(classroom, alice, topic=topic, shape="each")


def line(topic: Topic | None, text: str) -> Statement:
    return Statement.objects.select_related("topic").get(topic=topic, text=text)


def texts(group: Group) -> set[str]:
    return set(Statement.objects.filter(topic=group.topic).values_list("text", flat=True))


def test_nothing_stands_between_a_new_group_and_the_template(assignment: Assignment) -> None:
    assert flow_of(assignment).count == 0
    assert flow_of(assignment).own == ()


def test_new_lines_and_words_reach_every_group(assignment: Assignment, topic: Topic, alice: User) -> None:
    made = line(topic, "but sleep matters").add_argument("opposes", "Nights are long", by=alice)
    made.cite(by=alice, title="A report")
    made.add_argument("supports", "In winter", by=alice)
    line(topic, "because practice does").revise(text="Practice makes perfect", version=1, by=alice)

    assert flow_of(assignment).count == 3
    brought = bring(assignment, by=alice)

    assert brought.count == 3
    assert flow_of(assignment).count == 0
    for group in assignment.groups.all():
        below = line(group.topic, "In winter")
        assert below.parent == line(group.topic, "Nights are long")
        assert line(group.topic, "Nights are long").sources.get().title == "A report"
        assert "because practice does" not in texts(group)
        assert "Practice makes perfect" in texts(group)


def test_words_that_a_group_changed_stay_and_are_listed(assignment: Assignment, topic: Topic, alice: User) -> None:
    group = assignment.groups.all()[0]
    line(group.topic, "because practice does").revise(text="Ours is better", version=1, by=alice)
    line(topic, "because practice does").revise(text="Practice makes perfect", version=1, by=alice)
    line(topic, "Practice makes perfect").revise(text="Practice helps", version=2, by=alice)

    flow = bring(assignment, by=alice)

    assert "Ours is better" in texts(group)
    assert [("Ours is better", group)] == [(own.copy.text, own.group) for own in flow.own]
    assert all("Practice helps" in texts(other) for other in assignment.groups.exclude(pk=group.pk))
    assert (flow_of(assignment).count, len(flow_of(assignment).own)) == (0, 1)


def test_edit_can_follow_edit(assignment: Assignment, topic: Topic, alice: User) -> None:
    for version, words in enumerate(("Once", "Twice"), 1):
        line(topic, "but sleep matters" if version == 1 else "Once").revise(text=words, version=version, by=alice)
        assert bring(assignment, by=alice).count == 1

    assert all("Twice" in texts(group) for group in assignment.groups.all())


def test_edit_reaches_a_paused_map_and_one_whose_time_is_over(
    assignment: Assignment, topic: Topic, alice: User
) -> None:
    assignment.pause(by=alice)
    topic.add_claim("Another claim", by=alice)

    bring(assignment, by=alice)

    assert all("Another claim" in texts(group) for group in assignment.groups.all())


def test_flow_asks_as_much_for_few_groups_as_for_many(classroom: Classroom, topic: Topic, alice: User) -> None:
    asked = []
    for names in ((), ("Dana S.", "Elif M.")):
        make_pupils(classroom, *names)
        assignment = make_assignment(classroom, alice, topic=topic, shape="each")
        line(topic, "Homework helps").revise(text=f"Homework {len(names)}", version=1, by=alice)
        topic.add_claim(f"Claim {len(names)}", by=alice)
        with data_queries() as queries:
            assert flow_of(assignment).count == 2
        asked.append(len(queries))
        line(topic, f"Homework {len(names)}").revise(text="Homework helps", version=2, by=alice)
        Statement.objects.filter(topic=topic, text="Homework helps").update(version=1)

    assert asked == [7, 7]  # two of them for the class and the topic, which the loader of a page brings along


@pytest.mark.django_db(transaction=True)
def test_every_group_has_all_of_an_edit_or_none(alice: User) -> None:
    """C11: the template is edited and brought to the groups while new ones are copied from it."""
    classroom = make_classroom(alice)
    pupils = make_pupils(classroom, "Ada L.", "Ben K.", "Chidi O.", "Dana S.")
    topic = make_topic(alice)
    make_tree(topic, alice, TREE)
    assignment = make_assignment(classroom, alice, topic=topic, shape="each", published=False)
    assignment.seat(pupils[0], by=alice)

    def edit() -> None:
        line(topic, "because practice does").revise(text="Practice makes perfect", version=1, by=alice)
        line(topic, "but sleep matters").add_argument("opposes", "Nights are long", by=alice)
        bring(assignment, by=alice)

    outcomes = together(edit, *(lambda pupil=pupil: assignment.seat(pupil, by=alice) for pupil in pupils[1:]))

    assert [each for each in outcomes if isinstance(each, Exception)] == []
    maps = [texts(seat_of(assignment, pupil).group) for pupil in pupils]
    bring(assignment, by=alice)
    for group in assignment.groups.all():
        assert {"Practice makes perfect", "Nights are long"} <= texts(group)
        assert len(texts(group)) == 4, "nothing came twice"
    assert all(("Nights are long" in each) <= ("Practice makes perfect" in each) for each in maps)
