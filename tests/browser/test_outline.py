"""The outline in a real browser: branches that open where they stand, keys, and every width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from debates.models import Statement, Topic
from tests.browser.test_look import sideways, violations
from tests.debates.large import bushy, grow
from tests.factories import make_topic, make_tree

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice, visibility="public")


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(
        topic,
        alice,
        """
        Four days are enough
          + Rest helps learning
            - Rest is not free
              + Somebody pays
          - Parents work five days
        """,
    )


def test_toggle_opens_and_shuts_what_is_in_the_page(
    page: Page, live_server: LiveServer, topic: Topic, tree: dict[str, Statement]
) -> None:
    page.goto(f"{live_server}/topics/{topic.slug}/outline/?levels=1")
    branch = page.locator(f"#ob-{tree['Rest helps learning'].pk}")
    toggle = page.get_by_role("link", name="Rest helps learning").first
    expect(branch).to_be_hidden()

    toggle.click()

    expect(branch).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    toggle.click()
    expect(branch).to_be_hidden()
    expect(page).to_have_url(re.compile(r"\?levels=1$"))


def test_branch_that_is_not_in_the_page_comes_and_stays(
    page: Page, live_server: LiveServer, topic: Topic, alice: User
) -> None:
    grow(topic, alice, bushy(700))
    page.goto(f"{live_server}/topics/{topic.slug}/outline/?levels=all")
    toggle = page.locator(".outline__toggle[data-load]").first
    name = toggle.get_attribute("aria-controls")
    branch = page.locator(f"#{name}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    toggle.click()

    expect(branch.locator("> li")).to_have_count(3)
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(page).to_have_url(re.compile(r"/outline/\?levels=all$"))
    toggle.click()
    expect(branch).to_be_hidden()
    toggle.click()
    expect(branch).to_be_visible()
    assert len(asked) == 1


def test_everything_opens_and_shuts_at_once(
    page: Page, live_server: LiveServer, topic: Topic, tree: dict[str, Statement]
) -> None:
    page.goto(f"{live_server}/topics/{topic.slug}/outline/?levels=1")

    page.get_by_role("button", name="Open all").click()
    expect(page.get_by_text("Somebody pays")).to_be_visible()

    page.get_by_role("button", name="Close all").click()
    expect(page.get_by_text("Rest is not free")).to_be_hidden()
    expect(page.get_by_text("Rest helps learning")).to_be_visible()


def test_keys_walk_open_and_answer(
    page: Page, live_server: LiveServer, topic: Topic, tree: dict[str, Statement]
) -> None:
    page.goto(f"{live_server}/topics/{topic.slug}/outline/?levels=1")

    for key in ("j", "j", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    line = page.locator(f"#o-{tree['Rest is not free'].pk}")
    expect(line).to_be_focused()

    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"#o-{tree['Rest helps learning'].pk}")).to_be_focused()
    page.keyboard.press("j")
    expect(line).to_be_focused()
    page.keyboard.press("o")

    expect(page).to_have_url(re.compile(rf"/statements/{tree['Rest is not free'].pk}/\?add=opposes$"))
    expect(page.locator(".composer textarea[name=text]")).to_be_focused()


def test_order_changes_without_leaving_the_page(
    page: Page, live_server: LiveServer, topic: Topic, tree: dict[str, Statement]
) -> None:
    page.goto(f"{live_server}/topics/{topic.slug}/outline/")

    page.get_by_label("Order").select_option("newest")

    expect(page.locator(".outline__level-1 > .outline__line .outline__text")).to_have_text(
        ["Parents work five days", "Rest helps learning"]
    )
    expect(page).to_have_url(re.compile("sort=newest"))


def test_outline_works_without_scripts(
    browser: Browser, live_server: LiveServer, topic: Topic, tree: dict[str, Statement]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}/topics/{topic.slug}/outline/")
    page.get_by_label("Levels shown").get_by_role("link", name="1").click()

    page.get_by_role("link", name="Rest helps learning").first.click()

    expect(page.get_by_role("heading", level=2)).to_have_text("Rest helps learning")
    expect(page.get_by_text("Somebody pays")).to_be_visible()
    context.close()


PLACES = {
    "whole": "/topics/{slug}/outline/", "claim": "/topics/{slug}/outline/?claim={claim}",
    "found": "/topics/{slug}/outline/?show=newest", "branch": "/statements/{line}/branch/",
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_outline_stands_at_every_width(
    page: Page, live_server: LiveServer, topic: Topic, tree: dict[str, Statement], place: str, alice: User
) -> None:
    tree["Somebody pays"].revise(text="W" * 300, version=1, by=alice)
    names = {"slug": topic.slug, "claim": tree["Four days are enough"].pk, "line": tree["Rest helps learning"].pk}
    page.goto(live_server.url + PLACES[place].format(**names))

    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert sideways(page) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
def test_outline_has_nothing_for_axe(
    browser: Browser, live_server: LiveServer, topic: Topic, tree: dict[str, Statement], place: str, scheme: str
) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    names = {"slug": topic.slug, "claim": tree["Four days are enough"].pk, "line": tree["Rest helps learning"].pk}
    page.goto(live_server.url + PLACES[place].format(**names))

    assert violations(page) == []
    context.close()
