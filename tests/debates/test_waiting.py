"""A suggestion that no editor has accepted: its author and the editors know of it, and no number tells anyone else."""

from __future__ import annotations

import pytest

from accounts.models import User
from debates.history import History, changes_for, history_of
from debates.models import Membership, Pseudonym, Statement, Topic
from debates.permissions import standing_in
from debates.topic_list import entries_of
from tests.factories import make_guest, make_topic
from tests.queries import data_queries


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice, visibility="public", visitor_role="suggester", guests_vote=True)


@pytest.fixture
def claim(topic: Topic, alice: User) -> Statement:
    return topic.add_claim("A claim", by=alice)


@pytest.fixture
def suggestion(claim: Statement, bob: User) -> Statement:
    return claim.add_argument("opposes", "A suggestion", by=bob, suggested=True)


def history(topic: Topic, reader: User, statement: Statement | None = None) -> History:
    topic.refresh_from_db()
    role = Membership.objects.filter(topic=topic, user=reader).values_list("role", flat=True).first()
    topic.standing = standing_in(topic, reader, role or "")
    return history_of(topic, reader, statement=statement)


def numbers(topic: Topic, reader: User) -> list[int]:
    return [entry.number for entry in history(topic, reader).entries]


def people(topic: Topic) -> int:
    (entry,) = entries_of([topic])
    return entry.people


# -- the history --------------------------------------------------------------------------------------------------


def test_history_tells_of_a_suggestion_to_its_author_and_the_editors(
    topic: Topic, suggestion: Statement, alice: User, bob: User, charlie: User
) -> None:
    suggestion.comment("Which one?", by=alice)

    assert numbers(topic, alice) == numbers(topic, bob) == [4, 3, 2, 1]
    assert numbers(topic, charlie) == [2, 1]
    assert [history(topic, reader).total for reader in (alice, bob, charlie)] == [4, 4, 2]


@pytest.mark.parametrize("verb", ["decline", "withdraw", "remove"])
def test_history_does_not_tell_what_became_of_a_suggestion_that_never_showed(
    topic: Topic, suggestion: Statement, alice: User, charlie: User, verb: str
) -> None:
    getattr(suggestion, verb)(by=alice)

    assert numbers(topic, alice) == [4, 3, 2, 1]
    assert numbers(topic, charlie) == [2, 1]
    assert history(topic, charlie, suggestion).entries == ()


@pytest.mark.parametrize("afterwards", ["", "withdraw", "remove"])
def test_history_tells_of_a_suggestion_that_was_accepted(
    topic: Topic, suggestion: Statement, alice: User, charlie: User, afterwards: str
) -> None:
    suggestion.accept(by=alice)
    if afterwards:
        getattr(suggestion, afterwards)(by=alice)

    assert numbers(topic, charlie) == numbers(topic, alice)


def test_history_tells_of_a_declined_suggestion_that_was_restored_since(
    topic: Topic, suggestion: Statement, alice: User, charlie: User
) -> None:
    suggestion.decline(by=alice)
    suggestion.restore(by=alice)

    assert numbers(topic, charlie) == [5, 4, 3, 2, 1]


def test_history_does_not_tell_while_an_acceptance_is_taken_back(
    topic: Topic, suggestion: Statement, alice: User, charlie: User
) -> None:
    suggestion.accept(by=alice)
    suggestion.changes.get(verb="accept").undo(by=alice)

    assert numbers(topic, charlie) == [2, 1]


def test_history_does_not_tell_of_a_suggestion_that_is_deleted(
    topic: Topic, suggestion: Statement, charlie: User
) -> None:
    suggestion.delete()

    assert numbers(topic, charlie) == [2, 1]


def test_history_pages_are_full_whatever_is_hidden(topic: Topic, claim: Statement, bob: User, charlie: User) -> None:
    for at in range(30):
        claim.add_argument("opposes", f"A suggestion {at}", by=bob, suggested=True)
    for at in range(25):
        topic.add_claim(f"Claim {at}", by=charlie)
    first = history(topic, make_guest())
    second = history_of(topic, make_guest(), before=2)

    assert (len(first.entries), first.older, first.total) == (27, None, 27)
    assert len(second.entries) == 1


@pytest.mark.parametrize("reader", ["alice", "charlie"])
def test_history_costs_the_same_whatever_waits(
    topic: Topic, claim: Statement, alice: User, bob: User, charlie: User, reader: str
) -> None:
    asked = []
    for _round in range(2):
        for _at in range(3):
            claim.add_argument("opposes", "A suggestion", by=bob, suggested=True)
        topic.add_claim("A claim", by=alice)
        with data_queries() as queries:
            history(topic, {"alice": alice, "charlie": charlie}[reader])
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 9


def test_changes_for_a_reader_are_a_queryset_for_others_to_use(
    topic: Topic, suggestion: Statement, charlie: User
) -> None:
    topic.standing = standing_in(topic, charlie, "")

    assert list(changes_for(topic, charlie).order_by("number").values_list("number", flat=True)) == [1, 2]


# -- the list of topics -------------------------------------------------------------------------------------------


def test_topic_does_not_come_up_for_a_suggestion(topic: Topic, claim: Statement, alice: User, bob: User) -> None:
    topic.refresh_from_db()
    before = topic.changed_at

    waiting = claim.add_argument("opposes", "A suggestion", by=bob, suggested=True)
    waiting.cite(by=bob, title="A report")
    waiting.comment("Which one?", by=alice)
    waiting.decline(by=alice)
    waiting.changes.get(verb="remove").undo(by=alice)

    topic.refresh_from_db()
    assert (topic.changed_at, topic.last_change) == (before, 7)
    waiting.accept(by=alice)
    topic.refresh_from_db()
    assert topic.changed_at == topic.changes.get(verb="accept").at


def test_people_are_counted_by_what_shows_of_them(topic: Topic, suggestion: Statement, alice: User, bob: User) -> None:
    assert Pseudonym.objects.filter(topic=topic).count() == 2
    assert people(topic) == 1

    suggestion.decline(by=alice)
    assert people(topic) == 1

    suggestion.restore(by=alice)
    assert people(topic) == 2


@pytest.mark.parametrize("otherwise", ["a member", "a voter", "a commenter"])
def test_who_was_counted_before_suggesting_is_counted_after(
    topic: Topic, claim: Statement, bob: User, otherwise: str
) -> None:
    Pseudonym.objects.give(topic, bob)
    if otherwise == "a member":
        Membership.objects.create(topic=topic, user=bob, role="suggester")
    elif otherwise == "a voter":
        claim.cast_vote(voter=bob, value=3)
    else:
        claim.comment("Which one?", by=bob)
    before = people(topic)

    claim.add_argument("opposes", "A suggestion", by=bob, suggested=True)

    assert (before, people(topic)) == (2, 2)
