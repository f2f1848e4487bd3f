"""Lines out of an essay in a real browser: words chosen by mouse and keys, and what a script swaps afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from debates.models import Essay, Passage, Statement, Topic
from tests.browser.test_history import sign_in
from tests.browser.test_look import sideways, violations
from tests.factories import make_topic, make_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST, SECOND = "Rest helps people learn.", "Nobody denies it."
TEXT = f"{FIRST} {SECOND}\n\n## Work\n\nParents work five days, and many of them would rather not."
SIGNS = "Ex\u0301os 👩‍👩‍👧 ok. שלום עולם, 👍🏽 fin."
# Choose from a unit of a paragraph's text to another, as a pointer would, in UTF-16 units over its text nodes.
CHOOSE = """([from, to, first = 0, last = first]) => {
  const point = (paragraph, units) => {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (units <= walker.currentNode.length) return [walker.currentNode, units];
      units -= walker.currentNode.length;
    }
  };
  const paragraphs = document.querySelectorAll(".essay__text");
  const [start, end] = [point(paragraphs[first], from), point(paragraphs[last], to)];
  getSelection().setBaseAndExtent(...start, ...end);
}"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """As for all browser tests, except that axe may measure with inline styles, which our own policy forbids."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, bypass_csp=True, reduced_motion="reduce"
    )  # fmt: skip
    context.set_default_timeout(8000)
    yield context
    context.close()


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice, visibility="public")


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(topic, alice, "Four days are enough\n  + Rest helps learning\n  - Parents work five days")


@pytest.fixture
def essay(topic: Topic, tree: dict[str, Statement], alice: User) -> Essay:
    essay = topic.add_essay(by=alice, title="A week", text=TEXT)
    tree["Parents work five days"].quote(essay, TEXT.index("Parents"), TEXT.index(", and"), by=alice)
    return essay


@pytest.fixture
def reading(page: Page, context: BrowserContext, live_server: LiveServer, essay: Essay, alice: User) -> Page:
    sign_in(context, live_server, alice)
    page.goto(f"{live_server}{essay.get_absolute_url()}")
    expect(page.locator("#essay-words")).to_have_attribute("tabindex", "0")
    return page


def requests_of(page: Page) -> list[str]:
    """What is asked of the server from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url.split('/', 3)[3]}"))
    return asked


def test_words_chosen_by_mouse_become_a_claim_in_one_request(reading: Page, essay: Essay) -> None:
    asked = requests_of(reading)
    box = reading.locator(".unused").nth(1).bounding_box()
    assert box is not None
    reading.mouse.move(box["x"] + 2, box["y"] + 10)
    reading.mouse.down()
    reading.mouse.move(box["x"] + box["width"] - 2, box["y"] + 10, steps=4)
    reading.mouse.up()

    reading.get_by_role("button", name="Claim", exact=True).click()
    expect(reading.locator("[data-words]")).to_have_text(SECOND)
    reading.keyboard.type("Rest is accepted by all")
    reading.keyboard.press("Control+Enter")

    note = reading.locator(".margin-notes__new")
    expect(note).to_be_focused()
    expect(note).to_contain_text("Claim 2 Rest is accepted by all")
    expect(reading.locator("#messages")).to_have_text("Posted.")
    expect(reading.locator("#make")).to_have_count(0)
    assert [each for each in asked if "hints" not in each] == [f"POST essays/{essay.pk}/passages/"]
    assert Passage.objects.get(statement__text="Rest is accepted by all").quote == SECOND
    # The passage that was there first is the second now, in a paragraph that was not swapped.
    assert reading.locator(".passage__number").all_inner_texts() == ["1", "2"]
    assert reading.locator(".margin-notes__number").all_inner_texts() == ["1", "2"]
    assert reading.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft:'))") == []


def test_keys_alone_lead_from_a_sentence_to_an_argument(reading: Page, tree: dict[str, Statement]) -> None:
    reading.locator("#essay-words").focus()
    reading.keyboard.press("n")
    expect(reading.locator("#essay-chosen")).to_have_text(f"Chosen: {FIRST}")
    reading.keyboard.press("n")
    reading.keyboard.press("p")
    reading.keyboard.press("Shift+N")
    expect(reading.locator("#essay-chosen")).to_have_text(f"Chosen: {FIRST} {SECOND}")

    reading.keyboard.press("o")
    line = reading.get_by_role("radio", name="But Parents work five days")
    expect(line).to_be_focused()
    reading.keyboard.press("Space")
    expect(reading.locator("[data-reading-parent]")).to_have_text("Parents work five days")
    reading.locator("#text-make").focus()
    reading.keyboard.type("A rest would do them good")
    reading.keyboard.press("Control+Enter")

    expect(reading.locator(".margin-notes__new")).to_be_focused()
    made = Statement.objects.get(text="A rest would do them good")
    assert (made.parent, made.stance) == (tree["Parents work five days"], "opposes")
    assert made.passages.get().quote == f"{FIRST} {SECOND}"


def test_keys_are_let_go_step_by_step(reading: Page) -> None:
    reading.locator("#essay-words").focus()
    reading.keyboard.press("n")
    reading.keyboard.press("c")
    reading.keyboard.type("n and p are letters here")
    expect(reading.locator("#text-make")).to_have_value("n and p are letters here")

    reading.keyboard.press("Escape")
    expect(reading.locator("#make")).to_have_count(0)
    expect(reading.locator("#essay-words")).to_be_focused()
    reading.keyboard.press("p")
    reading.keyboard.press("c")

    # The same words: what was typed waits there.
    expect(reading.locator("#text-make")).to_have_value("n and p are letters here")


# In UTF-16 units of the paragraph: from, to, and the words that are chosen, no sign cut apart.
BORDERS = [
    (SIGNS.index("👩"), SIGNS.index("👩") + 3, "👩‍👩‍👧"),
    (1, 3, "Ex\u0301os"),
    (0, 8, "Ex\u0301os 👩‍👩‍👧"),
    (len("Ex\u0301os 👩‍👩‍👧 ok. ".encode("utf-16-le")) // 2 + 1, 99, "שלום עולם, 👍🏽 fin."),
    (len("Ex\u0301os 👩‍👩‍👧 ok. שלום עולם, ".encode("utf-16-le")) // 2 + 1, 99, "👍🏽 fin."),
]


def test_borders_count_code_points_and_cut_no_sign(
    page: Page, context: BrowserContext, live_server: LiveServer, topic: Topic, alice: User
) -> None:
    essay = topic.add_essay(by=alice, title="Signs", text=f"Before 😀.\n\n{SIGNS}")
    line = topic.add_claim("A line", by=alice)
    line.quote(essay, essay.text.index("ok"), essay.text.index("עולם") + 2, by=alice)  # pieces, and a number between
    sign_in(context, live_server, alice)
    page.goto(f"{live_server}{essay.get_absolute_url()}")
    expect(page.locator("#essay-words")).to_have_attribute("tabindex", "0")

    for start, end, words in BORDERS:
        units = len(SIGNS.encode("utf-16-le")) // 2 + 1  # with the number of the note, which is no part of the text
        page.evaluate(CHOOSE, [start, min(end, units), 1, 1])
        page.get_by_role("button", name="Claim", exact=True).click()
        expect(page.locator("[data-words]")).to_have_text(words)
        place = [int(page.locator(f"#make [name={name}]").input_value()) for name in ("start", "end")]
        assert essay.text[slice(*place)] == words
        page.keyboard.press("Escape")


def test_words_of_two_paragraphs_are_one_passage_and_headings_begin_none(reading: Page) -> None:
    reading.evaluate(CHOOSE, [len(FIRST) + 1, len("Parents work"), 0, 1])
    reading.get_by_role("button", name="Claim", exact=True).click()
    reading.keyboard.type("Both parts belong together")
    reading.keyboard.press("Control+Enter")

    expect(reading.locator(".margin-notes__new")).to_be_focused()
    made = Passage.objects.get(statement__text="Both parts belong together")
    assert made.quote == f"{SECOND}\n\n## Work\n\nParents work"
    reading.evaluate("getSelection().selectAllChildren(document.querySelector('.essay__part h3'))")
    expect(reading.locator(".selection__actions")).to_have_count(0)


def test_passage_and_note_show_each_other(reading: Page) -> None:
    mark, note = reading.locator("mark.passage"), reading.locator(".margin-notes > li")

    mark.hover()
    expect(note).to_have_class("margin-notes__here")
    reading.locator("h1").hover()
    expect(note).not_to_have_class("margin-notes__here")
    reading.locator(".margin-notes__number").focus()
    expect(mark).to_have_class("passage passage--here")
    described = reading.locator(".margin-notes__number").get_attribute("aria-describedby")
    assert described == mark.get_attribute("id")


def test_line_is_chosen_in_the_map_beside_the_text(reading: Page, tree: dict[str, Statement]) -> None:
    reading.get_by_role("navigation", name="Beside the text").get_by_role("link", name="Map").click()
    panel = reading.get_by_role("complementary", name="The lines of the map")
    expect(panel.get_by_role("button")).to_have_count(0)
    reading.locator("#essay-words").focus()
    reading.keyboard.press("n")
    reading.keyboard.press("c")
    reading.keyboard.type("Sleep is rest as well")

    panel.get_by_role("button", name="Choose Rest helps learning").click()
    expect(reading.locator("[data-reading-parent]")).to_have_text("Rest helps learning")
    expect(reading.locator("#text-make")).to_have_value("Sleep is rest as well")
    reading.locator("#make .button--primary").click()

    expect(panel.locator(".margin-notes__new")).to_be_focused()
    made = Statement.objects.get(text="Sleep is rest as well")
    assert (made.parent, made.stance) == (tree["Rest helps learning"], "supports")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone_shows_the_words_above_the_box(reading: Page, scheme: Any) -> None:
    reading.emulate_media(color_scheme=scheme)
    reading.set_viewport_size({"width": 360, "height": 700})
    reading.reload()
    reading.locator("#essay-words").focus()
    for _sentence in range(3):
        reading.keyboard.press("n")
    assert sideways(reading) == 0
    reading.keyboard.press("s")
    expect(reading.get_by_role("radio", name="But Parents work five days")).to_be_focused()

    words, sheet = reading.locator(".essay__text").nth(1).bounding_box(), reading.locator("#making").bounding_box()
    assert words is not None
    assert sheet is not None
    assert words["y"] >= 0
    assert words["y"] + words["height"] <= sheet["y"]
    assert sheet["y"] + sheet["height"] <= 701
    assert (violations(reading), sideways(reading)) == ([], 0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["&show=lines&sentence=1", "&show=unused"])
def test_axe_finds_nothing_beside_the_text(reading: Page, scheme: Any, query: str) -> None:
    reading.emulate_media(color_scheme=scheme)
    reading.goto(reading.url + query)

    assert violations(reading) == []
