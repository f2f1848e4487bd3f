"""Grading in a real browser: a class graded without the mouse, axe, every width, and without JavaScript."""

from __future__ import annotations

import os
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from classrooms.models import Grade
from tests.browser.test_look import sideways, violations
from tests.classrooms.grading_world import Graded, argue, grade, graded_class

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# As many as a class has take half a minute; PUPILS=30 grades them.
PUPILS = int(os.environ.get("PUPILS", "5"))


def sign_in(context: BrowserContext, live_server: LiveServer, person: User) -> None:
    client = Client()
    client.force_login(person)
    ((name, cookie),) = client.cookies.items()
    context.add_cookies([{"name": name, "value": cookie.value, "url": live_server.url}])


@pytest.fixture
def world(alice: User) -> Graded:
    world = graded_class(alice, "Ada L.", "Ben K.", "Donaudampfschifffahrtsgesellschaft D.")
    argue(world.seats[0], "Rest helps people learn").add_argument("opposes", "Not here", by=world.pupils[1].user)
    return world


def test_class_is_graded_without_the_mouse(
    context: BrowserContext, page: Page, live_server: LiveServer, alice: User
) -> None:
    world = graded_class(alice, *(f"Pupil {number:02}" for number in range(PUPILS)))
    sign_in(context, live_server, alice)
    page.goto(f"{live_server}/seats/{world.seats[0].pk}/grading/")

    for number in range(PUPILS):
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"Pupil {number:02}")
        expect(page.locator("[data-criterion=idea] input:checked")).to_be_focused()
        for key in "432143":
            page.keyboard.press(key)
        page.keyboard.press("Enter")

    expect(page.get_by_text(f"All {PUPILS} graded. Release?")).to_be_visible()
    totals = {each.total_by(world.rubric.criteria) for each in Grade.objects.all()}
    assert totals == {Decimal(15 + 11 + 10 + 3 + 20 + 11)}


def test_keys_choose_lead_on_and_save_what_is_left(
    context: BrowserContext, page: Page, live_server: LiveServer, world: Graded, alice: User
) -> None:
    sign_in(context, live_server, alice)
    page.goto(f"{live_server}/seats/{world.seats[0].pk}/grading/")

    page.keyboard.press("4")
    expect(page.locator("[data-sum]")).to_have_text("15")
    expect(page.locator("[data-criterion=place] input:checked")).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.type("Well done 12")
    page.keyboard.press("Escape")
    page.keyboard.press("]")  # saves, and goes on
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ben K.")
    page.keyboard.press("[")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada L.")
    page.keyboard.press("?")
    expect(page.get_by_text("takes the score back")).to_be_visible()

    stored = Grade.objects.get()
    assert (stored.scores, stored.comment) == ({"idea": 15}, "Well done 12")


def test_pages_stand_at_every_width_and_for_axe(
    browser: Browser, live_server: LiveServer, world: Graded, alice: User
) -> None:
    grade(world.seats[0], alice, scores={"idea": 15}, comment="Good")
    world.assignment.release()
    context = browser.new_context(bypass_csp=True)  # axe may measure with inline styles
    sign_in(context, live_server, alice)
    page = context.new_page()
    seat, assignment, classroom = world.seats[0].pk, world.assignment.pk, world.classroom.pk
    paths = (
        f"/seats/{seat}/grading/", f"/assignments/{assignment}/grading/", f"/classes/{classroom}/gradebook/",
        f"/rubrics/{world.rubric.pk}/", f"/assignments/{assignment}/report/", f"/seats/{seat}/grade/",
    )  # fmt: skip
    for width, scheme in ((320, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for path in paths:
            page.goto(f"{live_server}{path}")
            assert (path, width, violations(page), sideways(page)) == (path, width, [], 0)
    context.close()


def test_grade_is_saved_without_javascript(
    browser: Browser, live_server: LiveServer, world: Graded, alice: User
) -> None:
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_server, alice)
    page = context.new_page()
    page.goto(f"{live_server}/seats/{world.seats[0].pk}/grading/")

    page.locator("[data-criterion=idea] [data-key='4']").check(force=True)
    page.get_by_label("Other total").fill("87,5")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_label("Other total")).to_have_value("87.5")
    assert Grade.objects.get().scores == {"idea": 15}
    context.close()
