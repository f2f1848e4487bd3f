"""Joining by a code: typed, as a link, twice, wrongly, too often; and the page for the board."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from classrooms import guesses
from classrooms.models import Classroom, JoinCode, Pupil, Seat
from debates.models import RateWindow
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils
from tests.factories import make_guest
from tests.markup import PARTIAL, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from tests.conftest import LogIn

pytestmark = pytest.mark.django_db

TYPE_CODE = "/classes/join/"
UNKNOWN = "KD7M4RWQ"


def code_of(classroom: Classroom) -> JoinCode:
    code = classroom.code
    assert code is not None
    return code


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice)


def join(browser: Client, code: JoinCode, **fields: str) -> Any:
    return browser.post(code.get_absolute_url(), {"name": "Ada L.", "key": "k"} | fields)


# -- the way in ------------------------------------------------------------------------------------------------------


def test_typed_code_leads_to_the_page_of_its_class(classroom: Classroom) -> None:
    code, browser = code_of(classroom), Client()

    typed = browser.post(TYPE_CODE, {"code": f" {code.shown.lower()} "})
    page = browser.get(typed["Location"])

    assert typed["Location"] == f"/c/{code.code}/"
    assert text(next(dom(page).iter("h1"))) == "Period 3"
    assert "alice" not in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_visitor_joins_as_a_guest_and_gets_six_words(classroom: Classroom, alice: User) -> None:
    browser = Client()
    make_assignment(classroom, alice)

    response = join(browser, code_of(classroom))

    pupil = Pupil.objects.get()
    words = texts(dom(response), "phrase-card__words")[0]
    assert (pupil.name, pupil.user.is_guest, pupil.user.email, pupil.has_come) == ("Ada L.", True, "", True)
    assert User.objects.by_return_phrase(words) == pupil.user
    assert Seat.objects.get(pupil=pupil).group.topic is not None
    assert browser.get(classroom.get_absolute_url()).status_code == 200


def test_form_sent_twice_makes_one_guest_and_one_pupil(classroom: Classroom) -> None:
    code = code_of(classroom)
    first, second = Client(), Client()
    first.get(code.get_absolute_url())
    second.cookies["csrftoken"] = first.cookies["csrftoken"].value

    join(first, code)
    again = join(second, code)

    assert Pupil.objects.count() == User.objects.filter(is_guest=True).count() == 1
    assert "Your six words were told before" in text(dom(again))


def test_another_browser_with_the_same_key_is_another_guest(classroom: Classroom) -> None:
    code = code_of(classroom)

    for _browser in range(2):
        join(Client(), code, key="known")
        join(Client(), code, key="")

    assert Pupil.objects.count() == 4


def test_account_joins_with_one_press_under_its_name(classroom: Classroom, bob: User, log_in: LogIn) -> None:
    browser, code = log_in(bob), code_of(classroom)

    offered = by_id(browser.get(code.get_absolute_url()), "id_name").get("value")
    response = join(browser, code, name=offered or "")

    assert (response.status_code, response["Location"]) == (303, classroom.get_absolute_url())
    assert (Pupil.objects.get().user, Pupil.objects.get().name) == (bob, "bob")


def test_guest_without_words_gets_some_and_one_with_words_keeps_them(classroom: Classroom, log_in: LogIn) -> None:
    code, new, old = code_of(classroom), make_guest(), make_guest()
    phrase = old.new_return_phrase()

    told = join(log_in(new), code)
    kept = join(log_in(old), code)

    assert len(texts(dom(told), "phrase-card__words")) == 1
    assert texts(dom(kept), "phrase-card__words") == []
    assert User.objects.by_return_phrase(phrase) == old


def test_who_is_in_already_is_led_to_the_class_also_by_an_old_code(classroom: Classroom, log_in: LogIn) -> None:
    (ada,) = make_pupils(classroom, "Ada L.")
    old = code_of(classroom)
    classroom.new_code()
    browser = log_in(ada.user)

    assert browser.get(old.get_absolute_url())["Location"] == classroom.get_absolute_url()
    assert browser.post(TYPE_CODE, {"code": old.code})["Location"] == classroom.get_absolute_url()


def test_name_is_asked_for(classroom: Classroom) -> None:
    response = join(Client(), code_of(classroom), name="  ")

    assert response.status_code == 422
    assert "so that your teacher knows" in text(by_id(response, "id_name_error"))
    assert not Pupil.objects.exists()


def test_full_class_makes_no_guest(classroom: Classroom) -> None:
    code = code_of(classroom)
    classroom.revise(version=1, seats=1)
    join(Client(), code)

    response = join(Client(), code, name="Ben K.")

    assert response.status_code == 422
    assert "full" in text(dom(response))
    assert by_id(response, "id_name").get("value") == "Ben K."
    assert (Pupil.objects.count(), User.objects.filter(is_guest=True).count()) == (1, 1)


def test_whoever_was_taken_out_comes_back_by_the_code_under_their_name(
    classroom: Classroom, alice: User, log_in: LogIn
) -> None:
    (ada,) = make_pupils(classroom, "Ada L.")
    topic = make_assignment(classroom, alice).topic
    assert topic is not None
    ada.leave()
    assert log_in(ada.user).get(topic.get_absolute_url()).status_code == 404

    join(log_in(ada.user), code_of(classroom), name="Somebody else")

    ada.refresh_from_db()
    assert (ada.left, ada.name) == (None, "Ada L.")
    assert log_in(ada.user).get(topic.get_absolute_url()).status_code == 200


# -- codes that let nobody in ----------------------------------------------------------------------------------------


def over(classroom: Classroom, how: str) -> str:
    """A code that lets nobody in, for one reason or another."""
    code = code_of(classroom)
    match how:
        case "unknown":
            return UNKNOWN
        case "expired":
            JoinCode.objects.filter(pk=code.pk).update(expires=timezone.now() - timedelta(seconds=1))
        case "reset":
            classroom.new_code()
        case "off":
            classroom.end_code()
        case "archived":
            classroom.archive(by=classroom.teachers.get(role="owner").user)
        case "used":
            late = classroom.late_code()
            classroom.join(make_guest(), code=late)
            return late.code
        case _:
            return how
    return code.code


WAYS = ["unknown", "expired", "reset", "off", "archived", "used", "KD7M", "0OIL1!", "x" * 40, "é" * 8]


def test_nothing_tells_one_code_that_does_not_work_from_another(alice: User) -> None:
    answers = set()
    for how in WAYS:
        code = over(make_classroom(alice), how)
        for browser_answer in (
            Client().get(f"/c/{code}/"), Client().post(f"/c/{code}/", {"name": "Ada"}),
            Client().post(TYPE_CODE, {"code": code}),
        ):  # fmt: skip
            page = dom(browser_answer)
            answers.add((browser_answer.status_code, text(next(page.iter("h1"))), texts(page, "lead")[0]))

    assert answers == {
        (404, "This code does not work", "Perhaps a letter is wrong, or your teacher has a new code by now.")
    }
    assert not User.objects.filter(is_guest=True, attending=None).exists()


def test_unknown_and_expired_codes_take_the_same_queries(alice: User) -> None:
    asked_for = []
    Client().get(f"/c/{UNKNOWN}/")  # the first one of a minute clears old counts away
    for how in ("unknown", "expired", "reset", "archived"):
        code = over(make_classroom(alice), how)
        with data_queries() as asked:
            Client().get(f"/c/{code}/")
        asked_for.append([query.split("WHERE")[0] for query in asked])

    assert all(each == asked_for[0] for each in asked_for)


# -- limits ----------------------------------------------------------------------------------------------------------


def test_thirty_pupils_behind_one_address_each_mistyping_once_all_join(classroom: Classroom) -> None:
    code = code_of(classroom)
    statuses = []

    for number in range(30):
        browser = Client()
        statuses.append(browser.post(TYPE_CODE, {"code": f"{code.code[:7]}?"}).status_code)
        browser.post(TYPE_CODE, {"code": code.code})
        join(browser, code, name=f"Pupil {number}")

    assert statuses == [404] * 30
    assert Pupil.objects.count() == 30


def test_wrong_codes_are_limited_for_an_address_and_right_ones_never(classroom: Classroom) -> None:
    RateWindow.objects.all().delete()
    answers = [Client().get(f"/c/{UNKNOWN}/") for _guess in range(31)]

    assert [each.status_code for each in answers] == [404] * 30 + [429]
    assert answers[-1]["Retry-After"] == "60"
    assert "the right code works all the same" in text(dom(answers[-1]))
    assert Client(REMOTE_ADDR="192.0.2.7").get(f"/c/{UNKNOWN}/").status_code == 404
    assert join(Client(), code_of(classroom)).status_code == 200
    assert not [each for each in RateWindow.objects.all() if "127.0.0.1" in each.who or "192.0.2.7" in each.who]


def test_slow_guessing_is_limited_by_the_hour_and_much_of_it_raises_an_alarm(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(guesses, "PER_HOUR", 3)
    monkeypatch.setattr(guesses, "ALARM_PER_HOUR", 6)
    caplog.set_level(logging.WARNING, logger="classrooms.guesses")

    statuses = [Client().get(f"/c/{UNKNOWN}/").status_code for _guess in range(4)]
    for number in range(4):
        Client(REMOTE_ADDR=f"192.0.2.{number}").get(f"/c/{UNKNOWN}/")

    assert statuses == [404] * 3 + [429]
    (alarm,) = [record for record in caplog.records if record.name == "classrooms.guesses"]
    assert (alarm.levelname, alarm.message) == ("WARNING", "many wrong join codes")


# -- the code for its teacher ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "left"), [("1", 1), ("14", 14), ("90", 90), ("", None)])
def test_new_code_works_as_long_as_was_chosen(
    classroom: Classroom, alice: User, log_in: LogIn, days: str, left: int | None
) -> None:
    old = code_of(classroom)

    log_in(alice).post(reverse("class-code", args=[classroom.pk]), {"do": "new", "days": days})

    assert code_of(classroom) != old
    assert code_of(classroom).days_left == left
    assert Client().get(old.get_absolute_url()).status_code == 404


def test_code_is_turned_off_and_one_late_pupil_let_in(classroom: Classroom, alice: User, log_in: LogIn) -> None:
    browser, address = log_in(alice), reverse("class-code", args=[classroom.pk])

    browser.post(address, {"do": "off"})
    page = browser.post(address, {"do": "late"}, follow=True)

    assert classroom.code is None
    late = classroom.codes.get(uses_left=1)
    assert late.shown in text(dom(page))
    assert join(Client(), late).status_code == 200
    assert join(Client(), late, name="Another").status_code == 404
    assert Pupil.objects.count() == 1


def test_turning_the_code_off_leaves_that_of_the_late_pupil(classroom: Classroom) -> None:
    late = classroom.late_code()

    classroom.end_code()

    assert join(Client(), late).status_code == 200


# -- the board -------------------------------------------------------------------------------------------------------


def test_board_shows_code_address_and_number_and_names_nobody(classroom: Classroom, alice: User, log_in: LogIn) -> None:
    make_pupils(classroom, "Ada L.")

    response = log_in(alice).get(reverse("class-board", args=[classroom.pk]))

    said = text(dom(response))
    assert code_of(classroom).shown in said
    assert "testserver/classes/join/" in said
    assert text(by_id(response, "joined")) == "1 has joined"
    assert "Ada" not in response.content.decode()


def test_board_is_asked_again_and_answers_shortly_while_nothing_changes(
    classroom: Classroom, alice: User, log_in: LogIn
) -> None:
    browser, address = log_in(alice), reverse("class-board", args=[classroom.pk])
    first = browser.get(address, headers=PARTIAL)

    with data_queries() as asked:
        same = browser.get(address, headers=PARTIAL | {"if-none-match": first["ETag"]})
    make_pupils(classroom, "Ada L.")
    changed = browser.get(address, headers=PARTIAL | {"if-none-match": first["ETag"]})

    assert is_fragment(first)
    assert (same.status_code, same.content, len(asked)) == (304, b"", 5)
    assert same["Cache-Control"] == "private, no-cache"
    assert text(by_id(changed, "joined")) == "1 has joined"
    assert by_id(changed, "joined").get("hx-trigger") == "every 2s"
