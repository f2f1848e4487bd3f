"""The page where tokens for programs are made, shown once, listed and revoked."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import personal_data
from accounts.forms import TokenForm
from accounts.models import ApiToken, User
from tests.conftest import PASSWORD
from tests.markup import by_id, dom, text

if TYPE_CHECKING:
    from tests.conftest import LogIn

PAGE = "/accounts/tokens/"
GOOD = {"name": "Notebook", "scopes": ["read", "export"], "days": "30", "password": PASSWORD}


def secret_on(page: Any) -> str:
    return next(word for word in text(by_id(page, "token")).split() if word.startswith("cp_"))


def test_token_is_shown_once_and_works(log_in: LogIn, alice: User) -> None:
    browser = log_in(alice)

    page = browser.post(PAGE, GOOD)
    secret = secret_on(page)
    again = browser.get(PAGE)

    token = ApiToken.objects.get()
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert len(secret) == 46
    assert secret not in again.text
    assert f"Notebook …{secret[-4:]}" in text(dom(again))
    assert (token.user, token.scopes) == (alice, ["read", "export"])
    assert timedelta(days=29) < token.expires - timezone.now() < timedelta(days=31)  # type: ignore[operator]
    assert ApiToken.of(secret) == token


def test_table_keeps_a_digest_and_four_characters(log_in: LogIn, alice: User) -> None:
    secret = secret_on(log_in(alice).post(PAGE, GOOD))

    kept = " ".join(map(str, ApiToken.objects.values_list().get()))
    assert secret not in kept
    assert hashlib.sha256(secret.encode()).hexdigest() in kept


def test_two_tokens_are_never_alike(alice: User) -> None:
    secrets = {ApiToken.issue(alice, "x", scopes={"read"})[1] for _each in range(50)}

    assert len(secrets) == 50


@pytest.mark.parametrize(
    "wrong",
    [{"password": "wrong"}, {"password": ""}, {"name": ""}, {"name": "x" * 61}, {"scopes": []}, {"scopes": ["admin"]},
     {"days": "7000"}],
)  # fmt: skip
def test_form_that_cannot_be_taken_makes_no_token(log_in: LogIn, alice: User, wrong: dict[str, Any]) -> None:
    page = log_in(alice).post(PAGE, GOOD | wrong)

    assert page.status_code == 422
    assert "error" in page.text
    assert not ApiToken.objects.exists()


def test_token_without_an_end_has_none(log_in: LogIn, alice: User) -> None:
    log_in(alice).post(PAGE, GOOD | {"days": ""})

    assert ApiToken.objects.get().expires is None


def test_nobody_has_more_than_fifty(log_in: LogIn, alice: User) -> None:
    for number in range(TokenForm.MOST):
        ApiToken.issue(alice, str(number), scopes={"read"})

    page = log_in(alice).post(PAGE, GOOD)

    assert page.status_code == 422
    assert "Revoke one first" in page.text
    assert alice.api_tokens.count() == TokenForm.MOST


def test_guest_is_led_to_an_account(log_in: LogIn, db: None) -> None:
    browser = log_in(User.objects.create_guest())

    assert browser.get(PAGE)["Location"] == reverse("upgrade")
    assert browser.post(PAGE, GOOD)["Location"] == reverse("upgrade")
    assert not ApiToken.objects.exists()


def test_visitor_is_led_to_sign_in(client: Client, db: None) -> None:
    assert client.get(PAGE)["Location"].startswith(reverse("account_login"))
    assert client.post(PAGE, GOOD)["Location"].startswith(reverse("account_login"))


def test_revoked_token_works_no_more(log_in: LogIn, alice: User) -> None:
    token, secret = ApiToken.issue(alice, "Notebook", scopes={"read"})

    answer = log_in(alice).post(reverse("token-revocation", args=[token.pk]), follow=True)

    assert "The token “Notebook” works no more." in answer.text
    assert ApiToken.of(secret) is None


def test_token_of_another_cannot_be_revoked(log_in: LogIn, alice: User, bob: User) -> None:
    token, secret = ApiToken.issue(alice, "Notebook", scopes={"read"})
    url = reverse("token-revocation", args=[token.pk])

    assert log_in(bob).post(url).status_code == 404
    assert log_in(alice).get(url).status_code == 405
    assert ApiToken.of(secret) == token


def test_list_is_only_ever_mine_and_says_the_last_use(log_in: LogIn, alice: User, bob: User) -> None:
    ApiToken.issue(bob, "Of bob", scopes={"read"})
    token, _secret = ApiToken.issue(alice, "<i>Of alice</i>", scopes={"read", "write"})
    before = text(dom(log_in(alice).get(PAGE)))

    token.note_use()
    after = text(dom(log_in(alice).get(PAGE)))

    assert "Of bob" not in before
    assert "<i>Of alice</i>" in before
    assert "Never used." in before
    assert "read, write." in after
    assert "Last used" in after


def test_my_data_tell_names_and_dates_and_no_secret(log_in: LogIn, alice: User) -> None:
    token, secret = ApiToken.issue(alice, "Notebook", scopes={"read"})

    answer = log_in(alice).get(reverse("data-download"))

    (row,) = answer.json()["account"]["tokens"]["rows"]
    assert row["name"] == "Notebook"
    assert row.keys() == {"name", "scopes", "created", "expires", "last_used"}
    assert secret not in answer.text
    assert token.digest not in answer.text


def test_tokens_go_with_their_person(alice: User) -> None:
    _token, secret = ApiToken.issue(alice, "Notebook", scopes={"read"})

    personal_data.erase(alice)

    assert ApiToken.of(secret) is None
    assert not ApiToken.objects.exists()


def test_account_page_leads_to_the_tokens(log_in: LogIn, alice: User, db: None) -> None:
    assert f'href="{PAGE}"' in log_in(alice).get("/accounts/").text
    assert f'href="{PAGE}"' not in log_in(User.objects.create_guest()).get("/accounts/").text
