"""Six words: told once, and enough on any device."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.models import User
from accounts.phrases import make_phrase
from tests.conftest import PASSWORD

LogIn = Callable[[User], Client]


def words_on(page: str) -> str:
    return " ".join(re.findall(r"<li>([a-z]+)</li>", page))


def come_back(client: Client, phrase: str) -> int:
    return client.post(reverse("phrase-login"), {"phrase": phrase}).status_code


def test_words_are_made_on_request_and_shown_once(log_in: LogIn, db: None) -> None:
    client = log_in(User.objects.create_guest())
    assert "You have no return phrase yet" in client.get(reverse("return-phrase")).text
    page = client.post(reverse("return-phrase"))
    phrase = words_on(page.text)
    assert len(phrase.split()) == 6
    assert "no-store" in page["Cache-Control"]
    after = client.get(reverse("return-phrase")).text
    assert "You have a return phrase" in after
    assert words_on(after) == ""


def test_get_makes_no_words(log_in: LogIn, db: None) -> None:
    client = log_in(User.objects.create_guest())
    client.get(reverse("return-phrase"))
    assert User.objects.get().phrase_hash is None


def test_words_of_an_account_need_its_password(log_in: LogIn, alice: User) -> None:
    client = log_in(alice)
    refused = client.post(reverse("return-phrase"), {"password": "wrong"})
    assert refused.status_code == 422
    assert "not your password" in refused.text
    assert words_on(refused.text) == ""
    assert client.post(reverse("return-phrase")).status_code == 422
    alice.refresh_from_db()
    assert alice.phrase_hash is None
    assert len(words_on(client.post(reverse("return-phrase"), {"password": PASSWORD}).text).split()) == 6


def test_words_ask_the_anonymous_to_sign_in(client: Client, db: None) -> None:
    for answer in (client.get(reverse("return-phrase")), client.post(reverse("return-phrase"))):
        assert answer["Location"] == f"{reverse('account_login')}?next={reverse('return-phrase')}"


def test_words_bring_a_guest_back_on_another_device(log_in: LogIn, db: None) -> None:
    guest = User.objects.create_guest()
    phrase = words_on(log_in(guest).post(reverse("return-phrase")).text)
    other = Client()
    answer = other.post(reverse("phrase-login"), {"phrase": phrase.upper().replace(" ", " - "), "next": "/help/"})
    assert (answer.status_code, answer["Location"]) == (302, "/help/")
    assert other.session["_auth_user_id"] == str(guest.pk)


def test_words_of_nobody_are_refused_and_kept_in_the_field(client: Client, db: None) -> None:
    phrase = make_phrase()
    page = client.post(reverse("phrase-login"), {"phrase": phrase})
    assert page.status_code == 422
    assert "Nobody has these six words" in page.text
    assert f'value="{phrase}"' in page.text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "This cannot stay empty"),
        ("zoo zoo", "has 6 words"),
        ("zoo zoo zoo zoo zoo qwerty", "“qwerty” is not one of our words"),
        ("zoo " * 60, "At most 200"),
        ('"><svg onload=x> zoo zoo zoo', "“svg” is not one of our words"),
    ],
)
def test_slip_is_named_at_the_field(client: Client, db: None, typed: str, says: str) -> None:
    page = client.post(reverse("phrase-login"), {"phrase": typed})
    assert page.status_code == 422
    assert says in page.text[page.text.index('id="id_phrase_error"') :]
    assert "<svg onload" not in page.text


def test_wrong_words_are_limited_and_right_ones_never(client: Client, db: None, settings: Settings) -> None:
    assert settings.ACCOUNT_RATE_LIMITS["phrase_failed"] == "30/m/ip,300/h/ip"
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"phrase_failed": "3/m/ip"}
    phrases = [User.objects.create_guest().new_return_phrase() for _ in range(5)]
    assert [come_back(Client(), make_phrase()) for _ in range(4)] == [422, 422, 422, 429]
    assert [come_back(Client(), phrase) for phrase in phrases] == [302] * 5
    assert come_back(Client(), make_phrase()) == 429


def test_slips_are_no_guesses(db: None, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"phrase_failed": "1/m/ip"}
    assert [come_back(Client(), "zoo zoo zoo zoo zoo qwerty") for _ in range(3)] == [422] * 3
    assert come_back(Client(), make_phrase()) == 422


def test_words_of_a_closed_account_answer_as_those_of_nobody(client: Client, alice: User) -> None:
    phrase = alice.new_return_phrase()
    User.objects.update(is_active=False)
    page = client.post(reverse("phrase-login"), {"phrase": phrase})
    assert page.status_code == 422
    assert "Nobody has these six words" in page.text


def test_words_page_sends_those_with_an_account_on(log_in: LogIn, alice: User) -> None:
    assert log_in(alice).get(reverse("phrase-login"), {"next": "/help/"})["Location"] == "/help/"


def test_words_turn_one_guest_into_another(log_in: LogIn, db: None) -> None:
    first, second = User.objects.create_guest(), User.objects.create_guest()
    phrase = first.new_return_phrase()
    client = log_in(second)
    assert come_back(client, phrase) == 302
    assert client.session["_auth_user_id"] == str(first.pk)
