"""The classes that somebody teaches or attends, one of them, its settings, and the same for another year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people import has_account, person_of
from classrooms.forms.classroom import BeginClassForm, ClassForm, CopyClassForm, usual_zone
from classrooms.models import Classroom
from classrooms.pages import class_page, pupil_page
from classrooms.permissions import OWN, TEACH, classroom_for
from classrooms.views.saying import say
from debates.models import Conflict, Refused
from debates.views.account_needed import account_needed
from debates.views.fragments import answer, go, refuse, status_of

if TYPE_CHECKING:
    from django.db.models import QuerySet


@require_safe
def class_list(request: HttpRequest) -> HttpResponse:
    """The classes of the reader: taught, attended, put away. A visitor is told how one comes into one."""
    taught = _counted(Classroom.objects.taught_by(request.user))
    context = {
        "taught": [each for each in taught if not each.is_archived],
        "archived": [each for each in taught if each.is_archived],
        "attended": list(Classroom.objects.attended_by(request.user)),
        "may_teach": has_account(request),
    }
    return render(request, "classrooms/classes.html", context)


def _counted(classes: QuerySet[Classroom]) -> QuerySet[Classroom]:
    here = Q(pupils__left=None, pupils__isnull=False)
    return classes.annotate(
        joined=Count("pupils", filter=here & Q(pupils__joined__isnull=False), distinct=True),
        awaited=Count("pupils", filter=here & Q(pupils__joined=None), distinct=True),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def class_create(request: HttpRequest) -> HttpResponse:
    """A new class. Whoever makes it owns it."""
    if not has_account(request):
        return account_needed(request, _("Teaching a class needs an account with a name and a password."))
    form = BeginClassForm(request.POST or None, initial={"time_zone": _last_zone(request)})
    if form.is_bound and form.is_valid():
        try:
            made = Classroom.objects.begin(by=person_of(request), **form.cleaned_data)
            say(request, _("The class is ready. Show its code, and your pupils can join."))
            return go(request, made.get_absolute_url())
        except Refused as refused:
            refuse(form, refused)
    return answer(
        request, "classrooms/class_create.html", "classrooms/_class_begin_form.html", {"form": form},
        status=status_of(form),
    )  # fmt: skip


def _last_zone(request: HttpRequest) -> str:
    return usual_zone(Classroom.objects.taught_by(request.user).order_by("-created").first())


@require_safe
def classroom(request: HttpRequest, pk: int) -> HttpResponse:
    """A class: to its teachers the code, the pupils and the assignments, to a pupil what there is to do."""
    found = classroom_for(request.user, pk)
    if found.role == "pupil":
        return render(request, "classrooms/class_pupil.html", pupil_page(found, person_of(request)))
    return render(request, "classrooms/class.html", class_page(request, found))


@require_http_methods(["GET", "HEAD", "POST"])
def class_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The settings of a class."""
    found = classroom_for(request.user, pk, may=OWN)
    form = ClassForm(request.POST) if request.method == "POST" else ClassForm.of(found)
    more: dict[str, Any] = {"version": found.version}
    if form.is_bound and form.is_valid():
        try:
            found.revise(**form.cleaned_data)
            say(request, _("Saved."))
            return go(request, reverse("class-edit", args=[pk]))
        except Conflict as conflict:
            refuse(form, conflict)
            more = {"version": conflict.current.version, "theirs": form.against(conflict.current.settings())}
        except Refused as refused:
            refuse(form, refused)
    # A refused change may have altered the class in memory: the page shows the stored one.
    context = {"classroom": classroom_for(request.user, pk, may=OWN), "form": form} | more
    return answer(request, "classrooms/class_edit.html", "classrooms/_class_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def class_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The class for another year, without its people."""
    found = classroom_for(request.user, pk, may=TEACH)
    offered = list(found.assignments.kept().select_related("classroom", "topic", "rubric"))
    form = CopyClassForm(offered, request.POST or None, initial={"name": found.name})
    if form.is_bound and form.is_valid():
        try:
            made = found.copy(
                by=person_of(request), name=form.cleaned_data["name"], assignments=form.chosen(),
                key=form.cleaned_data["key"],
            )  # fmt: skip
            say(request, _("This is the new class. Nobody is in it yet; its assignments wait for dates."))
            return go(request, made.get_absolute_url())
        except Refused as refused:
            refuse(form, refused)
    context = {"classroom": found, "form": form}
    return answer(
        request, "classrooms/class_copy.html", "classrooms/_class_copy_form.html", context, status=status_of(form)
    )
