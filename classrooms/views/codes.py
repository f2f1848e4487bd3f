"""The join code of a class: a new one, none, one for a pupil who comes late; and large, for the board."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from classrooms.forms.classroom import NewCodeForm
from classrooms.models import Classroom
from classrooms.pages import counts_of, shown
from classrooms.permissions import TEACH, classroom_for
from classrooms.views.saying import say
from config import __version__
from debates.views.fragments import go, refusals_as_pages, status_of, wants_fragment


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def class_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code and what can be done about it. POST does it: `do` is new, off or late."""
    classroom = classroom_for(request.user, pk, may=TEACH)
    form = NewCodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        say(request, _done(classroom, request.POST.get("do", ""), form))
        return go(request, reverse("class-code", args=[pk]))
    code = classroom.code
    late = [each for each in classroom.codes.filter(ended=None, uses_left__isnull=False) if each.works]
    context = {"classroom": classroom, "form": form, "code": code, "late": late, "counts": counts_of(classroom)}
    context |= shown(request, code) if code else {}
    return render(request, "classrooms/class_code.html", context, status=status_of(form))


def _done(classroom: Classroom, what: str, form: NewCodeForm) -> str:
    """Do `what` was asked for, and say so."""
    if what == "off":
        classroom.end_code()
        return _("The code is off. Nobody joins by it any more; who did stays.")
    if what == "late":
        classroom.late_code()
        return _("One more pupil can join with the code below, today.")
    classroom.new_code(lasts=form.lasts())
    return _("This is the new code. The one before does not work any more.")


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The code, large enough for the back row, and how many have joined. It names nobody.

    The page asks for its number again every two seconds; 304 where it is the same.
    """
    classroom = classroom_for(request.user, pk, may=TEACH)
    code, counts = classroom.code, counts_of(classroom)
    context: dict[str, Any] = {"classroom": classroom, "code": code, "counts": counts}
    if not wants_fragment(request):
        return render(request, "classrooms/class_board.html", context | (shown(request, code) if code else {}))
    tag = _tag(__version__, get_language(), pk, code and code.pk, counts.joined, counts.awaited)
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = render(request, "classrooms/_board_count.html", context)
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    patch_vary_headers(response, ("HX-Request-Type", "Cookie"))
    return response


def _tag(*parts: object) -> str:
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'
