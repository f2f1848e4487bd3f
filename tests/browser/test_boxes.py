"""Boxes that open where a button stood: the focus, two at once, closing, drafts, and what is said afterwards."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from debates.models import Comment, Source, Statement, Topic, Vote
from tests.browser.test_history import sign_in
from tests.factories import make_member, make_topic, make_tree

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Someone has to watch the children."
type Tree = dict[str, Statement]


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, visibility="public", guests_vote=True)
    make_member(topic, bob)
    return topic


@pytest.fixture
def tree(topic: Topic, bob: User) -> Tree:
    return make_tree(topic, bob, "Four days are enough\n  + Rest helps learning\n  - Parents work five days")


@pytest.fixture
def reader(context: BrowserContext, page: Page, live_server: LiveServer, topic: Topic, tree: Tree, bob: User) -> Page:
    """Bob, at the columns of the claim."""
    sign_in(context, live_server, bob)
    page.goto(f"{live_server}{topic.get_absolute_url()}")
    return page


def at(page: Page, live_server: LiveServer, statement: Statement, query: str = "") -> Page:
    page.goto(f"{live_server}{statement.get_absolute_url()}{query}")
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_address_that_opens_a_box_gives_it_the_focus(
    browser: Browser, live_server: LiveServer, topic: Topic, tree: Tree, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = at(context.new_page(), live_server, tree["Rest helps learning"])

    page.click("#against [data-add=opposes]")
    page.wait_for_selector(".composer textarea[name=text]")
    page.keyboard.type("3 ways, just so.")

    expect(page.locator(".composer textarea[name=text]")).to_have_value("3 ways, just so.")
    assert not Vote.objects.exists()
    context.close()


def test_keys_typed_while_a_box_is_on_its_way_are_no_shortcuts(
    reader: Page, live_server: LiveServer, tree: Tree
) -> None:
    at(reader, live_server, tree["Four days are enough"])

    reader.evaluate(
        """() => { for (const key of ["s", "3", "u", "2"])
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })) }"""
    )

    expect(reader.locator(".composer textarea[name=text]")).to_be_focused()
    assert not Vote.objects.exists()


def test_two_boxes_share_no_id_and_each_label_has_its_own_field(reader: Page) -> None:
    reader.click("#for [data-add=supports]")
    reader.click("#against [data-add=opposes]")
    expect(reader.locator(".composer")).to_have_count(2)

    twice = reader.evaluate(
        """() => { const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
        return ids.filter((id, at) => ids.indexOf(id) !== at) }"""
    )
    assert twice == []
    reader.locator("#against .composer summary").click()
    reader.locator("#against .composer").get_by_text("Source: title").click()
    expect(reader.locator("#against .composer [name=source_title]")).to_be_focused()


def test_alike_lines_show_in_the_box_that_is_written_in(reader: Page) -> None:
    reader.click("#for [data-add=supports]")
    reader.click("#against [data-add=opposes]")

    reader.fill("#against .composer textarea[name=text]", "Parents work five days a week")

    expect(reader.locator("#against .composer__similar")).to_contain_text("Parents work five days")
    expect(reader.locator("#for .composer__similar")).to_be_empty()


def test_closing_puts_the_button_back_where_one_stands(reader: Page) -> None:
    address = reader.url
    reader.evaluate("window.here = true")
    reader.click("#against [data-add=opposes]")
    reader.fill("#against .composer textarea[name=text]", WORDS)

    reader.locator("#against [data-close]").click()

    expect(reader.locator("#against [data-add=opposes]")).to_be_focused()
    expect(reader.locator("#against .composer")).to_have_count(0)
    assert (reader.url, reader.evaluate("window.here")) == (address, True)
    reader.get_by_role("button", name="You have a draft here").click()
    expect(reader.locator("#against .composer textarea[name=text]")).to_have_value(WORDS)


def test_draft_is_told_of_at_its_place_until_it_is_posted(reader: Page) -> None:
    reader.click("#against [data-add=opposes]")
    reader.fill("#against .composer textarea[name=text]", WORDS)
    expect(reader.locator("#against [data-composer-status]")).to_contain_text("Draft kept")
    reader.reload()

    expect(reader.locator("#for [data-draft-open]")).to_have_count(0)
    reader.locator("#against [data-draft-open]").click()
    expect(reader.locator("#against .composer textarea[name=text]")).to_have_value(WORDS)
    reader.click("#against .button--primary")

    expect(reader.locator("#against .argument-card").last).to_contain_text(WORDS)
    expect(reader.locator("[data-draft-open]")).to_have_count(0)


def test_one_argument_after_the_other_stays(reader: Page) -> None:
    for words in (WORDS, "Clubs need the fifth day."):
        reader.click("#against [data-add=opposes]")
        reader.fill("#against .composer textarea[name=text]", words)
        reader.click("#against .button--primary")
        expect(reader.locator("#against .argument-card").last).to_contain_text(words)

    expect(reader.locator("#against .argument-card")).to_have_count(3)


def test_suggester_suggests_twice(
    page: Page, context: BrowserContext, live_server: LiveServer, topic: Topic, tree: Tree, charlie: User
) -> None:
    topic.visitor_role = "viewer"
    topic.save()
    make_member(topic, charlie, "suggester")
    sign_in(context, live_server, charlie)
    page.goto(f"{live_server}{topic.get_absolute_url()}")

    for number, words in enumerate((WORDS, "Clubs need the fifth day."), start=1):
        page.click("#against [data-add=opposes]")
        page.fill("#against .composer textarea[name=text]", words)
        page.click("#against .button--primary")
        expect(page.locator("#against .notice")).to_have_count(number)

    page.get_by_role("link", name="See it among your contributions").first.click()
    expect(page).to_have_url(re.compile("/my/contributions/$"))


def test_source_is_added_on_the_page_one_reads(reader: Page, live_server: LiveServer, tree: Tree) -> None:
    at(reader, live_server, tree["Rest helps learning"])
    reader.get_by_role("link", name="Add a source").click()
    reader.get_by_label("Title").fill("A study of rest")

    reader.get_by_role("button", name="Add the source").click()

    expect(reader.locator("#messages[data-said]")).to_contain_text("The source is added.")
    expect(reader.locator(".source")).to_contain_text("A study of rest")
    expect(reader.locator("#sources")).to_be_in_viewport()
    expect(reader).to_have_url(re.compile("#sources$"))
    expect(reader.locator("form.composer")).to_have_count(0)
    assert Source.objects.count() == 1


def test_vote_keeps_the_focus_on_the_answer(reader: Page, live_server: LiveServer, alice: User, tree: Tree) -> None:
    other = tree["Four days are enough"].add_argument("supports", "Fridays are lost anyway.", by=alice)
    at(reader, live_server, other)

    reader.locator("#vote-3").focus()
    reader.keyboard.press("Space")

    expect(reader.locator("#vote-3[aria-pressed=true]")).to_be_focused()


def test_comment_takes_the_focus_and_can_be_undone(reader: Page, live_server: LiveServer, tree: Tree) -> None:
    at(reader, live_server, tree["Rest helps learning"])
    reader.fill("#comment", "Whose rest?")

    reader.get_by_role("button", name="Comment", exact=True).click()

    made = reader.locator(".comment", has_text="Whose rest?")
    expect(made).to_be_focused()
    expect(reader.locator("#comment")).to_have_value("")
    expect(reader.locator("#messages")).to_contain_text("Posted.")
    reader.locator("#messages").get_by_role("button", name="Undo").click()
    expect(made).to_have_count(0)


def test_comment_of_a_guest_is_no_draft_any_more(page: Page, live_server: LiveServer, tree: Tree) -> None:
    at(page, live_server, tree["Rest helps learning"])
    page.fill("#comment", "Whose rest?")
    page.get_by_role("button", name="Comment", exact=True).click()
    page.get_by_role("button", name="Post as").click()

    expect(page.locator(".comment")).to_contain_text("Whose rest?")
    expect(page.locator("#comment")).to_have_value("")
    assert Comment.objects.count() == 1
    page.reload()
    expect(page.locator("#comment")).to_have_value("")


@pytest.mark.parametrize("what", ["wording", "claim", "comment"])
def test_lost_network_keeps_what_was_written_and_sends_it_once(
    reader: Page, context: BrowserContext, live_server: LiveServer, topic: Topic, tree: Tree, what: str,
    complaints: list[str],
) -> None:  # fmt: skip
    line = tree["Rest helps learning"]
    address, field, button = {
        "wording": (f"{line.get_absolute_url()}wording/", "[name=text]", "Save"),
        "claim": (f"/topics/{topic.slug}/claims/", "[name=text]", "Post"),
        "comment": (line.get_absolute_url(), "#comment", "Comment"),
    }[what]
    reader.goto(f"{live_server}{address}")
    reader.fill(field, WORDS)
    context.set_offline(True)

    reader.locator("main").get_by_role("button", name=re.compile(f"^{button}( Ctrl|$)")).click()

    said = reader.locator("form[data-unsent] [data-composer-status]")
    expect(said).to_contain_text("Not saved to the server yet.")
    expect(said.get_by_role("button", name="Retry")).to_be_visible()
    expect(reader.locator(field)).to_have_value(WORDS)
    context.set_offline(False)
    expect(reader.locator("#messages")).to_contain_text("Saved." if what == "wording" else "Posted.")
    expect(reader.locator("body")).not_to_contain_text("Not saved to the server yet.")
    expect(reader.locator("#messages").get_by_role("button", name="Undo")).to_be_visible()
    complaints.clear()


def test_session_that_ended_elsewhere_is_told_beside_the_words(
    reader: Page, context: BrowserContext, complaints: list[str]
) -> None:
    reader.click("#against [data-add=opposes]")
    reader.fill("#against .composer textarea[name=text]", WORDS)
    context.clear_cookies()

    reader.click("#against .button--primary")

    expect(reader.locator("#against [data-composer-status]")).to_contain_text("reload the page")
    expect(reader.locator("#against .composer textarea[name=text]")).to_have_value(WORDS)
    complaints.clear()
