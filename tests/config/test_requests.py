"""What every answer carries, and what the log keeps of every request."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from accounts.models import User
from config.context import page
from config.middleware import SecurityHeaders

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


@pytest.fixture(autouse=True)
def _static_files(settings: Any) -> None:
    settings.SERVESTATIC_USE_FINDERS = True


def fields_of(caplog: pytest.LogCaptureFixture) -> dict[str, Any]:
    (record,) = (record for record in caplog.records if record.name == "counterpoint.request")
    return dict(record.__dict__["fields"])


# -- Headers -----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/topics/", 200),
        ("/health/live", 200),
        ("/accounts/login/", 200),
        ("/admin/", 302),
        ("/nowhere/", 404),
        ("/static/vendor/htmx.min.js", 200),
    ],
)
def test_every_answer_carries_the_headers(client: Client, url: str, status: int) -> None:
    response = client.get(url)

    assert response.status_code == status
    assert {name: response.get(name) for name in HEADERS} == HEADERS
    assert response["Permissions-Policy"].startswith("camera=(), ")


@pytest.mark.django_db
def test_refused_form_carries_the_headers() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "alice"})

    assert response.status_code == 403
    assert {name: response.get(name) for name in HEADERS} == HEADERS


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/topics/four-days%00/", "/join/%00/", "/%00"])
def test_address_with_a_nul_names_nothing(client: Client, url: str) -> None:
    response = client.get(url)

    assert response.status_code == 404
    assert response["X-Frame-Options"] == "DENY"


def test_static_file_may_be_cached_and_is_offered_to_no_other_site(client: Client) -> None:
    response = client.get("/static/vendor/htmx.min.js")

    assert "public" in response["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.django_db
def test_page_of_a_person_is_not_stored(alice: User, log_in: Callable[[User], Client]) -> None:
    assert log_in(alice).get("/topics/")["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_page_of_a_stranger_may_be_stored(client: Client) -> None:
    assert "Cache-Control" not in client.get("/topics/")


def test_answer_that_signs_in_is_not_stored(settings: Settings) -> None:
    def sign_in(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        response.set_cookie(settings.SESSION_COOKIE_NAME, "new")
        return response

    assert SecurityHeaders(sign_in)(RequestFactory().get("/"))["Cache-Control"] == "no-store"


def test_cache_control_of_a_view_stands(settings: Settings) -> None:
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "mine"

    response = SecurityHeaders(lambda request: HttpResponse(headers={"Cache-Control": "private"}))(request)

    assert response["Cache-Control"] == "private"


@pytest.mark.django_db
def test_html_varies_with_the_person_and_the_kind_of_request(client: Client) -> None:
    assert {"Cookie", "HX-Request-Type"} <= set(client.get("/topics/")["Vary"].split(", "))


# -- The log -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_request_is_one_line_with_the_pattern_of_its_url(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "counterpoint.request"):
        client.get("/topics/a-secret-slug/?q=a+secret+search")

    fields = fields_of(caplog)
    assert fields.keys() == {"method", "route", "view", "status", "ms"}
    assert (fields["method"], fields["status"]) == ("GET", 404)
    assert "secret" not in str([record.__dict__ for record in caplog.records if record.name == "counterpoint.request"])


@pytest.mark.django_db
def test_request_is_logged_with_its_view(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "counterpoint.request"):
        client.get("/accounts/login/")

    fields = fields_of(caplog)
    assert (fields["route"], fields["view"]) == ("accounts/login/", "account_login")


@pytest.mark.parametrize("url", ["/health/live", "/static/vendor/htmx.min.js"])
def test_what_goes_well_by_the_thousand_is_not_logged(
    client: Client, caplog: pytest.LogCaptureFixture, url: str
) -> None:
    with caplog.at_level(logging.INFO, "counterpoint.request"):
        client.get(url)

    assert caplog.records == []


def test_request_id_of_a_stranger_is_not_taken(client: Client) -> None:
    given = "chosen-by-the-visitor"

    assert client.get("/health/live", headers={"x-request-id": given})["X-Request-ID"] != given


def test_request_id_of_the_proxy_is_kept(client: Client, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert client.get("/health/live", headers={"x-request-id": "0123-abcd"})["X-Request-ID"] == "0123-abcd"


def test_request_id_that_could_break_a_log_is_not_taken(client: Client, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert "admin" not in client.get("/health/live", headers={"x-request-id": 'x", "user": "admin'})["X-Request-ID"]


# -- The reader's choices ------------------------------------------------------------------------------


@pytest.mark.parametrize(("cookie", "theme"), [("light", "light"), ("dark", "dark"), ("neon", ""), (None, "")])
def test_theme_is_one_of_those_there_are(cookie: str | None, theme: str) -> None:
    request = RequestFactory().get("/")
    if cookie:
        request.COOKIES["theme"] = cookie

    assert page(request)["theme"] == theme


@pytest.mark.parametrize(("cookie", "keys"), [("off", False), ("on", True), (None, True)])
def test_keys_are_on_until_switched_off(cookie: str | None, keys: bool) -> None:
    request = RequestFactory().get("/")
    if cookie:
        request.COOKIES["keys"] = cookie

    assert page(request)["keys"] is keys


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/topics/%00/", "/topics/four%00days/outline/", "/join/%00/"])
def test_address_with_a_nul_is_a_page_that_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
