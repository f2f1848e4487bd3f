"""How the pages stand: for axe, at phone width, from right to left, in dark and in forced colours, on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.browser.pages"), pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).parent / "vendor/axe.min.js"
PAGES = ["/help/", "/about/", "/accessibility/", "/privacy/", "/test/composer/", "/test/lines/"]
SCHEMES = ["light", "dark"]


def violations(page: Page) -> list[str]:
    """What axe finds, as "rule: element"."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]]


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """As for all browser tests, except that axe may measure with inline styles, which our own policy forbids."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    yield context
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("url", PAGES)
def test_axe_finds_nothing(page: Page, live_server: LiveServer, url: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{live_server}{url}")

    assert violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_on_a_missing_page(
    page: Page, live_server: LiveServer, scheme: str, complaints: list[str]
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{live_server}/no/such/page/")

    assert violations(page) == []
    complaints.clear()


def test_axe_finds_nothing_in_forced_colours(page: Page, live_server: LiveServer) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{live_server}/help/")

    assert violations(page) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("url", PAGES)
def test_phone_scrolls_one_way_only(page: Page, live_server: LiveServer, url: str, direction: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server}{url}")
    page.evaluate("(direction) => { document.documentElement.dir = direction }", direction)

    assert sideways(page) == 0


def test_chosen_theme_wins_over_the_system(context: BrowserContext, page: Page, live_server: LiveServer) -> None:
    context.add_cookies([{"name": "theme", "value": "dark", "url": str(live_server)}])
    page.emulate_media(color_scheme="light")
    page.goto(f"{live_server}/about/")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 28)"


def test_theme_is_chosen_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server}/about/")
    page.locator(".account > summary").click()

    page.get_by_role("button", name="Dark").click()

    assert page.url.endswith("/about/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    context.close()


def test_motion_stops_when_the_system_asks(page: Page, live_server: LiveServer) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{live_server}/about/")

    assert page.evaluate("getComputedStyle(document.querySelector('a')).transitionDuration") == "0s"


def test_paper_shows_the_text_and_not_the_frame(page: Page, live_server: LiveServer) -> None:
    page.emulate_media(media="print")
    page.goto(f"{live_server}/about/")

    assert page.locator(".site-header").is_hidden()
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_paper_opens_what_is_closed_on_the_screen(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server}/test/lines/")
    page.locator("#one button.outline__toggle").click()
    assert page.locator("#one-a").is_hidden()

    page.emulate_media(media="print")

    assert page.locator("#one-a").is_visible()
    assert page.get_by_text("What was left out.").is_visible()


def test_page_asks_no_other_host(page: Page, live_server: LiveServer) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server}/help/")

    assert [url for url in asked if not url.startswith(str(live_server))] == []


def test_skip_link_leads_past_the_header(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server}/help/")
    page.keyboard.press("Tab")

    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
