"""What teachers do with an assignment: show it, give it to another class, bring the template to groups, delete it."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import person_of
from classrooms.flowing import bring, flow_of
from classrooms.forms.assignment import AgainForm, GroupsForm
from classrooms.models import Shape
from classrooms.permissions import TEACH, assignment_for, classroom_for, former_assignment_for
from classrooms.views.saying import say
from classrooms.zones import clock_of
from debates.models import Refused
from debates.views.fragments import answer, go, refusals_as_pages, refuse, status_of
from debates.views.once import once


@require_POST
@refusals_as_pages
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the assignment to the class, with a map for everyone, for each group, or for each pupil."""
    found = assignment_for(request.user, pk, may=TEACH)
    form = GroupsForm(request.POST)
    if found.shape == Shape.GROUPS and not form.is_valid():
        raise Refused(_("Choose from 1 to 100 groups."), field="count")
    groups = form.cleaned_data["count"] if found.shape == Shape.GROUPS else 1
    found.publish(by=person_of(request), groups=groups)
    sentence = _("The class sees it now.") if found.is_shown else _("The class sees it once it opens.")
    say(request, sentence)
    return go(request, found.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for another class."""
    found, by = assignment_for(request.user, pk, may=TEACH), person_of(request)
    form = AgainForm(request.POST if request.method == "POST" else None, user=by)
    if form.is_bound and form.is_valid():
        into = classroom_for(by, form.cleaned_data["classroom"].pk, may=TEACH)
        try:
            address = once(request, lambda: into.assign_again(found, by=by).get_absolute_url())
            say(request, _("This is the copy for %(name)s. Give it dates, then show it.") % {"name": into.name})
            return go(request, address)
        except Refused as refused:
            refuse(form, refused)
    context = {"assignment": found, "classroom": found.classroom, "form": form}
    return answer(
        request, "classrooms/assignment_copy.html", "classrooms/_assignment_copy_form.html", context,
        status=status_of(form),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed in the template since the groups got their copies. POST brings it to all of them."""
    found = assignment_for(request.user, pk, may=TEACH)
    if request.method == "POST":
        count = bring(found, by=person_of(request)).count
        sentence = ngettext("%(n)s change is in every group now.", "%(n)s changes are in every group now.", count)
        say(request, sentence % {"n": count} if count else _("The groups had everything already."))
        return go(request, reverse("assignment-template", args=[pk]))
    with clock_of(found.classroom):
        context = {"assignment": found, "classroom": found.classroom, "flow": flow_of(found)}
        return answer(request, "classrooms/assignment_template.html", "classrooms/_assignment_flow.html", context)


@require_POST
@refusals_as_pages
@transaction.atomic
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an assignment out of sight."""
    found = assignment_for(request.user, pk, may=TEACH)
    found.remove()
    say(
        request, _("“%(title)s” is deleted. What pupils wrote stays in its maps.") % {"title": found.title},
        undo=reverse("assignment-restoration", args=[pk]),
    )  # fmt: skip
    return go(request, found.classroom.get_absolute_url())


@require_POST
@refusals_as_pages
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a deleted assignment back."""
    found = former_assignment_for(request.user, pk)
    found.restore()
    say(request, _("“%(title)s” is back, with all work and grades.") % {"title": found.title})
    return go(request, found.get_absolute_url())
