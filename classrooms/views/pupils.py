"""One pupil: their name for the teachers, out of the class and in again, and a guest who is somebody on the roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import person_of
from classrooms.forms.roster import MergeForm, PupilForm
from classrooms.guests import what_moves
from classrooms.models import Look, LookKind, Pupil
from classrooms.models.pupil import by_name
from classrooms.permissions import pupil_for
from classrooms.views.saying import say
from debates.models import Refused
from debates.views.fragments import go, refusals_as_pages, refuse, status_of

if TYPE_CHECKING:
    from collections.abc import Iterable


@require_http_methods(["GET", "HEAD", "POST"])
def pupil(request: HttpRequest, pk: int) -> HttpResponse:
    """One pupil for the teachers. POST gives another name."""
    found = pupil_for(request.user, pk)
    form = PupilForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if form.is_bound and form.is_valid():
        try:
            found.rename(form.cleaned_data["name"])
            say(request, _("Saved."))
            return go(request, _roster_of(found))
        except Refused as refused:
            refuse(form, refused)
    Look.objects.note(found.classroom, LookKind.ROSTER, by=person_of(request), pupil=found)
    context = {"classroom": found.classroom, "pupil": found, "form": form, "namesakes": _rostered(found)}
    return render(request, "classrooms/pupil.html", context, status=status_of(form))


def _rostered(found: Pupil) -> Iterable[Pupil]:
    """Whose work that of `found` may be, if they came by the code."""
    if found.rostered or not found.user.is_guest:
        return []
    return by_name(found.classroom).filter(rostered=True)


@require_POST
@refusals_as_pages
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the class; what they wrote stays."""
    found = pupil_for(request.user, pk)
    found.leave()
    sentence = _("%(name)s is not in this class any more. What they wrote stays.") % {"name": found}
    say(request, sentence, undo=reverse("pupil-return", args=[pk]))
    return go(request, _roster_of(found))


@require_POST
@refusals_as_pages
def comeback(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the class again."""
    found = pupil_for(request.user, pk)
    found.come_back()
    say(request, _("%(name)s is in this class again.") % {"name": found}, undo=reverse("pupil-departure", args=[pk]))
    return go(request, _roster_of(found))


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a guest’s work to a pupil of the roster: GET with `to` shows what moves, POST moves it."""
    guest = pupil_for(request.user, pk)
    form = MergeForm(_rostered(guest), request.POST if request.method == "POST" else request.GET or None)
    chosen = form.chosen() if form.is_bound and form.is_valid() else None
    if chosen is not None and request.method == "POST":
        try:
            return _merged(request, guest, chosen)
        except Refused as refused:
            refuse(form, refused)
    Look.objects.note(guest.classroom, LookKind.ROSTER, by=person_of(request), pupil=guest)
    context = {"classroom": guest.classroom, "guest": guest, "form": form, "chosen": chosen}
    context["moving"] = what_moves(guest) if chosen else None
    return render(request, "classrooms/pupil_merge.html", context, status=status_of(form))


def _merged(request: HttpRequest, guest: Pupil, chosen: Pupil) -> HttpResponse:
    chosen.classroom = guest.classroom
    chosen.take_over(guest)
    Look.objects.note(guest.classroom, LookKind.MERGE, by=person_of(request), pupil=chosen)
    say(request, _("All of it is %(name)s’s now. The guest is gone, and their browser is signed in as the pupil.")
        % {"name": chosen})  # fmt: skip
    return go(request, _roster_of(chosen))


def _roster_of(found: Pupil) -> str:
    return reverse("class-roster", args=[found.classroom_id])
