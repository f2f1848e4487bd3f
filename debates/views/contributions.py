"""My contributions: what the reader wrote, in every topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debates.contributions import contributions_of

if TYPE_CHECKING:
    from accounts.people import PersonRequest


@require_safe
@login_required
def contributions(request: PersonRequest) -> HttpResponse:
    typed = request.GET.get("before", "")
    before = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    return render(request, "debates/contributions.html", {"page": contributions_of(request.user, before=before)})
