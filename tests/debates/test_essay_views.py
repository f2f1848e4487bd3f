"""The essay: its passages marked, its notes in the margin, and what is not used yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from debates.models import Essay, Statement, Topic
from tests.debates.large import bushy, grow
from tests.factories import make_member, make_topic, make_tree
from tests.markup import by_class, by_id, dom, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from accounts.models import User
    from tests.conftest import LogIn

TEXT = """# What a week is for

## Rest

Rest helps people learn 😀. Nobody denies it.

## Work

Parents work five days. <b>Bold</b> people work six."""


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    return topic


@pytest.fixture
def essay(topic: Topic) -> Essay:
    return Essay.objects.create(topic=topic, title="What a week is for", author="A student", text=TEXT)


@pytest.fixture
def tree(topic: Topic, bob: User) -> dict[str, Statement]:
    return make_tree(
        topic,
        bob,
        """
        Four days are enough
          + Rest helps learning
          - Parents work five days
            - Not all of them
        """,
    )


def address(topic: Topic, query: str = "") -> str:
    return reverse("topic-essay", args=[topic.slug]) + query


def quote(statement: Statement, essay: Essay, words: str, by: User) -> None:
    """Rest `statement` on the first place where the essay says `words`."""
    start = essay.text.index(words)
    statement.quote(essay, start, start + len(words), by=by)


def test_topic_without_essay_says_so(client: Client, topic: Topic, tree: object) -> None:
    response = client.get(address(topic))

    assert response.status_code == 200
    assert texts(dom(response), "empty")[0].startswith("This topic has no essay")
    assert client.get(address(topic, "?essay=1")).status_code == 404


def test_essay_is_read_as_it_was_written(client: Client, topic: Topic, essay: Essay) -> None:
    response = client.get(address(topic))

    page = dom(response)
    assert text(by_id(response, "essay-title")) == "What a week is for"
    assert [text(heading) for heading in by_class(page, "essay")[0].iter("h3")] == ["Rest", "Work"]
    assert texts(page, "essay__text") == [
        "Rest helps people learn 😀. Nobody denies it.",
        "Parents work five days. <b>Bold</b> people work six.",
    ]


def test_passage_is_marked_numbered_and_noted(
    client: Client, topic: Topic, essay: Essay, tree: dict[str, Statement], bob: User
) -> None:
    quote(tree["Rest helps learning"], essay, "Rest helps people learn 😀.", bob)
    quote(tree["Parents work five days"], essay, "Parents work five days.", bob)

    response = client.get(address(topic))

    marks = by_class(dom(response), "passage")
    assert [(mark.get("id"), mark.get("data-stance"), text(mark)) for mark in marks] == [
        (f"p-{tree['Rest helps learning'].pk}", "supports", "Rest helps people learn 😀."),
        (f"p-{tree['Parents work five days'].pk}", "opposes", "Parents work five days."),
    ]
    assert [each.get("href") for each in by_class(dom(response), "passage__number")] == ["#note-1", "#note-2"]
    note = by_id(response, "note-2")
    assert text(note).startswith("2 But Parents work five days")
    links = [link.get("href") for link in note.iter("a")]
    assert links == [f"#{marks[1].get('id')}", reverse("statement", args=[tree["Parents work five days"].pk])]


def test_passages_that_overlap_are_cut_where_they_meet(
    client: Client, topic: Topic, essay: Essay, tree: dict[str, Statement], bob: User
) -> None:
    quote(tree["Rest helps learning"], essay, "Rest helps people", bob)
    quote(tree["Parents work five days"], essay, "people learn", bob)

    response = client.get(address(topic))

    marks = by_class(dom(response), "passage")
    assert [(text(mark), mark.get("data-stance")) for mark in marks] == [
        ("Rest helps", "supports"), ("people", "opposes"), ("learn", "opposes"),
    ]  # fmt: skip
    paragraph = texts(dom(response), "essay__text")[0]
    assert paragraph == "Rest helps people1 learn2 😀. Nobody denies it."


def test_one_passage_can_bear_several_statements(
    client: Client, topic: Topic, essay: Essay, tree: dict[str, Statement], bob: User
) -> None:
    for words in ("Parents work five days", "Not all of them"):
        quote(tree[words], essay, "Parents work five days.", bob)
    quote(tree["Parents work five days"], essay, "people work six.", bob)

    response = client.get(address(topic))

    assert len(by_class(dom(response), "passage")) == 2
    for words in ("Parents work five days", "Not all of them"):
        assert by_id(response, f"p-{tree[words].pk}") is not None
    notes = list(by_class(dom(response), "margin-notes")[0])
    assert [text(note)[0] for note in notes] == ["1", "1", "2"]
    assert "the same as 1" in text(notes[2])


def test_claim_is_noted_by_its_number(
    client: Client, topic: Topic, essay: Essay, tree: dict[str, Statement], bob: User
) -> None:
    second = topic.add_claim("Five days are few", by=bob)
    quote(second, essay, "Parents work five days.", bob)

    response = client.get(address(topic))

    assert "Claim 2" in text(by_id(response, "note-1"))
    [mark] = by_class(dom(response), "passage")
    assert mark.get("data-stance") is None


def test_coverage_says_what_is_not_used_yet(
    client: Client, topic: Topic, essay: Essay, tree: dict[str, Statement], bob: User
) -> None:
    quote(tree["Rest helps learning"], essay, "helps people", bob)
    quote(tree["Parents work five days"], essay, "Parents work five days.", bob)

    response = client.get(address(topic))

    [told] = texts(dom(response), "coverage__text")
    assert told.startswith("2 of 4 sentences are used in the map. Not used yet: 1, 2")
    assert text(by_id(response, "unused-1")) == "Nobody denies it."
    assert text(by_id(response, "unused-2")) == "<b>Bold</b> people work six."


@pytest.mark.parametrize("status", ["suggested", "withdrawn", "removed"])
def test_what_does_not_show_leaves_no_mark(
    client: Client, topic: Topic, essay: Essay, tree: dict[str, Statement], bob: User, status: str
) -> None:
    before = client.get(address(topic))
    quote(tree["Not all of them"], essay, "Parents work five days.", bob)
    Statement.objects.filter(pk=tree["Not all of them"].pk).update(status=status)

    after = client.get(address(topic))
    assert text(dom(after)) == text(dom(before))
    assert by_class(dom(after), "passage") == []


def test_passage_beyond_the_text_is_passed_over(
    client: Client, topic: Topic, essay: Essay, tree: dict[str, Statement], bob: User
) -> None:
    quote(tree["Rest helps learning"], essay, "people work six.", bob)
    Essay.objects.update(text=TEXT[: TEXT.index("people work") + 6])

    [mark] = by_class(dom(client.get(address(topic))), "passage")
    assert text(mark) == "people"

    Essay.objects.update(text="Short.")
    assert by_class(dom(client.get(address(topic))), "passage") == []


def test_several_essays_are_read_one_at_a_time(client: Client, topic: Topic, essay: Essay, alice: User) -> None:
    other = Essay.objects.create(topic=topic, title="Another", text="Quite another text.")
    elsewhere = Essay.objects.create(topic=make_topic(alice), title="Secret", text="Secret.")

    assert text(by_id(client.get(address(topic)), "essay-title")) == "What a week is for"
    assert text(by_id(client.get(address(topic, f"?essay={other.pk}")), "essay-title")) == "Another"
    assert client.get(address(topic, f"?essay={elsewhere.pk}")).status_code == 404


def test_private_topic_is_not_found_by_others(topic: Topic, essay: Essay, charlie: User, log_in: LogIn) -> None:
    Topic.objects.update(visibility="private")

    assert Client().get(address(topic)).status_code == 404
    assert log_in(charlie).get(address(topic)).status_code == 404


def test_essay_takes_no_writes(client: Client, topic: Topic, essay: Essay) -> None:
    assert client.post(address(topic)).status_code == 405


def test_essay_costs_the_same_queries_whatever_rests_on_it(
    topic: Topic, essay: Essay, alice: User, log_in: LogIn
) -> None:
    browser = log_in(alice)
    made = grow(topic, alice, bushy(60))
    counts = []
    for some in (made[:2], made[2:]):
        for at, statement in enumerate(some):
            essay.passages.create(statement=statement, start=2 * at, end=2 * at + 9, quote=TEXT[2 * at : 2 * at + 9])
        with data_queries() as asked:
            assert browser.get(address(topic)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 12
