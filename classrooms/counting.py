"""What is asked for counts itself: how far every pupil of an assignment has come, in queries whose number is fixed.

An argument is a line under another one, in the pupil's own words: claims and links to other lines are none. It counts
for its author from the moment it is sent: while it waits for a teacher (written first, or late), and when a teacher or
an editor removed it. What the pupil took back does not count. Of it count as

- supporting, opposing: those so marked, rebuttals among the opposing;
- under_others: those under an argument of another pupil, or of somebody who has left no name;
- rebuttals: those that oppose an argument, not a claim;
- sources, passages: what the pupil's arguments rest on, also where a passage lost its place in an edited text;
- votes: the lines that the pupil voted on;
- conclusion: the words of the conclusion.

A pupil who changed group took the arguments along. They count as they stand now, where they were written: a rebuttal
stays one where the new map lacks the line that it answered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from classrooms.models import Pupil, Requirement, Seat, Twin, Work
from debates.models import Change, Passage, Source, Stance, Statement, Status, Vote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from classrooms.models import Assignment

    type Counts = dict[Requirement, int]
    type Of = tuple[int | None, int | None]  # the topic of a map, and a person in it

# Whoever opened the page twice and has written nothing is stuck: nothing else is known of how time is spent.
STUCK_AFTER = 2


class Written(NamedTuple):
    """An argument as far as it counts. `above` is who wrote the line above, or None."""

    pk: int
    topic: int
    author: int | None
    stance: str
    depth: int
    above: int | None


@dataclass(frozen=True, slots=True)
class SeatProgress:
    """How far one pupil has come. `counts` has every Requirement, `missing` those of which more are asked, how many.

    `first_act` and `last_act` are when the pupil did something in the map, voted, or wrote the conclusion; `opened` is
    when the page of the assignment was first opened. `status` is one of not_started (nothing written), stuck (opened
    more than once, nothing written), under_way, met (all that is asked for is there), handed_in, late (handed in after
    the pupil's due date, or not yet handed in when it is over).
    """

    seat: Seat
    pupil: Pupil
    counts: Counts
    missing: Counts
    first_act: datetime | None
    last_act: datetime | None
    opened: datetime | None
    status: str

    @property
    def is_met(self) -> bool:
        """Whether all that is asked for is there."""
        return not self.missing


def progress_of(assignment: Assignment) -> list[SeatProgress]:
    """Everybody's progress, in the order of names: pupils who left the class are not shown. Nine queries at most."""
    seats = Seat.objects.filter(assignment=assignment, pupil__left=None)
    return _progress(assignment, seats.select_related("pupil", "group__topic").order_by("pupil__name", "pupil_id"))


def progress_at(seat: Seat) -> SeatProgress:
    """As progress_of, of one pupil, whether they left or not."""
    found = Seat.objects.filter(pk=seat.pk).select_related("pupil", "group__topic")
    return _progress(seat.assignment, found)[0]


def _progress(assignment: Assignment, seats: Iterable[Seat]) -> list[SeatProgress]:
    found = list(seats)
    tally = _Tally(assignment, found)
    works = {work.seat_id: work for work in Work.objects.filter(seat__in=found)}
    for seat in found:
        seat.assignment = assignment
    return [_of(seat, tally, works.get(seat.pk)) for seat in found]


def _of(seat: Seat, tally: _Tally, work: Work | None) -> SeatProgress:
    me: Of = (seat.group.topic_id, seat.pupil.user_id)
    counts = tally.counts_of(seat) | {Requirement.CONCLUSION: work.words if work else 0}
    asked = ((Requirement(name), count) for name, count in seat.assignment.requirements.items())
    missing = {which: count - counts[which] for which, count in asked if counts[which] < count}
    acts = [each for each in (*tally.acts[me[1]], work.updated if work and work.version > 1 else None) if each]
    return SeatProgress(
        seat, seat.pupil, counts, missing, min(acts, default=None), max(acts, default=None), seat.opened,
        _status(seat, counts, missing, work),
    )  # fmt: skip


def _status(seat: Seat, counts: Counts, missing: Counts, work: Work | None) -> str:
    handed_in = work.handed_in if work else None
    if handed_in is not None:
        return "late" if seat.assignment.is_late(handed_in, due=seat.due) else "handed_in"
    if not any(count for which, count in counts.items() if which != Requirement.VOTES):
        return "stuck" if seat.times_opened >= STUCK_AFTER else "not_started"
    if seat.is_past_due:
        return "late"
    return "under_way" if missing else "met"


@dataclass
class _Tally:
    """What is counted, per map and person. One query per kind, for all seats together."""

    assignment: Assignment
    seats: Sequence[Seat]
    counts: defaultdict[Of, Counter[Requirement]] = field(default_factory=lambda: defaultdict(Counter))
    acts: defaultdict[int | None, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.topics = {seat.group.topic_id for seat in self.seats if seat.group.topic_id}
        self.users = [seat.pupil.user_id for seat in self.seats]
        self.pupils = set(Seat.objects.filter(assignment=self.assignment).values_list("pupil__user_id", flat=True))
        self._count_arguments()
        self._count_evidence()
        self._count_votes()
        self._find_acts()

    def counts_of(self, seat: Seat) -> Counts:
        found = self.counts[seat.group.topic_id, seat.pupil.user_id]
        return {which: found[which] for which in Requirement}

    def _own(self) -> Q:
        """What is a pupil's argument, as the module says."""
        return Q(topic__in=self.topics, author__in=self.users, depth__gte=1, refers_to=None) & ~Q(
            status=Status.WITHDRAWN
        )

    def _count_arguments(self) -> None:
        moved = self._moved()
        rows = Statement.objects.filter(self._own()).order_by()
        for row in rows.values_list("pk", "topic_id", "author_id", "stance", "depth", "parent__author_id"):
            written = Written(*row)
            first = moved.get(written.pk, written)
            self.counts[written.topic, written.author].update(self._kinds(first))

    def _kinds(self, written: Written) -> list[Requirement]:
        opposes, below = written.stance == Stance.OPPOSES, written.depth > 1
        is_other = written.above is None or (written.above in self.pupils and written.above != written.author)
        kinds = [Requirement.OPPOSING if opposes else Requirement.SUPPORTING]
        kinds += [Requirement.REBUTTALS] if opposes and below else []
        return kinds + ([Requirement.UNDER_OTHERS] if below and is_other else [])

    def _moved(self) -> Mapping[int, Written]:
        """Where pupils who changed group wrote what stands in their new map, by its number there."""
        taken = Twin.objects.filter(group__assignment=self.assignment, original__author__in=self.users)
        columns = ("pk", "topic_id", "author_id", "stance", "depth", "parent__author_id")
        rows = taken.order_by().values_list("copy_id", "copy__author_id", *(f"original__{name}" for name in columns))
        return {copy: Written(*row) for copy, author, *row in rows if row[2] == author}

    def _count_evidence(self) -> None:
        own = Statement.objects.filter(self._own())
        for which, model in ((Requirement.SOURCES, Source), (Requirement.PASSAGES, Passage)):
            rows = model.objects.filter(statement__in=own).order_by()
            found = rows.values_list("statement__topic_id", "statement__author_id")
            for topic, author, count in found.annotate(Count("pk")):
                self.counts[topic, author][which] = count

    def _count_votes(self) -> None:
        """Also those in a map that the pupil left, but for lines that the new map has, too."""
        maps = self.assignment.groups.exclude(topic=None).values("topic")
        twins = Twin.objects.filter(copy=OuterRef("statement"))
        votes = Vote.objects.filter(voter__in=self.users, statement__topic__in=maps).order_by()
        rows = votes.annotate(is_twin=Exists(twins)).values_list("voter_id", "statement__topic_id", "is_twin")
        now = {seat.pupil.user_id: seat.group.topic_id for seat in self.seats}
        for voter, topic, is_twin, count, first, last in rows.annotate(Count("pk"), Min("at"), Max("at")):
            self.acts[voter] += [first, last]
            if topic == now[voter] or not is_twin:
                self.counts[now[voter], voter][Requirement.VOTES] += count

    def _find_acts(self) -> None:
        maps = self.assignment.groups.exclude(topic=None).values("topic")
        changes = Change.objects.filter(topic__in=maps, actor__in=self.users).order_by().values_list("actor_id")
        for actor, first, last in changes.annotate(Min("at"), Max("at")):
            self.acts[actor] += [first, last]
