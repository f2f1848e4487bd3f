"""What a guest has in a class becomes that of a pupil of its roster: seats, and all that hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from classrooms.models.feedback import Feedback
from classrooms.models.grade import Grade, GradeVersion
from classrooms.models.group import Seat
from classrooms.models.look import Look
from classrooms.models.position import Position
from classrooms.models.snapshot import Snapshot
from classrooms.models.work import Work
from debates.models import Membership, Role

if TYPE_CHECKING:
    from classrooms.models.pupil import Pupil


@transaction.atomic
def move_rows(guest: Pupil, *, to: Pupil) -> None:
    """Give all rows of `guest` in the class to `to`; both rows are locked with the class, and the same person now.

    Where both have a seat in an assignment nothing is lost: texts are put one after the other, the later date holds,
    the positions of `to` stand, and grades of the guest go before theirs in the history of the grade.
    """
    Look.objects.filter(pupil=guest).update(pupil=to)
    mine = {seat.assignment_id: seat for seat in _seats(to)}
    for theirs in _seats(guest):
        seat = mine.get(theirs.assignment_id)
        if seat is None:
            Seat.objects.filter(pk=theirs.pk).update(pupil=to)
        elif seat.opened is None and not _is_used(seat):
            # The roster was seated when the assignment was given; the pupil sat down elsewhere, as a guest.
            _give_up(seat, for_=theirs, of=to)
        else:
            _join(theirs, seat)


def _seats(pupil: Pupil) -> list[Seat]:
    return list(Seat.objects.filter(pupil=pupil).select_related("assignment__classroom", "group__topic", "pupil__user"))


def _is_used(seat: Seat) -> bool:
    """Whether anything hangs on the seat, or its pupil was given dates of their own. Lines in maps are the person's."""
    hangs = (model.objects.filter(seat=seat).exists() for model in (Work, Feedback, Grade, Position))
    return bool(seat.due or seat.cutoff) or any(hangs)


def _give_up(seat: Seat, *, for_: Seat, of: Pupil) -> None:
    """Leave a seat that nobody sat on, perhaps for another group, and take along what was written all the same."""
    seat.delete()
    for_.pupil, for_.side = of, for_.side or seat.side
    for_.save(update_fields=["pupil", "side"])
    if for_.group_id != seat.group_id:
        given = Membership.objects.filter(topic=seat.group.topic_id, user=of.user_id)
        given.filter(role__in=(Role.WRITER, Role.SUGGESTER)).delete()
        _bring_along(for_)


def _bring_along(seat: Seat) -> None:
    seat.assignment.bring_along(seat, by=seat.assignment.giver)


def _join(theirs: Seat, seat: Seat) -> None:
    """Put the seat of the guest into that of the pupil. The guest's goes with their row."""
    _join_work(theirs, seat)
    Feedback.objects.filter(seat=theirs).update(seat=seat)
    _join_grade(theirs, seat)
    for position in Position.objects.filter(seat=theirs):
        if not Position.objects.filter(seat=seat, claim=position.claim_id, phase=position.phase).exists():
            Position.objects.filter(pk=position.pk).update(seat=seat)
    for snapshot in Snapshot.objects.filter(group__assignment=seat.assignment_id):
        snapshot.authors = {pk: seat.pk if by == theirs.pk else by for pk, by in snapshot.authors.items()}
        snapshot.save(update_fields=["authors"])
    Seat.objects.filter(pk=seat.pk).update(
        side=seat.side or theirs.side, times_opened=F("times_opened") + theirs.times_opened,
        opened=min(filter(None, (seat.opened, theirs.opened)), default=None),
        due=max(filter(None, (seat.due, theirs.due)), default=None),
        cutoff=max(filter(None, (seat.cutoff, theirs.cutoff)), default=None),
    )  # fmt: skip
    if theirs.group_id != seat.group_id:
        _bring_along(seat)


def _join_work(theirs: Seat, seat: Seat) -> None:
    other = Work.objects.filter(seat=theirs).first()
    mine = Work.objects.filter(seat=seat).first()
    if other is None or mine is None:
        Work.objects.filter(seat=theirs).update(seat=seat)
        return
    Work.objects.filter(pk=mine.pk).update(
        conclusion=_both(mine.conclusion, other.conclusion),
        used_ai=_both(mine.used_ai, other.used_ai),
        handed_in=min(filter(None, (mine.handed_in, other.handed_in)), default=None),
        version=F("version") + 1, updated=timezone.now(),
    )  # fmt: skip


def _both(mine: str, other: str) -> str:
    """One text after the other; where that is more than a form takes, the pupil decides what to leave out."""
    return "\n\n".join(filter(None, dict.fromkeys((mine, other))))


def _join_grade(theirs: Seat, seat: Seat) -> None:
    """The grade that the teachers gave the pupil is the newest; what the guest was given is its beginning."""
    other, mine = (Grade.objects.filter(seat=each).first() for each in (theirs, seat))
    if other is None or mine is None:
        Grade.objects.filter(seat=theirs).update(seat=seat)
        return
    states = GradeVersion.objects.filter(grade=mine).order_by("-version")
    for state in states:  # from the last, so that no two have one number at any time
        GradeVersion.objects.filter(pk=state.pk).update(version=state.version + other.version)
    Grade.objects.filter(pk=mine.pk).update(version=F("version") + other.version)
    GradeVersion.objects.filter(grade=other).update(grade=mine)
