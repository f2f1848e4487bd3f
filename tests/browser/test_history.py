"""The history in a real browser: undo where one stands, by pointer and by key, with and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from debates.models import Membership, Statement, Topic
from tests.browser.test_look import sideways, violations
from tests.factories import make_topic, make_tree

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, visibility="public")
    Membership.objects.create(topic=topic, user=bob, role="writer")
    return topic


@pytest.fixture
def line(topic: Topic, bob: User) -> Statement:
    """A line of Bob's, whose wording he changed (4), which he turned (5), and which he rested on a source (6)."""
    line = make_tree(topic, bob, "A claim\n  + Rest helps")["Rest helps"]
    line.revise(text="Rest helps learning", note="One\nTwo", version=1, by=bob)
    line.turn(by=bob)
    line.cite(by=bob, title="A source")
    return line


@pytest.fixture
def signed_in(context: BrowserContext, live_server: LiveServer, bob: User) -> None:
    sign_in(context, live_server, bob)


def sign_in(context: BrowserContext, live_server: LiveServer, person: User) -> None:
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": str(live_server)}])


def history(page: Page, live_server: LiveServer, topic: Topic, query: str = "") -> None:
    page.goto(f"{live_server}/topics/{topic.slug}/history/{query}")


@pytest.mark.usefixtures("signed_in")
def test_undo_and_redo_where_one_stands(page: Page, live_server: LiveServer, topic: Topic, line: Statement) -> None:
    history(page, live_server, topic)
    entry = page.locator("#change-4")

    entry.get_by_role("button", name="Undo change 4").click()

    redo = entry.get_by_role("button", name="Redo change 4")
    expect(redo).to_be_focused()
    expect(entry).to_have_attribute("data-undone", "")
    expect(page.locator("#messages")).to_have_text("Undone.")
    assert Statement.objects.get(pk=line.pk).text == "Rest helps"

    redo.click()

    expect(entry.get_by_role("button", name="Undo change 4")).to_be_focused()
    expect(page.locator("#messages")).to_have_text("Done again.")
    assert Statement.objects.get(pk=line.pk).text == "Rest helps learning"
    expect(page).to_have_url(re.compile(r"/history/$"))


@pytest.mark.usefixtures("signed_in")
def test_key_z_takes_back_one_after_the_other(
    page: Page, live_server: LiveServer, topic: Topic, line: Statement
) -> None:
    history(page, live_server, topic)

    page.keyboard.press("z")
    expect(page.locator("#change-6")).to_have_attribute("data-undone", "")
    page.keyboard.press("z")
    expect(page.locator("#change-5")).to_have_attribute("data-undone", "")

    line.refresh_from_db()
    assert line.stance == "supports"
    assert not line.sources.exists()


@pytest.mark.usefixtures("signed_in")
def test_undo_that_comes_too_late_says_why_in_the_entry(
    page: Page, live_server: LiveServer, topic: Topic, line: Statement, alice: User, complaints: list[str]
) -> None:
    history(page, live_server, topic)
    line.revise(text="Sleep helps learning", version=2, by=alice)

    page.get_by_role("button", name="Undo change 4").click()

    expect(page.locator("#change-4 [role=alert]")).to_contain_text("It was changed again since.")
    expect(page.locator("#change-4 [role=alert]")).to_contain_text("Sleep helps learning")
    complaints.clear()


def test_undo_works_without_scripts(
    browser: Browser, live_server: LiveServer, topic: Topic, line: Statement, bob: User
) -> None:
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_server, bob)
    page = context.new_page()
    history(page, live_server, topic, "?show=mine")

    page.get_by_role("button", name="Undo change 4").click()

    expect(page).to_have_url(re.compile(r"/history/\?show=mine#change-4$"))
    expect(page.locator("#messages")).to_have_text("Undone.")
    page.get_by_role("button", name="Redo change 4").click()
    expect(page.get_by_role("button", name="Undo change 4")).to_be_visible()
    context.close()


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("place", ["history", "statement", "contributions"])
def test_history_stands_at_every_width(
    page: Page, live_server: LiveServer, topic: Topic, line: Statement, place: str
) -> None:
    line.revise(text="W" * 300, version=2, by=line.author)  # type: ignore[arg-type]
    addresses = {
        "history": f"/topics/{topic.slug}/history/",
        "statement": f"/statements/{line.pk}/history/",
        "contributions": "/my/contributions/",
    }
    page.goto(f"{live_server}{addresses[place]}")

    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert sideways(page) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["history", "statement", "contributions", "refused"])
def test_history_has_nothing_for_axe(
    browser: Browser,
    live_server: LiveServer,
    topic: Topic,
    line: Statement,
    alice: User,
    bob: User,
    place: str,
    scheme: str,
) -> None:
    topic.changes.get(number=6).undo(by=bob)
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type]
    sign_in(context, live_server, bob)
    page = context.new_page()
    addresses = {"statement": f"/statements/{line.pk}/history/", "contributions": "/my/contributions/"}
    page.goto(f"{live_server}{addresses.get(place, f'/topics/{topic.slug}/history/')}")
    if place == "refused":
        line.revise(text="Sleep helps learning", version=2, by=alice)
        page.get_by_role("button", name="Undo change 4").click()
        expect(page.locator("#change-4 [role=alert]")).to_be_visible()

    assert violations(page) == []
    context.close()
