"""Writing: nothing typed is lost, and nothing is posted twice."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.browser.pages"), pytest.mark.django_db(transaction=True)]

WORDS = "Clubs can begin later too."


@pytest.fixture
def writing(page: Page, live_server: LiveServer) -> Page:
    page.goto(f"{live_server}/test/composer/")
    return page


def status(page: Page) -> str:
    return page.locator("[data-composer-status]").inner_text()


def wait_for_draft(page: Page) -> None:
    expect(page.locator("[data-composer-status]")).to_have_text("Draft kept on this device")


def drafts(page: Page) -> int:
    return int(page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft:')).length"))


def test_counter_counts_down_gently_and_then_firmly(writing: Page) -> None:
    writing.fill("#text", "x" * 150)
    expect(writing.locator("[data-counter]")).to_have_text("10 left of 160 characters")

    writing.fill("#text", "x" * 161)
    expect(writing.locator("[data-counter]")).to_have_text("Long for one idea: 139 left of 300")


def test_counter_counts_characters_not_code_units(writing: Page) -> None:
    writing.fill("#text", "🦊🦊")

    expect(writing.locator("[data-counter]")).to_have_text("158 left of 160 characters")


def test_preview_reads_what_is_typed_as_text(writing: Page) -> None:
    writing.fill("#text", "<b>But</b>  not")

    expect(writing.locator("[data-reading-new]")).to_have_text("<b>But</b> not")
    assert writing.locator("[data-reading-new] b").count() == 0


def test_draft_survives_a_closed_tab(context: BrowserContext, writing: Page) -> None:
    writing.fill("#text", WORDS)
    address = writing.url
    writing.close(run_before_unload=False)

    again = context.new_page()
    again.goto(address)

    expect(again.locator("#text")).to_have_value(WORDS)
    assert status(again).startswith("Your draft is back.")


def test_draft_can_be_discarded(writing: Page) -> None:
    writing.fill("#text", WORDS)
    wait_for_draft(writing)
    writing.reload()

    writing.get_by_role("button", name="Discard draft").click()

    expect(writing.locator("#text")).to_have_value("")
    assert drafts(writing) == 0


FILLED = {"#text": WORDS, "#note": "From the club's own page.", "#source": "A study"}


def fill_all(page: Page) -> None:
    page.locator("#more").evaluate("(more) => { more.open = true; }")
    for field, words in FILLED.items():
        page.fill(field, words)
    page.select_option("#kind", "b")
    page.check("#no")
    page.check("#votes")


def test_draft_keeps_every_field_that_one_fills_in(writing: Page) -> None:
    fill_all(writing)
    wait_for_draft(writing)

    writing.reload()

    for field, words in FILLED.items():
        expect(writing.locator(field)).to_have_value(words)
    expect(writing.locator("#kind")).to_have_value("b")
    expect(writing.locator("#no")).to_be_checked()
    expect(writing.locator("#votes")).to_be_checked()
    expect(writing.locator("#note")).to_be_visible()
    assert status(writing).startswith("Your draft is back.")


def test_draft_of_another_field_than_the_text_is_a_draft(writing: Page) -> None:
    writing.locator("#more").evaluate("(more) => { more.open = true; }")
    writing.fill("#source", "A study")
    wait_for_draft(writing)

    writing.reload()

    expect(writing.locator("#source")).to_have_value("A study")


def test_draft_never_holds_the_key_or_the_token(writing: Page) -> None:
    fill_all(writing)
    wait_for_draft(writing)

    kept = writing.evaluate("Object.keys(JSON.parse(localStorage.getItem('draft::test')).now)")

    assert sorted(kept) == ["kind", "note", "open=no", "open=yes", "source_title", "text", "votes"]


def test_discarding_a_draft_empties_every_field(writing: Page) -> None:
    fill_all(writing)
    wait_for_draft(writing)
    writing.reload()

    writing.get_by_role("button", name="Discard draft").click()

    for field in FILLED:
        expect(writing.locator(field)).to_have_value("")
    expect(writing.locator("#kind")).to_have_value("a")
    expect(writing.locator("#no")).not_to_be_checked()
    expect(writing.locator("#votes")).not_to_be_checked()
    assert drafts(writing) == 0


def test_draft_stays_until_the_server_says_that_these_words_are_stored(writing: Page) -> None:
    writing.fill("#text", "another")
    wait_for_draft(writing)

    writing.keyboard.press("Control+Enter")

    expect(writing.locator("#posted")).to_be_visible()
    assert drafts(writing) == 1


def test_posted_words_leave_no_draft_and_focus_what_arrived(writing: Page) -> None:
    writing.fill("#text", WORDS)
    wait_for_draft(writing)

    writing.keyboard.press("Control+Enter")

    expect(writing.locator("#posted")).to_have_text("Taken with k-1")
    expect(writing.locator("#posted")).to_be_focused()
    assert drafts(writing) == 0


def test_refused_words_stay_in_the_form_and_in_the_draft(writing: Page, complaints: list[str]) -> None:
    writing.fill("#text", "refused")

    writing.get_by_role("button", name="Post").click()

    expect(writing.locator("[data-counter]")).to_have_text("153 left of 160 characters")
    expect(writing.locator("#text")).to_have_value("refused")
    assert drafts(writing) == 1
    complaints.clear()


def test_broken_server_keeps_the_words_and_offers_to_retry(writing: Page, complaints: list[str]) -> None:
    writing.fill("#text", "broken")

    writing.get_by_role("button", name="Post").click()

    expect(writing.locator("[data-composer-status]")).to_contain_text("Not saved to the server yet.")
    assert drafts(writing) == 1
    writing.fill("#text", WORDS)
    writing.get_by_role("button", name="Retry").click()
    expect(writing.locator("#posted")).to_have_text("Taken with k-1")
    complaints.clear()


def test_lost_network_sends_the_words_when_it_is_back(
    context: BrowserContext, writing: Page, complaints: list[str]
) -> None:
    writing.fill("#text", WORDS)
    context.set_offline(True)

    writing.get_by_role("button", name="Post").click()

    expect(writing.locator("[data-composer-status]")).to_contain_text("Your words are kept here.")
    context.set_offline(False)
    expect(writing.locator("#posted")).to_have_text("Taken with k-1")
    complaints.clear()


def test_second_press_while_sending_is_swallowed(writing: Page) -> None:
    sent: list[str] = []
    writing.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    writing.fill("#text", WORDS)

    writing.evaluate("const form = document.getElementById('composer'); form.requestSubmit(); form.requestSubmit()")

    expect(writing.locator("#posted")).to_be_visible()
    assert len(sent) == 1


def test_slow_down_is_said_and_the_form_stays(writing: Page, complaints: list[str]) -> None:
    writing.fill("#text", "slow down")

    writing.get_by_role("button", name="Post").click()

    expect(writing.locator("#messages")).to_have_text("One thing after the other.")
    expect(writing.locator("#text")).to_have_value("slow down")
    complaints.clear()


def test_draft_of_one_person_is_not_shown_to_the_next(writing: Page) -> None:
    writing.evaluate(
        "localStorage.setItem('draft:7:test', JSON.stringify({text: 'Not yours', base: '', at: Date.now()}))"
    )

    writing.reload()

    expect(writing.locator("#text")).to_have_value("")


def test_draft_older_than_a_month_is_gone(writing: Page) -> None:
    writing.evaluate("localStorage.setItem('draft::test', JSON.stringify({text: 'Old', base: '', at: 1}))")

    writing.reload()

    expect(writing.locator("#text")).to_have_value("")
    assert drafts(writing) == 0
