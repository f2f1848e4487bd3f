"""The card of a source, as only a browser shows it: what matters for what it is, and what Enter does."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from debates.models import Source
from tests.browser.test_history import sign_in
from tests.factories import make_topic, make_tree

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pasted_doi_finds_its_place_and_enter_adds_the_source(
    context: BrowserContext, page: Page, live_server: LiveServer, alice: User
) -> None:
    line = make_tree(make_topic(alice), alice, "Nine\n  + sleep")["sleep"]
    sign_in(context, live_server, alice)
    page.goto(f"{live_server}{line.get_absolute_url()}")
    page.get_by_role("link", name="Add a source").click()

    page.get_by_label("Address or DOI").fill("https://doi.org/10.1000/ABC")
    page.get_by_role("button", name="Put it in its place").click()
    expect(page.locator("#id_doi")).to_have_value("10.1000/abc")
    expect(page.locator("#id_container")).to_be_visible()
    page.locator("#id_container").fill("A journal")
    page.get_by_label("What it is").select_option("book")
    expect(page.locator("#id_edition")).to_be_visible()
    expect(page.locator("#id_issue")).to_be_hidden()
    expect(page.locator("#id_container")).to_be_visible()  # something stands in it
    page.get_by_label("Title", exact=True).fill("A study")
    page.keyboard.press("Enter")

    expect(page.locator(".source")).to_contain_text("A study")
    source = Source.objects.get()
    assert (source.medium, source.doi, source.container) == ("book", "10.1000/abc", "A journal")
