"""Every change can be taken back, once, by one more change; what came after it may stand in the way."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from debates.models import Change, Closed, Comment, Conflict, Essay, Passage, Refused, Source, Statement, Topic, Vote
from debates.models.undo import undone
from tests.debates.trees import picture
from tests.factories import make_topic, make_tree, make_user

TREE = """
A claim
  + because this
    - but that
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


def last(topic: Topic) -> Change:
    return topic.changes.order_by("-number")[0]


def evidence(topic: Topic) -> list[Any]:
    """All that statements of the topic rest on, whole rows but for the time."""
    kinds = (Source, Passage, Comment)
    rows = [kind.objects.filter(statement__topic=topic).order_by("pk").values() for kind in kinds]
    return [list(each) for each in rows]


def assert_undo_and_redo(topic: Topic, by: User, before: object, look: Any = picture) -> None:
    """Undo of the newest change gives `before`; undo of that gives back what was; all of it is numbered."""
    change, after = last(topic), look(topic)
    assert after != before
    undoing = change.undo(by=by)
    assert look(topic) == before
    assert (undoing.number, undoing.undoes, undoing.actor) == (change.number + 1, change, by)
    redoing = undoing.undo(by=by)
    assert look(topic) == after
    assert redoing.undoes == undoing
    again = change.undo(by=by)
    assert look(topic) == before
    assert list(topic.changes.values_list("number", flat=True)) == list(range(1, again.number + 1))


# -- each verb -------------------------------------------------------------------------------------------


def test_revised_text_comes_back_with_a_new_version(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    line, before = tree["but no"], picture(topic)
    line.revise(text="But no, never.", note="See there.", version=1, by=alice)
    assert_undo_and_redo(topic, alice, before)
    line.refresh_from_db()
    assert (line.text, line.note, line.version) == ("but no", "", 5)
    assert line.search_text == "but no"


def test_moved_branch_comes_back_to_its_place(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    before = picture(topic)
    tree["because this"].move_under(tree["and not"], by=alice, stance="opposes")
    assert_undo_and_redo(topic, alice, before)


def test_move_to_claim_comes_back(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    before = picture(topic)
    tree["because this"].move_under(None, by=alice)
    assert_undo_and_redo(topic, alice, before)


def test_claim_moved_under_another_comes_back(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    before = picture(topic)
    tree["A claim"].move_under(tree["Another claim"], by=alice, stance="supports")
    assert_undo_and_redo(topic, alice, before)


def test_reordered_line_comes_back(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    before = picture(topic)
    tree["and not"].reorder(by=alice, after=None)
    assert_undo_and_redo(topic, alice, before)


def test_reorder_is_undone_although_siblings_were_spread(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    Statement.objects.filter(pk=tree["because this"].pk).update(position=1)
    Statement.objects.filter(pk=tree["but no"].pk).update(position=2)
    before = picture(topic)
    tree["and not"].reorder(by=alice, after=tree["because this"])
    assert_undo_and_redo(topic, alice, before)


def test_turned_stance_is_turned_back(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    before = picture(topic)
    tree["but no"].turn(by=alice)
    assert_undo_and_redo(topic, alice, before)


@pytest.mark.parametrize(("mine", "verb", "status"), [(True, "withdraw", "withdrawn"), (False, "remove", "removed")])
def test_added_line_is_withdrawn_by_its_author_and_removed_by_others(
    topic: Topic, tree: dict[str, Statement], alice: User, bob: User, mine: bool, verb: str, status: str
) -> None:
    line = tree["A claim"].add_argument("opposes", "A reply.", by=bob)
    undoing = last(topic).undo(by=bob if mine else alice)
    line.refresh_from_db()
    assert (undoing.verb, line.status) == (verb, status)
    undoing.undo(by=alice)
    line.refresh_from_db()
    assert line.status == "visible"


def test_link_is_taken_back(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    link = tree["because this"].link_under(tree["Another claim"], stance="opposes", by=alice)
    last(topic).undo(by=alice)
    link.refresh_from_db()
    assert link.status == "withdrawn"
    assert Statement.objects.get(pk=tree["because this"].pk).status == "visible"


@pytest.mark.parametrize("verb", ["withdraw", "remove"])
def test_hidden_line_shows_again(topic: Topic, tree: dict[str, Statement], alice: User, verb: str) -> None:
    before = picture(topic)
    getattr(tree["because this"], verb)(by=alice)
    assert_undo_and_redo(topic, alice, before)


def test_restored_line_is_hidden_as_before(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    tree["because this"].remove(by=alice)
    before = picture(topic)
    tree["because this"].restore(by=alice)
    assert_undo_and_redo(topic, alice, before)


def test_accepted_suggestion_waits_again(topic: Topic, tree: dict[str, Statement], alice: User, bob: User) -> None:
    line = tree["A claim"].add_argument("opposes", "A reply.", by=bob, suggested=True)
    before = picture(topic)
    line.accept(by=alice)
    assert_undo_and_redo(topic, alice, before)
    assert [change.verb for change in topic.changes.order_by("number")][-4:] == [
        "accept",
        "suggest",
        "accept",
        "suggest",
    ]


def test_accepted_suggestion_with_replies_stays(
    topic: Topic, tree: dict[str, Statement], alice: User, bob: User
) -> None:
    line = tree["A claim"].add_argument("opposes", "A reply.", by=bob, suggested=True)
    line.accept(by=alice)
    accepted = last(topic)
    line.add_argument("opposes", "An answer.", by=alice)
    with pytest.raises(Refused, match="has replies"):
        accepted.undo(by=alice)
    line.refresh_from_db()
    assert line.status == "visible"


def test_accepted_suggestion_that_stands_in_a_second_place_stays(
    topic: Topic, tree: dict[str, Statement], alice: User, bob: User
) -> None:
    line = tree["A claim"].add_argument("opposes", "A reply.", by=bob, suggested=True)
    line.accept(by=alice)
    accepted = last(topic)
    line.link_under(tree["Another claim"], stance="supports", by=alice).withdraw(by=alice)
    with pytest.raises(Refused, match="second place"):
        accepted.undo(by=alice)
    line.refresh_from_db()
    assert line.status == "visible"


def test_suggestion_is_taken_back(topic: Topic, tree: dict[str, Statement], bob: User) -> None:
    line = tree["A claim"].add_argument("opposes", "A reply.", by=bob, suggested=True)
    undoing = last(topic).undo(by=bob)
    line.refresh_from_db()
    assert line.status == "withdrawn"
    undoing.undo(by=bob)
    line.refresh_from_db()
    assert line.status == "suggested", "a suggestion does not become visible by being taken back and brought back"


def test_source_is_taken_and_given_back(topic: Topic, tree: dict[str, Statement], alice: User, bob: User) -> None:
    before = evidence(topic)
    source = tree["but no"].cite(by=bob, title="A report", url="https://example.org/r", quotation="So it is.")
    assert_undo_and_redo(topic, alice, before, lambda topic: [_without_times(rows) for rows in evidence(topic)])
    last(topic).undo(by=alice)
    source.refresh_from_db()
    assert (source.added_by, source.title) == (bob, "A report")
    before = [_without_times(rows) for rows in evidence(topic)]
    tree["but no"].uncite(source, by=alice)
    assert_undo_and_redo(topic, alice, before, lambda topic: [_without_times(rows) for rows in evidence(topic)])


def _without_times(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "created"} for row in rows]


def test_passage_is_taken_and_given_back(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    essay = Essay.objects.create(topic=topic, title="An essay", text="One sentence. Another one. A third.")
    before = evidence(topic)
    passage = tree["but no"].quote(essay, 14, 26, by=alice)
    assert_undo_and_redo(topic, alice, before, evidence)
    last(topic).undo(by=alice)
    before = evidence(topic)
    tree["but no"].unquote(passage, by=alice)
    assert_undo_and_redo(topic, alice, before, evidence)


def test_passage_does_not_come_back_to_another_text(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    essay = Essay.objects.create(topic=topic, title="An essay", text="One sentence. Another one. A third.")
    tree["but no"].unquote(tree["but no"].quote(essay, 14, 26, by=alice), by=alice)
    Essay.objects.filter(pk=essay.pk).update(text="All was written anew, from the first word on.")
    with pytest.raises(Refused, match="does not say this"):
        last(topic).undo(by=alice)
    assert not Passage.objects.exists()


def test_comment_is_taken_and_given_back(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    comment = tree["but no"].comment("Which one?", by=alice, kind="question")
    undoing = last(topic).undo(by=alice)
    comment.refresh_from_db()
    assert comment.removed
    undoing.undo(by=alice)
    comment.refresh_from_db()
    assert not comment.removed
    before = evidence(topic)
    tree["but no"].uncomment(comment, by=alice)
    assert_undo_and_redo(topic, alice, before, evidence)


def test_revised_topic_comes_back(topic: Topic, alice: User) -> None:
    def look(topic: Topic) -> dict[str, Any]:
        return Topic.objects.get(pk=topic.pk).settings()

    before = look(topic)
    topic.revise(by=alice, title="Five days", visibility="public", guests_vote=True)
    assert_undo_and_redo(topic, alice, before, look)
    assert Topic.objects.matching("four").get() == topic


def test_closing_and_opening_are_undone(topic: Topic, alice: User) -> None:
    topic.close(by=alice)
    last(topic).undo(by=alice)
    assert Topic.objects.get(pk=topic.pk).is_open
    topic.close(by=alice)
    topic.reopen(by=alice)
    last(topic).undo(by=alice)
    assert not Topic.objects.get(pk=topic.pk).is_open


# -- what stands in the way ---------------------------------------------------------------------------------


def assert_refused(change: Change, by: User, kind: type[Refused], words: str) -> Refused:
    """`change` cannot be undone, and nothing moved."""
    before, numbers = picture(change.topic), change.topic.changes.count()
    with pytest.raises(kind, match=words) as caught:
        change.undo(by=by)
    assert picture(change.topic) == before
    assert change.topic.changes.count() == numbers
    return caught.value


def test_beginning_of_a_topic_is_not_undone(topic: Topic, alice: User) -> None:
    assert_refused(topic.changes.get(number=1), alice, Refused, "cannot be taken back")


def test_undone_change_is_not_undone_twice(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    tree["but no"].turn(by=alice)
    change = last(topic)
    change.undo(by=alice)
    assert_refused(change, alice, Refused, "undone already")


def test_undone_tells_what_is_not_in_force(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    tree["but no"].turn(by=alice)
    change = last(topic)
    undoing = change.undo(by=alice)
    assert undone(topic) == {change.pk}
    undoing.undo(by=alice)
    assert undone(topic) == {undoing.pk}


def test_old_wording_does_not_overwrite_a_newer_one(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    tree["but no"].revise(text="Second wording", version=1, by=alice)
    change = last(topic)
    tree["but no"].revise(text="Third wording", version=2, by=alice)
    conflict = assert_refused(change, alice, Conflict, "changed again")
    assert isinstance(conflict, Conflict)
    assert conflict.current.text == "Third wording"


def test_move_is_not_undone_after_a_newer_move(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    tree["but that"].move_under(tree["but no"], by=alice)
    change = last(topic)
    tree["but that"].move_under(tree["and not"], by=alice)
    assert_refused(change, alice, Conflict, "moved elsewhere")


def test_order_is_not_undone_under_another_parent(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    tree["and not"].reorder(by=alice, after=None)
    change = last(topic)
    tree["and not"].move_under(tree["Another claim"], by=alice)
    assert_refused(change, alice, Conflict, "moved elsewhere")


def test_moved_line_comes_back_under_a_line_that_was_taken_back(
    topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    tree["because this"].withdraw(by=alice)
    before = picture(topic)
    tree["but that"].move_under(tree["but no"], by=alice)
    assert_undo_and_redo(topic, alice, before)


def test_move_back_under_a_suggestion_is_refused(
    topic: Topic, tree: dict[str, Statement], alice: User, bob: User
) -> None:
    idea = tree["A claim"].add_argument("opposes", "An idea.", by=bob, suggested=True)
    idea.accept(by=alice)
    accepted = last(topic)
    reply = idea.add_argument("opposes", "A reply.", by=alice)
    reply.move_under(tree["but no"], by=alice)
    moved = last(topic)
    accepted.undo(by=alice)
    assert_refused(moved, alice, Refused, "taken back meanwhile")


def test_move_back_under_own_branch_is_refused(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    tree["but that"].move_under(tree["but no"], by=alice)
    change = last(topic)
    tree["because this"].move_under(tree["but that"], by=alice)
    assert_refused(change, alice, Refused, "under its own branch")


def test_withdrawal_is_not_undone_after_a_moderator_removed(
    topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    tree["but no"].withdraw(by=alice)
    change = last(topic)
    tree["but no"].remove(by=alice)
    assert_refused(change, alice, Conflict, "changed again")


def test_turn_is_not_undone_after_another_turn(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    tree["but no"].turn(by=alice)
    change = last(topic)
    tree["but no"].turn(by=alice)
    assert_refused(change, alice, Conflict, "changed again")


def test_added_line_that_is_gone_from_sight_is_not_taken_back_again(
    topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    added = topic.changes.get(statement=tree["but no"])
    tree["but no"].remove(by=alice)
    assert_refused(added, alice, Refused, "taken back already")


def test_change_of_a_deleted_statement_is_refused(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    tree["but that"].turn(by=alice)
    tree["but that"].delete()
    assert_refused(last(topic), alice, Refused, "is gone")


def test_source_that_was_taken_away_is_not_taken_away_again(
    topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    source = tree["but no"].cite(by=alice, title="A report")
    cited = last(topic)
    tree["but no"].uncite(source, by=alice)
    assert_refused(cited, alice, Refused, "is gone")


def test_move_back_under_a_deleted_line_is_refused(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    tree["but that"].move_under(tree["but no"], by=alice)
    tree["because this"].delete()
    assert_refused(last(topic), alice, Refused, "it stood under is gone")


def test_passage_that_was_taken_away_is_not_taken_away_again(
    topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    essay = Essay.objects.create(topic=topic, title="An essay", text="One sentence.")
    passage = tree["but no"].quote(essay, 0, 3, by=alice)
    quoted = last(topic)
    tree["but no"].unquote(passage, by=alice)
    assert_refused(quoted, alice, Refused, "is gone")


def test_comment_that_was_taken_back_is_not_taken_back_again(
    topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    comment = tree["but no"].comment("Which one?", by=alice)
    said = last(topic)
    tree["but no"].uncomment(comment, by=alice)
    assert_refused(said, alice, Refused, "already as it was")
    comment.delete()
    assert_refused(said, alice, Refused, "is gone")


def test_opened_topic_is_not_opened_again(topic: Topic, alice: User) -> None:
    topic.close(by=alice)
    closed = last(topic)
    topic.reopen(by=alice)
    assert_refused(closed, alice, Refused, "already as it was")


def test_newer_settings_are_not_overwritten(topic: Topic, alice: User) -> None:
    topic.revise(by=alice, title="Five days")
    revised = last(topic)
    topic.revise(by=alice, title="Six days")
    assert_refused(revised, alice, Conflict, "changed again")


def test_closed_topic_takes_nothing_back_but_its_closing(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    tree["but no"].turn(by=alice)
    turned = last(topic)
    topic.close(by=alice)
    assert_refused(turned, alice, Closed, "closed")
    last(topic).undo(by=alice)
    assert Topic.objects.get(pk=topic.pk).is_open


def test_votes_and_remarks_survive_a_move_and_its_undoing(
    topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    line = tree["because this"]
    line.cast_vote(voter=make_user(), value=3)
    line.comment("Which one?", by=alice)
    line.move_under(tree["Another claim"], by=alice)
    last(topic).undo(by=alice)
    assert Vote.objects.get().statement == line
    assert Comment.objects.get().statement == line
