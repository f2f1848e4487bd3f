"""A20: wherever a `next` is taken, it never leads to another host."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from accounts.redirects import next_url
from tests.conftest import PASSWORD

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "http://testserver@evil.example/",
    "http://evil.example\\@testserver/",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "\r\n//evil.example",
    "/\r\n/evil.example",
    "\x00//evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "ftp://testserver/",
    "http://testserver.evil.example/",
    "http://evil。example/",
    "//evil%E3%80%82example",
    "http:///evil.example",
    "",
]
HERE = ["/help/", "/topics/bts/?claim=2#here", "http://testserver/help/"]

Send = Callable[[str], str]


def send_login(url: str) -> str:
    return Client().post(reverse("account_login"), {"login": "alice", "password": PASSWORD, "next": url})["Location"]


def send_signup(url: str) -> str:
    form = {"username": "dora", "password1": "four words make one", "next": url}
    return Client().post(reverse("account_signup"), form)["Location"]


def send_guest(url: str) -> str:
    return Client().post(reverse("guest"), {"next": url})["Location"]


def send_theme(url: str) -> str:
    return Client().post(reverse("theme"), {"theme": "dark", "next": url})["Location"]


def send_shortcuts(url: str) -> str:
    return Client().post(reverse("shortcuts"), {"keys": "off", "next": url})["Location"]


def send_logout(url: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username="alice"))
    return client.post(reverse("account_logout"), {"next": url})["Location"]


def send_signed_in(url: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username="alice"))
    return client.get(reverse("account_login"), {"next": url})["Location"]


SENDS: list[Send] = [send_login, send_signup, send_guest, send_theme, send_shortcuts, send_logout, send_signed_in]


@pytest.mark.parametrize("url", ELSEWHERE)
def test_next_never_leads_elsewhere(url: str) -> None:
    request = RequestFactory().post("/", {"next": url})
    assert next_url(request) == reverse("topic-list")
    assert next_url(RequestFactory().get("/", {"next": url})) == reverse("topic-list")


@pytest.mark.parametrize("url", HERE)
def test_next_leads_to_a_page_of_ours(url: str) -> None:
    assert next_url(RequestFactory().post("/", {"next": url})) == url


@pytest.mark.parametrize("send", SENDS)
@pytest.mark.parametrize("url", ["//evil.example", "https:evil.example", "\\/evil.example", "/\r\n/evil.example"])
def test_every_view_keeps_to_this_host(alice: User, send: Send, url: str) -> None:
    location = send(url)
    assert location.startswith("/")
    assert "evil" not in location


@pytest.mark.parametrize("send", SENDS)
def test_every_view_goes_where_it_was_asked_to(alice: User, send: Send) -> None:
    assert send("/help/?a=b") == "/help/?a=b"


def test_line_break_that_is_encoded_stays_in_the_path(db: None) -> None:
    answer = Client().post(reverse("guest"), {"next": "/help/%0d%0aSet-Cookie:x"})
    assert answer["Location"] == "/help/%0d%0aSet-Cookie:x"
    assert "x" not in answer.cookies


def test_phrase_card_links_only_here(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_guest())
    page = client.post(reverse("return-phrase"), {"next": "//evil.example"}).text
    assert "evil" not in page
