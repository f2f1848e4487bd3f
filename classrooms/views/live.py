"""Answers for pages that ask for themselves every two seconds: 304 where nothing has changed (static/js/polling.js)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from config import __version__
from debates.views.fragments import wants_fragment

if TYPE_CHECKING:
    from django.http import HttpRequest


def tag_of(request: HttpRequest, *parts: object) -> str:
    """An ETag for what `parts` say, to this person, in their language."""
    whole = (__version__, get_language(), request.user.pk, *parts)
    return f'"{hashlib.sha256(repr(whole).encode()).hexdigest()[:24]}"'


def live(request: HttpRequest, tag: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """What `make` gives, or 304 to a script that has it already."""
    if wants_fragment(request) and request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = make()
    response.headers["ETag"], response.headers["Cache-Control"] = tag, "private, no-cache"
    patch_vary_headers(response, ("HX-Request-Type", "Cookie"))
    return response
