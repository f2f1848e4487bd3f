"""Every error of the API as a problem document (RFC 9457): what is wrong, with which field, and what to do."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response

from debates.models import Refused, SlowDown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 10

log = logging.getLogger("counterpoint.api")

# What each status means here: the title of its problem, and the section of the reference page that tells more.
TITLES: dict[int, StrOrPromise] = {
    400: gettext_lazy("The request cannot be read"),
    401: gettext_lazy("Say who you are"),
    403: gettext_lazy("You may not do this"),
    404: gettext_lazy("There is nothing here for you"),
    405: gettext_lazy("This address does not take this method"),
    406: gettext_lazy("There is no answer in this form"),
    409: gettext_lazy("Somebody else was first"),
    410: gettext_lazy("This is over"),
    412: gettext_lazy("It was changed meanwhile"),
    413: gettext_lazy("The body is too large"),
    415: gettext_lazy("The body must be JSON"),
    422: gettext_lazy("Something in it is not right"),
    428: gettext_lazy("Say which version you read"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("Something broke here"),
    503: gettext_lazy("The database does not answer"),
}
DETAILS: dict[int, StrOrPromise] = {
    404: gettext_lazy("Either it does not exist or you may not see it. Addresses end with a slash."),
    413: gettext_lazy("A body has at most 1,000,000 bytes. Send less at once."),
    500: gettext_lazy("It is our mistake and has been noted. Send the request again later."),
    503: gettext_lazy("Send the request again in a few seconds."),
}


@dataclass
class Problem(Exception):
    """A problem that a view raises. `errors` are (field, sentence); `more` are members of its own."""

    status: int
    detail: StrOrPromise = ""
    errors: list[tuple[str, StrOrPromise]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        return {
            "type": f"{reverse('api-reference')}#problem-{self.status}",
            "title": TITLES.get(self.status, TITLES[400]),
            "status": self.status,
            "detail": self.detail or DETAILS.get(self.status, ""),
            "errors": [{"field": name, "message": message} for name, message in self.errors],
            **self.more,
        }

    def response(self) -> Response:
        return Response(self.document(), self.status, headers=self.headers, content_type=MEDIA_TYPE)


class TooLarge(Problem):
    def __init__(self) -> None:
        super().__init__(413)


def invalid(name: str, message: StrOrPromise) -> Problem:
    """A value of the body that cannot be taken."""
    return Problem(422, message, [(name, message)])


def bad_query(name: str, message: StrOrPromise) -> Problem:
    """A parameter of the address that cannot be read."""
    return Problem(400, message, [(name, message)])


def account_needed(sentence: StrOrPromise) -> Problem:
    return Problem(403, sentence)


def answer_to(error: Exception, context: Mapping[str, Any]) -> Response:
    """The framework's exception handler: whatever a view raises, answered with a problem document."""
    problem = _known(error)
    if problem is None:
        _note(error, context)
        problem = Problem(500)
    return problem.response()


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The site's handler404, for what no view was asked about: a program gets a problem document here, too."""
    if not request.path_info.startswith("/api/"):
        return defaults.page_not_found(request, exception)
    body = json.dumps(Problem(404).document(), default=str)
    return HttpResponse(body, content_type=MEDIA_TYPE, status=404)


def _known(error: Exception) -> Problem | None:
    match error:
        case Problem():
            return error
        case Refused():
            return _refused(error)
        case Http404():
            return Problem(404)
        case PermissionDenied():
            return Problem(403, str(error) or _("You can see this, but not do that."))
        case exceptions.APIException():
            return _framework(error)
        case RequestDataTooBig():
            return TooLarge()
        case SuspiciousOperation() | UnreadablePostError():
            return Problem(400, _("The body ended too early or holds what no client of ours sends."))
        case OperationalError() | InterfaceError():
            log.error("the database does not answer", exc_info=error)
            return Problem(503, headers={"Retry-After": str(RETRY_SECONDS)})
    return None


def _refused(error: Refused) -> Problem:
    """What a verb says, as it says it on the pages."""
    headers = {"Retry-After": "60"} if isinstance(error, SlowDown) else {}
    return Problem(error.status, error.message, [(error.field, error.message)] if error.field else [], headers)


def _framework(error: exceptions.APIException) -> Problem:
    if isinstance(error, exceptions.ValidationError):
        errors = list(_flat(error.detail))
        return Problem(422, errors[0][1] if errors else "", errors)
    headers = {"WWW-Authenticate": header} if (header := getattr(error, "auth_header", "")) else {}
    return Problem(error.status_code, str(error.detail), headers=headers)


def _flat(detail: Any, path: str = "") -> list[tuple[str, StrOrPromise]]:
    """The framework's nested errors as (path to the field, sentence)."""
    if isinstance(detail, dict):
        named = ((name, value) for name, value in detail.items())
        joined = [(path if name == "non_field_errors" else f"{path}.{name}".strip("."), value) for name, value in named]
        return [each for name, value in joined for each in _flat(value, name)]
    if isinstance(detail, list):
        return [each for value in detail for each in _flat(value, path)]
    return [(path, str(detail))]


def _note(error: Exception, context: Mapping[str, Any]) -> None:
    """Say it in the log, and to whoever listens for what broke, as Django itself would."""
    log.error("the API failed", exc_info=error)
    view = context.get("view")
    got_request_exception.send(sender=type(view), request=getattr(context.get("request"), "_request", None))
