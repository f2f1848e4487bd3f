"""What is new in the maps of an assignment, and what a teacher may want to look at: six queries, whatever the size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from classrooms.models import Feedback, Seat
from debates.models import Pseudonym, Stance, Statement, Status

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from classrooms.models import Assignment

LATEST = 4
OF_EACH = 2


class News(NamedTuple):
    """An argument that came lately. `name` is the pseudonym of who wrote it."""

    pk: int
    text: str
    stance: str
    above: str
    name: str
    at: datetime
    waits: bool


class Hint(NamedTuple):
    """A line that may be worth a look, and why."""

    why: StrOrPromise
    pk: int
    text: str


@dataclass(frozen=True, slots=True)
class Watch:
    latest: tuple[News, ...]
    hints: tuple[Hint, ...]


def watch_of(assignment: Assignment) -> Watch:
    """The newest arguments of pupils, and lines without an answer, without a challenge, or with feedback left open."""
    maps = list(assignment.groups.exclude(topic=None).values_list("topic", flat=True))
    users = list(Seat.objects.filter(assignment=assignment).values_list("pupil__user", flat=True))
    own = Statement.objects.filter(topic__in=maps, author__in=users, depth__gte=1, refers_to=None)
    return Watch(_latest(own), _hints(own.filter(status=Status.VISIBLE), assignment))


def _latest(own: QuerySet[Statement]) -> tuple[News, ...]:
    name = Pseudonym.objects.filter(topic=OuterRef("topic"), user=OuterRef("author")).values("name")[:1]
    rows = own.filter(status__in=(Status.VISIBLE, Status.SUGGESTED)).annotate(name=Subquery(name)).order_by("-pk")
    columns = ("pk", "text", "stance", "parent__text", "name", "created", "status")
    return tuple(
        News(pk, text, stance, above, name or "", at, status == Status.SUGGESTED)
        for pk, text, stance, above, name, at, status in rows.values_list(*columns)[:LATEST]
    )


def _hints(shown: QuerySet[Statement], assignment: Assignment) -> tuple[Hint, ...]:
    replies = Statement.objects.get_queryset().shown().filter(parent=OuterRef("pk"))
    against = Exists(replies.filter(stance=Stance.OPPOSES))
    unanswered = shown.exclude(Exists(replies)).order_by("pk")
    unchallenged = shown.filter(Exists(replies)).exclude(against).order_by("pk")
    notes = Feedback.objects.open().filter(seat__assignment=assignment, statement__status=Status.VISIBLE)
    return (
        *_said(_("No answer yet"), unanswered, ("pk", "text")),
        *_said(_("Nobody has challenged it"), unchallenged, ("pk", "text")),
        *_said(_("Your feedback is not addressed yet"), notes.order_by("at"), ("statement_id", "statement__text")),
    )


def _said(why: StrOrPromise, rows: QuerySet[Statement] | QuerySet[Feedback], columns: tuple[str, str]) -> list[Hint]:
    return [Hint(why, *row) for row in rows.values_list(*columns)[:OF_EACH]]
