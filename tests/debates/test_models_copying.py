"""Copies of topics: what is asked and said comes along, the people and their doings stay behind."""

from __future__ import annotations

import pytest
from django.conf import LazySettings

from accounts.models import User
from debates.models import Essay, Membership, Passage, Source, Statement, Topic, Vote
from tests.factories import make_topic, make_tree, make_votes
from tests.queries import data_queries


@pytest.fixture(autouse=True)
def _many_writes(settings: LazySettings) -> None:
    settings.WRITES_PER_MINUTE = 10_000


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice, visibility="public", background="Since *1926*", votes_shown="always", language="ko")


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(
        topic,
        alice,
        """
        Four days are enough
          + Rest helps learning
            - Rest is not free
          - Parents work five days
        Five days are enough
        """,
    )


def lines(topic: Topic) -> list[tuple[int, str, str, str]]:
    """(depth, stance, words, the words above) of every statement, in order."""
    found = Statement.objects.filter(topic=topic).select_related("parent", "refers_to").order_by("depth", "position")
    return [
        (each.depth, each.stance, f"→ {each.refers_to.text}" if each.refers_to else each.text, str(each.parent or ""))
        for each in found
    ]


def test_copy_is_a_private_topic_of_who_copies(topic: Topic, bob: User) -> None:
    copy = topic.copy(by=bob, title="Four days, period 3")
    assert (copy.title, copy.visibility, copy.created_by) == ("Four days, period 3", "private", bob)
    assert (copy.question, copy.background) == (topic.question, topic.background)
    assert (copy.votes_shown, copy.language) == ("always", "ko")
    assert list(Membership.objects.filter(topic=copy).values_list("user", "role")) == [(bob.pk, "owner")]
    assert copy.slug != topic.slug


def test_copy_keeps_title_unless_given_another(topic: Topic, bob: User) -> None:
    assert topic.copy(by=bob).title == topic.title


def test_copy_keeps_the_tree(topic: Topic, tree: dict[str, Statement], bob: User) -> None:
    copy = topic.copy(by=bob)
    assert lines(copy) == lines(topic)
    assert len(lines(copy)) == 5
    made = Statement.objects.filter(topic=copy)
    assert {(each.author, each.version) for each in made} == {(bob, 1)}
    assert not {each.pk for each in made} & {each.pk for each in tree.values()}


def test_copy_of_the_claims_leaves_the_arguments(topic: Topic, tree: dict[str, Statement], bob: User) -> None:
    copy = topic.copy(by=bob, with_arguments=False)
    assert lines(copy) == [(0, "", "Four days are enough", ""), (0, "", "Five days are enough", "")]


def test_copy_takes_links_sources_and_passages_to_the_copies(
    topic: Topic, tree: dict[str, Statement], alice: User, bob: User
) -> None:
    tree["Rest is not free"].link_under(tree["Five days are enough"], stance="supports", by=alice)
    tree["Rest helps learning"].cite(by=alice, title="Sleep", url="https://example.org/sleep", quotation="Rest!")
    essay = Essay.objects.create(topic=topic, title="Doors", text="Rest is a door. Work is a wall.")
    tree["Rest helps learning"].quote(essay, 0, 15, by=alice)

    copy = topic.copy(by=bob)

    assert lines(copy) == lines(topic)
    link = Statement.objects.get(topic=copy, refers_to__isnull=False)
    assert link.refers_to is not None
    assert (link.refers_to.topic, link.refers_to.text) == (copy, "Rest is not free")
    source = Source.objects.get(statement__topic=copy)
    assert (source.title, source.url, source.quotation, source.added_by) == (
        "Sleep", "https://example.org/sleep", "Rest!", bob,
    )  # fmt: skip
    passage = Passage.objects.get(essay__topic=copy)
    assert (passage.quote, passage.statement.text, passage.statement.topic) == (
        "Rest is a door.", "Rest helps learning", copy,
    )  # fmt: skip
    assert passage.essay.pk != essay.pk
    assert passage.essay.text == essay.text


def test_copy_leaves_people_votes_comments_and_history_behind(
    topic: Topic, tree: dict[str, Statement], alice: User, bob: User
) -> None:
    make_votes(tree["Rest helps learning"], 4, 3)
    tree["Rest helps learning"].comment("Says who?", by=bob)
    copy = topic.copy(by=bob)
    assert not Vote.objects.filter(statement__topic=copy).exists()
    assert not Statement.objects.filter(topic=copy, comments__isnull=False).exists()
    assert list(copy.changes.order_by("number").values_list("verb", flat=True)) == ["topic-created", "copy"]
    assert copy.changes.get(verb="copy").after == {"statements": 5}


def test_copy_leaves_what_was_taken_back_or_only_suggested(
    topic: Topic, tree: dict[str, Statement], alice: User, bob: User
) -> None:
    tree["Four days are enough"].add_argument("supports", "Only suggested", by=bob, suggested=True)
    tree["Rest is not free"].link_under(tree["Five days are enough"], stance="opposes", by=alice)
    tree["Rest helps learning"].withdraw(by=alice)
    tree["Five days are enough"].remove(by=alice)
    copy = topic.copy(by=bob)
    assert [words for _depth, _stance, words, _above in lines(copy)] == [
        "Four days are enough", "Parents work five days",
    ], "what answers a line that is gone goes with it, and so does a link to it"  # fmt: skip


def test_copy_of_an_empty_topic_is_empty(topic: Topic, bob: User) -> None:
    copy = topic.copy(by=bob)
    assert lines(copy) == []
    assert copy.changes.count() == 1


def test_copy_changes_nothing_in_the_original(topic: Topic, tree: dict[str, Statement], bob: User) -> None:
    before = (lines(topic), topic.changes.count(), topic.memberships.count())
    topic.copy(by=bob)
    topic.refresh_from_db()
    assert (lines(topic), topic.changes.count(), topic.memberships.count()) == before


def test_copy_asks_as_often_for_many_statements_as_for_few(topic: Topic, alice: User, bob: User) -> None:
    claim = topic.add_claim("A claim", by=alice)
    claim.add_argument("supports", "Argument 0", by=alice)
    with data_queries() as few:
        topic.copy(by=bob)
    for number in range(1, 40):
        claim.add_argument("supports", f"Argument {number}", by=alice)
    with data_queries() as many:
        copy = topic.copy(by=bob)
    assert len(lines(copy)) == 41
    assert len(many) == len(few)
