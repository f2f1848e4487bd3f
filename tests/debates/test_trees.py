"""Whatever people do, in whatever order: a tree stays a tree, and the last change can be taken back and done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debates.models import Refused, Statement, Topic
from tests.debates.trees import faults, picture
from tests.factories import make_topic, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User

    # Of the lines there are, two, and a yes or no.
    type Verb = Callable[[Statement, Statement, bool, User], object]

STANCES = ("supports", "opposes")
VERBS: dict[str, Verb] = {
    "add": lambda line, _other, yes, by: line.add_argument(STANCES[yes], "An argument", by=by),
    "suggest": lambda line, _other, _yes, by: line.add_argument("opposes", "An idea", by=by, suggested=True),
    "claim": lambda line, _other, _yes, by: line.topic.add_claim("A claim", by=by),
    "move": lambda line, other, yes, by: line.move_under(other, by=by, stance=STANCES[yes]),
    "move behind": lambda line, other, yes, by: line.move_under(other.parent, by=by, stance=STANCES[yes], after=other),
    "make a claim": lambda line, _other, _yes, by: line.move_under(None, by=by),
    "reorder": lambda line, other, yes, by: line.reorder(by=by, after=other if yes else None),
    "turn": lambda line, _other, _yes, by: line.turn(by=by),
    "link": lambda line, other, yes, by: line.link_under(other, stance=STANCES[yes], by=by),
    "revise": lambda line, _other, yes, by: line.revise(
        text=f"Words {yes}", note="Why" * yes, version=line.version, by=by
    ),
    "accept": lambda line, _other, _yes, by: line.accept(by=by),
    "withdraw": lambda line, _other, _yes, by: line.withdraw(by=by),
    "remove": lambda line, _other, _yes, by: line.remove(by=by),
    "restore": lambda line, _other, _yes, by: line.restore(by=by),
}
# The first lines of a topic are few: the same numbers then meet each other often.
ACTS = st.tuples(st.sampled_from(sorted(VERBS)), st.integers(0, 11), st.integers(0, 11), st.booleans())


def begin() -> tuple[Topic, User]:
    alice = make_user()
    topic = make_topic(alice)
    first = topic.add_claim("A claim", by=alice)
    because = first.add_argument("supports", "Because", by=alice)
    because.add_argument("opposes", "But", by=alice)
    first.add_argument("opposes", "No", by=alice)
    topic.add_claim("Another claim", by=alice)
    return topic, alice


def perform(topic: Topic, act: tuple[str, int, int, bool], by: User) -> bool:
    """Do one act to some lines of `topic`. Whether it changed anything."""
    name, first, second, yes = act
    lines = list(Statement.objects.filter(topic=topic).order_by("pk"))
    before, last = picture(topic), topic.changes.count()
    try:
        VERBS[name](lines[first % len(lines)], lines[second % len(lines)], yes, by)
    except Refused:
        assert picture(topic) == before
        assert topic.changes.count() == last
        return False
    return topic.changes.count() > last


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, min_size=1, max_size=14))
def test_tree_stays_a_tree_and_the_last_change_is_undone(db: None, acts: list[tuple[str, int, int, bool]]) -> None:
    topic, alice = begin()
    for act in acts:
        before = picture(topic)
        if not perform(topic, act, alice):
            continue
        assert faults(topic) == []
        change = topic.changes.order_by("-number")[0]
        if change.verb in {"add", "link", "suggest"}:
            continue  # what was added stays in its place, withdrawn: see test_undo.py
        after = picture(topic)
        undoing = change.undo(by=alice)
        assert picture(topic) == before
        undoing.undo(by=alice)
        assert picture(topic) == after
        assert faults(topic) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, min_size=1, max_size=14), st.data())
def test_undoing_anything_in_any_order_keeps_a_tree(
    db: None, acts: list[tuple[str, int, int, bool]], data: st.DataObject
) -> None:
    topic, alice = begin()
    for act in acts:
        perform(topic, act, alice)
    for _time in range(6):
        changes = list(topic.changes.order_by("number"))
        change = data.draw(st.sampled_from(changes))
        before = picture(topic)
        try:
            change.undo(by=alice)
        except Refused:
            assert picture(topic) == before
        assert faults(topic) == []
