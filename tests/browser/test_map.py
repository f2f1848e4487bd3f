"""The map and the essay in a real browser: pan, zoom, branches that open in place, and every width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from debates.models import Essay, Statement, Topic
from tests.browser.test_look import sideways, violations
from tests.factories import make_topic, make_tree

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "A sentence of the usual length that fills about three lines of a box in the drawing, number "


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice, visibility="public")


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    lines = [f"  + {LONG}{at}\n    - {LONG}{at} but\n      + {LONG}{at} because" for at in range(4)]
    return make_tree(topic, alice, "Four days are enough\n" + "\n".join(lines))


@pytest.fixture
def essay(topic: Topic, tree: dict[str, Statement], alice: User) -> Essay:
    essay = Essay.objects.create(topic=topic, title="A week", text="Rest helps. Nobody denies it.\n\nParents work.")
    tree[f"{LONG}0"].quote(essay, 0, 11, by=alice)
    tree[f"{LONG}0 but"].quote(essay, 5, 20, by=alice)
    return essay


def scale(page: Page) -> float:
    drawing = page.locator(".map__drawing")
    width, _top, box = drawing.get_attribute("width"), 0, (drawing.get_attribute("viewBox") or "").split()
    return float(width or 0) / float(box[2])


def test_map_zooms_and_fits(page: Page, live_server: LiveServer, topic: Topic, tree: object) -> None:
    page.goto(f"{live_server}/topics/{topic.slug}/map/")
    assert scale(page) == 1

    page.get_by_role("button", name="Larger").click()
    assert scale(page) > 1

    page.get_by_role("button", name="Fit").click()
    frame = page.locator(".map__frame")
    assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth + 1") is True
    assert 0.6 <= scale(page) <= 1


def test_map_begins_at_its_root_on_a_phone(page: Page, live_server: LiveServer, topic: Topic, tree: object) -> None:
    page.set_viewport_size({"width": 320, "height": 800})

    page.goto(f"{live_server}/topics/{topic.slug}/map/")

    assert scale(page) == pytest.approx(0.8)
    root, frame = page.locator(".map__claim .map__box").bounding_box(), page.locator(".map__frame").bounding_box()
    assert root
    assert frame
    assert frame["x"] <= root["x"]
    assert root["x"] + root["width"] <= frame["x"] + frame["width"]


def test_map_on_paper_begins_on_the_first_page_without_hints(
    page: Page, live_server: LiveServer, topic: Topic, tree: object
) -> None:
    page.emulate_media(media="print")

    page.goto(f"{live_server}/topics/{topic.slug}/map/")

    sheet = page.locator(".map__sheets svg").first.bounding_box()
    assert sheet
    assert sheet["y"] < 250
    for hidden in (".legend__hint", ".map-outline", ".map__frame", ".map__tools"):
        expect(page.locator(hidden)).to_be_hidden()


def test_branch_opens_in_place_and_keeps_the_scale(
    page: Page, live_server: LiveServer, topic: Topic, tree: dict[str, Statement]
) -> None:
    page.goto(f"{live_server}/topics/{topic.slug}/map/")
    page.get_by_role("button", name="Smaller").click()
    before = scale(page)
    boxes = page.locator(".map__drawing .map__node")
    expect(boxes).to_have_count(8)

    page.locator(".map__drawing .map__closed", has_text="+1").first.click()

    expect(boxes).to_have_count(9)
    expect(page.locator("#map-outline .outline__text")).to_have_count(9)
    assert scale(page) == pytest.approx(before, rel=0.01)
    expect(page).to_have_url(re.compile(rf"open={tree[f'{LONG}0 but'].pk}"))
    page.go_back()
    expect(boxes).to_have_count(8)


def test_box_leads_to_its_statement(
    page: Page, live_server: LiveServer, topic: Topic, tree: dict[str, Statement]
) -> None:
    page.goto(f"{live_server}/topics/{topic.slug}/map/")

    page.locator(".map__drawing .map__node .map__box").first.click()

    expect(page).to_have_url(re.compile(rf"/statements/{tree[f'{LONG}0'].pk}/$"))


def test_text_stays_inside_its_box(page: Page, live_server: LiveServer, topic: Topic, alice: User) -> None:
    words = ["W" * 120, "漢字" * 70, "Illegible lilies 😀 fill little lists, 1,000 of them, WIDE AND NARROW", "m" * 299]
    make_tree(topic, alice, "A claim of usual length\n" + "\n".join(f"  + {each}" for each in words))

    page.goto(f"{live_server}/topics/{topic.slug}/map/")

    over = page.evaluate(
        """() => [...document.querySelectorAll('.map__drawing a:has(.map__box)')].map((link) => {
          const box = link.querySelector('.map__box').getBBox();
          const text = [...link.querySelectorAll('text')].map((each) => each.getBBox());
          return Math.max(...text.map((each) => each.x + each.width - box.x - box.width));
        })"""
    )
    assert len(over) == 5
    assert max(over) <= 0


def test_map_works_without_scripts(browser: Browser, live_server: LiveServer, topic: Topic, tree: object) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}/topics/{topic.slug}/map/")

    page.locator(".map__drawing .map__closed", has_text="+1").first.click()

    expect(page.locator(".map__drawing .map__node")).to_have_count(9)
    expect(page.get_by_role("button", name="Fit")).to_be_hidden()
    context.close()


def test_passage_and_note_lead_to_each_other(page: Page, live_server: LiveServer, topic: Topic, essay: Essay) -> None:
    page.goto(f"{live_server}/topics/{topic.slug}/essay/")

    page.locator(".passage__number").nth(1).click()
    expect(page).to_have_url(re.compile(r"#note-\d+$"))
    page.locator(".margin-notes__number").nth(1).click()

    expect(page).to_have_url(re.compile(r"#p-\d+$"))
    expect(page.locator("mark:target")).to_have_text("helps.")


@pytest.mark.parametrize("place", ["map", "essay"])
def test_pages_stand_at_every_width(
    page: Page, live_server: LiveServer, topic: Topic, essay: Essay, place: str
) -> None:
    page.goto(f"{live_server}/topics/{topic.slug}/{place}/")

    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert sideways(page) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["map", "essay"])
def test_pages_have_nothing_for_axe(
    browser: Browser, live_server: LiveServer, topic: Topic, essay: Essay, place: str, scheme: str
) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{live_server}/topics/{topic.slug}/{place}/")
    for details in page.locator("main details").all():
        details.evaluate("details => { details.open = true }")

    assert violations(page) == []
    context.close()
