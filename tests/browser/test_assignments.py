"""An assignment in the browser: given by a teacher, worked at by a pupil, and moved between groups without a drag."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from classrooms.models import Assignment, Classroom, Pupil, Work
from tests.browser.test_history import sign_in
from tests.browser.test_look import sideways, violations
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.factories import make_topic, make_tree, make_user

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASKED = {"supporting": 1, "votes": 1, "conclusion": 4}


@pytest.fixture
def alice(transactional_db: None) -> User:
    return make_user("alice")


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice)


@pytest.fixture
def pupils(classroom: Classroom) -> list[Pupil]:
    return make_pupils(classroom, "Ada L.", "Ben K.", "Chidi O.", "Dana S.")


@pytest.fixture
def assignment(classroom: Classroom, pupils: list[Pupil], alice: User) -> Assignment:
    assignment = make_assignment(
        classroom, alice, shape="groups", published=False, instructions="Argue.", requirements=ASKED, sides="chosen"
    )
    assignment.publish(by=alice, groups=2)
    return assignment


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """As for all browser tests, except that axe may measure with inline styles, which our own policy forbids."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    context.set_default_timeout(8000)
    yield context
    context.close()


def test_teacher_gives_an_assignment_to_the_class(
    page: Page,
    context: BrowserContext,
    live_server: LiveServer,
    alice: User,
    classroom: Classroom,
    pupils: list[Pupil],
    complaints: list[str],
) -> None:
    make_tree(make_topic(alice), alice, "A claim\n  + Rest helps")
    sign_in(context, live_server, alice)
    page.goto(f"{live_server}{reverse('assignment-create', args=[classroom.pk])}")

    page.get_by_label("Title", exact=True).fill("Both sides")
    page.get_by_label("Topic", exact=True).select_option(label="Four days")
    page.get_by_label("A map for each pupil").check()
    page.get_by_label("arguments under those of others").fill("1")
    page.get_by_role("button", name="Store it").click()
    expect(page.get_by_text("nobody can answer others")).to_be_visible()
    complaints.clear()  # that the answer was a 422
    page.get_by_label("arguments under those of others").fill("")
    page.get_by_label("supporting arguments").fill("2")
    page.get_by_role("button", name="Store it").click()
    page.get_by_role("button", name="Show it to the class").click()

    expect(page.get_by_text("4 pupils see it.")).to_be_visible()
    assert Assignment.objects.get().groups.count() == 4


def test_pupil_writes_and_hands_in(
    page: Page, context: BrowserContext, live_server: LiveServer, assignment: Assignment, pupils: list[Pupil]
) -> None:
    sign_in(context, live_server, pupils[0].user)
    page.goto(f"{live_server}{assignment.get_absolute_url()}")

    page.get_by_role("button", name="against the claim").click()
    expect(page.get_by_text("You argue against the claim.").last).to_be_visible()
    page.get_by_text("place that nobody").or_(page.get_by_text("where nobody says why")).first.click()
    area = page.get_by_label("Which claim stands up best")
    area.press_sequentially("It depends on")
    expect(page.locator("[data-words]")).to_have_text("3")
    expect(page.locator("#work-form [data-composer-status]")).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    area.press_sequentially(" sleep.")
    page.get_by_label("How I used AI").fill("Not at all.")
    page.get_by_role("button", name="Hand in").click()

    expect(page.get_by_role("button", name="Take it back and go on writing")).to_be_visible()
    work = Work.objects.get()
    assert (work.conclusion, work.used_ai, work.handed_in is None) == ("It depends on sleep.", "Not at all.", False)


def test_pupil_is_moved_by_keyboard(
    page: Page,
    context: BrowserContext,
    live_server: LiveServer,
    assignment: Assignment,
    pupils: list[Pupil],
    alice: User,
) -> None:
    seat = seat_of(assignment, pupils[0])
    other = assignment.groups.exclude(pk=seat.group_id).get()
    sign_in(context, live_server, alice)
    page.goto(f"{live_server}{reverse('assignment-groups', args=[assignment.pk])}")

    choice = page.get_by_label("Group of Ada L.")
    choice.select_option(str(other.number))
    choice.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(f"#group-{other.number} + ul, #group-{other.number}")).to_contain_text("Ada L.")
    assert seat_of(assignment, pupils[0]).group == other


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_a_phone_and_break_no_rule(
    scheme: str, page: Page, context: BrowserContext, live_server: LiveServer, assignment: Assignment,
    pupils: list[Pupil], alice: User,
) -> None:  # fmt: skip
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 320, "height": 700})
    seat = seat_of(assignment, pupils[0])
    names = ("assignment", "assignment-edit", "assignment-groups", "assignment-template", "assignment-copy")
    sign_in(context, live_server, alice)
    for address in (
        *(reverse(name, args=[assignment.pk]) for name in names),
        reverse("seat-extension", args=[seat.pk]),
    ):
        page.goto(f"{live_server}{address}")
        assert violations(page) == [], address
        assert not sideways(page), address
    context.clear_cookies()
    sign_in(context, live_server, pupils[0].user)
    page.goto(f"{live_server}{assignment.get_absolute_url()}")
    assert violations(page) == []
    assert not sideways(page)
