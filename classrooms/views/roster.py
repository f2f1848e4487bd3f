"""The roster: who belongs to a class by the names that teachers know, and a pasted list of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.people import person_of
from classrooms.forms.roster import RosterForm
from classrooms.models import Classroom, Look, LookKind, Pupil
from classrooms.permissions import TEACH, classroom_for
from classrooms.roster import read_roster
from classrooms.views.saying import say
from debates.models import Refused
from debates.views.fragments import go, refuse, status_of

if TYPE_CHECKING:
    from classrooms.roster import Roster

STORE, SKIP = "store", "skip"


@dataclass(frozen=True)
class Listed:
    """The pupils of a class, those of the roster apart from those who came by the code, and those who left."""

    rostered: list[Pupil]
    came: list[Pupil]
    left: list[Pupil]

    @property
    def is_empty(self) -> bool:
        return not (self.rostered or self.came or self.left)


def listed(classroom: Classroom) -> Listed:
    """One query. Someone who came by the code knows by `same` whose name on the roster theirs is, if it is one."""
    everyone = list(classroom.pupils.select_related("user").order_by("name", "pk"))
    here = [pupil for pupil in everyone if pupil.left is None]
    rostered = [pupil for pupil in here if pupil.rostered]
    came = [pupil for pupil in here if not pupil.rostered]
    by_name = {pupil.name.casefold(): pupil for pupil in rostered}
    for pupil in came:
        pupil.same = by_name.get(pupil.name.casefold())  # type: ignore[attr-defined]
    return Listed(rostered, came, [pupil for pupil in everyone if pupil.left is not None])


@require_http_methods(["GET", "HEAD", "POST"])
def class_roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in the class. POST reads a list: first it shows what it understood, then `do=store` takes it."""
    classroom = classroom_for(request.user, pk, may=TEACH)
    form = RosterForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            return _taken(request, classroom, form)
        except Refused as refused:
            refuse(form, refused)
    Look.objects.note(classroom, LookKind.ROSTER, by=person_of(request))
    context = {"classroom": classroom, "form": form, "listed": listed(classroom)}
    return render(request, "classrooms/class_roster.html", context, status=status_of(form))


def _taken(request: HttpRequest, classroom: Classroom, form: RosterForm) -> HttpResponse:
    """The list as it was understood, or, where that was asked for and nothing is unclear, the pupils in the class."""
    known = classroom.pupils.filter(left=None).values_list("name", flat=True)
    roster = read_roster(form.cleaned_data["text"], known)
    what = request.POST.get("do")
    if what == SKIP and not roster.too_long:
        roster.repeated = []
    if what in {STORE, SKIP} and roster.is_clear:
        return _stored(request, classroom, roster)
    context = {"classroom": classroom, "form": form, "roster": roster, "unclear": what in {STORE, SKIP}}
    status = 422 if what in {STORE, SKIP} else 200
    return render(request, "classrooms/roster_preview.html", context, status=status)


def _stored(request: HttpRequest, classroom: Classroom, roster: Roster) -> HttpResponse:
    count = len(classroom.enrol(roster.names))
    say(
        request,
        ngettext("%(count)d pupil is on the roster.", "%(count)d pupils are new on the roster.", count)
        % {"count": count}
        + " "
        + _("Now print their cards, so that they can sign in."),
    )
    return go(request, reverse("class-roster", args=[classroom.pk]))
