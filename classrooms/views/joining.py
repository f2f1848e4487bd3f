"""Joining a class by its code: typed, followed as a link, or read by a camera."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.people import person_of
from classrooms.forms.classroom import CodeForm, JoinForm
from classrooms.guesses import is_one_too_many
from classrooms.models import Archived, Classroom, JoinCode, Pupil
from classrooms.models.join_code import read_code
from classrooms.pages import tasks_of
from classrooms.views.saying import say
from debates.forms.fields import new_key
from debates.models import Gone, Refused
from debates.views.fragments import go, refuse, see_other, status_of
from debates.views.who import BACKEND


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def type_code(request: HttpRequest) -> HttpResponse:
    """Where a code is typed. A right one leads on."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return render(request, "classrooms/join_code.html", {"form": form}, status=status_of(form))
    code = JoinCode.objects.find(form.cleaned_data["code"])
    mine = _attended(request, form.cleaned_data["code"])
    if mine is None and (code is None or not code.lets_in):
        return does_not_work(request, form.cleaned_data["code"])
    return see_other((mine or code).get_absolute_url())  # type: ignore[union-attr]


def does_not_work(request: HttpRequest, typed: str) -> HttpResponse:
    """The one answer to every code that lets nobody in, never was one, or is over: nothing tells which."""
    status = 429 if is_one_too_many(request) else 404
    form = CodeForm({"code": typed[:40]})
    form.add_error("code", _("Look once more: letters and digits, without 0, O, 1, I and L."))
    context = {"form": form, "too_many": status == 429}
    response = render(request, "classrooms/join_over.html", context, status=status)
    if status == 429:
        response.headers["Retry-After"] = "60"
    return response


def _attended(request: HttpRequest, typed: str) -> Classroom | None:
    """The class of this code if the reader is in it already, whether or not the code still works."""
    mine = Pupil.objects.filter(user_id=request.user.pk or 0, left=None, classroom__codes__code=read_code(typed) or "")
    pupil = mine.select_related("classroom").first()
    if pupil is None:
        return None
    pupil.note_join()
    return pupil.classroom


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Where a code leads: GET says to what, and asks for a name; POST joins."""
    found, mine = JoinCode.objects.find(code), _attended(request, code)
    if mine is not None:
        return see_other(mine.get_absolute_url())
    if found is None or not found.lets_in:
        return does_not_work(request, code)
    form = JoinForm(request.POST if request.method == "POST" else None, initial={"name": _name_of(request)})
    if form.is_bound and form.is_valid():
        try:
            return _joined(request, found, form)
        except (Gone, Archived):
            return does_not_work(request, code)
        except Refused as refused:
            refuse(form, refused)
    context = {"form": form, "code": found, "classroom": found.classroom, "teaches": _teaches(request, found)}
    return render(request, "classrooms/join.html", context, status=status_of(form))


def _name_of(request: HttpRequest) -> str:
    return person_of(request).shown_name if request.user.is_authenticated else ""


def _teaches(request: HttpRequest, code: JoinCode) -> bool:
    return code.classroom.teachers.filter(user_id=request.user.pk or 0).exists()


def _joined(request: HttpRequest, code: JoinCode, form: JoinForm) -> HttpResponse:
    """Join, as a new guest if nobody is signed in. Raises Refused; then there is no new guest either."""
    classroom = code.classroom
    with transaction.atomic():
        person = person_of(request) if request.user.is_authenticated else User.objects.guest_of(_mark(request, form))
        pupil = classroom.join(person, code=code, name=form.cleaned_data["name"])
    if not request.user.is_authenticated:
        login(request, person, backend=BACKEND)
    if not person.is_guest:
        say(request, _("Welcome to %(name)s.") % {"name": classroom.name})
        return go(request, classroom.get_absolute_url())
    classroom.pupil_pk = pupil.pk
    # Words that were told before stay as they are: only they who have them know them.
    words = [] if person.phrase_hash else person.new_return_phrase().split()
    context: dict[str, Any] = {"classroom": classroom, "words": words, "tasks": tasks_of(classroom, person)}
    return render(request, "classrooms/joined.html", context)


def _mark(request: HttpRequest, form: JoinForm) -> str:
    """What is the same when a form is sent twice by one browser, and known to nobody else."""
    key = form.cleaned_data["key"] or new_key()
    return f"{request.META.get('CSRF_COOKIE') or get_token(request)} {key}"
