"""The work list and the explore panel in a real browser: axe, every width, and numbers that follow the sliders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from debates.models import Statement, Topic
from tests.browser.test_look import sideways, violations
from tests.factories import make_topic, make_tree

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The published example, an objection without a reply beside it, and words that are hard to break.
TREE = f"""
Four days are enough
  + p1
  + p2
  - c1
    - r
  - {"Donaudampfschifffahrtsgesellschaft" * 4}
"""


@pytest.fixture
def topic(alice: User) -> Topic:
    topic = make_topic(alice, visibility="public")
    topic.add_essay(by=alice, title="Why", text="Rest helps people learn. Nobody denies it.")
    return topic


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(topic, alice, TREE)


@pytest.mark.parametrize("view", ["work", "explore"])
def test_page_stands_at_every_width_and_for_axe(
    browser: Browser, live_server: LiveServer, topic: Topic, tree: dict[str, Statement], view: str
) -> None:
    context = browser.new_context(bypass_csp=True)  # axe may measure with inline styles
    page = context.new_page()
    for width, scheme in ((320, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(f"{live_server}/topics/{topic.slug}/{view}/")
        assert (width, violations(page)) == (width, [])
        assert (width, sideways(page)) == (width, 0)
    context.close()


def test_numbers_follow_the_sliders_and_equal_the_servers(
    browser: Browser, page: Page, live_server: LiveServer, topic: Topic, tree: dict[str, Statement]
) -> None:
    page.goto(f"{live_server}/topics/{topic.slug}/explore/")
    expect(page.get_by_role("button", name="Show what follows")).to_be_hidden()

    for words in ("p1", "p2", "r"):
        slider = page.get_by_label(f"How far do you accept “{words}”?")
        for _step in range(6):
            slider.press("ArrowRight")

    top = page.locator(".explore__top")
    expect(top.locator("[data-value]")).to_have_text("0.63")
    expect(page.get_by_text("towards accepting it")).to_be_visible()
    expect(page.get_by_text("Nothing is rated yet")).to_be_hidden()
    shown = page.locator("[data-value]").all_text_contents()
    assert shown == ["0.63", "0.50", "0.50", "0.40", "0.50", ""]
    assert page.url.count("rating") == 3
    plain = browser.new_context(java_script_enabled=False)
    told = plain.new_page()
    told.goto(page.url)
    assert told.locator("[data-value]").all_text_contents() == shown
    plain.close()


def test_slider_at_its_left_end_takes_the_rating_back(
    page: Page, live_server: LiveServer, topic: Topic, tree: dict[str, Statement]
) -> None:
    page.goto(f"{live_server}/topics/{topic.slug}/explore/?rating[{tree['p1'].pk}]=0.2")
    slider = page.get_by_label("How far do you accept “p1”?")
    expect(slider).to_have_attribute("aria-valuetext", "0.20")

    slider.press("Home")

    expect(slider).to_have_attribute("aria-valuetext", "not rated")
    expect(page.get_by_text("Nothing is rated yet")).to_be_visible()
    assert "rating" not in page.url


def test_line_of_the_work_list_opens_its_box_with_the_focus(
    page: Page, live_server: LiveServer, topic: Topic, tree: dict[str, Statement]
) -> None:
    page.goto(f"{live_server}/topics/{topic.slug}/work/")

    page.get_by_role("link", name="What would a critic say? p1").click()

    expect(page.get_by_label("Your argument against the line above, in one sentence")).to_be_focused()
