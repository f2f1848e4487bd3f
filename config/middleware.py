"""What happens to every request and every answer, whatever the view."""

import logging
import re
import sys
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import ResolverMatch
from django.utils.cache import patch_vary_headers
from django.views.defaults import server_error

from config.logs import request_id

type Answer = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger("counterpoint.request")

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)
PROXY_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestLog:
    """One line a request: the pattern of its URL, never the path, which may hold the token of a share link."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(self.id_of(request))
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            self.write(request, response.status_code, time.perf_counter() - started)
        finally:
            request_id.reset(token)
        return response

    def id_of(self, request: HttpRequest) -> str:
        """The proxy's id where a proxy is trusted, so that its log and ours can be joined; else our own."""
        given = request.headers.get("X-Request-ID", "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
        return given if PROXY_REQUEST_ID.fullmatch(given) else uuid.uuid4().hex

    def write(self, request: HttpRequest, status: int, seconds: float) -> None:
        match = request.resolver_match
        fields = {
            "method": request.method,
            "route": match.route if match else None,
            "view": match.view_name if match else None,
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
        log.log(logging.DEBUG if routine(match, status) else logging.INFO, "request", extra={"fields": fields})


def routine(match: ResolverMatch | None, status: int) -> bool:
    """Static files and health checks that went well: too many to be worth a line each."""
    return status < 400 and (match is None or match.view_name.startswith("health-"))


class PlainAddress:
    """An address with a NUL in it names nothing; PostgreSQL cannot even be asked for such a text."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)


class NotAllowedPage:
    """An address that takes only what a form sends, opened in a browser: a page instead of a blank one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content or "text/html" not in request.headers.get("Accept", ""):
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page


RETRY_SECONDS = "10"


def database_away(exception: BaseException | None) -> HttpResponse | None:
    """While the database does not answer, or keeps a writer waiting too long: 503, and when to come again."""
    if not isinstance(exception, OperationalError | InterfaceError):
        return None
    log.error("the database does not answer", exc_info=exception)
    page = render_to_string("503.html")  # without the request: its context would ask the database again
    return HttpResponse(page, status=503, headers={"Retry-After": RETRY_SECONDS})


class DatabaseAway:
    """What a view meets. See also `broken`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return database_away(exception)


def broken(request: HttpRequest) -> HttpResponse:
    """The site's handler500: also what is met around the views, as where a session is saved or a 404 is drawn."""
    return database_away(sys.exc_info()[1]) or server_error(request)


class SecurityHeaders:
    """The headers that Django has no setting for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        if has_session(request, response):
            response.setdefault("Cache-Control", "no-store")
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie", "HX-Request-Type"))
        return response


def has_session(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer may be someone's own. The cookie tells, without a query."""
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies
