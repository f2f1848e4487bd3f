"""An assignment: its page, and for the teachers how it is made and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people import person_of
from classrooms.flowing import flow_of
from classrooms.forms.assignment import AssignmentForm, GroupsForm
from classrooms.models import Assignment
from classrooms.permissions import TEACH, assignment_for, classroom_for
from classrooms.views.saying import say
from classrooms.views.work import work_page
from classrooms.zones import clock_of
from debates.models import Conflict, Refused, Topic
from debates.permissions import EDIT, topic_by_pk
from debates.starting import STARTS
from debates.starting.beginning import Beginning, begin
from debates.views.fragments import answer, go, refuse, status_of

if TYPE_CHECKING:
    from accounts.models import User
    from classrooms.models import Classroom

PAGE, FORM = "classrooms/assignment_edit.html", "classrooms/_assignment_form.html"
# In groups of four everybody has somebody to answer.
GROUP_OF = 4


@require_safe
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """To a pupil the work itself; to teachers what is set, and the way to everything else."""
    found = assignment_for(request.user, pk)
    with clock_of(found.classroom):
        if found.classroom.role == "pupil":
            return work_page(request, found)
        context = {"assignment": found, "classroom": found.classroom, **_outlook(found)}
        return render(request, "classrooms/assignment.html", context)


def _outlook(found: Assignment) -> dict[str, Any]:
    """What the teachers' page says beside the settings. Six queries at most."""
    pupils = found.classroom.pupils.filter(left=None).count()
    groups = list(found.groups.select_related("topic")[:2])
    form = GroupsForm(initial={"count": max(1, round(pupils / GROUP_OF))})
    return {
        "pupils": pupils,
        "map": groups[0].topic if len(groups) == 1 else None,
        "flow": flow_of(found),
        "form": form,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new assignment, which pupils do not see until it is shown."""
    classroom = classroom_for(request.user, pk, may=TEACH)
    with clock_of(classroom):
        form = AssignmentForm(request.POST if request.method == "POST" else None, user=person_of(request))
        if form.is_bound and form.is_valid():
            try:
                made = _assign(classroom, form, by=person_of(request))
                say(request, _("Stored. Pupils see it once you show it to them."))
                return go(request, made.get_absolute_url())
            except Refused as refused:
                refuse(form, refused)
        context = {"classroom": classroom, "form": form, "action": reverse("assignment-create", args=[pk])}
        return answer(request, PAGE, FORM, context, status=status_of(form))


@transaction.atomic
def _assign(classroom: Classroom, form: AssignmentForm, *, by: User) -> Assignment:
    """The assignment, with its topic where that is new: both or neither, and once."""
    key = form.cleaned_data["key"]
    sent = Assignment.objects.filter(created_by=by, key=key).first() if key else None
    topic = sent.topic if sent else _topic(form, by)
    return classroom.assign(by=by, topic=topic, key=key, **form.settings())


def _topic(form: AssignmentForm, by: User) -> Topic:
    """The topic that was chosen, or a new one that begins with the steps of a template."""
    if start := form.start():
        fields = {"title": form.cleaned_data["title"], "background": STARTS[start].background()}
        return begin(Beginning(fields), by=by)[0]
    return topic_by_pk(by, form.chosen(), may=EDIT)


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The settings of an assignment."""
    found, by = assignment_for(request.user, pk, may=TEACH), person_of(request)
    with clock_of(found.classroom):
        sent = request.POST if request.method == "POST" else None
        form = AssignmentForm(sent, user=by, assignment=found, initial=AssignmentForm.told(found))
        more: dict[str, Any] = {}
        if form.is_bound and form.is_valid():
            try:
                _revise(found, form, by=by)
                say(request, _("Saved."))
                return go(request, found.get_absolute_url())
            except Conflict as conflict:
                # What is typed now was seen beside what is stored: sent again, it replaces that.
                more = {"theirs": form.against(conflict.current)}
                refuse(form, conflict)
                form.data = {**form.data, "version": conflict.current.version}
            except Refused as refused:
                refuse(form, refused)
        return _edit_page(request, form, more)


@transaction.atomic
def _revise(found: Assignment, form: AssignmentForm, *, by: User) -> None:
    topic = found.topic if form.fields["topic"].disabled else _topic(form, by)
    found.revise(version=form.cleaned_data["version"] or 0, topic=topic, **form.settings())


def _edit_page(request: HttpRequest, form: AssignmentForm, more: dict[str, Any]) -> HttpResponse:
    # A refused change may have altered the assignment in memory: the page names the stored one.
    stored = assignment_for(request.user, form.assignment.pk if form.assignment else 0, may=TEACH)
    context = {"classroom": stored.classroom, "assignment": stored, "form": form}
    action = {"action": reverse("assignment-edit", args=[stored.pk])}
    return answer(request, PAGE, FORM, context | action | more, status=status_of(form))
