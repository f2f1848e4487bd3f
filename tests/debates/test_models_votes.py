"""Votes: one answer of each person to each statement, the last one given, and none on one's own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from debates.models import Refused, Statement, Vote
from tests.factories import histogram, make_guest, make_topic, make_votes


@pytest.fixture
def claim(alice: User) -> Statement:
    return make_topic(alice).add_claim("A claim", by=alice)


@pytest.mark.parametrize("value", range(5))
def test_vote_is_one_of_five_steps(claim: Statement, bob: User, value: int) -> None:
    claim.cast_vote(voter=bob, value=value)
    assert Vote.objects.get(statement=claim, voter=bob).value == value


def test_last_answer_counts(claim: Statement, bob: User) -> None:
    claim.cast_vote(voter=bob, value=1)
    first = Vote.objects.get()
    claim.cast_vote(voter=bob, value=4)
    assert histogram(claim) == [0, 0, 0, 0, 1]
    assert Vote.objects.get().pk == first.pk
    assert Vote.objects.get().at > first.at


def test_votes_of_many_are_counted(claim: Statement) -> None:
    make_votes(claim, 0, 2, 2, 4)
    claim.cast_vote(voter=make_guest(), value=4)
    assert histogram(claim) == [1, 0, 2, 0, 2]


@pytest.mark.parametrize("value", [-1, 5, 7, 2.5, True + 6])
def test_other_values_are_refused(claim: Statement, bob: User, value: int) -> None:
    claim.cast_vote(voter=bob, value=3)
    with pytest.raises(Refused, match="five steps"):
        claim.cast_vote(voter=bob, value=value)
    assert histogram(claim) == [0, 0, 0, 1, 0]


def test_nobody_votes_on_their_own(claim: Statement, alice: User) -> None:
    with pytest.raises(Refused, match="their own"):
        claim.cast_vote(voter=alice, value=4)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("verb", ["withdraw", "remove"])
def test_line_that_was_taken_back_is_not_voted_on(claim: Statement, alice: User, bob: User, verb: str) -> None:
    claim.cast_vote(voter=bob, value=3)
    getattr(claim, verb)(by=alice)
    with pytest.raises(Refused, match="taken back"):
        claim.cast_vote(voter=bob, value=4)
    assert histogram(claim) == [0, 0, 0, 1, 0]


def test_suggestion_is_not_voted_on(claim: Statement, alice: User, bob: User) -> None:
    suggested = claim.add_argument("supports", "Because.", by=bob, suggested=True)
    with pytest.raises(Refused):
        suggested.cast_vote(voter=alice, value=4)
    assert not Vote.objects.exists()


def test_retracted_vote_is_as_if_never_given(claim: Statement, bob: User, charlie: User) -> None:
    claim.cast_vote(voter=bob, value=3)
    claim.cast_vote(voter=charlie, value=1)
    claim.retract_vote(voter=bob)
    claim.retract_vote(voter=bob)
    assert [vote.voter for vote in Vote.objects.all()] == [charlie]


def test_link_has_votes_of_its_own(claim: Statement, alice: User, bob: User) -> None:
    other = claim.topic.add_claim("Another", by=alice)
    link = claim.add_argument("supports", "Because.", by=alice).link_under(other, stance="opposes", by=alice)
    link.cast_vote(voter=bob, value=4)
    assert histogram(link) == [0, 0, 0, 0, 1]
    assert link.refers_to is not None
    assert histogram(link.refers_to) == [0, 0, 0, 0, 0]


def test_votes_are_not_in_the_history(claim: Statement, bob: User) -> None:
    before = claim.topic.changes.count()
    claim.cast_vote(voter=bob, value=3)
    claim.retract_vote(voter=bob)
    assert claim.topic.changes.count() == before


def test_vote_is_one_statement_to_the_database(claim: Statement, bob: User) -> None:
    for value in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            claim.cast_vote(voter=bob, value=value)
        written = [query["sql"] for query in queries if query["sql"].split()[0] not in {"SAVEPOINT", "RELEASE"}]
        assert len(written) == 1
        assert written[0].split()[0] == "INSERT"
