"""The essay: its passages marked, its notes in the margin, the map beside it, and what is not used yet."""

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
    topic = make_topic(alice, visibility="public", visitor_role="viewer")
    make_member(topic, bob)
    return topic


@pytest.fixture
def essay(topic: Topic, alice: User) -> Essay:
    return topic.add_essay(by=alice, title="What a week is for", author="A student", source="Her notebook", text=TEXT)


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


def quote(statement: Statement, essay: Essay, words: str, by: User) -> int:
    """Rest `statement` on the first place where the essay says `words`."""
    start = essay.text.index(words)
    return statement.quote(essay, start, start + len(words), by=by).pk


# -- the text and its passages ------------------------------------------------------------------------------------


def test_topic_without_essay_says_so_and_offers_to_lay_one_beside(
    client: Client, topic: Topic, tree: object, bob: User, log_in: LogIn
) -> None:
    response = client.get(address(topic))

    assert response.status_code == 200
    assert texts(dom(response), "empty")[0].startswith("This topic has no essay")
    assert client.get(address(topic, "?essay=1")).status_code == 404
    [offer] = by_class(dom(log_in(bob).get(address(topic))), "empty")
    assert reverse("essay-create", args=[topic.slug]) in [link.get("href") for link in offer.iter("a")]


def test_essay_is_read_as_it_was_written(client: Client, topic: Topic, essay: Essay) -> None:
    response = client.get(address(topic))

    page = dom(response)
    assert text(by_id(response, "essay-title")) == "What a week is for"
    assert "A student · Her notebook · 16 words" in text(by_class(page, "essay")[0])
    assert [text(heading) for heading in by_class(page, "essay__words")[0].iter("h3")] == ["Rest", "Work"]
    assert texts(page, "essay__text") == [
        "Rest helps people learn 😀. Nobody denies it.",
        "Parents work five days. <b>Bold</b> people work six.",
    ]
    starts = [int(paragraph.get("data-start") or 0) for paragraph in by_class(page, "essay__text")]
    assert starts == [TEXT.index("Rest helps"), TEXT.index("Parents")]


def test_passage_is_marked_numbered_and_noted(
    client: Client, topic: Topic, essay: Essay, tree: dict[str, Statement], bob: User
) -> None:
    keys = [quote(tree["Rest helps learning"], essay, "Rest helps people learn 😀.", bob)]
    keys += [quote(tree["Parents work five days"], essay, "Parents work five days.", bob)]

    response = client.get(address(topic))

    marks = by_class(dom(response), "passage")
    assert [(mark.get("id"), mark.get("data-stance"), mark.get("data-on"), text(mark)) for mark in marks] == [
        (f"p-{tree['Rest helps learning'].pk}", "supports", str(keys[0]), "Rest helps people learn 😀."),
        (f"p-{tree['Parents work five days'].pk}", "opposes", str(keys[1]), "Parents work five days."),
    ]
    numbers = [(each.get("href"), text(each)) for each in by_class(dom(response), "passage__number")]
    assert numbers == [(f"#note-{keys[0]}", "1"), (f"#note-{keys[1]}", "2")]
    note = by_id(response, f"note-{keys[1]}")
    assert text(note).startswith("2 But Parents work five days")
    links = [link.get("href") for link in note.iter("a")]
    assert links == [f"#{marks[1].get('id')}", reverse("statement", args=[tree["Parents work five days"].pk])]


def test_passages_that_overlap_are_cut_where_they_meet_and_counted(
    client: Client, topic: Topic, essay: Essay, tree: dict[str, Statement], bob: User
) -> None:
    keys = [quote(tree["Rest helps learning"], essay, "Rest helps people", bob)]
    keys += [quote(tree["Parents work five days"], essay, "people learn", bob)]

    response = client.get(address(topic))

    marks = by_class(dom(response), "passage")
    names = ("data-stance", "data-also", "data-overlap", "data-on")
    assert [(text(mark), *(mark.get(name) for name in names)) for mark in marks] == [
        ("Rest helps", "supports", None, None, str(keys[0])),
        ("people", "opposes", "supports", "2", f"{keys[0]} {keys[1]}"),
        ("learn", "opposes", None, None, str(keys[1])),
    ]
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
    key = quote(second, essay, "Parents work five days.", bob)

    response = client.get(address(topic))

    assert "Claim 2" in text(by_id(response, f"note-{key}"))
    [mark] = by_class(dom(response), "passage")
    assert mark.get("data-stance") is None


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


def test_passage_that_lost_its_place_is_listed_and_not_drawn(
    client: Client, topic: Topic, essay: Essay, tree: dict[str, Statement], alice: User, bob: User, log_in: LogIn
) -> None:
    lost = quote(tree["Not all of them"], essay, "Parents work five days.", bob)
    essay.revise(by=alice, version=1, text="Something else is written here altogether.")

    page = client.get(address(topic))

    assert list(dom(page).iter("mark")) == []
    assert "1 passage lost its place" in text(by_id(page, "lost"))
    assert "Parents work five days. Not all of them" in text(by_id(page, "lost"))
    assert list(by_id(page, "lost").iter("form")) == []
    told = by_id(log_in(bob).get(address(topic)), "lost")
    assert reverse("passage-place", args=[lost]) in [link.get("href") for link in told.iter("a")]


def test_lost_passage_is_taken_away_from_the_essay_and_leads_back_to_it(
    topic: Topic, essay: Essay, tree: dict[str, Statement], alice: User, log_in: LogIn
) -> None:
    quote(tree["Not all of them"], essay, "Parents work five days.", alice)
    essay.revise(by=alice, version=1, text="Something else is written here altogether.")
    browser = log_in(alice)
    [form] = by_id(browser.get(address(topic)), "lost").iter("form")
    sent = {field.get("name") or "": field.get("value") or "" for field in form.iter("input")}

    response = browser.post(form.get("action") or "", sent)

    assert (response.status_code, response["Location"]) == (303, essay.get_absolute_url())
    assert not tree["Not all of them"].passages.exists()


# -- which essay -------------------------------------------------------------------------------------------------


def test_several_essays_are_read_one_at_a_time(client: Client, topic: Topic, essay: Essay, alice: User) -> None:
    other = topic.add_essay(by=alice, title="Another", text="Quite another text.")
    elsewhere = Essay.objects.create(topic=make_topic(alice), title="Secret", text="Secret.")

    assert text(by_id(client.get(address(topic)), "essay-title")) == "What a week is for"
    assert text(by_id(client.get(address(topic, f"?essay={other.pk}")), "essay-title")) == "Another"
    for asked in (elsewhere.pk, "two", "9" * 30):
        assert client.get(address(topic, f"?essay={asked}")).status_code == 404


def test_essay_that_was_taken_away_says_so(client: Client, topic: Topic, essay: Essay, alice: User) -> None:
    pk = essay.pk
    essay.remove(by=alice)

    response = client.get(address(topic, f"?essay={pk}"))

    assert response.status_code == 410
    assert "This text was taken away." in text(dom(response))
    assert client.get(address(topic)).status_code == 200


def test_private_topic_is_not_found_by_others(topic: Topic, essay: Essay, charlie: User, log_in: LogIn) -> None:
    Topic.objects.update(visibility="private")

    assert Client().get(address(topic)).status_code == 404
    assert log_in(charlie).get(address(topic)).status_code == 404


def test_essay_takes_no_writes(client: Client, topic: Topic, essay: Essay) -> None:
    assert client.post(address(topic)).status_code == 405


def test_text_is_edited_by_who_added_it_and_by_editors(
    client: Client, topic: Topic, essay: Essay, bob: User, alice: User, log_in: LogIn
) -> None:
    edit = reverse("essay-edit", args=[essay.pk])

    offered = [
        edit in [link.get("href") for link in dom(browser.get(address(topic))).iter("a")]
        for browser in (log_in(alice), log_in(bob), client)
    ]

    assert offered == [True, False, False]


# -- what is used, and what stands beside --------------------------------------------------------------------------


def test_coverage_says_what_is_not_used_yet(
    client: Client, topic: Topic, essay: Essay, tree: dict[str, Statement], bob: User
) -> None:
    quote(tree["Rest helps learning"], essay, "helps people", bob)
    quote(tree["Parents work five days"], essay, "Parents work five days.", bob)

    response = client.get(address(topic))

    [told] = texts(dom(response), "coverage__text")
    assert told.startswith("2 of 4 sentences are used in the map. Not used yet: 2, 4")
    assert texts(dom(response), "unused") == ["Nobody denies it.", "<b>Bold</b> people work six."]
    assert by_id(response, "sentence-4") is not None


def test_what_is_not_used_yet_stands_beside_the_text(
    topic: Topic, essay: Essay, tree: dict[str, Statement], bob: User, log_in: LogIn
) -> None:
    quote(tree["Rest helps learning"], essay, "helps people", bob)
    quote(tree["Parents work five days"], essay, "Parents work five days.", bob)

    response = log_in(bob).get(address(topic, "?show=unused"))

    lists = by_class(dom(response), "margin-notes--unused")
    assert [text(each) for each in lists] == [
        "Sentence 2 Make a line of it Sentence 2", "Sentence 4 Make a line of it Sentence 4",
    ]  # fmt: skip
    [link] = lists[1].iter("a")
    assert link.get("href") == f"{essay.get_absolute_url()}&show=unused&sentence=4"


def test_map_beside_the_text_says_what_rests_where(
    client: Client, topic: Topic, essay: Essay, tree: dict[str, Statement], bob: User
) -> None:
    key = quote(tree["Not all of them"], essay, "Parents work five days.", bob)

    response = client.get(address(topic, "?show=lines"))

    panel = by_id(response, "essay-lines")
    lines = texts(panel, "essay-lines__line")
    assert lines == [
        "Claim Four days are enough", "Because Rest helps learning", "But Parents work five days",
        "But Not all of them 1",
    ]  # fmt: skip
    assert by_id(response, f"note-{key}").get("href") == f"#p-{tree['Not all of them'].pk}"
    assert by_class(dom(response), "margin-notes") == []


def test_sentence_is_a_link_for_whoever_may_write(
    client: Client, topic: Topic, essay: Essay, bob: User, log_in: LogIn
) -> None:
    read, written = client.get(address(topic)), log_in(bob).get(address(topic))

    assert (by_id(read, "sentence-2").tag, by_id(read, "sentence-2").get("href")) == ("span", None)
    assert by_id(written, "sentence-2").get("href") == f"{essay.get_absolute_url()}&sentence=2"
    assert by_id(written, "sentence-2").get("aria-label") == "Sentence 2"


@pytest.mark.parametrize("query", ["", "?show=lines", "?show=unused", "?sentence=1"])
def test_essay_costs_the_same_queries_whatever_rests_on_it(
    topic: Topic, essay: Essay, alice: User, log_in: LogIn, query: str
) -> None:
    browser = log_in(alice)
    made = grow(topic, alice, bushy(60))
    counts = []
    for some in (made[:2], made[2:]):
        for at, statement in enumerate(some):
            essay.passages.create(statement=statement, start=2 * at, end=2 * at + 9, quote=TEXT[2 * at : 2 * at + 9])
        with data_queries() as asked:
            assert browser.get(address(topic, query)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] <= (20 if query == "?show=lines" else 13)
