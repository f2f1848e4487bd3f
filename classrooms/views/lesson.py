"""What a pupil is told in the lesson: that it is paused, that positions are asked for, and what teachers wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from classrooms.fingerprints import seat_fingerprint
from classrooms.models import Feedback
from classrooms.views.live import tag_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from classrooms.models import Seat


def lesson_of(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """For templates/classrooms/_feedback_live.html. Two queries."""
    notes = list(Feedback.objects.shown().filter(seat=seat).select_related("statement").order_by("-at", "-pk"))
    unseen = max((each.pk for each in notes if each.seen is None), default=None)
    return {"notes": notes, "unseen": unseen, "lesson_tag": lesson_tag(request, seat)}


def lesson_tag(request: HttpRequest, seat: Seat) -> str:
    """The ETag of it."""
    return tag_of(request, "lesson", *seat_fingerprint(seat))
