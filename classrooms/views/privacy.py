"""What a class keeps about people, for how long, and which teacher looked."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people import person_of
from classrooms.forms.privacy import ErasureForm, KeepForm, LooksForm
from classrooms.models import Look, LookKind, Pupil
from classrooms.permissions import OWN, TEACH, classroom_for, pupil_for
from classrooms.retention import begun_for, erase_pupil, keep, what_goes
from classrooms.views.saying import say
from debates.models import Refused
from debates.views.fragments import go, refuse, status_of

SHOWN = 100


@never_cache
@require_safe
def class_privacy(request: HttpRequest, pk: int) -> HttpResponse:
    """To a pupil: what is kept about them, how long, and who looked. To teachers: what their pupils read."""
    classroom = classroom_for(request.user, pk)
    context: dict[str, Any] = {"classroom": classroom}
    if classroom.pupil_pk is not None and classroom.role == "pupil":
        me = Pupil.objects.get(pk=classroom.pupil_pk)
        context |= {"me": me, "looks": Look.objects.at_pupil(me)[:SHOWN]}
    return render(request, "classrooms/class_privacy.html", context)


@require_safe
def class_looks(request: HttpRequest, pk: int) -> HttpResponse:
    """For owners: who looked at names, at whose, and when; `before`, the number of a look, asks for older ones."""
    classroom = classroom_for(request.user, pk, may=OWN)
    Look.objects.note(classroom, LookKind.ROSTER, by=person_of(request))
    form = LooksForm(classroom, request.GET)
    chosen = form.chosen()
    looks = classroom.looks.filter(**chosen).select_related("teacher", "pupil", "statement").order_by("-pk")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        looks = looks.filter(pk__lt=int(before))
    found = list(looks[: SHOWN + 1])
    older = urlencode(chosen | {"before": found[SHOWN - 1].pk}) if len(found) > SHOWN else ""
    context = {"classroom": classroom, "form": form, "looks": found[:SHOWN], "older": older, "chosen": chosen}
    return render(request, "classrooms/class_looks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def class_retention(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be deleted when. POST by an owner keeps it for another number of months."""
    classroom = classroom_for(request.user, pk, may=OWN if request.method == "POST" else TEACH)
    form = KeepForm(request.POST) if request.method == "POST" else KeepForm.of(classroom)
    if form.is_bound and form.is_valid():
        try:
            keep(classroom, **form.cleaned_data)
            say(request, _("Saved."))
            return go(request, reverse("class-retention", args=[pk]))
        except Refused as refused:
            refuse(form, refused)
    context = {"classroom": classroom, "form": form, "going": what_goes(classroom)}
    return render(request, "classrooms/class_retention.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def pupil_erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """GET says what goes with a pupil, POST deletes it: for owners."""
    pupil = pupil_for(request.user, pk)
    classroom = classroom_for(request.user, pupil.classroom_id, may=OWN)
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            erase_pupil(pupil)
            say(request, _("It is deleted. What the pupil argued stays in the maps, without a name."))
            return go(request, reverse("class-roster", args=[classroom.pk]))
        except Refused as refused:
            refuse(form, refused)
    Look.objects.note(classroom, LookKind.ROSTER, by=person_of(request), pupil=pupil)
    begun_here = pupil.pk in {each.pk for each in begun_for(classroom)}
    context = {"classroom": classroom, "pupil": pupil, "form": form, "begun_here": begun_here}
    return render(request, "classrooms/pupil_erasure.html", context, status=status_of(form))
