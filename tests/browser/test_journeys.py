"""Whole ways through the site in a real browser: by keyboard alone, through a lost network, and back again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from debates.models import Statement, Topic, Vote
from tests.browser.test_history import sign_in
from tests.factories import make_member, make_topic, make_tree

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Someone has to watch the children."
ANSWER = "Clubs can begin in the morning, too."


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, visibility="public", guests_vote=True)
    make_member(topic, bob)
    make_tree(topic, alice, "Four days are enough\n  + Rest helps learning\n  - Parents work five days")
    return topic


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.className"))


def walk_to(page: Page, selector: str, *, key: str = "Tab", most: int = 80) -> None:
    """Press `key` until what `selector` names has the focus."""
    for _step in range(most):
        if page.evaluate("(selector) => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{most} times {key} do not reach {selector}; the focus is on {focused(page)}")


def test_visitor_argues_answers_votes_and_undoes(page: Page, live_server: LiveServer, topic: Topic) -> None:
    page.goto(f"{live_server}{topic.get_absolute_url()}")
    page.click("#against [data-add=opposes]")
    page.fill(".composer[id^=write] textarea[name=text]", WORDS)
    page.click(".composer[id^=write] .button--primary")
    page.get_by_role("button", name="Post as").click()
    made = Statement.objects.get(text=WORDS)
    expect(page.locator(f"#s{made.pk}")).to_be_focused()

    page.goto(f"{live_server}{Statement.objects.get(text='Parents work five days').get_absolute_url()}")
    page.click("#against [data-add=opposes]")
    page.fill(".composer[id^=write] textarea[name=text]", ANSWER)
    page.click(".composer[id^=write] .button--primary")
    answer = page.locator(f"#s{made.pk + 1}")
    expect(answer).to_be_focused()
    expect(page.locator("#messages")).to_contain_text("Posted.")
    expect(page.locator(f"#count-opposes-{Statement.objects.get(text=ANSWER).parent_id}")).to_have_text("1")

    page.click(".vote button[value='4']")
    expect(page.locator(".vote [aria-pressed=true]")).to_contain_text("4")
    expect(page.locator("#vote-note")).to_contain_text("1 person answered: “decisive”.")
    page.click("text=Take my vote back")
    expect(page.locator(".vote [aria-pressed=true]")).to_have_count(0)
    assert Vote.objects.count() == 0

    page.goto(f"{live_server}{made.get_absolute_url()}")
    page.click(".argument__actions summary")
    page.click("text=Take back")
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken back by its author")
    page.locator("#messages").get_by_role("button", name="Undo").click()
    expect(page.locator("#messages")).to_contain_text("Undone.")
    made.refresh_from_db()
    assert made.status == "visible"


def test_keyboard_alone_is_enough(page: Page, live_server: LiveServer, topic: Topic) -> None:
    page.goto(f"{live_server}{topic.get_absolute_url()}")
    walk_to(page, "#against [data-add=opposes]")
    page.keyboard.press("Enter")
    expect(page.locator(".composer[id^=write] textarea[name=text]")).to_be_focused()
    page.keyboard.type(WORDS)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who is speaking?")
    walk_to(page, ".doors form button")
    page.keyboard.press("Enter")
    expect(page.locator(".argument-card--new")).to_contain_text(WORDS)
    made = Statement.objects.get(text=WORDS)
    expect(page.locator(f"#s{made.pk}")).to_be_focused()

    other = Statement.objects.get(text="Rest helps learning")
    page.goto(f"{live_server}{other.get_absolute_url()}")
    walk_to(page, ".vote button[value='2']")
    page.keyboard.press("Space")
    expect(page.locator(".vote [aria-pressed=true]")).to_contain_text("2")
    assert Vote.objects.get(statement=other).value == 2
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile(re.escape(topic.get_absolute_url())))


def test_words_survive_a_closed_tab_and_a_lost_network_and_are_sent_once(
    page: Page, context: BrowserContext, live_server: LiveServer, topic: Topic, bob: User, complaints: list[str]
) -> None:
    sign_in(context, live_server, bob)
    address = f"{live_server}{topic.get_absolute_url()}?add=opposes"
    page.goto(address)
    page.fill(".composer[id^=write] textarea[name=text]", WORDS)
    expect(page.locator(".composer[id^=write] [data-composer-status]")).to_contain_text("Draft kept on this device")
    page.close()

    again = context.new_page()
    again.goto(address)
    expect(again.locator(".composer[id^=write] textarea[name=text]")).to_have_value(WORDS)

    def reached_but_lost(route: Route) -> None:
        """The server gets it, and its answer never arrives."""
        route.fetch()
        route.abort()

    again.route("**/arguments/", lambda route: route.abort(), times=1)
    again.click(".composer[id^=write] .button--primary")
    expect(again.locator("[data-unsent] [data-composer-status]")).to_contain_text("Not saved to the server yet.")
    expect(again.locator(".composer[id^=write] textarea[name=text]")).to_have_value(WORDS)
    assert Statement.objects.filter(text=WORDS).count() == 0
    again.route("**/arguments/", reached_but_lost, times=1)
    again.click(".composer[id^=write] .button--primary")
    expect(again.locator("[data-unsent] [data-composer-status]")).to_contain_text("Not saved to the server yet.")
    expect(again.locator(".composer[id^=write] textarea[name=text]")).to_have_value(WORDS)
    assert Statement.objects.filter(text=WORDS).count() == 1

    again.click(".composer[id^=write] .button--primary")
    expect(again.locator("#against .argument-card").last).to_contain_text(WORDS)
    assert Statement.objects.filter(text=WORDS).count() == 1
    again.goto(address)
    expect(again.locator(".composer[id^=write] textarea[name=text]")).to_have_value("")
    complaints.clear()


def test_box_that_is_refused_keeps_the_focus_and_says_why(
    page: Page, context: BrowserContext, live_server: LiveServer, topic: Topic, bob: User, complaints: list[str]
) -> None:
    sign_in(context, live_server, bob)
    parent = Statement.objects.get(text="Rest helps learning")
    page.goto(f"{live_server}{parent.get_absolute_url()}?add=opposes")
    page.fill(".composer[id^=write] textarea[name=text]", WORDS)
    parent.withdraw(by=User.objects.get(username="alice"))

    page.click(".composer[id^=write] .button--primary")

    expect(page.locator(".composer[id^=write] .error")).to_contain_text("The line above was taken back meanwhile")
    expect(page.locator(".composer[id^=write] textarea[name=text]")).to_have_value(WORDS)
    assert page.evaluate("document.querySelector('.composer[id^=write]').contains(document.activeElement)")
    complaints.clear()


def test_too_many_acts_are_told_and_the_words_stay(
    page: Page, context: BrowserContext, live_server: LiveServer, topic: Topic, bob: User, settings: object,
    complaints: list[str],
) -> None:  # fmt: skip
    settings.WRITES_PER_MINUTE = 0  # type: ignore[attr-defined]
    sign_in(context, live_server, bob)
    page.goto(f"{live_server}{topic.get_absolute_url()}?add=opposes")
    page.fill(".composer[id^=write] textarea[name=text]", WORDS)

    page.click(".composer[id^=write] .button--primary")

    expect(page.locator("#messages")).to_contain_text("That was a lot in one minute.")
    expect(page.locator(".composer[id^=write] textarea[name=text]")).to_have_value(WORDS)
    assert Statement.objects.filter(text=WORDS).count() == 0
    complaints.clear()
