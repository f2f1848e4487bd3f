"""What happens at the same moment, with real connections: nothing is counted twice, lost, or left half done.

The numbers C1 to C6 are those of docs/testing.md.
"""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from debates.models import Change, Conflict, Membership, Pseudonym, Refused, Statement, Topic, Vote
from tests.debates.together import kinds, together
from tests.debates.trees import faults
from tests.factories import histogram, make_topic, make_tree, make_user

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)

TREE = """
A claim
  + because this
    - but that
      + deep down
  - but no
    - yes though
Another claim
  + and so
"""


@pytest.fixture
def alice(transactional_db: None) -> User:
    return make_user("alice")


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(topic, alice, TREE)


def copy_of(statement: Statement) -> Statement:
    """The statement as another request would have loaded it."""
    return Statement.objects.select_related("topic").get(pk=statement.pk)


def test_c1_two_hundred_votes_of_one_person_are_one(tree: dict[str, Statement]) -> None:
    bob, line = make_user("bob"), tree["but no"]

    def vote(worker: int) -> None:
        for step in range(10):
            line.cast_vote(voter=bob, value=(worker + step) % 5)

    outcomes = together(*(partial(vote, worker) for worker in range(20)))
    assert kinds(outcomes) == set()
    assert Vote.objects.filter(statement=line, voter=bob).count() == 1
    assert sum(histogram(line)) == 1


def test_c1_everyone_who_changes_their_mind_is_counted_once(tree: dict[str, Statement]) -> None:
    people, line = [make_user() for _index in range(25)], tree["but no"]

    def vote(person: User) -> int:
        values = [random.randrange(5) for _time in range(8)]
        for value in values:
            line.cast_vote(voter=person, value=value)
        return values[-1]

    last = together(*(partial(vote, person) for person in people))
    assert kinds(last) == set()
    assert histogram(line) == [last.count(step) for step in range(5)]
    kept = dict(Vote.objects.filter(statement=line).values_list("voter", "value"))
    assert kept == dict(zip((person.pk for person in people), last, strict=True))


def test_c2_the_same_form_sent_fifty_times_is_one_argument(tree: dict[str, Statement]) -> None:
    bob, parent = make_user("bob"), tree["but no"]

    def send() -> list[int]:
        return [copy_of(parent).add_argument("opposes", "Once.", by=bob, key="k-1").pk for _time in range(5)]

    outcomes = together(*[send] * 10)
    assert kinds(outcomes) == set()
    made = Statement.objects.get(author=bob)
    assert {pk for each in outcomes for pk in each} == {made.pk}
    assert Change.objects.filter(statement=made).count() == 1
    assert Pseudonym.objects.filter(user=bob).count() == 1
    assert faults(made.topic) == []


def test_c3_votes_while_a_line_is_withdrawn_are_kept_or_refused(topic: Topic, alice: User) -> None:
    voters = [make_user() for _index in range(4)]
    for turn in range(8):
        line = topic.add_claim(f"Claim {turn}", by=alice)
        votes = [partial(_load_and_vote, line.pk, voter) for voter in voters]
        *voted, withdrawn = together(*votes, partial(copy_of(line).withdraw, by=alice))
        assert withdrawn is None
        assert kinds(voted) <= {"Refused"}
        kept = set(Vote.objects.filter(statement=line).values_list("voter", flat=True))
        assert kept == {voter.pk for voter, each in zip(voters, voted, strict=True) if each is None}


def _load_and_vote(pk: int, voter: User) -> None:
    Statement.objects.get(pk=pk).cast_vote(voter=voter, value=3)


def test_c4_reply_to_a_line_being_withdrawn_comes_before_it_or_is_refused(topic: Topic, alice: User) -> None:
    people = [make_user() for _index in range(4)]
    for turn in range(8):
        line = topic.add_claim(f"Claim {turn}", by=alice)
        replies = [partial(copy_of(line).add_argument, "opposes", "A reply.", by=person) for person in people]
        *replied, withdrawn = together(*replies, partial(copy_of(line).withdraw, by=alice))
        assert withdrawn is None
        assert kinds(replied) <= {"Refused"}
        stored = [reply for reply in replied if isinstance(reply, Statement)]
        assert set(line.arguments.all()) == set(stored)
        end = Change.objects.get(statement=line, verb="withdraw").number
        assert all(change.number < end for change in Change.objects.filter(statement__in=stored))
    assert faults(topic) == []


def test_c5_two_lines_moved_under_each_other_make_no_cycle(tree: dict[str, Statement], alice: User) -> None:
    one, other = tree["because this"], tree["but no"]
    for _turn in range(10):
        outcomes = together(
            partial(copy_of(one).move_under, other, by=alice), partial(copy_of(other).move_under, one, by=alice)
        )
        assert kinds(outcomes) == {"Refused"}
        assert outcomes.count(None) == 1
        assert faults(one.topic) == []
        for line in (one, other):
            copy_of(line).move_under(tree["A claim"], by=alice)


def test_c5_twenty_people_at_work_on_one_topic_leave_a_tree(tree: dict[str, Statement], topic: Topic) -> None:
    outcomes = together(*(partial(_work, topic.pk, make_user(), seed) for seed in range(20)))
    assert kinds(outcomes) == set()
    assert sum(outcomes) > 150, "most acts are not refused"
    assert faults(topic) == []
    # Nine changes made the tree. An act that had nothing to change is neither refused nor numbered.
    assert 9 + 150 < Topic.objects.get(pk=topic.pk).last_change <= 9 + sum(outcomes)


def _work(topic_id: int, by: User, seed: int) -> int:
    """20 acts at random. How many of them were not refused."""
    chance, done = random.Random(seed), 0
    for _time in range(20):
        ids = list(Statement.objects.filter(topic=topic_id).values_list("pk", flat=True))
        line, other = (Statement.objects.get(pk=chance.choice(ids)) for _either in range(2))
        verb = chance.choice(["add", "add", "move", "move", "move", "withdraw", "restore", "reorder", "revise"])
        try:
            _act(verb, line, other, by)
        except Refused:
            continue
        done += 1
    return done


def _act(verb: str, line: Statement, other: Statement, by: User) -> None:
    acts: dict[str, Any] = {
        "add": partial(line.add_argument, "opposes", "A reply.", by=by),
        "move": partial(line.move_under, other, by=by, stance="supports"),
        "withdraw": partial(line.withdraw, by=by),
        "restore": partial(line.restore, by=by),
        "reorder": partial(line.reorder, by=by, after=None),
        "revise": partial(line.revise, text=f"Words {random.random()}", version=line.version, by=by),
    }
    acts[verb]()


def test_c6_of_two_edits_of_one_version_one_is_told(tree: dict[str, Statement], alice: User) -> None:
    line = tree["but no"]
    for turn in range(1, 9):
        readers = [copy_of(line) for _index in range(3)]
        edits = [
            partial(reader.revise, text=f"Words {turn} {index}", version=turn, by=alice)
            for index, reader in enumerate(readers)
        ]
        outcomes = together(*edits)
        assert kinds(outcomes) == {"Conflict"}
        assert outcomes.count(None) == 1
        line.refresh_from_db()
        assert line.text == f"Words {turn} {outcomes.index(None)}"
        assert line.version == turn + 1
        told = [each.current.text for each in outcomes if isinstance(each, Conflict)]
        assert told == [line.text] * 2
    assert faults(line.topic) == []


def test_change_is_undone_once_whoever_asks(tree: dict[str, Statement], alice: User) -> None:
    tree["but no"].turn(by=alice)
    change = Change.objects.get(verb="turn")
    outcomes = together(*(partial(Change.objects.get(pk=change.pk).undo, by=alice) for _index in range(6)))
    assert kinds(outcomes) == {"Refused"}
    assert len([each for each in outcomes if isinstance(each, Change)]) == 1
    assert copy_of(tree["but no"]).stance == "opposes"
    assert faults(change.topic) == []


def test_topics_of_one_title_begun_at_once_all_begin(alice: User) -> None:
    outcomes = together(*(partial(make_topic, make_user(), title="The same") for _index in range(8)))
    assert kinds(outcomes) == set()
    assert len({topic.slug for topic in outcomes}) == 8


def test_person_who_joins_twice_at_once_is_one_member(topic: Topic, alice: User) -> None:
    bob, link = make_user("bob"), topic.share("writer", by=alice)
    outcomes = together(*[partial(topic.join, bob, link=link)] * 8)
    assert kinds(outcomes) == set()
    assert Membership.objects.get(user=bob).role == "writer"


def test_two_owners_do_not_leave_at_once(topic: Topic, alice: User) -> None:
    bob = make_user("bob")
    Membership.objects.create(topic=topic, user=bob, role="owner")
    both = [Membership.objects.get(topic=topic, user=user) for user in (alice, bob)]
    outcomes = together(*(membership.end for membership in both))
    assert kinds(outcomes) == {"Refused"}
    assert Membership.objects.filter(topic=topic, role="owner").count() == 1


def test_person_deleted_while_they_write_leaves_no_trace_of_their_number(topic: Topic, alice: User) -> None:
    """C12: what was said before stays, without a name; what comes after is not stored."""
    for _turn in range(4):
        bob = make_user()
        pk, writer = bob.pk, type(bob).objects.get(pk=bob.pk)

        def write(by: User = writer) -> None:
            for _time in range(10):
                topic.add_claim("A claim of someone who leaves", by=by)

        together(write, bob.delete)
        assert not Statement.objects.filter(author_id=pk).exists()
        assert not Change.objects.filter(actor_id=pk).exists()
        assert not Pseudonym.objects.filter(user_id=pk).exists()
    assert faults(topic) == []
