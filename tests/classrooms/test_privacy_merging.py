"""A guest who is a pupil of the roster: what hangs on their seats goes along, and nothing of two is lost."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import User
from classrooms.models import (
    Assignment,
    Classroom,
    Feedback,
    Grade,
    GradeVersion,
    Look,
    LookKind,
    Position,
    Pupil,
    Seat,
    Snapshot,
    Work,
)
from debates.models import Membership, Statement, Topic
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.factories import make_guest

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice)


@pytest.fixture
def ada(classroom: Classroom) -> Pupil:
    return make_pupils(classroom, "Ada L.")[0]


def come(classroom: Classroom) -> Pupil:
    """A guest by the code, who is Ada without her card."""
    code = classroom.code
    assert code is not None
    return classroom.join(make_guest(), code=code, name="ada")


def claim_of(seat: Seat) -> Statement:
    assert seat.group.topic is not None
    return seat.group.topic.claims.order_by("pk")[0]


def test_seat_goes_along_with_all_that_hangs_on_it(alice: User, classroom: Classroom, ada: Pupil) -> None:
    guest = come(classroom)
    assignment = make_assignment(classroom, alice)
    Seat.objects.filter(pupil=ada).delete()
    seat = seat_of(assignment, guest)
    Work.objects.create(seat=seat, conclusion="So it does.")
    Feedback.objects.create(seat=seat, kind="praise", text="Well put", by=alice)
    Grade.objects.create(seat=seat, total=8, by=alice)
    Position.objects.create(seat=seat, claim=claim_of(seat), phase="before", value=3)
    Look.objects.note(classroom, LookKind.NAME, by=alice, pupil=guest)

    ada.take_over(guest)

    assert Seat.objects.get() == seat
    kept = Seat.objects.get()
    assert kept.pupil == ada
    assert (kept.work.conclusion, kept.feedback.count(), kept.positions.count()) == ("So it does.", 1, 1)
    assert kept.grade.total == Decimal(8)
    assert Look.objects.get().pupil == ada


def both(assignment: Assignment, *pupils: Pupil) -> list[Seat]:
    seats = [seat_of(assignment, pupil) for pupil in pupils]
    for seat in seats:
        seat.note_opening()
    return seats


def test_two_seats_become_one_and_lose_no_word(alice: User, classroom: Classroom, ada: Pupil) -> None:
    guest, now = come(classroom), timezone.now()
    theirs, mine = both(make_assignment(classroom, alice), guest, ada)
    later = now + timedelta(days=1)
    Seat.objects.filter(pk=theirs.pk).update(due=later, side="for")
    Work.objects.create(seat=mine, conclusion="Mine.", handed_in=now)
    Work.objects.create(seat=theirs, conclusion="Theirs.", used_ai="Spelling")
    for seat in (mine, theirs):
        Feedback.objects.create(seat=seat, kind="fix", text=f"For {seat.pk}", by=alice)
    claim = claim_of(mine)
    Position.objects.create(seat=mine, claim=claim, phase="before", value=1)
    Position.objects.create(seat=theirs, claim=claim, phase="before", value=4)
    Position.objects.create(seat=theirs, claim=claim, phase="after", value=2)

    ada.take_over(guest)

    kept = Seat.objects.get(pupil=ada)
    assert kept.pk == mine.pk
    assert Seat.objects.count() == 1
    assert (kept.due, kept.side, kept.times_opened) == (later, "for", 2)
    assert (kept.work.conclusion, kept.work.used_ai, kept.work.handed_in) == ("Mine.\n\nTheirs.", "Spelling", now)
    assert kept.feedback.count() == 2
    assert dict(kept.positions.values_list("phase", "value")) == {"before": 1, "after": 2}


def test_two_grades_become_one_history_whose_newest_is_the_pupils(
    alice: User, classroom: Classroom, ada: Pupil
) -> None:
    guest = come(classroom)
    theirs, mine = both(make_assignment(classroom, alice), guest, ada)
    for seat, totals in ((mine, (5, 6)), (theirs, (1, 2, 3))):
        grade = Grade.objects.create(seat=seat, total=totals[-1], version=len(totals), by=alice)
        for version, total in enumerate(totals, 1):
            GradeVersion.objects.create(grade=grade, version=version, total=total, by=alice)

    ada.take_over(guest)

    grade = Grade.objects.get()
    assert (grade.seat_id, grade.total, grade.version) == (mine.pk, Decimal(6), 5)
    assert list(grade.versions.order_by("version").values_list("total", flat=True)) == [1, 2, 3, 5, 6]


def test_pupil_who_did_not_sit_down_yet_comes_into_the_group_of_the_guest(
    alice: User, classroom: Classroom, ada: Pupil
) -> None:
    guest = come(classroom)
    assignment = make_assignment(classroom, alice, shape="groups", published=False)
    assignment.publish(by=alice, groups=2)
    theirs, mine = seat_of(assignment, guest), seat_of(assignment, ada)
    assert theirs.group_id != mine.group_id
    line = claim_of(theirs).add_argument("supports", "It tires", by=guest.user)

    ada.take_over(guest)

    line.refresh_from_db()
    assert (Seat.objects.get().group_id, line.author) == (theirs.group_id, ada.user)
    assert set(Membership.objects.filter(user=ada.user).values_list("topic", flat=True)) == {theirs.group.topic_id}


def test_lines_in_another_group_come_along_where_both_sat_down(alice: User, classroom: Classroom, ada: Pupil) -> None:
    guest = come(classroom)
    assignment = make_assignment(classroom, alice, shape="groups", published=False)
    assignment.publish(by=alice, groups=2)
    theirs, mine = both(assignment, guest, ada)
    claim_of(theirs).add_argument("supports", "It tires", by=guest.user)

    ada.take_over(guest)

    found = Statement.objects.filter(text="It tires", author=ada.user)
    assert set(found.values_list("topic", flat=True)) == {theirs.group.topic_id, mine.group.topic_id}
    assert Topic.objects.filter(statements__text="It tires").count() == 2


def test_frozen_map_knows_the_pupil_as_the_author(alice: User, classroom: Classroom, ada: Pupil) -> None:
    guest = come(classroom)
    theirs, mine = both(make_assignment(classroom, alice), guest, ada)
    Snapshot.objects.create(group=mine.group, last_change=1, document={}, authors={"7": theirs.pk, "8": mine.pk})

    ada.take_over(guest)

    assert Snapshot.objects.get().authors == {"7": mine.pk, "8": mine.pk}
