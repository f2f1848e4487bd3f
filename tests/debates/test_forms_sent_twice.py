"""The same form sent several times in one moment, over real connections: what it makes is made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from debates.models import Change, ShareLink, Statement, Topic
from tests.debates.together import together
from tests.factories import make_topic, make_tree, make_user

if TYPE_CHECKING:
    from accounts.models import User
    from tests.conftest import LogIn

pytestmark = pytest.mark.django_db(transaction=True)

PRESSES = 6


@pytest.fixture
def alice(transactional_db: None) -> User:
    return make_user("alice")


@pytest.fixture
def browser(alice: User, log_in: LogIn) -> Client:
    return log_in(alice)


def press(browser: Client, address: str, fields: dict[str, str]) -> set[tuple[int, str]]:
    """The answers to the same form, sent by as many tabs of one browser at once."""

    def send() -> tuple[int, str]:
        tab = Client()
        tab.cookies = browser.cookies
        response = tab.post(address, fields)
        return response.status_code, response.get("Location", "")

    return set(together(*[send] * PRESSES))


def test_topic_is_begun_once(browser: Client) -> None:
    answers = press(browser, "/topics/new/", {"question": "Who owns the street?", "claim": "Nobody", "key": "k-1"})

    assert answers == {(303, "/topics/who-owns-the-street/")}
    assert (Topic.objects.count(), Statement.objects.count()) == (1, 1)


def test_link_is_made_once(browser: Client, alice: User) -> None:
    topic = make_topic(alice)

    press(browser, reverse("topic-links", args=[topic.slug]), {"role": "viewer", "days": "1", "key": "k-1"})

    assert ShareLink.objects.count() == 1


def test_line_is_turned_once(browser: Client, alice: User) -> None:
    line = make_tree(make_topic(alice), alice, "A claim\n  + because")["because"]

    answers = press(browser, reverse("statement-stance", args=[line.pk]), {"stance": "opposes"})

    line.refresh_from_db()
    assert {status for status, _place in answers} == {303}
    assert (line.stance, Change.objects.filter(verb="turn").count()) == ("opposes", 1)
