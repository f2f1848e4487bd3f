"""Whom a teacher grades after whom: by name, or with the names hidden as numbers in an order by chance."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db.models import Max, Q
from django.utils import timezone

from classrooms.models import Seat

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from django.http import HttpRequest

    from accounts.models import User
    from classrooms.models import Assignment, Grade

HIDDEN = "grading-hidden"  # in the session: what the order is drawn from
OPEN_FOR = 90  # seconds for which a page counts as open


@dataclass(slots=True)
class Turn:
    """A pupil in the order of grading. `state` is none, part, graded (not released), changed (since), released."""

    seat: Seat
    number: int
    hidden: bool
    state: str
    total: Decimal | None

    @property
    def name(self) -> str:
        return "" if self.hidden else str(self.seat.pupil)

    @property
    def is_whole(self) -> bool:
        return self.state not in {"none", "part"}


@dataclass(slots=True)
class Queue:
    """Everyone in turn."""

    turns: list[Turn]
    hidden: bool

    def count(self, *states: str) -> int:
        return sum(turn.state in states for turn in self.turns)

    @property
    def whole(self) -> int:
        return sum(turn.is_whole for turn in self.turns)

    @property
    def unreleased(self) -> int:
        """How many grades the pupils have not seen in their newest state."""
        return self.count("part", "graded", "changed")

    @property
    def open(self) -> list[Turn]:
        return [turn for turn in self.turns if not turn.is_whole]

    def at(self, seat: Seat) -> Turn | None:
        return next((turn for turn in self.turns if turn.seat.pk == seat.pk), None)

    def beside(self, seat: Seat, step: int) -> Seat | None:
        """The seat before or after; None at the end."""
        at = next((place for place, turn in enumerate(self.turns) if turn.seat.pk == seat.pk), None)
        if at is None or not 0 <= at + step < len(self.turns):
            return None
        return self.turns[at + step].seat

    def next_open(self, seat: Seat) -> Seat | None:
        """Who is to be graded next: after `seat`, then from the beginning."""
        numbers = {turn.seat.pk: turn.number for turn in self.turns}
        here = numbers.get(seat.pk, 0)
        waiting = [turn for turn in self.open if turn.seat.pk != seat.pk]
        waiting.sort(key=lambda turn: (turn.number < here, turn.number))
        return waiting[0].seat if waiting else None


def queue_of(assignment: Assignment, request: HttpRequest) -> Queue:
    """The pupils of the class in the order that this teacher grades in. One query."""
    seats = Seat.objects.filter(assignment=assignment, pupil__left=None).select_related("pupil", "grade")
    released = Max("grade__versions__version", filter=Q(grade__versions__released__isnull=False))
    found = list(seats.annotate(last_released=released).order_by("pupil__name", "pupil_id"))
    seed = request.session.get(HIDDEN)
    if seed is not None:
        # Each has a place by their own number: who joins later moves nobody past another.
        found.sort(key=lambda seat: random.Random(f"{seed}-{seat.pk}").random())  # noqa: S311 - an order, no secret
    criteria = assignment.rubric.criteria if assignment.rubric else []
    turns = [_turn(seat, number, criteria, hidden=seed is not None) for number, seat in enumerate(found, 1)]
    return Queue(turns, hidden=seed is not None)


def _turn(seat: Seat, number: int, criteria: list[dict[str, Any]], *, hidden: bool) -> Turn:
    grade: Grade | None = getattr(seat, "grade", None)
    total = grade.total_by(criteria) if grade else None
    return Turn(seat, number, hidden, _state(grade, criteria, seat.last_released), total)  # type: ignore[attr-defined]


def _state(grade: Grade | None, criteria: list[dict[str, Any]], released: int | None) -> str:
    if grade is None or (grade.is_empty and released is None):
        return "none"
    if released == grade.version:
        return "released"
    if released is not None:
        return "changed"
    if grade.total is not None or (criteria and all(each["key"] in grade.scores for each in criteria)):
        return "graded"
    return "part" if criteria or grade.sum_by(criteria) is None else "graded"


# -- who else has it open ------------------------------------------------------------------------------------------


def others_at(seat: Seat, me: User) -> list[str]:
    """Note that `me` has the page of `seat` open, and give the names of the other teachers who have, too."""
    key, now = f"grading-{seat.pk}", timezone.now()
    seen: dict[int, tuple[str, datetime]] = cache.get(key) or {}
    seen = {pk: (name, at) for pk, (name, at) in seen.items() if (now - at).total_seconds() < OPEN_FOR}
    cache.set(key, seen | {me.pk: (name_of(me), now)}, OPEN_FOR)
    return [name for pk, (name, _at) in seen.items() if pk != me.pk]


def name_of(teacher: User | None) -> str:
    """The name by which the teachers of a class know one of them."""
    return (teacher.shown_name or teacher.username) if teacher else ""
