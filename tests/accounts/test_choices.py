"""What a reader chose for this device."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

YEAR = 31_536_000


@pytest.mark.parametrize(("name", "cookie", "value"), [("theme", "theme", "dark"), ("shortcuts", "keys", "off")])
def test_choice_is_kept_for_a_year_on_this_device(client: Client, db: None, name: str, cookie: str, value: str) -> None:
    answer = client.post(reverse(name), {cookie: value, "next": "/help/"})
    assert (answer.status_code, answer["Location"]) == (302, "/help/")
    kept = answer.cookies[cookie]
    assert (kept.value, kept["max-age"], kept["samesite"], kept["path"]) == (value, YEAR, "Lax", "/")
    assert kept["httponly"]


@pytest.mark.parametrize(("name", "cookie", "usual"), [("theme", "theme", "system"), ("shortcuts", "keys", "on")])
def test_usual_choice_needs_no_cookie(client: Client, db: None, name: str, cookie: str, usual: str) -> None:
    client.cookies[cookie] = "dark" if name == "theme" else "off"
    client.post(reverse(name), {cookie: usual})
    assert client.cookies[cookie].value == ""


@pytest.mark.parametrize(("name", "cookie"), [("theme", "theme"), ("shortcuts", "keys")])
@pytest.mark.parametrize("value", ["", "purple", "dark; Secure"])
def test_choice_that_is_none_is_refused(client: Client, db: None, name: str, cookie: str, value: str) -> None:
    answer = client.post(reverse(name), {cookie: value})
    assert answer.status_code == 422
    assert cookie not in answer.cookies


def test_theme_reaches_the_page(client: Client, db: None) -> None:
    client.post(reverse("theme"), {"theme": "dark"})
    assert 'data-theme="dark"' in client.get(reverse("account_login")).text


def test_keys_reach_the_page(client: Client, db: None) -> None:
    client.post(reverse("shortcuts"), {"keys": "off"})
    assert 'data-keys="off"' in client.get(reverse("account_login")).text


def test_choice_costs_no_session(client: Client, db: None) -> None:
    assert "sessionid" not in client.post(reverse("theme"), {"theme": "dark"}).cookies


def test_choice_is_secure_where_the_site_is(client: Client, db: None, settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    assert client.post(reverse("theme"), {"theme": "dark"}).cookies["theme"]["secure"]
