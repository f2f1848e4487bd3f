"""One load of a topic: what shows is counted, what does not is in no number, and it costs three queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debates.analysis.scope import scope_of
from debates.analysis.whole import Analysis, analyse
from debates.models import Statement, Topic
from debates.working.coverage import coverage_of
from debates.working.loading import Loaded, load
from tests.debates.large import bushy, grow
from tests.factories import make_topic, make_tree
from tests.queries import data_queries

if TYPE_CHECKING:
    from accounts.models import User

TREE = """
A claim
  + a reason
    - but this
      - and yet
  - an objection
Another claim
"""


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(topic, alice, TREE)


def loaded(topic: Topic) -> Loaded:
    found = load(topic)
    assert found is not None
    return found


def analysed(topic: Topic) -> Analysis:
    found = loaded(topic)
    return analyse(scope_of(found.forest), found.passages)


def test_records_say_what_is_stored(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    essay = topic.add_essay(by=alice, title="An essay", text="One sentence. Another sentence.")
    line = tree["but this"]
    line.cite(by=alice, title="A study")
    line.cite(by=alice, title="Another study")
    line.quote(essay, 0, 13, by=alice)

    record = loaded(topic).forest.records[line.pk]

    assert record == (line.pk, tree["a reason"].pk, None, "opposes", 2, line.position, alice.pk, 2, 1)


@pytest.mark.parametrize("way", ["withdraw", "remove"])
def test_what_was_taken_back_is_counted_nowhere_with_all_below_it(
    topic: Topic, tree: dict[str, Statement], alice: User, way: str
) -> None:
    without = make_topic(alice)
    make_tree(without, alice, "A claim\n  - an objection\nAnother claim")
    tree["and yet"].cite(by=alice, title="A study")

    getattr(tree["a reason"], way)(by=alice)

    found, expected = analysed(topic), analysed(without)
    assert (found.statements, found.depths) == (expected.statements, expected.depths) == (3, (2, 1))
    assert found.all_levels == expected.all_levels
    assert len(found.unsourced) == len(expected.unsourced) == 1
    assert found.open_objections.for_it == (tree["an objection"].pk,)
    assert found.longest_exchange == (tree["A claim"].pk, tree["an objection"].pk)


def test_suggestion_is_counted_once_it_is_accepted(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    before = analysed(topic)
    suggestion = tree["an objection"].add_argument("opposes", "perhaps not", by=alice, suggested=True)

    waiting = analysed(topic)
    suggestion.accept(by=alice)

    assert waiting == before
    assert tree["an objection"].pk in before.open_objections.for_it
    assert analysed(topic).open_objections.for_it == ()


def test_link_counts_while_its_target_shows(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    link = tree["an objection"].link_under(tree["Another claim"], stance="supports", by=alice)

    assert loaded(topic).forest.records[link.pk].target == tree["an objection"].pk
    assert loaded(topic).root(link.pk) == tree["an objection"].pk

    tree["an objection"].withdraw(by=alice)
    assert link.pk not in loaded(topic).forest.records
    assert loaded(topic).root(link.pk) is None


def test_passage_that_lost_its_place_supports_nothing(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    essay = topic.add_essay(by=alice, title="An essay", text="One sentence. Another sentence.")
    passage = tree["but this"].quote(essay, 0, 13, by=alice)
    assert tree["but this"].pk not in analysed(topic).unsupported

    type(passage).objects.filter(pk=passage.pk).update(lost=True)

    assert tree["but this"].pk in analysed(topic).unsupported
    assert loaded(topic).passages == []


def test_essay_uses_what_readers_see_resting_on_it(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    """As its page: also what stands below a line that was taken back, and nothing below a suggestion."""
    text = "# Title\n\nOne is here. Two is here.\n\nThree is here. Four is here."
    essay = topic.add_essay(by=alice, title="Title", text=text)
    suggestion = tree["an objection"].add_argument("opposes", "perhaps not", by=alice, suggested=True)
    for words, line in (("One is here.", tree["and yet"]), ("Two is here.", suggestion)):
        start = text.index(words)
        line.quote(essay, start, start + len(words), by=alice)
    tree["but this"].withdraw(by=alice)

    (coverage,) = coverage_of(topic, loaded(topic).passages).essays

    assert (coverage.sentences, coverage.used) == (4, 1)
    assert [(each.number, each.text) for each in coverage.unused] == [
        (2, "Two is here."), (3, "Three is here."), (4, "Four is here."),
    ]  # fmt: skip


def test_essays_that_are_too_long_together_are_left_out(topic: Topic, alice: User) -> None:
    for at in range(3):
        topic.add_essay(by=alice, title=f"Essay {at}", text="A word. " * 24_000)

    covered = coverage_of(topic, [])

    assert ([each.title for each in covered.essays], covered.left_out) == (["Essay 0", "Essay 1"], 1)


@pytest.mark.parametrize("size", [20, 400])
def test_load_costs_three_queries_whatever_the_size(topic: Topic, alice: User, size: int) -> None:
    grow(topic, alice, bushy(size))

    with data_queries() as asked:
        found = loaded(topic)

    assert len(found.forest.records) == size
    assert len(asked) == 3


def test_topic_that_is_too_large_is_not_read(topic: Topic, tree: dict[str, Statement]) -> None:
    with data_queries() as asked:
        assert load(topic, most=5) is None

    assert len(asked) == 1
    assert load(topic, most=6) is not None
