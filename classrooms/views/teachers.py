"""Who teaches a class: added by user name, made an owner, taken off."""

from __future__ import annotations

import time

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.people import person_of
from classrooms.forms.classroom import TeacherForm
from classrooms.models import Classroom, Teacher
from classrooms.permissions import OWN, TEACH, classroom_for
from classrooms.views.saying import say
from debates.models import RateWindow, Refused, SlowDown
from debates.views.fragments import go, refusals_as_pages, refuse, status_of

# Names that nobody has, in a minute: this form is no way to try out who has an account.
MOST_WRONG = 20


@require_http_methods(["GET", "HEAD", "POST"])
def class_teachers(request: HttpRequest, pk: int) -> HttpResponse:
    """The teachers of a class. POST lets one more teach it."""
    classroom = classroom_for(request.user, pk, may=OWN if request.method == "POST" else TEACH)
    form = TeacherForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            added = classroom.add_teacher(_named(request, form.cleaned_data["username"]))
            say(request, _("%(name)s teaches this class now.") % {"name": added.user.shown_name})
            return go(request, reverse("class-teachers", args=[pk]))
        except Refused as refused:
            refuse(form, refused)
    teachers = classroom.teachers.select_related("user").order_by("since", "pk")
    context = {"classroom": classroom, "form": form, "teachers": teachers}
    return render(request, "classrooms/class_teachers.html", context, status=status_of(form))


def _named(request: HttpRequest, username: str) -> User:
    """The account of that name. Raises Refused, in the same words for a guest, for nobody and for a closed account."""
    found = User.objects.filter(username__iexact=username.strip(), is_guest=False, is_active=True).first()
    if found is not None:
        return found
    if RateWindow.count(f"teacher-names:{person_of(request).pk}", int(time.time()) // 60) > MOST_WRONG:
        raise SlowDown
    raise Refused(_("Nobody here has this user name. It is the one that they sign in with."), field="username")


@require_POST
@refusals_as_pages
def hand_over(request: HttpRequest, pk: int, teacher: int) -> HttpResponse:
    """Make a co-teacher an owner, too."""
    classroom = classroom_for(request.user, pk, may=OWN)
    found = _teacher(classroom, teacher)
    classroom.hand_over(found)
    say(request, _("%(name)s owns the class now, too.") % {"name": found.user.shown_name})
    return go(request, reverse("class-teachers", args=[pk]))


@require_POST
@refusals_as_pages
def remove(request: HttpRequest, pk: int, teacher: int) -> HttpResponse:
    """Let somebody teach the class no more. Everybody may take themselves off."""
    classroom = classroom_for(request.user, pk, may=TEACH)
    found = _teacher(classroom, teacher)
    if found.user_id != request.user.pk:
        classroom = classroom_for(request.user, pk, may=OWN)
    classroom.remove_teacher(found)
    if found.user_id == request.user.pk:
        say(request, _("You do not teach %(name)s any more.") % {"name": classroom.name})
        return go(request, reverse("class-list"))
    say(request, _("%(name)s does not teach this class any more.") % {"name": found.user.shown_name})
    return go(request, reverse("class-teachers", args=[pk]))


def _teacher(classroom: Classroom, pk: int) -> Teacher:
    found = classroom.teachers.select_related("user").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
