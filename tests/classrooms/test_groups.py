"""Groups: who is in which, the map of each, and a pupil who changes group with all the work."""

from __future__ import annotations

import pytest

from accounts.models import User
from classrooms.counting import progress_at
from classrooms.models import Assignment, Classroom, Group, Pupil, Requirement, Seat, Twin
from classrooms.models.moving import has_strays
from debates.models import Membership, Refused, Statement, Status, Topic, Vote
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.factories import make_topic, make_tree

pytestmark = pytest.mark.django_db

TREE = """Homework helps
  + because practice does
  - but sleep matters"""
TEXT = "# Sleep\n\nSleep is not a luxury. It is when we learn."


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice)


@pytest.fixture
def pupils(classroom: Classroom) -> list[Pupil]:
    return make_pupils(classroom, "Ada L.", "Ben K.", "Chidi O.", "Dana S.")


@pytest.fixture
def topic(alice: User) -> Topic:
    topic = make_topic(alice)
    make_tree(topic, alice, TREE)
    topic.add_essay(by=alice, title="Sleep", text=TEXT)
    return topic


@pytest.fixture
def assignment(classroom: Classroom, pupils: list[Pupil], topic: Topic, alice: User) -> Assignment:
    assignment = make_assignment(classroom, alice, topic=topic, shape="groups", published=False)
    assignment.publish(by=alice, groups=2)
    return assignment


@pytest.fixture
def ada(assignment: Assignment, pupils: list[Pupil]) -> Seat:
    return seat_of(assignment, pupils[0])


@pytest.fixture
def mate(ada: Seat) -> Seat:
    return Seat.objects.select_related("pupil__user").exclude(pk=ada.pk).get(group=ada.group)


@pytest.fixture
def other(ada: Seat) -> Group:
    return Group.objects.select_related("topic").exclude(pk=ada.group_id).get()


def line(group: Group, text: str) -> Statement:
    return Statement.objects.get(topic=group.topic, text=text)


def again(seat: Seat) -> Seat:
    return seat_of(seat.assignment, seat.pupil)


def test_every_line_of_a_map_knows_its_original(assignment: Assignment, topic: Topic) -> None:
    for group in assignment.groups.all():
        twins = Twin.objects.filter(group=group).select_related("original", "copy")
        assert {(twin.original.topic, twin.copy.topic) for twin in twins} == {(topic, group.topic)}
        assert all(twin.original.text == twin.copy.text for twin in twins)
        assert twins.count() == 3


def test_pupil_who_changes_group_takes_everything_along(ada: Seat, other: Group, alice: User) -> None:
    me, group = ada.pupil.user, ada.group
    mine = line(group, "because practice does").add_argument("opposes", "Practice bores", by=me, note="Often.")
    mine.cite(by=me, title="A report", author="Lee, Ann")
    essay = group.topic.essays.get()  # type: ignore[union-attr]
    mine.quote(essay, TEXT.index("Sleep is"), TEXT.index(" It is"), by=me)
    below = mine.add_argument("supports", "Ask anyone", by=me)
    line(group, "but sleep matters").cast_vote(voter=me, value=4)
    before = set(Statement.objects.filter(topic=group.topic).values_list("pk", "status"))

    assert ada.assignment.move(ada, other, by=alice) == 2

    copy, copy_below = line(other, "Practice bores"), line(other, "Ask anyone")
    assert (copy.parent, copy.stance, copy.note) == (line(other, "because practice does"), "opposes", "Often.")
    assert (copy.author, copy_below.parent, copy.created) == (me, copy, mine.created)
    assert copy.sources.get().author == "Lee, Ann"
    assert (copy.passages.get().quote, copy.passages.get().lost) == ("Sleep is not a luxury.", False)
    assert Vote.objects.get(statement=line(other, "but sleep matters")).voter == me
    assert set(Statement.objects.filter(topic=group.topic).values_list("pk", "status")) == before
    assert below.topic == group.topic
    counts = progress_at(again(ada)).counts
    assert [counts[Requirement(kind)] for kind in ("supporting", "opposing", "sources", "passages", "votes")] == [1] * 5


def test_answer_to_somebody_elses_line_stands_under_the_nearest_twin(
    ada: Seat, mate: Seat, other: Group, alice: User
) -> None:
    theirs = line(ada.group, "but sleep matters").add_argument("opposes", "We can nap", by=mate.pupil.user)
    theirs.add_argument("opposes", "Nobody naps at school", by=ada.pupil.user)

    ada.assignment.move(ada, other, by=alice)

    copy = line(other, "Nobody naps at school")
    assert copy.parent == line(other, "but sleep matters")
    assert copy.stance == "supports", "it speaks against what speaks against the line that it stands under now"
    assert "We can nap" in copy.note
    counts = progress_at(again(ada)).counts
    kinds = ("supporting", "opposing", "rebuttals", "under_others")
    assert [counts[Requirement(kind)] for kind in kinds] == [0, 1, 1, 1], "it counts as it was written"


def test_coming_back_brings_nothing_twice_and_the_newest_words(ada: Seat, other: Group, alice: User) -> None:
    group = ada.group
    mine = line(group, "but sleep matters").add_argument("supports", "We need nine hours", by=ada.pupil.user)
    ada.assignment.move(ada, other, by=alice)
    copy = line(other, "We need nine hours")
    copy.revise(text="Teenagers need nine hours", version=1, by=ada.pupil.user)
    copy.add_argument("supports", "Doctors say so", by=ada.pupil.user)

    assert ada.assignment.move(ada, group, by=alice) == 1

    mine.refresh_from_db()
    assert mine.text == "Teenagers need nine hours"
    assert line(group, "Doctors say so").parent == mine
    assert ada.assignment.move(ada, other, by=alice) == 0
    counts = progress_at(again(ada)).counts
    assert counts[Requirement.SUPPORTING] == 2


def test_line_that_was_sent_while_moving_is_brought_along(ada: Seat, other: Group, alice: User) -> None:
    ada.assignment.move(ada, other, by=alice)
    assert not has_strays(again(ada))

    line(ada.group, "but sleep matters").add_argument("supports", "A moment late", by=ada.pupil.user)

    assert has_strays(again(ada))
    assert ada.assignment.bring_along(again(ada), by=alice) == 1
    assert line(other, "A moment late").author == ada.pupil.user
    assert not has_strays(again(ada))


def test_removed_lines_move_hidden_and_withdrawn_ones_do_not(ada: Seat, other: Group, alice: User) -> None:
    claim = line(ada.group, "Homework helps")
    claim.add_argument("supports", "Rude words", by=ada.pupil.user).remove(by=alice)
    claim.add_argument("supports", "My mistake", by=ada.pupil.user).withdraw(by=ada.pupil.user)

    assert ada.assignment.move(ada, other, by=alice) == 1

    assert line(other, "Rude words").status == Status.REMOVED
    assert progress_at(again(ada)).counts[Requirement.SUPPORTING] == 1


def test_membership_follows_the_pupil(ada: Seat, other: Group, alice: User) -> None:
    ada.assignment.move(ada, other, by=alice)

    assert set(Membership.objects.filter(user=ada.pupil.user).values_list("topic", "role")) == {
        (other.topic_id, "writer")
    }


def test_only_groups_can_be_changed(classroom: Classroom, pupils: list[Pupil], alice: User) -> None:
    assignment = make_assignment(classroom, alice, shape="each")
    seat = seat_of(assignment, pupils[0])
    other = assignment.groups.exclude(pk=seat.group_id)[0]

    with pytest.raises(Refused, match="no groups to change"):
        assignment.move(seat, other, by=alice)


def test_pupil_chooses_a_side_until_half_time(classroom: Classroom, pupils: list[Pupil], alice: User) -> None:
    assignment = make_assignment(classroom, alice, sides="chosen")
    seat = seat_of(assignment, pupils[0])

    assignment.choose_side(seat, "against")
    assert seat_of(assignment, pupils[0]).side == "against"
    with pytest.raises(Refused):
        assignment.choose_side(seat, "both")
    assignment.switch_sides()
    assert seat_of(assignment, pupils[0]).side == "for"
    with pytest.raises(Refused, match="switched"):
        assignment.choose_side(seat, "against")


def test_shuffling_deals_the_groups_anew_with_all_work(
    assignment: Assignment, pupils: list[Pupil], alice: User
) -> None:
    for pupil in pupils:
        claim = line(seat_of(assignment, pupil).group, "Homework helps")
        claim.add_argument("supports", f"Because {pupil.name}", by=pupil.user)

    assignment.shuffle(4, by=alice)

    assert sorted(group.seats.count() for group in assignment.groups.all()) == [1, 1, 1, 1]
    for pupil in pupils:
        assert progress_at(seat_of(assignment, pupil)).counts[Requirement.SUPPORTING] == 1


def test_shared_topic_that_shows_names_is_refused(classroom: Classroom, pupils: list[Pupil], alice: User) -> None:
    with pytest.raises(Refused, match="promised pseudonyms"):
        make_assignment(classroom, alice, topic=make_topic(alice, names_shown="names"))
    shown = make_assignment(classroom, alice, topic=make_topic(alice, names_shown="names"), shape="each")
    assert {group.topic.names_shown for group in shown.groups.all() if group.topic} == {"pseudonyms"}


@pytest.mark.parametrize("shape", ["groups", "each"])
def test_thirty_maps_are_made_within_a_minute_s_acts(
    shape: str, classroom: Classroom, topic: Topic, alice: User, settings: object
) -> None:
    settings.WRITES_PER_MINUTE = 12  # type: ignore[attr-defined]
    make_pupils(classroom, "Ada L.", "Ben K.", "Chidi O.", "Dana S.")
    assignment = make_assignment(classroom, alice, topic=topic, shape=shape, published=False)

    assignment.publish(by=alice, groups=4)
    assignment.pause(by=alice)
    assignment.resume(by=alice)

    assert assignment.groups.count() == 4
    topic.add_claim("One more", by=alice)
