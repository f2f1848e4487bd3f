"""Suggestions: seen by editors and their author, decided by editors."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Membership, Pseudonym, Statement, Topic
from tests.factories import make_topic, make_tree
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

type LogIn = Callable[[User], Client]

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A private topic of Alice, in which Bob makes suggestions."""
    topic = make_topic(alice)
    Membership.objects.create(topic=topic, user=bob, role="suggester")
    return topic


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(topic, alice, "Four days are enough\n  + Rest helps learning\n")


@pytest.fixture
def suggestion(tree: dict[str, Statement], bob: User) -> Statement:
    return tree["Rest helps learning"].add_argument("opposes", f"Not {EVIL}", note="**Why**", by=bob, suggested=True)


def page_of(topic: Topic) -> str:
    return reverse("topic-suggestions", args=[topic.slug])


def status(statement: Statement) -> str:
    statement.refresh_from_db()
    return statement.status


def test_editor_sees_what_waits_with_the_line_it_answers(
    topic: Topic, suggestion: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    topic.add_claim("Three days", by=bob, suggested=True)
    page = log_in(alice).get(page_of(topic))
    first, second = by_class(dom(page), "suggestions")[0]
    assert texts(first, "reading") == [f"Rest helps learning but Not {EVIL} Why"]
    assert texts(second, "reading") == ["a new claim Three days"]
    assert Pseudonym.objects.get(topic=topic, user=bob).name in text(first)
    assert "bob" not in text(by_id(page, "main"))
    assert EVIL.encode() not in page.content
    assert len(by_id(page, "main").findall(".//form")) == 4


def test_suggester_sees_their_own_without_buttons(
    topic: Topic, suggestion: Statement, bob: User, charlie: User, log_in: LogIn
) -> None:
    Membership.objects.create(topic=topic, user=charlie, role="suggester")
    topic.add_claim("Charlie's claim", by=charlie, suggested=True)
    main = by_id(log_in(bob).get(page_of(topic)), "main")
    assert len(by_class(main, "suggestions")[0]) == 1
    assert not main.findall(".//form")


def test_stranger_sees_no_suggestions(topic: Topic, suggestion: Statement, alice: User, client: Client) -> None:
    topic.revise(by=alice, visibility="public")
    main = by_id(client.get(page_of(topic)), "main")
    assert not by_class(main, "suggestions")
    assert "Nothing waits." in text(main)


def test_line_above_that_was_taken_back_keeps_its_words(
    topic: Topic, tree: dict[str, Statement], suggestion: Statement, alice: User, log_in: LogIn
) -> None:
    tree["Rest helps learning"].withdraw(by=alice)
    main = text(by_id(log_in(alice).get(page_of(topic)), "main"))
    assert "A line that was taken back" in main
    assert "Rest helps learning" not in main


def test_editor_accepts(topic: Topic, suggestion: Statement, alice: User, log_in: LogIn) -> None:
    answer = log_in(alice).post(reverse("suggestion-acceptance", args=[suggestion.pk]))
    assert (answer.status_code, answer.headers["Location"]) == (303, page_of(topic))
    assert status(suggestion) == "visible"
    assert topic.changes.order_by("number").last().verb == "accept"  # type: ignore[union-attr]


def test_editor_declines(topic: Topic, suggestion: Statement, alice: User, log_in: LogIn) -> None:
    fragment = log_in(alice).post(reverse("suggestion-refusal", args=[suggestion.pk]), headers=PARTIAL)
    assert status(suggestion) == "removed"
    assert is_fragment(fragment)
    assert "Nothing waits." in text(by_id(fragment, "suggestions"))
    assert text(by_id(fragment, "messages")).startswith("Declined.")


@pytest.mark.parametrize("name", ["suggestion-acceptance", "suggestion-refusal"])
def test_suggestion_is_decided_once(suggestion: Statement, alice: User, log_in: LogIn, name: str) -> None:
    hers = log_in(alice)
    hers.post(reverse("suggestion-refusal", args=[suggestion.pk]))
    for headers in ({}, PARTIAL):
        answer = hers.post(reverse(name, args=[suggestion.pk]), headers=headers)
        assert answer.status_code == 409
        assert texts(by_id(answer, "suggestions"), "notice") == ["Somebody has decided on this suggestion already."]
    assert status(suggestion) == "removed"


@pytest.mark.parametrize("name", ["suggestion-acceptance", "suggestion-refusal"])
def test_suggester_decides_nothing(suggestion: Statement, bob: User, log_in: LogIn, name: str) -> None:
    assert log_in(bob).post(reverse(name, args=[suggestion.pk])).status_code == 403
    assert status(suggestion) == "suggested"


@pytest.mark.parametrize("name", ["suggestion-acceptance", "suggestion-refusal"])
@pytest.mark.parametrize("visibility", ["private", "public"])
def test_suggestion_is_nowhere_for_others(
    topic: Topic,
    suggestion: Statement,
    client: Client,
    alice: User,
    charlie: User,
    log_in: LogIn,
    name: str,
    visibility: str,
) -> None:
    topic.revise(by=alice, visibility=visibility)
    for browser in (client, log_in(charlie)):
        assert browser.post(reverse(name, args=[suggestion.pk])).status_code == 404
    assert status(suggestion) == "suggested"


@pytest.mark.parametrize("name", ["suggestion-acceptance", "suggestion-refusal"])
def test_reading_decides_nothing(suggestion: Statement, alice: User, log_in: LogIn, name: str) -> None:
    assert log_in(alice).get(reverse(name, args=[suggestion.pk])).status_code == 405
    assert status(suggestion) == "suggested"


def test_closed_topic_takes_no_decision(topic: Topic, suggestion: Statement, alice: User, log_in: LogIn) -> None:
    topic.close(by=alice)
    assert log_in(alice).post(reverse("suggestion-acceptance", args=[suggestion.pk])).status_code in {403, 404}
    assert status(suggestion) == "suggested"


def test_menu_of_the_topic_tells_editors_how_many_wait(
    topic: Topic, suggestion: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    def link(person: User) -> str:
        page = log_in(person).get(topic.get_absolute_url())
        found = [each for each in dom(page).iter("a") if each.get("href") == page_of(topic)]
        return text(found[0]) if found else ""

    assert link(alice) == "Suggestions 1"
    assert link(bob) == "My suggestions"
    suggestion.accept(by=alice)
    assert link(alice) == ""


def test_suggestions_cost_the_same_however_many(
    topic: Topic, suggestion: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    hers = log_in(alice)
    with data_queries() as few:
        hers.get(page_of(topic))
    for number in range(20):
        topic.add_claim(f"Claim {number}", by=bob, suggested=True)
    with data_queries() as many:
        page = hers.get(page_of(topic))
    assert len(by_class(dom(page), "suggestions")[0]) == 21
    assert len(many) == len(few)
