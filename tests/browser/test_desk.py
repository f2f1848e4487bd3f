"""My desk in a real browser: a topic that was looked at is no longer new, one that lies in another tab still is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from debates.models import Draft, Topic, Visit
from tests.browser.test_history import sign_in
from tests.browser.test_look import sideways, violations
from tests.factories import make_member, make_topic, make_tree

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """Bob was last here at change 3; Alice has objected since, asked a question, and laid no text beside it."""
    topic = make_topic(alice)
    make_member(topic, bob)
    line = make_tree(topic, bob, "A claim\n  + Rest helps")["Rest helps"]
    line.add_argument("opposes", "Not for everyone", by=alice)
    line.comment("Which rest?", by=alice, kind="question")
    topic.add_essay(by=bob, title="On rest", text="We sleep. We wake.")
    Draft.objects.begin(topic, by=bob, title="My essay", text="")
    Visit.objects.note(topic, bob, seen=3)
    return topic


@pytest.fixture
def signed_in(context: BrowserContext, live_server: LiveServer, bob: User) -> None:
    sign_in(context, live_server, bob)


@pytest.mark.usefixtures("signed_in")
def test_topic_is_no_longer_new_once_it_was_looked_at(page: Page, live_server: LiveServer, topic: Topic) -> None:
    page.goto(f"{live_server}/desk/")
    expect(page.get_by_role("button", name="Seen")).to_have_count(0)

    with page.expect_response(lambda response: response.url.endswith("/visit/")) as answered:
        page.get_by_role("link", name="2 changes since you were here").click()

    assert answered.value.status == 204
    expect(page.get_by_text("Only what is new since you were here.")).to_be_visible()
    page.get_by_role("link", name="My desk").click()
    expect(page.get_by_text("Nothing new since you were here")).to_be_visible()


@pytest.mark.usefixtures("signed_in")
def test_topic_in_a_tab_that_nobody_opened_is_still_new(page: Page, live_server: LiveServer, topic: Topic) -> None:
    page.add_init_script("Object.defineProperty(document, 'visibilityState', { get: () => window.seen ?? 'hidden' })")
    page.goto(f"{live_server}{topic.get_absolute_url()}")
    expect(page.locator("form[data-visit]")).to_have_count(1)
    assert Visit.objects.get().seen == 3

    with page.expect_response(lambda response: response.url.endswith("/visit/")):
        page.evaluate("window.seen = 'visible'; document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator("form[data-visit]")).to_have_count(0)
    assert Visit.objects.get().seen == 6


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_desk_is_accessible_and_narrow(
    browser: Browser, live_server: LiveServer, topic: Topic, bob: User, scheme: str
) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type]
    sign_in(context, live_server, bob)
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(f"{live_server}/desk/")
    expect(page.get_by_role("heading", name="1 objection to your lines has no reply yet")).to_be_visible()
    found = {"desk": (violations(page), sideways(page))}
    page.goto(f"{live_server}/topics/new/?start=essay")
    found["start"] = (violations(page), sideways(page))

    assert found == {"desk": ([], 0), "start": ([], 0)}
    context.close()


@pytest.mark.usefixtures("signed_in")
def test_desk_leads_to_the_box_for_the_answer(page: Page, live_server: LiveServer, topic: Topic) -> None:
    page.goto(f"{live_server}/desk/")

    page.locator("[aria-labelledby=desk-replies]").get_by_role("link", name="Answer it").click()

    expect(page.get_by_role("textbox", name="sentence")).to_be_focused()


@pytest.mark.usefixtures("signed_in")
def test_practice_takes_one_press(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server}/desk/")

    page.get_by_role("button", name="Practise").click()

    expect(page.get_by_text("This topic is yours alone.")).to_be_visible()
    assert Topic.objects.get().title.startswith("Practice, ")
