"""What was deleted, and what was taken back: nothing is added to either, and whoever was too late hears it in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import User
from debates.models import Change, Essay, Gone, Membership, Refused, Statement, Topic
from debates.permissions import standing_in
from debates.rows import comments_of
from tests.factories import make_member, make_topic, make_tree

type Verb = Callable[[Statement, User], object]

WORKING: dict[str, Verb] = {
    "revise": lambda line, by: line.revise(text="Other words", version=1, by=by),
    "cite": lambda line, by: line.cite(by=by, title="A report"),
    "uncite": lambda line, by: line.uncite(line.sources.get(), by=by),
    "quote": lambda line, by: line.quote(Essay.objects.get(), 0, 3, by=by),
    "unquote": lambda line, by: line.unquote(line.passages.get(), by=by),
    "turn": lambda line, by: line.turn(by=by),
    "comment": lambda line, by: line.comment("Why?", by=by),
    "move": lambda line, by: line.move_under(line.topic.claims.get(text="Another claim"), by=by),
    "reorder": lambda line, by: line.reorder(by=by, after=None),
}


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice)
    make_member(topic, bob)
    return topic


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(topic, alice, "A claim\n  + because\nAnother claim")


@pytest.fixture
def line(topic: Topic, tree: dict[str, Statement], alice: User, bob: User) -> Statement:
    """A line of Bob's with a source, a passage and a comment."""
    line = tree["A claim"].add_argument("opposes", "But no", by=bob)
    line.cite(by=bob, title="A book")
    line.quote(Essay.objects.create(topic=topic, title="An essay", text="One sentence."), 4, 12, by=bob)
    line.comment("Which one?", by=alice)
    return line


# -- taken back -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("taken_back", ["withdraw", "remove"])
@pytest.mark.parametrize("verb", WORKING)
def test_line_that_was_taken_back_is_not_worked_on(line: Statement, bob: User, verb: str, taken_back: str) -> None:
    getattr(line, taken_back)(by=bob)
    before = Change.objects.count()

    with pytest.raises(Refused, match="taken back") as caught:
        WORKING[verb](line, bob)

    assert caught.value.status == 422
    assert Change.objects.count() == before


@pytest.mark.parametrize("verb", WORKING)
def test_line_that_stands_is_worked_on(line: Statement, bob: User, verb: str) -> None:
    before = Change.objects.count()

    WORKING[verb](line, bob)

    assert Change.objects.count() == before + 1


@pytest.mark.parametrize("author", ["alice", "bob"])
def test_moderator_moves_what_was_taken_back(tree: dict[str, Statement], alice: User, bob: User, author: str) -> None:
    line = tree["A claim"].add_argument("opposes", "But no", by={"alice": alice, "bob": bob}[author])
    line.withdraw(by=alice)

    line.move_under(tree["Another claim"], by=alice)

    assert (line.parent, line.status) == (tree["Another claim"], "withdrawn")


def test_line_that_was_taken_back_is_restored_removed_and_undone(line: Statement, alice: User, bob: User) -> None:
    line.withdraw(by=bob)
    line.remove(by=alice)
    line.restore(by=alice)
    Change.objects.get(statement=line, verb="cite").undo(by=bob)
    line.remove(by=alice)
    Change.objects.get(statement=line, verb="uncite").undo(by=alice)

    assert (line.status, line.sources.get().title) == ("removed", "A book")


def test_comment_on_what_was_taken_back_is_still_taken_away(line: Statement, alice: User) -> None:
    line.remove(by=alice)

    line.uncomment(line.comments.get(), by=alice)

    assert line.comments.get().removed


@pytest.mark.parametrize("taken_back", ["withdraw", "remove"])
@pytest.mark.parametrize(("reader", "reads"), [("alice", True), ("bob", True), ("charlie", False)])
def test_comments_go_with_the_words_of_their_line(
    topic: Topic, line: Statement, alice: User, bob: User, charlie: User, taken_back: str, reader: str, reads: bool
) -> None:
    people = {"alice": (alice, "owner"), "bob": (bob, "writer"), "charlie": (charlie, "writer")}
    topic.standing = standing_in(topic, *people[reader])
    assert [remark.text for remark in comments_of(line.pk, topic)] == ["Which one?"]

    getattr(line, taken_back)(by=bob)

    assert bool(comments_of(line.pk, topic)) is reads


# -- deleted ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", WORKING)
def test_verb_on_a_deleted_topic_is_gone(line: Statement, topic: Topic, bob: User, verb: str) -> None:
    loaded = Statement.objects.select_related("topic").get(pk=line.pk)
    act = WORKING[verb]
    arguments = {"sources": loaded.sources.get(), "passages": loaded.passages.get(), "essay": Essay.objects.get()}
    Topic.objects.filter(pk=topic.pk).delete()

    with pytest.raises(Gone, match="deleted") as caught:
        {
            "uncite": lambda: loaded.uncite(arguments["sources"], by=bob),  # type: ignore[arg-type]
            "unquote": lambda: loaded.unquote(arguments["passages"], by=bob),  # type: ignore[arg-type]
            "quote": lambda: loaded.quote(arguments["essay"], 0, 3, by=bob),  # type: ignore[arg-type]
            "move": lambda: loaded.move_under(None, by=bob),
        }.get(verb, lambda: act(loaded, bob))()

    assert caught.value.status == 410


@pytest.mark.parametrize("verb", ["revise", "cite", "turn", "comment", "reorder"])
def test_verb_on_a_deleted_line_is_gone(line: Statement, bob: User, verb: str) -> None:
    loaded = Statement.objects.select_related("topic").get(pk=line.pk)
    Statement.objects.filter(pk=line.pk).delete()
    before = Change.objects.count()

    with pytest.raises(Gone, match="deleted"):
        WORKING[verb](loaded, bob)

    assert Change.objects.count() == before


def test_claim_for_a_deleted_topic_is_gone(topic: Topic, bob: User) -> None:
    Topic.objects.filter(pk=topic.pk).delete()

    with pytest.raises(Gone, match="deleted"):
        topic.add_claim("A claim", by=bob)


def test_role_of_who_is_no_member_any_more_is_gone(topic: Topic, bob: User) -> None:
    member = Membership.objects.get(user=bob)
    Membership.objects.filter(user=bob).delete()

    with pytest.raises(Gone, match="no member"):
        member.change_role("editor")


def test_role_in_a_deleted_topic_is_gone(topic: Topic, bob: User) -> None:
    member = Membership.objects.get(user=bob)
    Topic.objects.filter(pk=topic.pk).delete()

    with pytest.raises(Gone, match="deleted"):
        member.end()
