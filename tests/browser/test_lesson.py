"""What only a browser can show of a lesson: the table moves on by itself, and nobody loses their place by it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from classrooms.models import Assignment, Classroom, Feedback, FeedbackKind, Phrase, Pupil, Seat
from tests.browser.test_history import sign_in
from tests.browser.test_look import sideways, violations
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Pages ask every two seconds, and are to be up to date within three; a busy machine gets some more.
SOON = 6_000


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice)


@pytest.fixture
def pupils(classroom: Classroom) -> list[Pupil]:
    return make_pupils(classroom, *(f"Pupil {number:02}" for number in range(12)))


@pytest.fixture
def assignment(classroom: Classroom, pupils: list[Pupil], alice: User) -> Assignment:
    return make_assignment(classroom, alice, requirements={"supporting": 2, "opposing": 1})


@pytest.fixture
def seat(assignment: Assignment, pupils: list[Pupil]) -> Seat:
    return seat_of(assignment, pupils[3])


def argue(seat: Seat, text: str) -> None:
    assert seat.group.topic is not None
    seat.group.topic.claims[0].add_argument("supports", text, by=seat.pupil.user)


@pytest.fixture
def board(context: BrowserContext, page: Page, live_server: LiveServer, assignment: Assignment, alice: User) -> Page:
    """The teacher, at the progress page."""
    sign_in(context, live_server, alice)
    page.goto(f"{live_server}/assignments/{assignment.pk}/progress/")
    return page


def test_table_moves_on_by_itself_and_leaves_focus_and_scroll(board: Page, seat: Seat) -> None:
    board.set_viewport_size({"width": 1280, "height": 400})
    link = board.locator(f"#at-{seat.pk}")
    link.focus()
    board.evaluate("scrollTo(0, 260)")
    board.evaluate(f"document.getElementById('seat-{seat.pk}').dataset.mine = 'kept'")
    before = board.evaluate("scrollY")

    argue(seat, "It trains memory")

    expect(board.locator(f"#seat-{seat.pk}")).to_contain_text("1 of 2", timeout=SOON)
    expect(board.locator(".feed").first).to_contain_text("It trains memory")
    expect(link).to_be_focused()
    assert board.evaluate("scrollY") == before
    assert board.evaluate("performance.getEntriesByType('navigation').length") == 1


def test_nothing_is_sent_again_where_nothing_has_changed_and_nothing_asked_in_a_hidden_tab(board: Page) -> None:
    told: list[int] = []
    board.on("response", lambda answer: told.append(answer.status) if "/progress/" in answer.url else None)
    board.wait_for_timeout(4_500)
    assert told == [304, 304]
    board.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    board.wait_for_timeout(100)
    told.clear()
    board.wait_for_timeout(2_500)
    assert told == []

    board.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")

    board.wait_for_timeout(500)
    assert told == [304]


def test_page_says_so_when_no_answer_comes(board: Page, context: BrowserContext, complaints: list[str]) -> None:
    expect(board.locator("#stale")).to_be_hidden()
    context.set_offline(True)
    expect(board.locator("#stale")).to_be_visible(timeout=SOON)
    expect(board.locator("#messages")).to_be_empty()
    context.set_offline(False)
    expect(board.locator("#stale")).to_be_hidden(timeout=SOON)
    complaints.clear()


def test_pupil_reads_feedback_while_it_is_given_and_ticks_it_off(
    context: BrowserContext, page: Page, live_server: LiveServer, seat: Seat, alice: User
) -> None:
    sign_in(context, live_server, seat.pupil.user)
    page.goto(f"{live_server}/assignments/{seat.assignment_id}/")
    page.fill("textarea >> nth=0", "I am writing")

    note = Feedback.objects.give(seat, by=alice, kind="fix", text="Which source?")

    region = page.locator(f"#feedback-{note.pk}")
    expect(region).to_contain_text("Which source?", timeout=SOON)
    assert page.input_value("textarea >> nth=0") == "I am writing"
    with page.expect_response(f"**/feedback/{note.pk}/tick/"):
        region.get_by_role("button").click()
    expect(region).to_contain_text("Not addressed after all")
    page.wait_for_timeout(300)
    note.refresh_from_db()
    assert note.addressed is not None
    assert note.seen is not None


def test_feedback_is_given_in_place(board: Page, live_server: LiveServer, seat: Seat) -> None:
    argue(seat, "It trains memory")
    board.goto(f"{live_server}/seats/{seat.pk}/arguments/")
    region = board.locator(".in-context .feedback-on")
    region.get_by_role("link", name="Feedback").click()
    expect(region.locator("textarea")).to_be_focused()
    region.get_by_label("Question").check()
    region.locator("textarea").fill("Whose memory?")
    region.get_by_role("button", name="Send").click()

    expect(region.locator(".feedback")).to_contain_text("Whose memory?")
    expect(region.get_by_role("link", name="Feedback")).to_be_focused()
    region.get_by_role("button", name="Take back").click()
    expect(region.locator(".feedback")).to_have_count(0)
    region.get_by_role("button", name="Undo").click()
    expect(region.locator(".feedback")).to_contain_text("Whose memory?")


def test_keys_step_through_the_presentation(board: Page, live_server: LiveServer, seat: Seat) -> None:
    argue(seat, "It trains memory")
    board.goto(f"{live_server}/assignments/{seat.assignment_id}/presentation/")
    heading, asked = board.get_by_role("heading", level=1), []
    board.on("request", lambda request: asked.append(_document(request)))
    for key, text in (
        ("ArrowRight", "because practice does"),
        ("PageDown", "but sleep matters"),
        ("PageUp", "because"),
    ):
        expect(heading).not_to_contain_text(text)
        board.keyboard.press(key)
        expect(heading).to_contain_text(text)
    board.keyboard.press("Escape")
    expect(heading).to_contain_text("Homework helps")
    argue(seat, "It grows habits")
    expect(board.locator(".presentation__sides")).to_contain_text("It grows habits", timeout=SOON)
    assert sum(asked) == 4


def _document(request: Request) -> bool:
    return request.resource_type == "document"


def test_pages_of_a_lesson_stand_at_every_width_and_for_axe(
    browser: Browser, live_server: LiveServer, seat: Seat, pupils: list[Pupil], alice: User
) -> None:
    argue(seat, "W" * 300)
    assert seat.group.topic is not None
    line = seat.group.topic.statements.get(author=seat.pupil.user)
    for kind in FeedbackKind:
        Feedback.objects.give(seat, by=alice, kind=kind, text="V" * 300, statement=line)
    Phrase.objects.keep(alice, kind="fix", text="U" * 300)
    claim = seat.group.topic.claims[0].pk
    seat.assignment.poll("before")
    for number, pupil in enumerate(pupils):
        seat.assignment.take_positions(seat_of(seat.assignment, pupil), {claim: number % 5})
    seat.assignment.poll("after")
    here, work = f"/assignments/{seat.assignment_id}/", f"/seats/{seat.pk}/arguments/?on={line.pk}"
    taught = [f"{here}progress/", f"{here}presentation/?code=1", f"{here}presentation/?at=positions", work]
    for person, places in ((alice, [*taught, f"{here}position/"]), (seat.pupil.user, [here, f"{here}position/"])):
        context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
        sign_in(context, live_server, person)
        page = context.new_page()
        faults = [fault for place in places for fault in _faults(page, f"{live_server}{place}")]
        context.close()
        assert faults == []


def _faults(page: Page, address: str) -> list[str]:
    """What is wrong with the page at `address`, wide and light, narrow and dark."""
    wrong: list[str] = []
    for scheme, wide, narrow in (("light", 1280, 320), ("dark", 768, 360)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": wide, "height": 800})
        page.goto(address)
        wrong += [f"{address} {scheme}: {fault}" for fault in violations(page)]
        for width in (wide, narrow):
            page.set_viewport_size({"width": width, "height": 800})
            wrong += [f"{address} at {width}: sideways"] if sideways(page) > 0 else []
    return wrong
