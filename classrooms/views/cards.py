"""Cards to print: for each pupil the name, the way in, and six words that are told this once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people import person_of
from classrooms.forms.roster import MOST_CARDS, PupilsForm
from classrooms.models import Classroom, Look, LookKind
from classrooms.models.pupil import by_name
from classrooms.pages import qr
from classrooms.permissions import TEACH, classroom_for
from debates.models import Refused
from debates.views.fragments import refuse, see_other, status_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classrooms.models import Pupil


@dataclass(frozen=True)
class Card:
    pupil: Pupil
    words: list[str]


@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """The address on a card, which is short enough to type: it asks for the six words, and leads to the classes."""
    classes = reverse("class-list")
    return see_other(classes if request.user.is_authenticated else f"{reverse('phrase-login')}?next={classes}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def class_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks for whom, POST makes the words and shows the cards this once."""
    classroom = classroom_for(request.user, pk, may=TEACH)
    pupils = [pupil for pupil in by_name(classroom) if pupil.is_of_class]
    form = PupilsForm(pupils, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return _cards(request, classroom, form.cleaned_data["pupils"])
        except Refused as refused:
            refuse(form, refused)
    Look.objects.note(classroom, LookKind.ROSTER, by=person_of(request))
    chosen = _chosen(request, form, pupils)
    context = {"classroom": classroom, "form": form, "pupils": pupils, "chosen": chosen, "most": MOST_CARDS}
    return render(request, "classrooms/class_cards.html", context, status=status_of(form))


def _chosen(request: HttpRequest, form: PupilsForm, pupils: Iterable[Pupil]) -> set[int]:
    """Whose boxes are ticked: what was sent, the one that was asked for, or whoever has no words yet."""
    if form.is_bound:
        return {int(sent) for sent in form.data.getlist("pupils") if sent.isdecimal()}  # type: ignore[attr-defined]
    asked = request.GET.get("pupil", "")
    if asked:
        return {pupil.pk for pupil in pupils if str(pupil.pk) == asked}
    without = [pupil.pk for pupil in pupils if not pupil.user.phrase_hash]
    return set(without[:MOST_CARDS])


def _cards(request: HttpRequest, classroom: Classroom, pupils: list[Pupil]) -> HttpResponse:
    for pupil in pupils:
        pupil.classroom = classroom
    cards = [Card(pupil, pupil.new_card().split()) for pupil in pupils]
    for pupil in pupils:
        Look.objects.note(classroom, LookKind.CARDS, by=person_of(request), pupil=pupil)
    address = request.build_absolute_uri(reverse("class-card"))
    context = {"classroom": classroom, "cards": cards, "address": address, "qr": qr(address)}
    return render(request, "classrooms/cards.html", context)
