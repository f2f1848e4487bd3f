"""What was typed is given back, whatever speaks against taking it: a closed topic, a lost right, an ended session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Change, Membership, Statement, Topic
from tests.conftest import LogIn
from tests.factories import make_member, make_topic, make_tree
from tests.markup import PARTIAL, by_id, dom, text

if TYPE_CHECKING:
    from tests.markup import Response

EVIL = "</textarea><script>alert(1)</script>"
# Each form in which people write, and what they wrote into it.
FORMS: dict[str, dict[str, str]] = {
    "statement-arguments": {"stance": "supports", "text": EVIL, "note": "My note", "passage": "Some words"},
    "topic-claims": {"text": EVIL},
    "statement-comments": {"text": EVIL},
    "statement-sources": {"title": EVIL, "quotation": "Quoted"},
    "statement-wording": {"text": EVIL, "note": "My note", "version": "1"},
    "statement-passages": {"passage": EVIL},
    "topic-edit": {"title": EVIL, "question": "Why?", "background": "Because"},
}
WORDS = {"text", "note", "title", "question", "background", "quotation", "passage"}


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A public topic in which visitors read, owned by Alice and Bob."""
    topic = make_topic(alice, visibility="public", visitor_role="viewer")
    make_member(topic, bob, "owner")
    return topic


@pytest.fixture
def line(topic: Topic, bob: User) -> Statement:
    """A claim of Bob."""
    return make_tree(topic, bob, "A claim")["A claim"]


def address(name: str, line: Statement) -> str:
    return reverse(name, args=[line.topic.slug if name.startswith("topic-") else line.pk])


def given_back(response: Response) -> dict[str, str]:
    """What stands in the boxes that can be read and copied."""
    boxes = [box for box in dom(response).iter("textarea") if (box.get("id") or "").startswith("written-")]
    assert all(box.get("readonly") is not None for box in boxes)
    return {(box.get("id") or "").removeprefix("written-"): text(box) for box in boxes}


def words_of(name: str) -> dict[str, str]:
    return {field: words for field, words in FORMS[name].items() if field in WORDS}


@pytest.mark.parametrize("name", FORMS)
def test_words_come_back_from_who_lost_the_right(
    topic: Topic, line: Statement, bob: User, log_in: LogIn, name: str
) -> None:
    Membership.objects.filter(topic=topic, user=bob).delete()
    before = Change.objects.count()

    response = log_in(bob).post(address(name, line), FORMS[name])

    assert (response.status_code, Change.objects.count()) == (403, before)
    assert given_back(response) == words_of(name)
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("name", sorted(set(FORMS) - {"topic-edit"}))
def test_words_come_back_from_a_closed_topic(
    topic: Topic, line: Statement, bob: User, log_in: LogIn, name: str
) -> None:
    topic.close(by=bob)

    response = log_in(bob).post(address(name, line), FORMS[name])

    assert (response.status_code, given_back(response)) == (403, words_of(name))


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(("visibility", "status"), [("public", 403), ("private", 404)])
def test_words_come_back_when_the_session_has_ended(
    topic: Topic, line: Statement, alice: User, client: Client, name: str, visibility: str, status: int
) -> None:
    topic.revise(by=alice, visibility=visibility)

    response = client.post(address(name, line), FORMS[name])

    assert (response.status_code, given_back(response)) == (status, words_of(name))


@pytest.mark.parametrize("name", FORMS)
def test_words_come_back_when_the_form_could_not_be_trusted(line: Statement, bob: User, name: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(bob)

    response = browser.post(address(name, line), FORMS[name])

    assert (response.status_code, given_back(response)) == (403, words_of(name))


def test_each_box_has_a_button_that_copies_it(line: Statement, client: Client) -> None:
    response = client.post(address("statement-wording", line), FORMS["statement-wording"])

    copied = [button.get("data-copy-from") for button in dom(response).iter("button") if button.get("data-copy-from")]
    assert copied == ["#written-text", "#written-note"]
    assert [text(label) for label in by_id(response, "main").iter("label")][:2] == ["What you wrote", "Note"]


def test_reading_what_one_may_not_has_no_boxes(line: Statement, client: Client) -> None:
    assert given_back(client.get(address("statement-wording", line))) == {}


@pytest.mark.parametrize("name", FORMS)
def test_script_hears_the_sentence_and_keeps_its_form(
    topic: Topic, line: Statement, bob: User, log_in: LogIn, name: str
) -> None:
    Membership.objects.filter(topic=topic, user=bob).delete()

    response: Any = log_in(bob).post(address(name, line), FORMS[name], headers=PARTIAL)

    # 403 is among the answers that htmx does not put in the form's place: see noSwap in templates/_head.html.
    (said,) = [each for each in dom(response).iter() if each.get("data-sentence") is not None]
    assert (response.status_code, text(said)[:4]) in {(403, "Only"), (403, "You ")}
