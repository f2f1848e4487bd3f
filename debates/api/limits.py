"""How many requests a minute: counted for each token, person or address, and told in the headers of every answer.

The fields follow draft-ietf-httpapi-ratelimit-headers: `RateLimit-Policy` says the rule, `RateLimit` what is left.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import ApiToken
from debates.api.problems import Problem
from debates.models import RateWindow

if TYPE_CHECKING:
    from rest_framework.request import Request

MINUTE = 60
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Who has not been here for so many minutes is forgotten.
FORGOTTEN_AFTER = 60


@dataclass(frozen=True)
class Window:
    """The running minute of somebody."""

    name: str
    limit: int
    used: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        left = max(0, self.limit - self.used)
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.limit};w={MINUTE}',
            "RateLimit": f'"{self.name}";r={left};t={self.reset}',
        }


def count(request: Request) -> Window:
    """Count this request. Raises a problem when it is one too many."""
    name, limit = _rule(request)
    return _window(_who(request), name, limit)


def count_stranger(request: Request) -> Window:
    """The same for a request whose token is none: it is counted for its address, as a visitor's."""
    return _window(_address(request), "visitors", settings.API_ANONYMOUS_PER_MINUTE)


def _window(who: str, name: str, limit: int) -> Window:
    now = int(time.time())
    used = _count(f"{who}:{name}", now // MINUTE)
    if used == 1 and name == "writes":
        RateWindow.forget(before=now // MINUTE - FORGOTTEN_AFTER)
    window = Window(name, limit, used, MINUTE - now % MINUTE)
    if used > limit:
        sentence = _("At most %(limit)d requests a minute. Wait %(seconds)d seconds, then go on.")
        detail = sentence % {"limit": limit, "seconds": window.reset}
        raise Problem(429, detail, headers={**window.headers, "Retry-After": str(window.reset)})
    return window


def _rule(request: Request) -> tuple[str, int]:
    if not request.user.is_authenticated:
        return "visitors", settings.API_ANONYMOUS_PER_MINUTE
    if request.method in SAFE:
        return "reads", settings.API_READS_PER_MINUTE
    return "writes", settings.API_WRITES_PER_MINUTE


def _who(request: Request) -> str:
    if isinstance(request.auth, ApiToken):
        return f"token-{request.auth.pk}"
    if request.user.is_authenticated:
        return f"user-{request.user.pk}"
    return _address(request)


def _address(request: Request) -> str:
    try:
        address = str(get_adapter().get_client_ip(request._request))
    except PermissionDenied:  # a server that does not say where requests come from
        address = ""
    # Keyed: the table does not tell which addresses were here.
    return salted_hmac("debates.api.limits", address, algorithm="sha256").hexdigest()[:32]


def _count(who: str, minute: int) -> int:
    if not settings.REDIS_URL:
        return RateWindow.count(who, minute)
    key = f"api:{who}:{minute}"
    cache.add(key, 0, timeout=2 * MINUTE)
    return int(cache.incr(key))
