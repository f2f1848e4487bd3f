"""Writing a draft beside the map: it is saved by itself, takes lines in, and loses nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from debates.models import Draft
from tests.browser.test_history import sign_in
from tests.browser.test_js_composer import drafts
from tests.browser.test_look import sideways, violations
from tests.factories import make_topic, make_tree, make_user

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVED = re.compile(r"Saved \d\d:\d\d")


@pytest.fixture
def alice(transactional_db: None) -> User:
    return make_user("alice")


@pytest.fixture
def draft(alice: User) -> Draft:
    topic = make_topic(alice)
    make_tree(topic, alice, "A claim\n  + Rest helps\n  - But no")
    return Draft.objects.begin(topic, by=alice, title="My draft", text="First.\n\n## References\n\nKim.")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """As for all browser tests, except that axe may measure with inline styles, which our own policy forbids."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    context.set_default_timeout(8000)
    yield context
    context.close()


@pytest.fixture
def written(page: Page, context: BrowserContext, live_server: LiveServer, alice: User, draft: Draft) -> Page:
    """The page of the draft, as its author sees it."""
    sign_in(context, live_server, alice)
    page.goto(f"{live_server}{draft.get_absolute_url()}")
    return page


def test_lines_go_in_and_the_text_saves_itself(written: Page, draft: Draft) -> None:
    area = written.get_by_label("Your text")

    written.get_by_role("button", name="Insert “Rest helps”").click()

    expect(area).to_have_value("First.\n\nRest helps.\n\n## References\n\nKim.")
    expect(written.locator("#messages")).to_have_text("Inserted into your text.")
    area.press_sequentially(" And *so*")
    expect(written.locator("[data-words]")).to_have_text("7")
    expect(written.locator("#draft-form [data-composer-status]")).to_have_text(SAVED)
    expect(written.locator("#draft-paper-text em")).to_have_text("so")
    expect(area).to_be_focused()
    draft.refresh_from_db()
    assert (draft.version, draft.text) == (2, "First.\n\nRest helps. And *so*\n\n## References\n\nKim.")
    assert drafts(written) == 0


def test_words_that_do_not_arrive_are_kept_and_sent_later(
    written: Page, context: BrowserContext, draft: Draft, complaints: list[str]
) -> None:
    context.set_offline(True)
    written.get_by_label("Your text").fill("Written on a train.")
    told = written.locator("#draft-form [data-composer-status]")
    expect(told).to_contain_text("Not saved to the server yet.")
    assert drafts(written) == 1

    context.set_offline(False)

    expect(told).to_have_text(SAVED)
    draft.refresh_from_db()
    assert draft.text == "Written on a train."
    assert drafts(written) == 0
    complaints.clear()


def test_text_of_another_window_is_not_written_over_unasked(written: Page, draft: Draft, complaints: list[str]) -> None:
    draft.write("Elsewhere.", version=1)

    written.get_by_label("Your text").fill("Here.")

    conflict = written.locator("#draft-conflict")
    expect(conflict).to_contain_text("changed elsewhere")
    expect(written.get_by_label("Your text")).to_have_value("Here.")
    written.get_by_role("button", name="Keep mine").click()
    expect(conflict).to_have_count(0)
    draft.refresh_from_db()
    assert draft.text == "Here."
    assert "Elsewhere." in draft.versions.values_list("text", flat=True)
    complaints.clear()


def test_other_choices_show_at_once_what_they_give(written: Page, live_server: LiveServer, draft: Draft) -> None:
    written.goto(f"{live_server}{reverse('topic-drafts', args=[draft.topic.slug])}")

    written.get_by_label("A numbered list").check()

    expect(written.locator("#draft-preview li").first).to_have_text("Rest helps.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_nothing_for_axe_and_nothing_sideways(
    written: Page, live_server: LiveServer, draft: Draft, scheme: str
) -> None:
    written.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    draft.write("Second.", version=1)
    pages = [draft.get_absolute_url(), reverse("topic-drafts", args=[draft.topic.slug])]
    pages += [reverse("draft-outline", args=[draft.pk]), reverse("draft-version", args=[draft.pk, 1])]
    for address in pages:
        written.set_viewport_size({"width": 320, "height": 700})
        written.goto(f"{live_server}{address}")
        written.locator("main details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")

        assert violations(written) == []
        assert sideways(written) == 0
