"""Drafts in the site's own forms: they come back whole, and go when the words are stored."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from debates.models import Comment, Source, Statement, Topic
from tests.browser.test_history import sign_in
from tests.browser.test_js_composer import drafts
from tests.factories import make_topic, make_tree, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BACK = "Your draft is back."


@pytest.fixture
def alice(transactional_db: None) -> User:
    return make_user("alice")


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


@pytest.fixture
def line(topic: Topic, alice: User) -> Statement:
    return make_tree(topic, alice, "A claim\n  + because this")["because this"]


@pytest.fixture
def signed_in(context: BrowserContext, live_server: LiveServer, alice: User) -> None:
    sign_in(context, live_server, alice)


@pytest.mark.usefixtures("signed_in")
def test_source_comes_back_whole_and_goes_once_it_is_added(
    page: Page, live_server: LiveServer, line: Statement
) -> None:
    page.goto(f"{live_server}{reverse('statement-sources', args=[line.pk])}")
    page.get_by_label("Title").fill("A study")
    page.get_by_label("Author").fill("Ann")
    page.get_by_text("What of it you mean").click()
    page.get_by_label("What it proves with").select_option("data")
    expect(page.locator("[data-composer-status]")).to_have_text("Draft kept on this device")

    page.reload()

    expect(page.locator("[data-composer-status]")).to_contain_text(BACK)
    page.get_by_role("button", name="Add the source").click()
    expect(page.locator("#messages")).to_contain_text("The source is added.")
    assert list(Source.objects.values_list("title", "author", "kind")) == [("A study", "Ann", "data")]
    assert drafts(page) == 0


@pytest.mark.usefixtures("signed_in")
def test_settings_come_back_and_go_once_they_are_saved(page: Page, live_server: LiveServer, topic: Topic) -> None:
    page.goto(f"{live_server}{reverse('topic-edit', args=[topic.slug])}")
    page.get_by_label("Title", exact=True).fill("Five days")
    page.get_by_label("Public: listed for everyone").check()
    expect(page.locator("#settings-form [data-composer-status]")).to_have_text("Draft kept on this device")

    page.reload()

    expect(page.get_by_label("Title", exact=True)).to_have_value("Five days")
    expect(page.locator("#settings-form [data-composer-status]")).to_contain_text(BACK)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#messages")).to_contain_text("Saved.")
    topic.refresh_from_db()
    assert (topic.title, topic.visibility) == ("Five days", "public")
    assert drafts(page) == 0


@pytest.mark.usefixtures("signed_in")
def test_comment_comes_back_and_goes_once_it_stands(page: Page, live_server: LiveServer, line: Statement) -> None:
    page.goto(f"{live_server}{line.get_absolute_url()}")
    page.locator("#comment").fill("For whom?")
    expect(page.locator("#comments [data-composer-status]").last).to_have_text("Draft kept on this device")

    page.reload()

    expect(page.locator("#comment")).to_have_value("For whom?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comment")).to_contain_text("For whom?")
    assert Comment.objects.count() == 1
    assert drafts(page) == 0


@pytest.mark.usefixtures("signed_in")
def test_other_words_under_an_old_key_stay_in_the_box(
    page: Page, live_server: LiveServer, line: Statement, alice: User, complaints: list[str]
) -> None:
    page.goto(f"{live_server}{line.get_absolute_url()}")
    page.click("#against [data-add=opposes]")
    key = page.locator(".composer input[name=key]").input_value()
    line.add_argument("opposes", "Sent before", by=alice, key=key)  # its answer was lost on the way
    page.locator(".composer [name=text]").fill("Other words")

    page.get_by_role("button", name="Post").click()

    expect(page.locator(".composer q")).to_have_text("Sent before")
    expect(page.locator(".composer [name=text]")).to_have_value("Other words")
    assert drafts(page) == 1
    page.get_by_role("button", name="Post").click()
    expect(page.locator(".composer")).to_have_count(0)
    expect(page.get_by_text("Other words")).to_be_visible()
    assert drafts(page) == 0
    assert sorted(line.arguments.values_list("text", flat=True)) == ["Other words", "Sent before"]
    complaints.clear()


@pytest.mark.usefixtures("signed_in")
def test_words_survive_a_topic_that_was_closed_meanwhile(
    page: Page, live_server: LiveServer, topic: Topic, line: Statement, alice: User, complaints: list[str]
) -> None:
    page.goto(f"{live_server}{line.get_absolute_url()}")
    page.click("#against [data-add=opposes]")
    page.locator(".composer [name=text]").fill("Too late")
    topic.close(by=alice)

    page.get_by_role("button", name="Post").click()

    expect(page.get_by_text("This topic is closed.").first).to_be_visible()
    expect(page.locator(".composer [name=text]")).to_have_value("Too late")
    assert drafts(page) == 1
    complaints.clear()


@pytest.mark.usefixtures("signed_in")
def test_refused_words_can_be_copied_from_the_page(
    page: Page, context: BrowserContext, live_server: LiveServer, line: Statement, complaints: list[str]
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server}{reverse('statement-wording', args=[line.pk])}")
    page.locator("[name=text]").fill("My own words")
    page.locator("#wording [name=csrfmiddlewaretoken]").evaluate("(token) => { token.value = 'x'.repeat(64); }")
    page.locator("#wording").evaluate("(form) => HTMLFormElement.prototype.submit.call(form)")

    page.get_by_role("button", name="Copy your words").first.click()

    assert page.evaluate("navigator.clipboard.readText()") == "My own words"
    complaints.clear()
