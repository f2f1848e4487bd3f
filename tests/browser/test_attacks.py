"""A1 in a real browser: nothing that people write runs, with the site's policy and also without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from debates.models import Statement
from tests.attacks.payloads import PAYLOADS
from tests.attacks.test_scripts import infested
from tests.browser.test_history import sign_in
from tests.world import World, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "topic", "topic-outline", "topic-map", "topic-essay", "topic-history", "topic-people", "topic-suggestions",
    "topic-edit", "topic-copy", "statement", "statement-branch", "statement-map", "statement-history",
    "statement-wording", "statement-place", "statement-sources", "statement-arguments", "contributions",
]  # fmt: skip


@pytest.fixture(params=[False, True], ids=["with the policy", "without it"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = browser.new_context(bypass_csp=request.param, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def ran(context: BrowserContext, page: Page) -> list[str]:
    """What ran or was fetched that should not have been."""
    ran: list[str] = []
    context.expose_function("PWNED", lambda: ran.append("PWNED()"))

    def dismiss(dialog: Dialog) -> None:
        ran.append(f"dialog {dialog.message!r}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on(
        "request", lambda request: ran.append(request.url) if "pwned.example" in request.url.split("?")[0] else None
    )
    return ran


@pytest.fixture
def world(alice: User, context: BrowserContext, live_server: LiveServer) -> World:
    world = infested(alice, PAYLOADS)
    sign_in(context, live_server, alice)
    return world


def strange_elements(page: Page) -> int:
    """Elements and attributes that only a payload could have made."""
    script = "[...document.querySelectorAll('*')].filter((each) => [...each.attributes].some((attribute) =>"
    return int(page.evaluate(f"{script} /pwned|^on/i.test(attribute.name))).length"))


def test_a1_payloads_run_on_no_page(page: Page, live_server: LiveServer, world: World, ran: list[str]) -> None:
    for name in PAGES:
        page.goto(f"{live_server}{address(world, name)}")
        page.mouse.move(300, 300)
        assert (name, strange_elements(page)) == (name, 0)
    page.goto(f"{live_server}/topics/?q=pwned")
    assert strange_elements(page) == 0

    assert ran == []


def test_a1_payloads_run_in_no_box_while_they_are_typed_and_posted(
    page: Page, live_server: LiveServer, world: World, ran: list[str]
) -> None:
    claim = Statement.objects.filter(topic=world.topic, parent=None).latest("pk")
    page.goto(f"{live_server}{world.topic.get_absolute_url()}?claim={claim.pk}")
    for payload in PAYLOADS[:6]:
        page.click("#for [data-add=supports]")
        page.fill(".composer[id^=write] textarea[name=text]", payload)
        expect(page.locator("[data-reading-new]")).to_have_text(payload)
        page.click(".composer[id^=write] .button--primary")
        expect(page.locator("#for .argument-card").last).to_contain_text(payload)
        assert strange_elements(page) == 0

    assert ran == []


def test_a1_drafts_come_back_as_words(page: Page, live_server: LiveServer, world: World, ran: list[str]) -> None:
    claim = Statement.objects.filter(topic=world.topic, parent=None).latest("pk")
    box = f"{live_server}{world.topic.get_absolute_url()}?claim={claim.pk}&add=opposes"
    for payload in PAYLOADS[13:17]:
        page.goto(box)
        page.fill(".composer[id^=write] textarea[name=text]", payload)
        expect(page.locator("[data-composer-status]").first).to_contain_text("Draft kept")
        page.goto(box)
        expect(page.locator(".composer[id^=write] textarea[name=text]")).to_have_value(payload)
        assert strange_elements(page) == 0

    assert ran == []
