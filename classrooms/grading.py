"""What a teacher grades: a pupil's arguments in their places, as they were at the cut-off, and what came after it.

Before the cut-off, and where there is none, the map as it is now is graded. Everything here has the same number of
queries whatever the size of the class and of its maps.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from classrooms.freezing import document_of
from classrooms.models import Feedback, Snapshot
from debates.models import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classrooms.models import Seat

    type Row = dict[str, Any]

# When a line came: in time, after the due date, within the time that this pupil has longer, or too late.
IN_TIME, PAST_DUE, EXTENSION, LATE = "", "due", "extension", "late"


@dataclass(frozen=True, slots=True)
class Above:
    """The line that an argument answers."""

    text: str
    stance: str
    author: str
    is_own: bool


@dataclass(slots=True)
class Piece:
    """An argument as it is graded. `now` is what it says today, where that is something else."""

    pk: int
    stance: str
    text: str
    note: str
    status: str
    created: datetime
    changes: int
    above: Above | None
    sources: list[Row]
    passages: list[Row]
    votes: int
    came: str = IN_TIME
    now: str = ""
    now_came: str = IN_TIME
    feedback: list[Feedback] = field(default_factory=list)

    @property
    def is_removed(self) -> bool:
        return self.status == Status.REMOVED

    @property
    def is_waiting(self) -> bool:
        return self.status == Status.SUGGESTED


@dataclass(slots=True)
class Pieces:
    """All that one pupil wrote: what is graded, and apart from it what came when the time was over."""

    snapshot: Snapshot | None
    pieces: list[Piece] = field(default_factory=list)
    later: list[Piece] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)  # on the whole

    @property
    def all(self) -> list[Piece]:
        return [*self.pieces, *self.later]

    def count(self, stance: str) -> int:
        return sum(piece.stance == stance for piece in self.pieces)


def pieces_of(seat: Seat) -> Pieces:
    """What the pupil of `seat` wrote. Freezes the map where the cut-off is over and nobody acted since."""
    seat.group.assignment = seat.assignment
    snapshot = Snapshot.objects.at_cutoff(seat.group)
    topic = seat.group.topic
    live = _Reading(document_of(topic, author=seat.pupil.user_id)) if topic else _Reading()
    found = Pieces(snapshot)
    if snapshot is None:
        found.pieces = [_timed(live.piece(pk), seat) for pk in live.own()]
    else:
        frozen = _Reading(snapshot.document, {int(pk) for pk, by in snapshot.authors.items() if by == seat.pk})
        found.pieces = [_now(_timed(frozen.piece(pk), seat), live, seat) for pk in frozen.own()]
        came_later = [_timed(live.piece(pk), seat) for pk in live.own() if pk not in frozen.lines]
        # Who changed group took lines along that were written in time.
        found.pieces += [piece for piece in came_later if piece.came in {IN_TIME, PAST_DUE}]
        found.later = [piece for piece in came_later if piece.came in {EXTENSION, LATE}]
    _give_feedback(found, seat)
    return found


def came_at(seat: Seat, at: datetime) -> str:
    """Whether something that the pupil of `seat` did was in time, and how late if not."""
    cutoff = seat.assignment.cutoff
    if cutoff is not None and at > cutoff:
        return EXTENSION if seat.cutoff is not None and at <= seat.cutoff else LATE
    return PAST_DUE if seat.late_after is not None and at > seat.late_after else IN_TIME


def _timed(piece: Piece, seat: Seat) -> Piece:
    piece.came = came_at(seat, piece.created)
    return piece


def _now(piece: Piece, live: _Reading, seat: Seat) -> Piece:
    """`piece` with the words that it has today, if they are others."""
    row = live.lines.get(piece.pk)
    if row is not None and row["status"] != Status.WITHDRAWN and row["text"] != piece.text:
        piece.now, piece.now_came = row["text"], came_at(seat, datetime.fromisoformat(row["updated"]))
    return piece


def _give_feedback(found: Pieces, seat: Seat) -> None:
    """One query."""
    by_line: defaultdict[int | None, list[Feedback]] = defaultdict(list)
    for each in Feedback.objects.shown().filter(seat=seat).told():
        by_line[each.statement_id].append(each)
    for piece in found.all:
        piece.feedback = by_line.pop(piece.pk, [])
    found.feedback = by_line.pop(None, [])


class _Reading:
    """A document of classrooms.freezing, to be asked for single lines."""

    def __init__(self, document: dict[str, Any] | None = None, own: Iterable[int] | None = None) -> None:
        document = document or {"statements": [], "sources": [], "passages": [], "tallies": [], "essays": []}
        self.lines: dict[int, Row] = {row["id"]: row for row in document["statements"]}
        self.mine = {pk for pk, row in self.lines.items() if row.get("own")} if own is None else set(own)
        self.essays = {row["id"]: row["title"] for row in document["essays"]}
        self.sources, self.passages = _by_line(document["sources"]), _by_line(document["passages"])
        self.votes = {row["statement"]: sum(row["counts"]) for row in document["tallies"]}

    def own(self) -> list[int]:
        """The pupil's lines in the order in which they were written, but for links and what was taken back."""
        rows = [row for pk, row in self.lines.items() if pk in self.mine]
        kept = [row for row in rows if row["refers_to"] is None and row["status"] != Status.WITHDRAWN]
        return [row["id"] for row in sorted(kept, key=lambda row: (row["created"], row["id"]))]

    def piece(self, pk: int) -> Piece:
        row = self.lines[pk]
        passages = [each | {"essay": self.essays.get(each["essay"], "")} for each in self.passages[pk]]
        return Piece(
            pk, row["stance"], row["text"], row["note"], row["status"], datetime.fromisoformat(row["created"]),
            row["version"] - 1, self._above(row), self.sources[pk], passages, self.votes.get(pk, 0),
        )  # fmt: skip

    def _above(self, row: Row) -> Above | None:
        above = self.lines.get(row["parent"] or 0)
        if above is None:
            return None
        return Above(above["text"], above["stance"], above["author"], above["id"] in self.mine)


def _by_line(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["statement"]].append(row)
    return found
