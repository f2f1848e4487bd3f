"""An assignment for a pupil: what is asked, the way into the map, the conclusion, and handing it all in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.people import person_of
from classrooms.checklist import checklist_of
from classrooms.counting import progress_at
from classrooms.forms.assignment import SideForm, WorkForm
from classrooms.grades_shown import grade_shown
from classrooms.models import Pupil, Seat, Side, Work
from classrooms.models.moving import has_strays
from classrooms.permissions import assignment_for
from classrooms.views.lesson import lesson_of
from classrooms.views.saying import say
from classrooms.zones import clock_of, place_of_class
from debates.diff import differences
from debates.models import Conflict, Membership, Pseudonym, Refused
from debates.views.fragments import answer, go, refusals_as_pages, refuse, status_of, wants_fragment

if TYPE_CHECKING:
    from classrooms.models import Assignment

PAGE, SAVED = "classrooms/work.html", "classrooms/_work_saved.html"
# Whoever comes back within five minutes has not come a second time.
ONE_VISIT = 300


def work_page(request: HttpRequest, found: Assignment) -> HttpResponse:
    """The page of the pupil's own work. It is called with the clock of the class."""
    try:
        seat = own_seat(request, found)
    except Refused as refused:
        context = {"assignment": found, "classroom": found.classroom, "sentence": refused.message}
        return answer(request, "classrooms/work_waits.html", "classrooms/work_waits.html", context)
    if request.method == "GET" and cache.add(f"opened-{seat.pk}", 1, ONE_VISIT):
        seat.note_opening()
    if found.shape == "groups" and has_strays(seat):
        found.bring_along(seat, by=found.giver)
    return _page(request, seat, work_of(seat))


def own_seat(request: HttpRequest, found: Assignment) -> Seat:
    """The seat of the reader, a pupil, given to them now where they have none. Raises Refused, PermissionDenied."""
    if found.classroom.role != "pupil":
        raise PermissionDenied(_("Only a pupil of the class does that."))
    member = Membership.objects.filter(topic=OuterRef("group__topic"), user=OuterRef("pupil__user"))
    seats = found.seats.select_related("group__topic", "pupil__user").annotate(is_in=Exists(member))
    mine = seats.filter(pupil=found.classroom.pupil_pk).first()
    if mine is None:
        pupil = Pupil.objects.select_related("user").get(pk=found.classroom.pupil_pk or 0)
        seat: Seat = found.seat(pupil, by=found.giver)
    else:
        seat = mine
        if seat.group.topic_id and not mine.is_in:  # seated before the assignment opened
            found.let_in(seat)
    seat.assignment = found
    return seat


def work_of(seat: Seat) -> Work:
    """What the pupil writes here; not stored as long as nothing is."""
    return Work.objects.filter(seat=seat).first() or Work(seat=seat)


def _page(request: HttpRequest, seat: Seat, work: Work, **more: Any) -> HttpResponse:
    """The page, or to a script only what saving has changed."""
    found = seat.assignment
    form = more.setdefault("form", WorkForm(initial={"version": work.version, **work.written()}))
    context: dict[str, Any] = {
        "assignment": found, "classroom": found.classroom, "seat": seat, "work": work, "draft_key": f"work-{seat.pk}",
        "version": str(more.get("now", form["version"].value())), "place": place_of_class(found.classroom),
    }  # fmt: skip
    if not wants_fragment(request):
        progress = progress_at(seat)
        names = Pseudonym.objects.filter(topic=seat.group.topic_id, user=seat.pupil.user_id)
        context |= {
            "progress": progress, "checklist": checklist_of(seat, progress, places=not seat.is_over),
            "pseudonym": names.values_list("name", flat=True).first(), "sides": Side.choices, "topic": seat.group.topic,
            "grade": grade_shown(seat, to=person_of(request)), **lesson_of(request, seat),
        }  # fmt: skip
    status = status_of(form) if form.is_bound and "said" not in more else 200
    return answer(request, PAGE, SAVED, context | more, status=status)


# -- writing and handing in --------------------------------------------------------------------------------------------


@require_POST
@refusals_as_pages
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """Store the conclusion and what is said about AI; with `hand_in` say that all is finished."""
    found = assignment_for(request.user, pk)
    with clock_of(found.classroom):
        seat = own_seat(request, found)
        stored, form = Work.objects.get_or_create(seat=seat)[0], WorkForm(request.POST)
        if not form.is_valid():
            return _page(request, seat, stored, form=form)
        hands_in = "hand_in" in request.POST
        try:
            _write(stored, form, hands_in=hands_in)
        except Refused as refused:
            return _refused(request, seat, stored, form, refused)
        if wants_fragment(request) and not hands_in:
            return _page(request, seat, stored, form=form, said=_said(seat), now=stored.version)
        say(request, _handed_in(seat) if hands_in else _said(seat))
        return go(request, f"{found.get_absolute_url()}#work")


def _refused(request: HttpRequest, seat: Seat, stored: Work, form: WorkForm, refused: Refused) -> HttpResponse:
    """The page with all that was typed; after a conflict with what is stored beside it."""
    refuse(form, refused)
    if not isinstance(refused, Conflict):
        return _page(request, seat, stored, form=form)
    pieces = differences(refused.current.conclusion, form.cleaned_data["conclusion"])
    return _page(request, seat, stored, form=form, theirs=refused.current, pieces=pieces)


def _write(stored: Work, form: WorkForm, *, hands_in: bool) -> None:
    data = form.cleaned_data
    stored.write(version=form.read(), conclusion=data["conclusion"], used_ai=data["used_ai"])
    if hands_in:
        stored.hand_in()


def _said(seat: Seat) -> str:
    time = timezone.localtime().strftime("%H:%M")
    return (_("Saved %(time)s, after the cut-off") if seat.is_over else _("Saved %(time)s")) % {"time": time}


def _handed_in(seat: Seat) -> str:
    if seat.is_past_due:
        return _("Handed in, after the due date. Your teacher sees when.")
    return _("Handed in. You can take it back and go on writing.")


@require_POST
@refusals_as_pages
def taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on writing at what was handed in."""
    found = assignment_for(request.user, pk)
    stored = work_of(own_seat(request, found))
    if stored.pk:
        stored.take_back()
    say(request, _("It is yours again. Hand it in when you have finished."))
    return go(request, f"{found.get_absolute_url()}#work")


@require_POST
@refusals_as_pages
def side(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the side that one argues for."""
    found, form = assignment_for(request.user, pk), SideForm(request.POST)
    seat = own_seat(request, found)
    if not form.is_valid():
        raise Refused(_("Choose one of the two sides."), field="side")
    found.choose_side(seat, form.cleaned_data["side"])
    say(request, _("You argue %(side)s.") % {"side": Side(form.cleaned_data["side"]).label})
    return go(request, reverse("assignment", args=[pk]))
