"""Rubrics: those of a teacher, the editor, and by which one an assignment is graded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people import has_account, person_of
from classrooms.forms.rubric import RubricForm, blank_form
from classrooms.models import Rubric, Teacher
from classrooms.permissions import TEACH, assignment_for
from classrooms.rubrics.templates import TEMPLATES
from classrooms.views.saying import say
from debates.models import Conflict, Refused
from debates.views.account_needed import account_needed
from debates.views.fragments import go, refusals_as_pages
from debates.views.once import once

if TYPE_CHECKING:
    from classrooms.models import Assignment
    from debates.models.act import Actor

SAVE = "save"


def rubric_for(user: Actor, pk: int) -> Rubric:
    """The rubric `pk` of `user`, or one by which a class of theirs is graded. Raises Http404."""
    teaching = Teacher.objects.filter(user_id=user.pk or 0, classroom__assignments__rubric=OuterRef("pk"))
    found = Rubric.objects.filter(Q(owner=user.pk or 0) | Exists(teaching), pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def rubric_list(request: HttpRequest) -> HttpResponse:
    """The rubrics of the reader, and those that everyone may begin with."""
    if not has_account(request):
        return account_needed(request, _("Rubrics are kept for teachers, who have an account."))
    mine = Rubric.objects.filter(owner=person_of(request)).annotate(used=Count("assignments"))
    return render(request, "classrooms/rubrics.html", {"rubrics": mine, "templates": TEMPLATES.values()})


@require_http_methods(["GET", "HEAD", "POST"])
def rubric_create(request: HttpRequest) -> HttpResponse:
    """A new rubric, empty or from `template`. Buttons of the editor give it back altered, and only `save` stores."""
    if not has_account(request):
        return account_needed(request, _("Rubrics are kept for teachers, who have an account."))
    form = RubricForm.sent(request.POST) if request.method == "POST" else _begun(request)
    if request.method == "POST" and request.POST.get("do", SAVE) == SAVE:
        try:
            return go(request, once(request, lambda: _made(request, form)))
        except Refused as refused:
            form.refuse(refused)
    return _editor(request, form, {})


def _begun(request: HttpRequest) -> RubricForm:
    template = TEMPLATES.get(request.GET.get("template", ""))
    return RubricForm.of(str(template.title), template.copy()) if template else blank_form()


def _made(request: HttpRequest, form: RubricForm) -> str:
    made = Rubric.objects.begin(by=person_of(request), title=form.title, criteria=form.criteria())
    say(request, _("The rubric is stored."))
    return _back(request) or made.get_absolute_url()


def _back(request: HttpRequest) -> str:
    """The page of ours that led to the editor."""
    back = request.POST.get("next", "") or request.GET.get("next", "")
    return back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else ""


def _editor(request: HttpRequest, form: RubricForm, more: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "next": _back(request), **more}
    return render(request, "classrooms/rubric.html", context, status=form.refused_with)


@require_http_methods(["GET", "HEAD", "POST"])
def rubric(request: HttpRequest, pk: int) -> HttpResponse:
    """A rubric in the editor."""
    found = rubric_for(request.user, pk)
    form = RubricForm.of(found.title, found.criteria, version=found.version)
    if request.method == "POST":
        form = RubricForm.sent(request.POST)
    more: dict[str, Any] = {"rubric": found, "used": found.assignments.count()}
    if request.method == "POST" and request.POST.get("do", SAVE) == SAVE:
        try:
            found.revise(version=form.version, title=form.title, criteria=form.criteria())
            say(request, _("Saved."))
            return go(request, _back(request) or found.get_absolute_url())
        except Conflict as conflict:
            form.refuse(conflict)
            form.version, more["theirs"] = conflict.current.version, form.against(conflict.current)
        except Refused as refused:
            form.refuse(refused)
    return _editor(request, form, more)


@require_POST
@refusals_as_pages
def rubric_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a rubric that no assignment is graded by."""
    rubric_for(request.user, pk).remove()
    say(request, _("The rubric is deleted."))
    return go(request, reverse("rubric-list"))


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def assignment_rubric(request: HttpRequest, pk: int) -> HttpResponse:
    """By which rubric an assignment is graded: one of the teacher’s, a copy of a template, or none."""
    assignment = assignment_for(request.user, pk, may=TEACH)
    # What a colleague chose stands among them, so that it is not taken away by looking.
    known = Rubric.objects.filter(Q(owner=person_of(request)) | Q(pk=assignment.rubric_id or 0))
    if request.method == "POST":
        assignment.grade_by(_chosen(request))
        say(request, _said(assignment))
        return go(request, reverse("assignment-grading", args=[pk]))
    context = {"assignment": assignment, "classroom": assignment.classroom, "rubrics": known}
    return render(request, "classrooms/rubric_choice.html", context | {"templates": TEMPLATES.values()})


def _said(assignment: Assignment) -> str:
    """By what it is graded now, and whether its points are others than those that the rubric comes to."""
    if assignment.rubric is None:
        return _("It has no rubric.")
    most = assignment.rubric.points
    if most in {0, assignment.points}:
        return _("The assignment is graded by this rubric now.")
    return _(
        "The assignment is graded by this rubric now, which comes to %(most)s points. The assignment has %(points)s: "
        "change them where you edit it, if the sum is to be the grade."
    ) % {"most": f"{most:g}", "points": assignment.points}


def _chosen(request: HttpRequest) -> Rubric | None:
    """The rubric that is asked for; a template becomes one of the teacher’s own."""
    kind, _colon, which = request.POST.get("rubric", "").partition(":")
    if kind == "template" and which in TEMPLATES:
        template = TEMPLATES[which]
        return Rubric.objects.begin(by=person_of(request), title=str(template.title), criteria=template.copy())
    return rubric_for(request.user, int(which)) if kind == "own" and which.isdecimal() else None
