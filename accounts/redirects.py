"""Where to go afterwards: never to another host, whatever the form says."""

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def is_own_address(request: HttpRequest, url: str | None) -> bool:
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())


def next_url(request: HttpRequest, *, otherwise: str = "topic-list") -> str:
    """The page that a form or a link named as `next`, or the page `otherwise`."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    return url if is_own_address(request, url) else resolve_url(otherwise)
