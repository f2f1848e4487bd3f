"""What a newcomer does in the first two minutes, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from debates.models import Statement, Vote

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST = "A prize given in one country lets that country decide what counts."
SECOND = "Listeners everywhere had a say in it, not one country alone."


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def newcomer(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_newcomer_reads_argues_answers_and_votes(newcomer: Page, live_server: LiveServer) -> None:
    call_command("load_demo", verbosity=0)
    newcomer.goto(f"{live_server}/")
    expect(newcomer.locator(".claim__text")).to_contain_text("step forward")

    newcomer.click("#against [data-add=opposes]")
    newcomer.fill(".composer[id^=write] textarea[name=text]", FIRST)
    newcomer.click(".composer[id^=write] .button--primary")
    expect(newcomer.get_by_role("heading", level=1)).to_have_text("Who is speaking?")
    assert not Statement.objects.filter(text=FIRST).exists()
    newcomer.get_by_role("button", name="Post as").click()
    expect(newcomer.locator(".argument-card--new")).to_contain_text(FIRST)

    newcomer.get_by_role("link", name=FIRST).click()
    newcomer.click("#against [data-add=opposes]")
    newcomer.fill(".composer[id^=write] textarea[name=text]", SECOND)
    newcomer.click(".composer[id^=write] .button--primary")
    expect(newcomer.locator(".argument-card--new")).to_contain_text(SECOND)
    answer = Statement.objects.get(text=SECOND)
    assert answer.parent == Statement.objects.get(text=FIRST)

    other = Statement.objects.get(text__startswith="Measuring every act")
    newcomer.goto(f"{live_server}{other.get_absolute_url()}")
    newcomer.click(".vote button[value='3']")
    expect(newcomer.locator(".vote [aria-pressed=true]")).to_contain_text("3")
    assert Vote.objects.get(statement=other, voter=answer.author).value == 3
