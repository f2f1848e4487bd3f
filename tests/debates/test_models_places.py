"""Where statements stand: moves with their branch, order among siblings, stances, and links in second places."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from debates.models import Conflict, Refused, Statement, Topic, Vote
from debates.models.places import GAP
from debates.models.structure import ancestors, branch
from tests.factories import make_topic, make_tree, make_user

TREE = """
A claim
  + because this
    - but that
      + deep down
  - but no
  - and not
Another claim
"""


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(topic, alice, TREE)


def places(topic: Topic) -> dict[str, tuple[int | None, str, int]]:
    rows = Statement.objects.filter(topic=topic).values_list("text", "parent_id", "stance", "depth")
    return {text: (parent, stance, depth) for text, parent, stance, depth in rows}


def order(parent: Statement) -> list[str]:
    return [line.text for line in Statement.objects.filter(parent=parent).order_by("position", "pk")]


def assert_refused_move(moved: Statement, parent: Statement | None, by: User, words: str, **how: object) -> Refused:
    topic = moved.topic
    before, changes = places(topic), topic.changes.count()
    with pytest.raises(Refused, match=words) as caught:
        moved.move_under(parent, by=by, **how)  # type: ignore[arg-type]
    assert places(topic) == before
    assert topic.changes.count() == changes
    return caught.value


# -- moving -----------------------------------------------------------------------------------------------


def test_branch_moves_with_its_top(tree: dict[str, Statement], topic: Topic, alice: User) -> None:
    moved, target = tree["because this"], tree["but no"]
    moved.move_under(target, by=alice)
    assert (moved.parent, moved.stance, moved.depth) == (target, "supports", 2)
    assert places(topic)["but that"] == (moved.pk, "opposes", 3)
    assert places(topic)["deep down"] == (tree["but that"].pk, "supports", 4)
    change = moved.changes.get(verb="move")
    assert (change.before["parent"], change.after["parent"]) == (tree["A claim"].pk, target.pk)
    assert (change.before["stance"], change.after["stance"]) == ("supports", "supports")


def test_branch_moves_up(tree: dict[str, Statement], topic: Topic, alice: User) -> None:
    tree["but that"].move_under(tree["Another claim"], by=alice, stance="supports")
    assert places(topic)["but that"] == (tree["Another claim"].pk, "supports", 1)
    assert places(topic)["deep down"][2] == 2


def test_argument_becomes_a_claim_and_loses_its_stance(tree: dict[str, Statement], topic: Topic, alice: User) -> None:
    tree["but that"].move_under(None, by=alice)
    assert places(topic)["but that"] == (None, "", 0)
    assert places(topic)["deep down"][2] == 1


def test_claim_becomes_an_argument_with_a_stance(tree: dict[str, Statement], topic: Topic, alice: User) -> None:
    tree["A claim"].move_under(tree["Another claim"], by=alice, stance="opposes")
    assert places(topic)["A claim"] == (tree["Another claim"].pk, "opposes", 1)
    assert places(topic)["deep down"][2] == 4


def test_claim_without_a_stance_is_not_moved_under_another(tree: dict[str, Statement], alice: User) -> None:
    refused = assert_refused_move(tree["A claim"], tree["Another claim"], alice, "supports or opposes its new place")
    assert refused.field == "stance"


def test_moved_line_stands_last_or_behind_the_one_named(tree: dict[str, Statement], alice: User) -> None:
    claim = tree["A claim"]
    tree["deep down"].move_under(claim, by=alice)
    tree["but that"].move_under(claim, by=alice, after=tree["because this"])
    assert order(claim) == ["because this", "but that", "but no", "and not", "deep down"]


def test_move_behind_a_line_that_stands_elsewhere_is_refused(tree: dict[str, Statement], alice: User) -> None:
    refused = assert_refused_move(
        tree["but that"], tree["Another claim"], alice, "not beside this one", after=tree["but no"]
    )
    assert refused.field == "after"


@pytest.mark.parametrize("target", ["because this", "but that", "deep down"])
def test_move_under_itself_or_its_branch_is_refused(tree: dict[str, Statement], alice: User, target: str) -> None:
    assert_refused_move(tree["because this"], tree[target], alice, "under itself or under its own branch")


def test_move_to_another_topic_is_refused(tree: dict[str, Statement], alice: User) -> None:
    foreign = make_topic(alice).add_claim("Elsewhere", by=alice)
    assert_refused_move(tree["but no"], foreign, alice, "not part of this topic")


def test_move_under_a_line_that_was_taken_back_is_refused(tree: dict[str, Statement], alice: User) -> None:
    tree["but no"].withdraw(by=alice)
    assert_refused_move(tree["and not"], tree["but no"], alice, "taken back meanwhile")


def test_move_that_would_be_too_deep_is_refused(tree: dict[str, Statement], alice: User) -> None:
    deepest = tree["Another claim"]
    for level in range(1, 49):
        deepest = deepest.add_argument("supports", f"Level {level}", by=alice)
    assert_refused_move(tree["because this"], deepest, alice, "deeper than the limit")
    tree["but that"].move_under(deepest, by=alice)
    tree["deep down"].refresh_from_db()
    assert tree["deep down"].depth == 50


def test_votes_stay_with_a_moved_line(tree: dict[str, Statement], alice: User) -> None:
    tree["but that"].cast_vote(voter=make_user(), value=3)
    tree["but that"].move_under(tree["Another claim"], by=alice)
    assert Vote.objects.get().statement == tree["but that"]


def test_path_and_branch_are_walked(tree: dict[str, Statement]) -> None:
    path = [tree[text].pk for text in ("deep down", "but that", "because this", "A claim")]
    assert ancestors(tree["deep down"].pk) == path
    assert set(branch(tree["because this"].pk)) == set(path[:3])


def test_move_costs_the_same_whatever_the_branch(tree: dict[str, Statement], alice: User) -> None:
    counts = []
    for _round in range(2):
        moved = Statement.objects.get(pk=tree["because this"].pk)
        with CaptureQueriesContext(connection) as queries:
            moved.move_under(tree["Another claim"], by=alice)
        counts.append(len(queries))
        tree["because this"].move_under(tree["A claim"], by=alice)
        for index in range(20):
            tree["deep down"].add_argument("supports", f"More {index}", by=alice)
    assert counts[0] == counts[1] <= 16


# -- order ------------------------------------------------------------------------------------------------


def test_line_is_put_first_or_behind_a_sibling(tree: dict[str, Statement], alice: User) -> None:
    claim = tree["A claim"]
    tree["and not"].reorder(by=alice, after=None)
    assert order(claim) == ["and not", "because this", "but no"]
    tree["and not"].reorder(by=alice, after=tree["because this"])
    assert order(claim) == ["because this", "and not", "but no"]
    tree["because this"].reorder(by=alice, after=tree["but no"])
    assert order(claim) == ["and not", "but no", "because this"]
    change = tree["because this"].changes.get(verb="reorder")
    assert (change.before["behind"], change.after["behind"]) == (None, tree["but no"].pk)


def test_order_behind_a_line_that_is_no_sibling_is_refused(tree: dict[str, Statement], alice: User) -> None:
    for other in ("but that", "Another claim", "and not"):
        with pytest.raises(Refused, match="not beside this one"):
            tree["and not"].reorder(by=alice, after=tree[other])
    assert order(tree["A claim"]) == ["because this", "but no", "and not"]


def test_order_holds_when_positions_run_out(topic: Topic, alice: User) -> None:
    claim = topic.add_claim("A claim", by=alice)
    first = claim.add_argument("supports", "first", by=alice)
    last = claim.add_argument("supports", "last", by=alice)
    others = [claim.add_argument("supports", f"other {index}", by=alice) for index in range(3)]
    wanted = ["first"]
    for turn in range(40):
        moved = others[turn % 3]
        moved.reorder(by=alice, after=first)
        wanted = ["first", moved.text, *(text for text in wanted[1:] if text != moved.text)]
        assert order(claim)[: len(wanted)] == wanted
    assert order(claim)[-1] == "last"
    positions = list(Statement.objects.filter(parent=claim).values_list("position", flat=True))
    assert len(set(positions)) == 5
    assert last.text == "last"


def test_siblings_are_spread_when_too_close(tree: dict[str, Statement], alice: User) -> None:
    for position, text in enumerate(("because this", "but no", "and not"), start=1):
        Statement.objects.filter(pk=tree[text].pk).update(position=position)
    tree["and not"].reorder(by=alice, after=tree["because this"])
    assert order(tree["A claim"]) == ["because this", "and not", "but no"]
    positions = sorted(Statement.objects.filter(parent=tree["A claim"]).values_list("position", flat=True))
    assert positions == [GAP, GAP * 3 // 2, GAP * 2]


# -- stance -----------------------------------------------------------------------------------------------


def test_turned_line_takes_the_other_side(tree: dict[str, Statement], alice: User) -> None:
    tree["but no"].turn(by=alice)
    assert tree["but no"].stance == "supports"
    change = tree["but no"].changes.get(verb="turn")
    assert (change.before, change.after) == ({"stance": "opposes"}, {"stance": "supports"})
    tree["but no"].turn(by=alice)
    assert tree["but no"].stance == "opposes"


def test_claim_has_no_stance_to_turn(tree: dict[str, Statement], topic: Topic, alice: User) -> None:
    before = topic.changes.count()
    with pytest.raises(Refused, match="no stance"):
        tree["A claim"].turn(by=alice)
    assert topic.changes.count() == before


# -- links ------------------------------------------------------------------------------------------------


def test_link_has_a_place_and_no_words(tree: dict[str, Statement], alice: User) -> None:
    link = tree["but that"].link_under(tree["Another claim"], stance="supports", by=alice)
    assert (link.parent, link.stance, link.depth, link.text) == (tree["Another claim"], "supports", 1, "")
    assert link.refers_to == tree["but that"]
    assert link.is_link
    assert link.changes.get().after["refers_to"] == tree["but that"].pk


def test_link_sent_twice_is_one(tree: dict[str, Statement], alice: User) -> None:
    first = tree["but that"].link_under(tree["Another claim"], stance="supports", by=alice, key="k-1")
    again = tree["but that"].link_under(tree["Another claim"], stance="supports", by=alice, key="k-1")
    assert again == first


def link_refused(target: Statement, parent: Statement, by: User, words: str) -> None:
    before = Statement.objects.count()
    with pytest.raises(Refused, match=words):
        target.link_under(parent, stance="supports", by=by)
    assert Statement.objects.count() == before


def test_link_that_makes_no_sense_is_refused(tree: dict[str, Statement], alice: User) -> None:
    link = tree["but that"].link_under(tree["Another claim"], stance="supports", by=alice)
    link_refused(link, tree["but no"], alice, "not to a link")
    link_refused(tree["but that"], tree["but that"], alice, "for or against itself")
    link_refused(tree["because this"], tree["deep down"], alice, "for or against itself")
    link_refused(tree["but that"], tree["Another claim"], alice, "stands there already")
    link_refused(tree["but that"], tree["because this"], alice, "stands there already")
    link_refused(make_topic(alice).add_claim("Elsewhere", by=alice), tree["but no"], alice, "not part of this topic")
    link_refused(tree["but no"], link, alice, "bears no arguments")
    tree["but no"].withdraw(by=alice)
    link_refused(tree["but no"], tree["Another claim"], alice, "taken back")
    link_refused(tree["and not"], tree["but no"], alice, "taken back")


def test_link_with_an_unknown_stance_is_refused(tree: dict[str, Statement], alice: User) -> None:
    with pytest.raises(Refused, match="supports or opposes"):
        tree["but that"].link_under(tree["Another claim"], stance="", by=alice)


def test_link_bears_no_arguments_and_no_words(tree: dict[str, Statement], alice: User) -> None:
    link = tree["but that"].link_under(tree["Another claim"], stance="supports", by=alice)
    with pytest.raises(Refused, match="bears no arguments"):
        link.add_argument("supports", "Because.", by=alice)
    with pytest.raises(Refused, match="no words of its own"):
        link.revise(text="Words", version=1, by=alice)
    assert_refused_move(tree["but no"], link, alice, "bears no arguments")
    assert_refused_move(link, None, alice, "cannot be a claim")


def test_line_is_not_moved_under_what_its_branch_links_to(tree: dict[str, Statement], alice: User) -> None:
    link = tree["but no"].link_under(tree["deep down"], stance="supports", by=alice)
    assert_refused_move(tree["because this"], tree["but no"], alice, "for or against itself")
    assert_refused_move(link, tree["but no"], alice, "for or against itself")
    link.move_under(tree["Another claim"], by=alice)
    tree["because this"].move_under(tree["but no"], by=alice)
    assert tree["because this"].parent == tree["but no"]


def test_refusal_names_its_status_for_the_web(tree: dict[str, Statement], alice: User) -> None:
    refused = assert_refused_move(tree["because this"], tree["because this"], alice, "under itself")
    assert (refused.status, refused.field) == (422, "parent")
    assert not isinstance(refused, Conflict)
