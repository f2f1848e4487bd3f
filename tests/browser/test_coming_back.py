"""Keys that act on a line, moving one's own lines, and coming back to the line one left."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from debates.models import Statement, Topic, Vote
from tests.browser.test_history import sign_in
from tests.factories import make_member, make_topic, make_tree

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

type Tree = dict[str, Statement]
PLACES = ["columns", "outline", "focus"]


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    return topic


@pytest.fixture
def tree(topic: Topic, bob: User) -> Tree:
    return make_tree(topic, bob, "Four days are enough\n  + Rest helps\n    - Rest is not free\n  + Fridays are lost")


@pytest.fixture
def reader(context: BrowserContext, page: Page, live_server: LiveServer, tree: Tree, bob: User) -> Page:
    sign_in(context, live_server, bob)
    return page


def open_at(page: Page, live_server: LiveServer, topic: Topic, line: Statement, place: str) -> str:
    """Open `place` with the focus on `line`: the selector of the line there."""
    address = {
        "columns": topic.get_absolute_url(), "focus": line.get_absolute_url(),
        "outline": f"/topics/{topic.slug}/outline/",
    }[place]  # fmt: skip
    selector = f"#{'o-' if place == 'outline' else 's'}{line.pk}"
    page.goto(f"{live_server}{address}")
    page.locator(selector).focus()
    return selector


def order(tree: Tree) -> list[str]:
    parent = tree["Four days are enough"]
    return list(Statement.objects.filter(parent=parent).order_by("position").values_list("text", flat=True))


@pytest.mark.parametrize("place", PLACES)
def test_own_line_moves_by_key_and_keeps_the_focus(
    reader: Page, live_server: LiveServer, topic: Topic, tree: Tree, place: str
) -> None:
    line = open_at(reader, live_server, topic, tree["Fridays are lost"], place)
    address = reader.url

    reader.keyboard.press("Alt+ArrowUp")

    expect(reader.locator("#messages")).to_contain_text("Moved.")
    expect(reader.locator(line)).to_be_focused()
    assert order(tree) == ["Fridays are lost", "Rest helps"]
    assert reader.url.split("#")[0] == address
    reader.keyboard.press("Alt+ArrowUp")
    expect(reader.locator("#messages")).to_have_text("It is the first already.")
    expect(reader.locator(line)).to_be_focused()


@pytest.mark.parametrize("place", PLACES)
def test_own_line_is_edited_by_key(reader: Page, live_server: LiveServer, topic: Topic, tree: Tree, place: str) -> None:
    open_at(reader, live_server, topic, tree["Fridays are lost"], place)

    reader.keyboard.press("e")

    reader.wait_for_url(f"**/statements/{tree['Fridays are lost'].pk}/wording/")


@pytest.mark.parametrize("place", PLACES)
def test_line_of_another_stays_and_the_browser_keeps_its_keys(
    reader: Page, live_server: LiveServer, topic: Topic, tree: Tree, alice: User, place: str
) -> None:
    theirs = tree["Four days are enough"].add_argument("supports", "It costs nothing.", by=alice)
    open_at(reader, live_server, topic, theirs, place)
    before, address = order(tree), reader.url

    left = reader.evaluate(
        """() => ["e", "Alt+ArrowUp"].map((keys) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
        { key: keys.split("+").at(-1), altKey: keys.startsWith("Alt"), bubbles: true, cancelable: true })))"""
    )

    assert left == [True, True]
    assert (order(tree), reader.url) == (before, address)


def test_line_answered_by_key_takes_what_is_typed_next(
    reader: Page, live_server: LiveServer, topic: Topic, tree: Tree
) -> None:
    open_at(reader, live_server, topic, tree["Rest helps"], "columns")

    reader.keyboard.type("o")
    reader.wait_for_url("**/?add=opposes")
    expect(reader.locator(".composer textarea[name=text]")).to_be_focused()
    reader.keyboard.type("4 of 5 disagree.")

    expect(reader.locator(".composer textarea[name=text]")).to_have_value("4 of 5 disagree.")
    assert not Vote.objects.exists()


def test_outline_gives_the_focus_back_to_the_line_that_was_opened(
    reader: Page, live_server: LiveServer, topic: Topic, tree: Tree
) -> None:
    line = open_at(reader, live_server, topic, tree["Rest is not free"], "outline")
    reader.keyboard.press("Enter")
    reader.wait_for_url(f"**/statements/{tree['Rest is not free'].pk}/")

    reader.keyboard.press("u")
    expect(reader).to_have_url(re.compile(r"/outline/#o-\d+$"))
    expect(reader.locator(line)).to_be_focused()

    reader.keyboard.press("Enter")
    reader.wait_for_url("**/statements/*/")
    reader.go_back()
    expect(reader.locator(line)).to_be_focused()


def test_line_that_was_opened_elsewhere_leads_up_to_the_line_above(
    reader: Page, live_server: LiveServer, topic: Topic, tree: Tree
) -> None:
    open_at(reader, live_server, topic, tree["Rest helps"], "columns")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/statements/*/")

    reader.keyboard.press("u")

    expect(reader).to_have_url(re.compile(rf"\?claim=\d+#s{tree['Rest helps'].pk}$"))
    expect(reader.locator(f"#s{tree['Rest helps'].pk}")).to_be_focused()


def test_map_keeps_the_focus_on_the_branch_that_is_opened_and_shut(
    reader: Page, live_server: LiveServer, topic: Topic, tree: Tree
) -> None:
    reader.goto(f"{live_server}/topics/{topic.slug}/map/?levels=1")
    branch = reader.locator(f"#map-branch-{tree['Rest helps'].pk}")

    branch.focus()
    branch.click()
    expect(reader.locator(f"#map-branch-{tree['Rest helps'].pk}.map__opened")).to_be_focused()
    branch.click()

    expect(reader.locator(f"#map-branch-{tree['Rest helps'].pk}:not(.map__opened)")).to_be_focused()
