"""Reading without a pointer: the keys, the branches, the help, the copying."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.browser.pages"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reading(page: Page, live_server: LiveServer) -> Page:
    page.goto(f"{live_server}/test/lines/")
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_j_and_k_walk_the_visible_lines(reading: Page) -> None:
    press(reading, "j", "j")
    expect(reading.locator("#one-a")).to_be_focused()

    press(reading, "k")
    expect(reading.locator("#one")).to_be_focused()


def test_arrows_scroll_until_a_line_has_the_focus(reading: Page) -> None:
    press(reading, "ArrowDown")
    expect(reading.locator("body")).to_be_focused()

    press(reading, "j", "ArrowDown")
    expect(reading.locator("#one-a")).to_be_focused()


def test_left_closes_then_goes_to_the_parent_and_right_comes_back(reading: Page) -> None:
    press(reading, "j", "j", "ArrowLeft")
    expect(reading.locator("#one")).to_be_focused()

    press(reading, "ArrowLeft")
    expect(reading.locator("#below-one")).to_be_hidden()

    press(reading, "ArrowRight", "ArrowRight")
    expect(reading.locator("#one-a")).to_be_focused()


def test_home_and_end_reach_the_first_and_last_line(reading: Page) -> None:
    press(reading, "j", "End")
    expect(reading.locator("#far")).to_be_focused()

    press(reading, "Home")
    expect(reading.locator("#one")).to_be_focused()


def test_enter_reads_the_line_alone(reading: Page) -> None:
    press(reading, "j", "Enter")

    reading.wait_for_url("**/test/one/")


def test_o_and_s_answer_the_line_one_comes_back_to(reading: Page) -> None:
    press(reading, "j", "o")
    reading.wait_for_url("**/test/but-one/")

    reading.go_back()
    expect(reading.locator("#one")).to_be_focused()
    press(reading, "s")
    reading.wait_for_url("**/test/one/?add=supports")


def test_s_without_a_line_answers_what_the_page_is_about(reading: Page) -> None:
    press(reading, "s")

    reading.wait_for_url("**/test/add/")


def test_line_without_a_button_is_answered_at_its_own_page(reading: Page) -> None:
    press(reading, "j", "End", "o")

    reading.wait_for_url("**/test/far/?add=opposes")


@pytest.mark.parametrize(("keys", "place"), [(["u"], "up"), (["Escape"], "up"), (["g", "m"], "map")])
def test_keys_go_places(reading: Page, keys: list[str], place: str) -> None:
    press(reading, *keys)

    reading.wait_for_url(f"**/test/{place}/")


def test_digit_votes_on_the_line(reading: Page) -> None:
    press(reading, "j", "j", "3")

    expect(reading.locator("#one-a input")).to_be_checked()


def test_branch_that_is_not_here_is_loaded_once(reading: Page) -> None:
    toggle = reading.locator("#two .outline__toggle")

    toggle.click()
    expect(reading.locator("#two-a")).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")

    asked: list[str] = []
    reading.on("request", lambda request: asked.append(request.url))
    toggle.click()
    expect(reading.locator("#two-a")).to_be_hidden()
    toggle.click()
    expect(reading.locator("#two-a")).to_be_visible()
    assert asked == []


def test_bracket_opens_everything_below(reading: Page) -> None:
    press(reading, "j", "End", "k", "]")

    expect(reading.locator("#two-a")).to_be_visible()


def test_slash_goes_to_the_search_and_typing_there_is_only_typing(reading: Page) -> None:
    press(reading, "/")
    expect(reading.locator("#site-search")).to_be_focused()

    press(reading, "j", "u")
    expect(reading.locator("#site-search")).to_have_value("ju")


def test_question_mark_shows_the_keys_and_escape_closes_them(reading: Page) -> None:
    press(reading, "?")
    expect(reading.get_by_role("dialog", name="Keyboard")).to_be_visible()

    press(reading, "Escape")
    expect(reading.get_by_role("dialog")).to_have_count(0)
    assert reading.url.endswith("/test/lines/")


def test_keys_that_are_switched_off_do_nothing(reading: Page) -> None:
    reading.context.add_cookies([{"name": "keys", "value": "off", "url": reading.url}])
    reading.reload()

    press(reading, "j", "u", "/")

    expect(reading.locator("body")).to_be_focused()
    assert reading.url.endswith("/test/lines/")


def test_copy_takes_text_and_says_so(context: BrowserContext, reading: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])

    reading.get_by_role("button", name="Copy").click()

    expect(reading.locator("#messages")).to_have_text("Copied")
    assert reading.evaluate("navigator.clipboard.readText()") == "A line. Its source."


def test_menu_closes_with_escape_and_gives_the_focus_back(reading: Page) -> None:
    reading.locator(".account > summary").click()

    press(reading, "Escape")

    expect(reading.locator(".account .menu__panel")).to_be_hidden()
    expect(reading.locator(".account > summary")).to_be_focused()
    assert reading.url.endswith("/test/lines/")


# -- The map ------------------------------------------------------------------------------------------


@pytest.fixture
def mapped(page: Page, live_server: LiveServer) -> Page:
    page.goto(f"{live_server}/test/map-drawing/")
    return page


def place(page: Page) -> tuple[int, int]:
    left, top = page.locator(".map__frame").evaluate("(frame) => [frame.scrollLeft, frame.scrollTop]")
    return round(left), round(top)


def width(page: Page) -> float:
    return float(page.locator(".map__drawing").get_attribute("width") or 0)


def test_map_fits_and_grows_again(mapped: Page) -> None:
    mapped.get_by_role("button", name="Fit").click()
    fitted = width(mapped)
    assert fitted == pytest.approx(0.6 * 4000)  # no smaller than it can be read

    mapped.get_by_role("button", name="Larger").click()
    assert width(mapped) == pytest.approx(fitted * 1.25)


def test_map_pans_when_its_ground_is_dragged(mapped: Page) -> None:
    box = mapped.locator(".map__frame").bounding_box()
    assert box
    x, y = box["x"] + 400, box["y"] + 200
    mapped.mouse.move(x, y)
    mapped.mouse.down()

    mapped.mouse.move(x - 150, y - 90, steps=3)
    mapped.mouse.up()

    assert place(mapped) == (150, 90)


def test_map_keys_zoom_the_frame_that_has_the_focus(mapped: Page) -> None:
    mapped.locator(".map__frame").focus()

    press(mapped, "-")

    assert width(mapped) == pytest.approx(3200)
