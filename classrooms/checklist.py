"""What is asked of a pupil, how far it is done, and the places in the map where the rest can be done.

A checklist and no measure: no percentage, no comparison with others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import ngettext

from classrooms.models import Requirement, Seat
from debates.models import Passage, Source, Stance, Statement, Status, Vote

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from classrooms.counting import SeatProgress

    type Lines = QuerySet[Statement]

SHOWN = 3
MOST = 100  # lines that are counted: beyond that nobody looks for a place


class Place(NamedTuple):
    """A line of the map, and where one does at it what is asked."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist. `places` are the first of the `total` where it can be done."""

    which: Requirement
    asked: int
    has: int
    sentence: str
    places: tuple[Place, ...] = ()
    total: int = 0
    heading: str = ""

    @property
    def is_met(self) -> bool:
        return self.has >= self.asked


def checklist_of(seat: Seat, progress: SeatProgress, *, places: bool = True) -> list[Item]:
    """The lines for `seat`. A query for each requirement that is not met, at most; none without `places`."""
    asked = seat.assignment.requirements
    found = _Places(seat)
    items = []
    for which in Requirement:
        if count := asked.get(which, 0):
            has = progress.counts[which]
            sentence = said(which, count - has) if has < count else str(which.label)
            more = found.of(which) if has < count and places and seat.group.topic_id else ((), 0, "")
            items.append(Item(which, count, has, sentence, *more))
    return items


def said(which: Requirement, left: int) -> str:
    """How much of it is still to do, in words."""
    sentences = {
        Requirement.SUPPORTING: ngettext("%(n)s more supporting argument", "%(n)s more supporting arguments", left),
        Requirement.OPPOSING: ngettext("%(n)s more opposing argument", "%(n)s more opposing arguments", left),
        Requirement.UNDER_OTHERS: ngettext(
            "%(n)s more under a classmate’s argument", "%(n)s more under arguments of classmates", left
        ),
        Requirement.REBUTTALS: ngettext(
            "%(n)s more rebuttal: against an argument, not a claim",
            "%(n)s more rebuttals: against arguments, not claims", left,
        ),
        Requirement.SOURCES: ngettext("%(n)s more source", "%(n)s more sources", left),
        Requirement.PASSAGES: ngettext("%(n)s more passage of the text", "%(n)s more passages of the text", left),
        Requirement.VOTES: ngettext("%(n)s more vote", "%(n)s more votes", left),
        Requirement.CONCLUSION: ngettext(
            "%(n)s more word in the conclusion", "%(n)s more words in the conclusion", left
        ),
    }  # fmt: skip
    return sentences[which] % {"n": left}


class _Places:
    """Where what is missing can be done: lines of the pupil's map."""

    def __init__(self, seat: Seat) -> None:
        self.me, self.seat = seat.pupil.user_id, seat
        shown = Statement.objects.get_queryset().shown().filter(topic=seat.group.topic_id, refers_to=None)
        self.lines = shown.order_by("depth", "position", "pk")
        self.others = self.lines.filter(depth__gte=1).exclude(author=self.me)

    def of(self, which: Requirement) -> tuple[tuple[Place, ...], int, str]:
        """The first places, how many there are, and what they are."""
        if which == Requirement.CONCLUSION:
            return (), 0, ""
        find, at = _FOUND[which]
        rows = list(find(self).values_list("pk", "text")[:MOST])
        places = tuple(Place(text, self._address(pk, at)) for pk, text in rows[:SHOWN])
        return places, len(rows), _heading(which, len(rows)) if rows else ""

    def _address(self, pk: int, at: str) -> str:
        if at == "essay" and self.seat.group.topic is not None:
            return reverse("topic-essay", args=[self.seat.group.topic.slug])
        return reverse("statement", args=[pk]) + at

    def without(self, stance: str) -> Lines:
        replies = Statement.objects.get_queryset().shown().filter(parent=OuterRef("pk"), stance=stance)
        return self.lines.exclude(Exists(replies))

    def unanswered(self) -> Lines:
        """Arguments of classmates that nobody has replied to."""
        mates = Seat.objects.filter(assignment=self.seat.assignment_id).exclude(pk=self.seat.pk)
        replies = Statement.objects.get_queryset().shown().filter(parent=OuterRef("pk"))
        return self.others.filter(author__in=mates.values("pupil__user")).exclude(Exists(replies))

    def unrebutted(self) -> Lines:
        return self.without(Stance.OPPOSES).filter(depth__gte=1).exclude(author=self.me)

    def mine_without(self, rows: type[Source] | type[Passage]) -> Lines:
        own = Q(author=self.me, depth__gte=1, status__in=(Status.VISIBLE, Status.SUGGESTED))
        mine = Statement.objects.filter(own, topic=self.seat.group.topic_id, refers_to=None)
        return mine.exclude(Exists(rows.objects.filter(statement=OuterRef("pk")))).order_by("pk")

    def unvoted(self) -> Lines:
        return self.others.exclude(Exists(Vote.objects.filter(statement=OuterRef("pk"), voter=self.me)))


# How the lines are found, and what is behind the address of one.
_FOUND: dict[Requirement, tuple[Callable[[_Places], Lines], str]] = {
    Requirement.SUPPORTING: (lambda found: found.without(Stance.SUPPORTS), "?add=supports"),
    Requirement.OPPOSING: (lambda found: found.without(Stance.OPPOSES), "?add=opposes"),
    Requirement.UNDER_OTHERS: (_Places.unanswered, ""),
    Requirement.REBUTTALS: (_Places.unrebutted, "?add=opposes"),
    Requirement.SOURCES: (lambda found: found.mine_without(Source), "sources/"),
    Requirement.PASSAGES: (lambda found: found.mine_without(Passage), "essay"),
    Requirement.VOTES: (_Places.unvoted, ""),
}


def _heading(which: Requirement, total: int) -> str:
    """What the places are, said of all of them."""
    sentences = {
        Requirement.SUPPORTING: ngettext(
            "%(n)s place where nobody says why", "%(n)s places where nobody says why", total
        ),
        Requirement.OPPOSING: ngettext(
            "%(n)s place that nobody has questioned", "%(n)s places that nobody has questioned", total
        ),
        Requirement.UNDER_OTHERS: ngettext("%(n)s place that needs a reply", "%(n)s places that need a reply", total),
        Requirement.REBUTTALS: ngettext(
            "%(n)s argument that nobody has rebutted", "%(n)s arguments that nobody has rebutted", total
        ),
        Requirement.SOURCES: ngettext(
            "%(n)s line of yours has no source", "%(n)s lines of yours have no source", total
        ),
        Requirement.PASSAGES: ngettext(
            "%(n)s line of yours rests on no passage", "%(n)s lines of yours rest on no passage", total
        ),
        Requirement.VOTES: ngettext(
            "%(n)s argument that you have not voted on", "%(n)s arguments that you have not voted on", total
        ),
    }  # fmt: skip
    return sentences[which] % {"n": total if total < MOST else f"{MOST}+"}
