"""Links: a line in a second place shows, counts and takes votes only as long as its target stands, and never twice."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from debates.branches import steps_below
from debates.filters import found_page
from debates.models import Closed, Gone, Refused, Statement, Topic, Vote
from debates.rows import siblings_of
from debates.topic_list import entries_of
from debates.tree import claims_of, glance, node_of, sides_of
from tests.factories import make_topic, make_tree


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(topic, alice, "A claim\n  - but no\n  + because\nAnother claim\n  + also")


# -- a link to what was taken back ------------------------------------------------------------------------------------


@pytest.fixture
def link(tree: dict[str, Statement], alice: User) -> Statement:
    """“also” once more, against “but no”."""
    return tree["also"].link_under(tree["but no"], stance="opposes", by=alice)


@pytest.mark.parametrize("verb", ["withdraw", "remove"])
def test_link_to_what_was_taken_back_takes_no_vote(
    tree: dict[str, Statement], link: Statement, alice: User, bob: User, verb: str
) -> None:
    getattr(tree["also"], verb)(by=alice)

    with pytest.raises(Refused, match="taken back") as caught:
        link.cast_vote(voter=bob, value=4)

    assert (caught.value.status, Vote.objects.count()) == (422, 0)
    tree["also"].restore(by=alice)
    link.cast_vote(voter=bob, value=4)
    assert Vote.objects.get().statement == link


def test_closed_topic_takes_no_vote(tree: dict[str, Statement], topic: Topic, alice: User, bob: User) -> None:
    tree["because"].cast_vote(voter=bob, value=1)
    topic.close(by=alice)

    with pytest.raises(Closed):
        tree["because"].cast_vote(voter=bob, value=4)

    assert Vote.objects.get().value == 1


def test_deleted_line_takes_no_vote(tree: dict[str, Statement], bob: User) -> None:
    line = Statement.objects.get(pk=tree["because"].pk)
    tree["because"].delete()

    with pytest.raises(Gone) as caught:
        line.cast_vote(voter=bob, value=4)

    assert caught.value.status == 410


@pytest.mark.parametrize("verb", ["withdraw", "remove"])
def test_link_to_what_was_taken_back_is_no_answer(
    topic: Topic, tree: dict[str, Statement], link: Statement, alice: User, verb: str
) -> None:
    assert node_of(tree["but no"], alice).opposing == 1
    assert [found.node.id for found in found_page("unanswered", topic, alice).lines] == []

    getattr(tree["also"], verb)(by=alice)

    assert node_of(tree["but no"], alice).opposing == 0
    assert [found.node.id for found in found_page("unanswered", topic, alice).lines] == [tree["but no"].pk]
    assert link.pk not in {row[0] for row in glance(tree["A claim"].pk, topic.pk) or []}
    (objection,) = sides_of(tree["A claim"].pk, topic, alice)["opposes"].nodes
    assert (objection.children, objection.more) == ((), 0)
    steps = {step.id: step for step in steps_below([tree["but no"].pk])}
    assert not steps[tree["but no"].pk].bears
    assert siblings_of(link).total == 0


def test_link_right_under_a_claim_is_not_counted_without_its_target(
    topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    tree["also"].link_under(tree["A claim"], stance="supports", by=alice)
    (before,) = entries_of([topic])

    tree["also"].withdraw(by=alice)

    (after,) = entries_of([topic])
    assert (before.supporting, after.supporting) == (3, 1)


def test_replies_of_a_tombstone_are_still_below_its_link(
    tree: dict[str, Statement], link: Statement, alice: User
) -> None:
    tree["also"].add_argument("opposes", "An answer", by=alice)
    tree["also"].withdraw(by=alice)

    steps = {step.id: step for step in steps_below([tree["but no"].pk])}

    assert steps[tree["but no"].pk].bears


def test_claims_that_were_taken_back_hide_no_later_one(topic: Topic, alice: User, settings: object) -> None:
    settings.WRITES_PER_MINUTE = 1_000  # type: ignore[attr-defined]
    for at in range(101):
        topic.add_claim(f"Claim {at}", by=alice)
    Statement.objects.filter(topic=topic).update(status="withdrawn")
    kept = topic.add_claim("A claim that stands", by=alice)
    bearing = Statement.objects.get(topic=topic, text="Claim 7")
    Statement.objects.filter(pk=bearing.pk).update(status="visible")
    bearing.add_argument("supports", "A reply", by=alice)
    bearing.withdraw(by=alice)

    assert [claim.id for claim in claims_of(topic, alice)] == [bearing.pk, kept.pk]


# -- one line, two places, not one place twice -------------------------------------------------------------------------


def test_link_is_not_moved_beside_its_target(tree: dict[str, Statement], link: Statement, alice: User) -> None:
    with pytest.raises(Refused, match="stands there already") as caught:
        link.move_under(tree["Another claim"], by=alice)

    assert caught.value.field == "parent"
    link.refresh_from_db()
    assert link.parent == tree["but no"]


def test_line_is_not_moved_beside_its_link(tree: dict[str, Statement], link: Statement, alice: User) -> None:
    with pytest.raises(Refused, match="stands there already"):
        tree["also"].move_under(tree["but no"], by=alice)

    tree["also"].refresh_from_db()
    assert tree["also"].parent == tree["Another claim"]


def test_link_is_not_moved_beside_another_of_the_same_target(
    tree: dict[str, Statement], link: Statement, alice: User
) -> None:
    second = tree["also"].link_under(tree["A claim"], stance="supports", by=alice)

    with pytest.raises(Refused, match="stands there already"):
        second.move_under(tree["but no"], by=alice)

    link.withdraw(by=alice)
    second.move_under(tree["but no"], by=alice)
    assert second.parent == tree["but no"]


def test_link_that_was_made_again_is_not_restored_beside_itself(
    tree: dict[str, Statement], link: Statement, alice: User
) -> None:
    link.withdraw(by=alice)
    again = tree["also"].link_under(tree["but no"], stance="opposes", by=alice)

    with pytest.raises(Refused, match="stands there already"):
        link.restore(by=alice)
    with pytest.raises(Refused, match="stands there already"):
        link.changes.get(verb="withdraw").undo(by=alice)

    assert list(Statement.objects.filter(refers_to=tree["also"], status="visible")) == [again]


def test_move_is_not_taken_back_to_where_a_link_stands_now(
    tree: dict[str, Statement], topic: Topic, alice: User
) -> None:
    tree["also"].move_under(tree["but no"], by=alice)
    tree["also"].link_under(tree["Another claim"], stance="supports", by=alice)

    with pytest.raises(Refused, match="stands there already"):
        topic.changes.get(verb="move").undo(by=alice)

    tree["also"].refresh_from_db()
    assert tree["also"].parent == tree["but no"]


@pytest.mark.parametrize("links", [1, 12])
def test_move_looks_for_links_in_one_query(topic: Topic, alice: User, links: int) -> None:
    tree = make_tree(topic, alice, "A claim\n  + because\nMoved\n  + under it")
    for at in range(links):
        tree["because"].link_under(topic.add_claim(f"Claim {at}", by=alice), stance="opposes", by=alice)

    with CaptureQueriesContext(connection) as queries:
        tree["under it"].move_under(tree["because"], by=alice)

    recursive = [query["sql"] for query in queries if "RECURSIVE" in query["sql"] and "refers_to_id IN" in query["sql"]]
    assert len(recursive) == 1
    assert sum("RECURSIVE" in query["sql"] for query in queries) == 4


def test_line_is_not_moved_under_what_a_link_deep_below_it_repeats(topic: Topic, alice: User) -> None:
    tree = make_tree(topic, alice, "A claim\n  + because\nMoved\n  + under it\n    - deeper")
    tree["because"].link_under(tree["deeper"], stance="opposes", by=alice)

    with pytest.raises(Refused, match="for or against itself"):
        tree["Moved"].move_under(tree["because"], by=alice, stance="supports")
