"""What one pupil wrote, each line in its place, with the feedback on it. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from classrooms.models import Feedback, Phrase
from debates.models import Statement, Status

if TYPE_CHECKING:
    from accounts.models import User
    from classrooms.models import Seat

    type Notes = dict[int | None, list[Feedback]]

PER_PAGE = 50
MOST_LINES = 10**6
# Of the phrases that a teacher keeps, how many stand at the box: those used most.
OFFERED = 12


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line of the pupil's; `above` is what it answers, "" for a claim. `pk` is 0 for the work as a whole."""

    pk: int
    text: str
    stance: str
    above: str
    above_stance: str
    status: str
    at: datetime
    notes: tuple[Feedback, ...]

    @property
    def status_word(self) -> str:
        return "" if self.status == Status.VISIBLE else str(Status(self.status).label)


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of them, in the order in which they were written. `more` is where the next one begins."""

    lines: tuple[OwnLine, ...]
    whole: tuple[Feedback, ...]
    total: int
    more: int | None


def lines_of(seat: Seat, *, start: int = 0) -> Lines:
    """The lines from the number `start` on, in every map of the assignment where they wrote. Three queries."""
    maps = Q(topic__groups__assignment=seat.assignment_id)
    mine = Statement.objects.filter(maps, author=seat.pupil.user_id, refers_to=None).exclude(status=Status.WITHDRAWN)
    found = mine.select_related("parent").order_by("pk").distinct()
    rows = list(found[start : start + PER_PAGE])
    notes = notes_of(seat)
    total = found.count()
    lines = tuple(
        OwnLine(
            row.pk, row.text, row.stance, row.parent.text if row.parent else "",
            row.parent.stance if row.parent else "", row.status, row.created, tuple(notes.get(row.pk, ())),
        )
        for row in rows
    )  # fmt: skip
    more = start + PER_PAGE if start + PER_PAGE < total else None
    return Lines(lines, tuple(notes.get(None, ())), total, more)


def notes_of(seat: Seat) -> Notes:
    """The feedback that shows, by the line it is on. One query."""
    found: defaultdict[int | None, list[Feedback]] = defaultdict(list)
    for each in Feedback.objects.shown().filter(seat=seat).told():
        found[each.statement_id].append(each)
    return dict(found)


def notes_on(seat: Seat, line: int | None) -> list[Feedback]:
    """The feedback that shows on one line, or on the work as a whole. One query."""
    return list(Feedback.objects.shown().filter(seat=seat, statement=line).told())


def phrases_of(teacher: User) -> list[Phrase]:
    """What is offered to use again. One query."""
    return list(Phrase.objects.filter(teacher=teacher)[:OFFERED])
