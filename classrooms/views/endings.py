"""A class is put away, taken out again, or deleted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import person_of
from classrooms.forms.classroom import ClassRemovalForm
from classrooms.permissions import OWN, classroom_for
from classrooms.views.saying import say
from debates.views.fragments import answer, go, refusals_as_pages, status_of


@require_POST
@refusals_as_pages
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the class away: it is read, and nobody joins."""
    classroom_for(request.user, pk, may=OWN).archive(by=person_of(request))
    say(request, _("The class is in the archive."), undo=reverse("class-reopening", args=[pk]))
    return go(request, reverse("class-list"))


@require_POST
@refusals_as_pages
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out of the archive."""
    classroom_for(request.user, pk, may=OWN).reopen(by=person_of(request))
    say(request, _("The class is open again."), undo=reverse("class-archive", args=[pk]))
    return go(request, reverse("classroom", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """GET says what goes with the class, POST deletes it once its name is typed."""
    classroom = classroom_for(request.user, pk, may=OWN)
    form = ClassRemovalForm(classroom, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        classroom.dissolve()
        say(request, _("The class is deleted. Its maps are still there, with all that was written in them."))
        return go(request, reverse("class-list"))
    context = {"classroom": classroom, "form": form, "going": classroom.what_goes()}
    return answer(
        request, "classrooms/class_removal.html", "classrooms/_class_removal_form.html", context,
        status=status_of(form),
    )  # fmt: skip
