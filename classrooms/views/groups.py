"""Who works with whom, on which side, and until when: for the teachers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import person_of
from classrooms.forms.assignment import ExtensionForm, GroupsForm
from classrooms.models import Look, LookKind, Side
from classrooms.permissions import TEACH, assignment_for, seat_for
from classrooms.views.saying import say
from classrooms.zones import clock_of
from debates.models import Pseudonym, Refused
from debates.views.fragments import go, refusals_as_pages, refuse, status_of

if TYPE_CHECKING:
    from classrooms.models import Assignment, Seat


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def groups(request: HttpRequest, pk: int) -> HttpResponse:
    """The groups with their pupils. POST makes more of them, or with `shuffle` deals everybody out anew."""
    found = assignment_for(request.user, pk, may=TEACH)
    form = GroupsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        _regroup(request, found, form.cleaned_data["count"])
        return go(request, reverse("assignment-groups", args=[pk]))
    Look.objects.note(found.classroom, LookKind.ROSTER, by=person_of(request))
    with clock_of(found.classroom):
        context = {"assignment": found, "classroom": found.classroom, "form": form, **_seated(found)}
        return render(request, "classrooms/assignment_groups.html", context, status=status_of(form))


def _regroup(request: HttpRequest, found: Assignment, count: int) -> None:
    if found.shape != "groups" or found.published is None:
        raise Refused(_("In this assignment there are no groups to change."), field="group")
    if "shuffle" in request.POST:
        found.shuffle(count, by=person_of(request))
        say(request, _("Everyone is dealt out anew, with all that they wrote."))
    else:
        made = len(found.make_groups(count, by=person_of(request)))
        say(request, ngettext("%(n)s group more.", "%(n)s groups more.", made) % {"n": made})


def _seated(found: Assignment) -> dict[str, Any]:
    """The groups, their seats in the order of names, with the pseudonyms, and who has no seat. Five queries."""
    groups = list(found.groups.select_related("topic"))
    rows = found.seats.filter(pupil__left=None).select_related("pupil").order_by("pupil__name", "pupil_id")
    names = Pseudonym.objects.filter(topic__in=[group.topic_id for group in groups])
    known = {(topic, user): name for topic, user, name in names.values_list("topic_id", "user_id", "name")}
    of: dict[int, list[Seat]] = {group.pk: [] for group in groups}
    topics = {group.pk: group.topic_id or 0 for group in groups}
    for seat in rows:
        seat.pseudonym = known.get((topics[seat.group_id], seat.pupil.user_id), "")  # type: ignore[attr-defined]
        of[seat.group_id].append(seat)
    waiting = found.classroom.pupils.filter(left=None).exclude(seats__assignment=found)
    return {"groups": [(group, of[group.pk]) for group in groups], "waiting": list(waiting), "sides": Side.choices}


@require_POST
@refusals_as_pages
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a pupil into another group, with all that they wrote."""
    seat = seat_for(request.user, pk)
    chosen = request.POST.get("group", "")
    group = seat.assignment.groups.filter(number=int(chosen)).first() if chosen.isascii() and chosen.isdigit() else None
    if group is None:
        raise Refused(_("Choose a group of this assignment."), field="group")
    lines = seat.assignment.move(seat, group, by=person_of(request))
    sentence = ngettext(
        "Moved. %(n)s line went along; the old one stays as it is.",
        "Moved. %(n)s lines went along; the old ones stay as they are.",
        lines,
    )
    say(request, sentence % {"n": lines} if lines else _("Moved."))
    return go(request, f"{reverse('assignment-groups', args=[seat.assignment_id])}#seat-{seat.pk}")


@require_POST
@refusals_as_pages
def sides(request: HttpRequest, pk: int) -> HttpResponse:
    """Deal the sides out anew, or switch them at half time."""
    found = assignment_for(request.user, pk, may=TEACH)
    if found.sides == "none":
        raise Refused(_("In this assignment there are no sides."), field="sides")
    if request.POST.get("do") == "switch":
        found.switch_sides()
        say(request, _("Everyone argues for the other side now."))
    else:
        found.deal_sides()
        say(request, _("The sides are dealt out anew."))
    return go(request, reverse("assignment-groups", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def extension(request: HttpRequest, pk: int) -> HttpResponse:
    """Other dates for one pupil."""
    seat = seat_for(request.user, pk)
    found = seat.assignment
    with clock_of(found.classroom):
        sent = request.POST if request.method == "POST" else None
        form = ExtensionForm(sent, initial={"due": seat.due, "cutoff": seat.cutoff})
        if form.is_bound and form.is_valid():
            try:
                found.extend(seat, **form.cleaned_data)
                say(request, _("Saved. The dates hold from now on."))
                return go(request, f"{reverse('assignment-groups', args=[found.pk])}#seat-{pk}")
            except Refused as refused:
                refuse(form, refused)
        Look.objects.note(found.classroom, LookKind.ROSTER, by=person_of(request), pupil=seat.pupil)
        context = {"assignment": found, "classroom": found.classroom, "seat": seat, "form": form}
        return render(request, "classrooms/assignment_extension.html", context, status=status_of(form))
