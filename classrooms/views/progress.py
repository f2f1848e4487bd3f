"""The progress page, and what a teacher does on it while the class is working."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.people import person_of
from classrooms.fingerprints import progress_fingerprint
from classrooms.models import Look, LookKind
from classrooms.permissions import TEACH, assignment_for
from classrooms.progress import FILTERS, board_of
from classrooms.views.live import live, tag_of
from classrooms.views.saying import say
from classrooms.watching import watch_of
from classrooms.zones import clock_of
from debates.views.fragments import answer, go, refusals_as_pages

if TYPE_CHECKING:
    from classrooms.models import Assignment


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far everyone has come. The page asks for its table again every two seconds."""
    found = assignment_for(request.user, pk, may=TEACH)
    show = request.GET.get("show", "all")
    show = show if show in FILTERS else "all"
    with clock_of(found.classroom):
        tag = tag_of(request, show, *progress_fingerprint(found))
        return live(request, tag, lambda: _page(request, found, show, tag))


def _page(request: HttpRequest, found: Assignment, show: str, tag: str) -> HttpResponse:
    Look.objects.note(found.classroom, LookKind.ROSTER, by=person_of(request))
    context: dict[str, Any] = {
        "assignment": found, "classroom": found.classroom, "board": board_of(found, show), "watch": watch_of(found),
        "show": show, "tag": tag,
    }  # fmt: skip
    return answer(request, "classrooms/progress.html", "classrooms/_progress.html", context)


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    return go(request, reverse("assignment-progress", args=[pk]))


@require_POST
@refusals_as_pages
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no contributions for a while."""
    assignment_for(request.user, pk, may=TEACH).pause(by=person_of(request))
    say(request, _("Paused: nobody can write or vote in the maps."), undo=reverse("assignment-resumption", args=[pk]))
    return _back(request, pk)


@require_POST
@refusals_as_pages
def resumption(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on."""
    assignment_for(request.user, pk, may=TEACH).resume(by=person_of(request))
    say(request, _("Everyone can write again."), undo=reverse("assignment-pause", args=[pk]))
    return _back(request, pk)


@require_POST
@refusals_as_pages
def unveiling(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what everyone wrote first to all."""
    assignment_for(request.user, pk, may=TEACH).unveil(by=person_of(request))
    say(request, _("Everyone sees everyone’s arguments now, and can answer them."))
    return _back(request, pk)
