"""What only people with an account may do: visitors are led to sign in, guests are told how to stay themselves."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from debates.views.fragments import go


def account_needed(request: HttpRequest, sentence: str) -> HttpResponse:
    """The answer to somebody without an account. `sentence` says to a guest what it is for."""
    if request.user.is_authenticated:
        context = {"sentence": sentence, "next": request.get_full_path()}
        return render(request, "debates/account_needed.html", context, status=403)
    return go(request, f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
