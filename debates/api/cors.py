"""Scripts of other origins: refused by their browser unless API_CORS_ORIGINS names the origin. Cookies never count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

EXPOSED = "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, Idempotent-Replayed, X-Request-ID"
ASKABLE = "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match"
REMEMBERED_SECONDS = "600"


def allow_origin(request: HttpRequest, response: HttpResponseBase, methods: str) -> None:
    """Let the asking origin read `response`, if it is one of those configured."""
    if not settings.API_CORS_ORIGINS:
        return
    patch_vary_headers(response, ["Origin"])
    origin = request.headers.get("Origin", "")
    if origin not in settings.API_CORS_ORIGINS:
        return
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = methods
        response.headers["Access-Control-Allow-Headers"] = ASKABLE
        response.headers["Access-Control-Max-Age"] = REMEMBERED_SECONDS
