"""Every page of the demo, as a visitor and as its owner sees it: nothing for axe, for the console, or sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, Request
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from debates.models import Statement, Topic
from tests.browser.test_history import sign_in
from tests.browser.test_look import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OF_THE_TOPIC = (
    "", "?add=opposes", "?sort=votes", "outline/", "outline/?show=unanswered", "map/", "essay/", "history/", "people/",
    "copies/", "claims/",
)  # fmt: skip
OF_A_LINE = ("", "?add=supports", "history/", "branch/", "map/")
OF_THE_OWNER = ("settings/", "people/", "suggestions/")
OF_ONES_OWN_LINE = ("", "wording/", "place/", "links/", "sources/")
OF_A_PERSON = ("/topics/new/", "/my/contributions/", "/accounts/", "/accounts/phrase/", "/accounts/delete/")
OF_THE_SITE = (
    "/topics/", "/topics/?q=prize", "/topics/?q=nothingfound", "/accounts/login/", "/accounts/signup/",
    "/accounts/phrase/login/", "/accounts/password/reset/",
)  # fmt: skip
LOOKS = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark"), (320, "light")]


@pytest.fixture
def demo() -> Topic:
    call_command("load_demo", verbosity=0)
    return Topic.objects.get(slug="bts-at-the-amas")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """As for all browser tests, except that axe may measure with inline styles, which our own policy forbids."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context
    context.close()


def faults(page: Page, address: str, width: int) -> list[str]:
    """What is wrong with the page at `address`."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    wrong = [f"{address}: {fault}" for fault in violations(page)] if width != 320 else []
    return wrong + ([f"{address}: {sideways(page)} px sideways"] if sideways(page) > 0 else [])


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_visitor_meets_no_fault(page: Page, live_server: LiveServer, demo: Topic, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(_host(request)))
    line = Statement.objects.get(topic=demo, text__startswith="People follow BTS")
    topic = demo.get_absolute_url()
    addresses = [*OF_THE_SITE, *(topic + part for part in OF_THE_TOPIC)]
    addresses += [line.get_absolute_url() + part for part in OF_A_LINE]
    assert [fault for address in addresses for fault in faults(page, f"{live_server}{address}", width)] == []
    assert hosts == {str(live_server).removeprefix("http://")}


def _host(request: Request) -> str:
    return request.url.split("/")[2]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_owner_meets_no_fault(
    page: Page, context: BrowserContext, live_server: LiveServer, demo: Topic, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    rivera = User.objects.get(username="rivera")
    sign_in(context, live_server, rivera)
    claim = Statement.objects.get(topic=demo, text__startswith="BTS’s run")
    own = claim.add_argument("opposes", "A prize of one country is not one of the world.", by=rivera)
    addresses = [demo.get_absolute_url() + part for part in OF_THE_OWNER]
    addresses += [own.get_absolute_url() + part for part in OF_ONES_OWN_LINE]
    addresses += OF_A_PERSON
    assert [fault for address in addresses for fault in faults(page, f"{live_server}{address}", width)] == []
