"""A class in real browsers: the board counts who joins, one joins without scripts, and every page at every width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from classrooms.models import Classroom
from tests.browser.test_look import sideways, violations
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Donaudampfschifffahrtsgesellschaft" * 2


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice, "9b · " + LONG)


def signed_in(context: BrowserContext, user: User, server: LiveServer) -> BrowserContext:
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": str(server)}])
    return context


def test_board_counts_whoever_joins_without_scripts_and_without_being_loaded_again(
    browser: Browser, context: BrowserContext, page: Page, live_server: LiveServer, classroom: Classroom, alice: User
) -> None:
    signed_in(context, alice, live_server)
    page.goto(f"{live_server}/classes/{classroom.pk}/board/")
    page.evaluate("window.untouched = true")
    plain = browser.new_context(java_script_enabled=False)
    pupil = plain.new_page()
    code = page.locator(".board__code").inner_text()[-9:]

    pupil.goto(f"{live_server}/classes/join/")
    pupil.get_by_label("Class code").fill(code.lower())
    pupil.get_by_role("button", name="Go on").click()
    pupil.get_by_label("Your name").fill("Ada L.")
    pupil.get_by_role("button", name="Join the class").click()

    assert len(pupil.locator(".phrase-card__words li").all_text_contents()) == 6
    expect(page.locator("#joined")).to_have_text("1 has joined", timeout=3_000)
    assert page.evaluate("window.untouched")
    pupil.get_by_role("link", name="I have them: begin").click()
    expect(pupil.get_by_text("Your teachers know you as “Ada L.”")).to_be_visible()
    plain.close()


def test_pages_of_a_class_stand_at_every_width_and_for_axe(
    browser: Browser, live_server: LiveServer, classroom: Classroom, alice: User
) -> None:
    ada, _ben = make_pupils(classroom, f"Ada {LONG}", "Ben K.")
    classroom.enrol(["Chidi O."])
    make_assignment(classroom, alice)
    context = signed_in(browser.new_context(bypass_csp=True, reduced_motion="reduce"), alice, live_server)
    page = context.new_page()
    here = f"/classes/{classroom.pk}/"
    parts = ("", "board/", "code/", "roster/", "cards/", "edit/", "removal/", "teachers/", "copy/")
    places = ["/classes/", *(here + part for part in parts), f"/pupils/{ada.pk}/"]

    for scheme, wide, narrow in (("light", 1280, 320), ("dark", 768, 360)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for place in places:
            page.set_viewport_size({"width": wide, "height": 800})
            page.goto(f"{live_server}{place}")
            assert (place, scheme, violations(page)) == (place, scheme, [])
            assert (place, wide, sideways(page)) == (place, wide, 0)
            page.set_viewport_size({"width": narrow, "height": 800})
            assert (place, narrow, sideways(page)) == (place, narrow, 0)
    context.close()


def test_pasted_list_becomes_cards_for_paper(
    browser: Browser, live_server: LiveServer, classroom: Classroom, alice: User
) -> None:
    context = signed_in(browser.new_context(), alice, live_server)
    page = context.new_page()
    page.goto(f"{live_server}/classes/{classroom.pk}/roster/")
    page.get_by_label("Names").fill(f"First name\tLast name\nAda\tL.\nBen\t{LONG}\nAda\tL.")
    page.get_by_role("button", name="Look at the list first").click()
    page.get_by_role("button", name="Add 2 pupils, without the repeated lines").click()
    page.get_by_role("link", name="Print cards").click()
    page.get_by_role("button", name="Make the cards").click()

    names = page.locator(".card-slip__name").all_text_contents()
    page.emulate_media(media="print")

    assert names == ["Ada L.", f"Ben {LONG}"]
    assert page.locator(".card-slip__words li").count() == 12
    expect(page.locator(".card-slip").first).to_be_visible()
    expect(page.get_by_role("heading", name="Print these cards now")).to_be_hidden()
    assert sideways(page) == 0
    context.close()
