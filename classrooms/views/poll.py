"""How far does everyone accept each claim? A teacher asks, pupils answer, and the class sees how it has moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from classrooms.models import Phase
from classrooms.permissions import TEACH, assignment_for
from classrooms.positions import WORDS, questions_for, results_of, turnout_of
from classrooms.views.saying import say
from classrooms.views.work import own_seat
from classrooms.zones import clock_of
from debates.models import Refused
from debates.views.fragments import answer, go, refusals_as_pages

if TYPE_CHECKING:
    from classrooms.models import Assignment

PAGE, FORM = "classrooms/poll.html", "classrooms/_poll_form.html"


@require_POST
@refusals_as_pages
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to ask, before the debate or after it, or end the asking."""
    phase = request.POST.get("phase", "-")
    assignment_for(request.user, pk, may=TEACH).poll(phase)
    say(request, _("Everyone is asked now.") if phase else _("The asking has ended. The class sees the result."))
    return go(request, reverse("assignment-position", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def position(request: HttpRequest, pk: int) -> HttpResponse:
    """To a pupil the question and, once it is over, the result of the class; to teachers the result and the asking."""
    found = assignment_for(request.user, pk)
    with clock_of(found.classroom):
        if request.method == "POST":
            return _take(request, found)
        return _page(request, found)


def _take(request: HttpRequest, found: Assignment) -> HttpResponse:
    seat = own_seat(request, found)
    sent = {pk: request.POST.get(f"claim-{pk}", "") for pk, _text, _mine in questions_for(seat)}
    values = {pk: int(value) for pk, value in sent.items() if value in {"0", "1", "2", "3", "4"}}
    if found.polling and not values:
        error = Refused(_("Choose one of the five steps for at least one claim."), field="value")
        return _page(request, found, error=str(error), status=error.status)
    found.take_positions(seat, values)
    say(request, _("Your answer counts. Nobody sees that it is yours, and you can change it as long as this is open."))
    return go(request, reverse("assignment-position", args=[found.pk]))


def _page(request: HttpRequest, found: Assignment, *, error: str = "", status: int = 200) -> HttpResponse:
    teaches = found.classroom.role != "pupil"
    context: dict[str, Any] = {
        "assignment": found, "classroom": found.classroom, "results": results_of(found), "error": error,
        "words": list(enumerate(WORDS)), "phases": Phase, "teaches": teaches,
    }  # fmt: skip
    if found.polling:
        context |= {"turnout": turnout_of(found)} if teaches else {"questions": questions_for(own_seat(request, found))}
    return answer(request, PAGE, FORM, context, status=status)
