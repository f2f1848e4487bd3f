"""An assignment: its maps, seats, sides and deadlines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from classrooms.models import Classroom, Pupil, Seat
from debates.models import Closed, Conflict, Membership, Refused, Role, Statement, Status
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.factories import make_member, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice)


@pytest.fixture
def pupils(classroom: Classroom) -> list[Pupil]:
    return make_pupils(classroom, "Ada L.", "Ben K.", "Chidi O.", "Dana S.")


def test_shared_map_is_the_topic_with_everyone_as_a_writer(
    classroom: Classroom, pupils: list[Pupil], alice: User
) -> None:
    assignment = make_assignment(classroom, alice)

    assert {seat.group.topic for seat in assignment.seats.all()} == {assignment.topic}
    roles = Membership.objects.filter(topic=assignment.topic).exclude(user=alice).values_list("role", flat=True)
    assert list(roles) == [Role.WRITER] * 4


def test_each_pupil_has_a_copy_of_the_template(classroom: Classroom, pupils: list[Pupil], alice: User) -> None:
    assignment = make_assignment(classroom, alice, shape="each")

    topics = {seat.group.topic for seat in assignment.seats.select_related("group__topic")}
    assert len(topics) == 4
    assert assignment.topic not in topics
    assert all(topic.statements.count() == 3 for topic in topics if topic)


def test_pupils_are_spread_over_the_groups_and_sides_are_even(
    classroom: Classroom, pupils: list[Pupil], alice: User
) -> None:
    assignment = make_assignment(classroom, alice, published=False, shape="groups", sides="assigned")
    assignment.make_groups(2, by=alice)
    assignment.publish(by=alice)

    for group in assignment.groups.all():
        assert sorted(group.seats.values_list("side", flat=True)) == ["against", "for"]
    before = dict(assignment.seats.values_list("pk", "side"))
    assignment.switch_sides()
    assert all(seat.side != before[seat.pk] for seat in assignment.seats.all())


def test_after_the_cutoff_a_line_waits_for_the_teacher(classroom: Classroom, pupils: list[Pupil], alice: User) -> None:
    assignment = make_assignment(classroom, alice, cutoff=timezone.now() - timedelta(seconds=1))
    claim = Statement.objects.get(text="Homework helps")

    late = claim.add_argument("supports", "Sent a second too late", by=pupils[0].user)

    assert late.status == Status.SUGGESTED
    with pytest.raises(Closed, match="time for this topic is over"):
        claim.revise(text="Other words", version=1, by=pupils[0].user)
    late.accept(by=alice)
    late.refresh_from_db()
    assert late.status == Status.VISIBLE
    assert seat_of(assignment, pupils[0]).over_after == assignment.cutoff


def test_extension_gives_one_pupil_more_time(classroom: Classroom, pupils: list[Pupil], alice: User) -> None:
    past, later = timezone.now() - timedelta(minutes=1), timezone.now() + timedelta(days=1)
    assignment = make_assignment(classroom, alice, cutoff=past)
    assignment.extend(seat_of(assignment, pupils[0]), due=None, cutoff=later)
    claim = Statement.objects.get(text="Homework helps")

    mine = claim.add_argument("supports", "In time", by=pupils[0].user)
    late = claim.add_argument("opposes", "Too late", by=pupils[1].user)

    assert (mine.status, late.status) == (Status.VISIBLE, Status.SUGGESTED)


def test_who_writes_first_sees_the_others_later(classroom: Classroom, pupils: list[Pupil], alice: User) -> None:
    assignment = make_assignment(classroom, alice, write_first=True)
    claim = Statement.objects.get(text="Homework helps")
    membership = Membership.objects.get(topic=assignment.topic, user=pupils[0].user)
    assert membership.role == Role.SUGGESTER
    waiting = claim.add_argument("supports", "Mine", by=pupils[0].user, suggested=True)

    assignment.unveil(by=alice)

    waiting.refresh_from_db()
    membership.refresh_from_db()
    assert (waiting.status, membership.role) == (Status.VISIBLE, Role.WRITER)


def test_pause_closes_every_map_and_resume_opens_it(classroom: Classroom, pupils: list[Pupil], alice: User) -> None:
    assignment = make_assignment(classroom, alice)
    claim = Statement.objects.get(text="Homework helps")
    assignment.pause(by=alice)
    with pytest.raises(Closed):
        claim.add_argument("supports", "Now?", by=pupils[0].user)

    assignment.resume(by=alice)

    assert claim.add_argument("supports", "Now.", by=pupils[0].user).pk


def test_map_that_is_made_in_a_pause_is_closed(classroom: Classroom, pupils: list[Pupil], alice: User) -> None:
    assignment = make_assignment(classroom, alice, shape="each")
    assignment.pause(by=alice)
    (late,) = make_pupils(classroom, "Emil")

    made = assignment.seat(late, by=alice).group.topic

    assert made is not None
    assert not made.is_open


def test_pupil_who_left_is_let_into_no_other_map(classroom: Classroom, pupils: list[Pupil], alice: User) -> None:
    assignment = make_assignment(classroom, alice, shape="groups")
    (other,) = assignment.make_groups(2, by=alice)
    pupils[0].leave()

    assignment.move(seat_of(assignment, pupils[0]), other, by=alice)

    assert not Membership.objects.filter(user=pupils[0].user).exists()


def test_pupil_whose_own_topic_is_assigned_stays_its_owner(classroom: Classroom, pupils: list[Pupil]) -> None:
    topic = make_topic(pupils[0].user)
    make_member(topic, classroom.first_owner(), "editor")

    make_assignment(classroom, classroom.first_owner(), topic=topic)

    assert topic.memberships.get(user=pupils[0].user).role == Role.OWNER


def test_settings_are_refused_with_the_field(classroom: Classroom, alice: User) -> None:
    now = timezone.now()
    for fields, field in (
        ({"title": ""}, "title"),
        ({"due": now, "cutoff": now - timedelta(1)}, "cutoff"),
        ({"opens": now, "due": now - timedelta(1)}, "opens"),
        ({"requirements": {"likes": 3}}, "requirements"),
        ({"requirements": {"votes": -1}}, "requirements"),
    ):
        with pytest.raises(Refused) as refused:
            make_assignment(classroom, alice, **fields)
        assert refused.value.field == field


def test_two_teachers_who_change_one_assignment_meet_a_conflict(
    classroom: Classroom, pupils: list[Pupil], alice: User
) -> None:
    assignment = make_assignment(classroom, alice)
    assignment.revise(version=1, title="New")

    with pytest.raises(Conflict):
        assignment.revise(version=1, title="Newer")
    with pytest.raises(Refused, match="Pupils have begun"):
        assignment.revise(version=2, shape="each")
    assert Seat.objects.count() == 4


def test_archived_class_takes_no_contributions_until_it_is_reopened(
    classroom: Classroom, pupils: list[Pupil], alice: User
) -> None:
    running = make_assignment(classroom, alice)
    paused = make_assignment(classroom, alice, topic=make_topic(alice))
    paused.pause(by=alice)
    claim = Statement.objects.get(topic=running.topic, text="Homework helps")

    classroom.archive(by=alice)
    with pytest.raises(Closed):
        claim.add_argument("supports", "After the year", by=pupils[0].user)
    classroom.reopen(by=alice)

    assert claim.add_argument("supports", "Once more", by=pupils[0].user).pk
    paused.refresh_from_db()
    assert paused.paused is not None


def test_two_assignments_do_not_share_one_map(classroom: Classroom, alice: User, pupils: list[Pupil]) -> None:
    first = make_assignment(classroom, alice)
    assert first.topic is not None

    with pytest.raises(Refused, match="Another assignment works in this topic"):
        make_assignment(classroom, alice, topic=first.topic)
    first.remove()
    assert make_assignment(classroom, alice, topic=first.topic).pk


def test_pause_and_cutoff_go_with_the_assignment(classroom: Classroom, alice: User, pupils: list[Pupil]) -> None:
    assignment = make_assignment(classroom, alice, cutoff=timezone.now() - timedelta(hours=1))
    assignment.pause(by=alice)

    assignment.remove()

    topic = assignment.topic
    assert topic is not None
    topic.refresh_from_db()
    assert (topic.is_open, topic.is_over()) == (True, False)


def test_what_came_too_late_is_not_shown_with_what_everyone_wrote_first(
    classroom: Classroom, pupils: list[Pupil], alice: User
) -> None:
    assignment = make_assignment(classroom, alice, write_first=True)
    claim = Statement.objects.get(text="Homework helps")
    early = claim.add_argument("supports", "In time", by=pupils[0].user, suggested=True)
    assignment.refresh_from_db()
    assignment.revise(version=assignment.version, cutoff=timezone.now())
    late = claim.add_argument("supports", "Too late", by=pupils[1].user)

    assignment.unveil(by=alice)

    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.status, late.status) == (Status.VISIBLE, Status.SUGGESTED)


def test_lines_of_pupils_are_no_part_of_the_template(classroom: Classroom, pupils: list[Pupil], alice: User) -> None:
    topic = make_topic(alice)
    make_member(topic, pupils[0].user)
    claim = topic.add_claim("Homework helps", by=alice)
    claim.add_argument("supports", "A pupil’s own words", by=pupils[0].user)

    assignment = make_assignment(classroom, alice, topic=topic, shape="each")

    copies = Statement.objects.filter(topic__in=assignment.groups.values("topic"))
    assert set(copies.values_list("text", flat=True)) == {"Homework helps"}
