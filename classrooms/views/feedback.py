"""Feedback: given by teachers on one argument, seen by the pupil, ticked off, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people import person_of
from classrooms.forms.feedback import FeedbackForm
from classrooms.models import Feedback, Look, LookKind, Phrase
from classrooms.notes import MOST_LINES, lines_of, notes_on, phrases_of
from classrooms.permissions import ATTEND, assignment_for, feedback_for, seat_for
from classrooms.queueing import HIDDEN
from classrooms.views.asked import number_in
from classrooms.views.lesson import lesson_of, lesson_tag
from classrooms.views.live import live
from classrooms.views.saying import say
from classrooms.views.work import own_seat
from classrooms.zones import clock_of
from debates.models import Refused, Statement
from debates.views.fragments import answer, answer_or_redirect, go, refusals_as_pages, refuse, status_of, wants_fragment

if TYPE_CHECKING:
    from classrooms.models import Seat

PAGE, ON = "classrooms/feedback_arguments.html", "classrooms/_feedback_on.html"

# -- for teachers ------------------------------------------------------------------------------------------------------


@require_safe
def seat_arguments(request: HttpRequest, pk: int) -> HttpResponse:
    """All that one pupil wrote, with the feedback on it; with `on` the box for one line is open (0: the whole)."""
    seat = seat_for(request.user, pk)
    on = number_in(request.GET.get("on"))
    return _page(request, seat, None if on is None else _box(request, on))


def _box(request: HttpRequest, line: int) -> FeedbackForm:
    return FeedbackForm(phrases=phrases_of(person_of(request)), initial={"statement": line or None})


def _page(request: HttpRequest, seat: Seat, box: FeedbackForm | None, *, status: int = 200) -> HttpResponse:
    """The page; to a script only the region of the line that `box` is about."""
    on = (number_in(str(box["statement"].value())) or 0) if box else None
    context: dict[str, Any] = {
        "seat": seat, "assignment": seat.assignment, "classroom": seat.assignment.classroom, "box": box, "on": on,
        "line_pk": on, "hides_names": HIDDEN in request.session,
    }  # fmt: skip
    with clock_of(seat.assignment.classroom):
        if on is not None and wants_fragment(request):
            return answer(request, PAGE, ON, context | {"notes": notes_on(seat, on or None)}, status=status)
        Look.objects.note(seat.assignment.classroom, LookKind.GRADES, by=person_of(request), pupil=seat.pupil)
        found = lines_of(seat, start=min(number_in(request.GET.get("from")) or 0, MOST_LINES))
        context |= {"found": found, "phrases": phrases_of(person_of(request))}
        return answer(request, PAGE, PAGE, context, status=status)


@require_POST
@refusals_as_pages
def seat_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a line of the pupil's, or about the whole."""
    seat, by = seat_for(request.user, pk), person_of(request)
    form = FeedbackForm(request.POST, phrases=phrases_of(by))
    if form.is_valid():
        try:
            given = _give(seat, form, request)
            return _done(request, given, said=_("Sent. The pupil sees it now."))
        except Refused as refused:
            refuse(form, refused)
    return _page(request, seat, form, status=status_of(form))


@transaction.atomic
def _give(seat: Seat, form: FeedbackForm, request: HttpRequest) -> Feedback:
    data, by = form.cleaned_data, person_of(request)
    line = Statement.objects.filter(pk=data["statement"]).first() if data["statement"] else None
    if data["statement"] and line is None:
        raise Http404
    if data["keep"]:
        Phrase.objects.keep(by, kind=data["kind"], text=data["text"])
    return Feedback.objects.give(seat, by=by, kind=data["kind"], text=data["text"], statement=line, key=data["key"])


def _done(request: HttpRequest, feedback: Feedback, **more: Any) -> HttpResponse:
    """The region of the line as it is now, or the page at it."""
    seat, line = feedback.seat, feedback.statement_id
    with clock_of(seat.assignment.classroom):
        context = {"seat": seat, "notes": notes_on(seat, line), "line_pk": line or 0, **more}
        return answer_or_redirect(request, ON, context, to=_place(feedback))


def _place(feedback: Feedback) -> str:
    return f"{reverse('seat-arguments', args=[feedback.seat_id])}#feedback-on-{feedback.statement_id or 0}"


@require_POST
@refusals_as_pages
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take feedback back: the pupil sees it no more."""
    found = feedback_for(request.user, pk)
    found.withdraw()
    if not wants_fragment(request):
        say(request, _("Taken back. The pupil does not see it any more."), undo=reverse("feedback-return", args=[pk]))
    return _done(request, found, withdrawn=found)


@require_POST
@refusals_as_pages
def comeback(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to the pupil again."""
    found = feedback_for(request.user, pk)
    found.bring_back()
    return _done(request, found)


@require_POST
def phrase_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a phrase of one's own."""
    phrase = Phrase.objects.filter(pk=pk, teacher=request.user.pk or 0).first()
    if phrase is None:
        raise Http404
    phrase.delete()
    say(request, _("Forgotten. Feedback that was given with it stays."))
    seat = number_in(request.POST.get("seat"))
    return go(request, reverse("class-list") if seat is None else f"{reverse('seat-arguments', args=[seat])}#phrases")


# -- for the pupil -----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """What teachers wrote and whether the class is paused, asked for every two seconds. POST says that it was seen."""
    found = assignment_for(request.user, pk)
    seat = own_seat(request, found)
    if request.method == "POST":
        newest = number_in(request.POST.get("seen")) or 0
        Feedback.objects.unseen().filter(seat=seat, pk__lte=newest).update(seen=timezone.now())
        return go(request, reverse("assignment-lesson", args=[pk]))
    context = {"assignment": found, "classroom": found.classroom, "seat": seat}
    with clock_of(found.classroom):
        return live(
            request, lesson_tag(request, seat),
            lambda: answer(
                request, "classrooms/feedback.html", "classrooms/_feedback_lesson.html",
                context | lesson_of(request, seat),
            ),
        )  # fmt: skip


@require_POST
@refusals_as_pages
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """The pupil has addressed it; with `undo` they have not after all."""
    found = feedback_for(request.user, pk, may=ATTEND)
    if found.seat.assignment.classroom.role != "pupil":
        raise PermissionDenied(_("Only the pupil whom it is for says that it is addressed."))
    if "undo" in request.POST:
        found.untick()
    else:
        found.tick()
    found.refresh_from_db(fields=["addressed"])
    context = {"note": found, "mine": True}
    to = f"{reverse('assignment', args=[found.seat.assignment_id])}#feedback-{pk}"
    return answer_or_redirect(request, "classrooms/_feedback_note.html", context, to=to)
