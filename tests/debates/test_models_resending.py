"""A form that is sent twice: the same words are stored once, other words under the same key are never dropped."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from debates.models import Change, Comment, Conflict, Essay, Passage, Refused, Source, Statement, Topic
from tests.factories import make_topic, make_tree


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(topic, alice, "A claim\n  + because\n  - but\nAnother claim")


# -- statements ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [{"text": "Other words."}, {"note": "Another note."}, {"stance": "opposes"}, {"parent": "because"}],
    ids=["text", "note", "stance", "parent"],
)
def test_key_with_other_words_is_a_conflict(
    topic: Topic, tree: dict[str, Statement], bob: User, other: dict[str, str]
) -> None:
    sent = {"text": "Some words.", "stance": "supports", "note": "", "parent": "A claim"}
    made = send(topic, tree, bob, sent)
    before = Change.objects.count()

    with pytest.raises(Conflict, match="sent before") as caught:
        send(topic, tree, bob, sent | other)

    assert (caught.value.status, caught.value.current) == (409, made)
    assert Statement.objects.filter(author=bob).get().text == "Some words."
    assert Change.objects.count() == before


def send(topic: Topic, tree: dict[str, Statement], by: User, sent: dict[str, str]) -> Statement:
    parent = tree[sent["parent"]]
    return Statement.objects.add(
        topic, parent, text=sent["text"], stance=sent["stance"], note=sent["note"], by=by, key="k-1"
    )


def test_key_of_another_topic_is_a_conflict(topic: Topic, bob: User) -> None:
    made = topic.add_claim("A claim", by=bob, key="k-1")

    with pytest.raises(Conflict) as caught:
        make_topic(bob).add_claim("A claim", by=bob, key="k-1")

    assert caught.value.current == made


def test_key_finds_what_was_reworded_turned_and_moved_since(tree: dict[str, Statement], alice: User, bob: User) -> None:
    made = tree["A claim"].add_argument("supports", "  Some   words. ", by=bob, key="k-1")
    made.revise(text="Other words.", version=1, by=alice)
    made.turn(by=alice)
    made.move_under(tree["because"], by=alice)

    again = tree["A claim"].add_argument("supports", "Some words.", by=bob, key="k-1")

    assert (again, again.text) == (made, "Other words.")
    with pytest.raises(Conflict) as caught:
        tree["A claim"].add_argument("supports", "Other words.", by=bob, key="k-1")
    assert caught.value.current.text == "Other words."


def test_key_finds_a_suggestion_that_was_accepted_since(tree: dict[str, Statement], alice: User, bob: User) -> None:
    made = tree["A claim"].add_argument("supports", "Some words.", by=bob, key="k-1", suggested=True)
    made.accept(by=alice)
    made.changes.get(verb="accept").undo(by=alice)

    assert tree["A claim"].add_argument("supports", "Some words.", by=bob, key="k-1", suggested=True) == made


def test_key_of_a_link_with_another_target_is_a_conflict(tree: dict[str, Statement], bob: User) -> None:
    made = tree["because"].link_under(tree["Another claim"], stance="supports", by=bob, key="k-1")

    assert tree["because"].link_under(tree["Another claim"], stance="supports", by=bob, key="k-1") == made
    for target, stance in (("but", "supports"), ("because", "opposes")):
        with pytest.raises(Conflict) as caught:
            tree[target].link_under(tree["Another claim"], stance=stance, by=bob, key="k-1")
        assert caught.value.current == made
    assert Statement.objects.filter(author=bob).count() == 1


# -- comments and sources -------------------------------------------------------------------------------------------


def test_comment_sent_twice_is_one(tree: dict[str, Statement], bob: User) -> None:
    made = tree["because"].comment("Which one?", by=bob, kind="question", key="k-1")

    assert tree["because"].comment(" Which one? ", by=bob, kind="question", key="k-1") == made
    assert (Comment.objects.count(), Change.objects.filter(verb="comment").count()) == (1, 1)


@pytest.mark.parametrize("other", [{"text": "Why?"}, {"kind": "comment"}, {"about": "but"}, {"reply_to": True}])
def test_comment_key_with_something_else_is_a_conflict(
    tree: dict[str, Statement], alice: User, bob: User, other: dict[str, Any]
) -> None:
    made = tree["because"].comment("Which one?", by=bob, kind="question", key="k-1")
    reply_to = tree["because"].comment("What?", by=alice) if "reply_to" in other else None

    with pytest.raises(Conflict) as caught:
        tree[other.get("about", "because")].comment(
            other.get("text", "Which one?"), by=bob, kind=other.get("kind", "question"), reply_to=reply_to, key="k-1"
        )

    assert (caught.value.current, caught.value.current.text) == (made, "Which one?")
    assert Comment.objects.filter(author=bob).count() == 1


def test_comment_sent_again_answers_although_the_topic_is_closed_since(
    tree: dict[str, Statement], topic: Topic, alice: User, bob: User
) -> None:
    made = tree["because"].comment("Which one?", by=bob, key="k-1")
    topic.close(by=alice)

    assert tree["because"].comment("Which one?", by=bob, key="k-1") == made


def test_source_sent_twice_is_one(tree: dict[str, Statement], bob: User) -> None:
    made = tree["because"].cite(by=bob, title="A report", url="https://example.org/", key="k-1")

    assert tree["because"].cite(by=bob, title="A report ", url="https://example.org/", key="k-1") == made
    assert (Source.objects.count(), Change.objects.filter(verb="cite").count()) == (1, 1)


@pytest.mark.parametrize("other", [{"title": "A book"}, {"quotation": "So."}, {"about": "but"}])
def test_source_key_with_something_else_is_a_conflict(
    tree: dict[str, Statement], bob: User, other: dict[str, str]
) -> None:
    made = tree["because"].cite(by=bob, title="A report", key="k-1")
    about = tree[other.pop("about", "because")]

    with pytest.raises(Conflict) as caught:
        about.cite(**{"by": bob, "title": "A report", "key": "k-1"} | other)  # type: ignore[arg-type]

    assert caught.value.current == made
    assert Source.objects.count() == 1


def test_same_key_of_another_person_is_another_comment_and_source(
    tree: dict[str, Statement], alice: User, bob: User
) -> None:
    for person in (alice, bob):
        tree["because"].comment("Which one?", by=person, key="k-1")
        tree["because"].cite(by=person, title="A report", key="k-1")

    assert (Comment.objects.count(), Source.objects.count()) == (2, 2)


# -- passages -------------------------------------------------------------------------------------------------------


@pytest.fixture
def essay(topic: Topic) -> Essay:
    return Essay.objects.create(topic=topic, title="An essay", text="One sentence. Another one.")


def test_passage_quoted_twice_is_one(tree: dict[str, Statement], essay: Essay, alice: User, bob: User) -> None:
    made = tree["because"].quote(essay, 0, 13, by=alice)

    assert tree["because"].quote(essay, 0, 13, by=bob) == made
    assert Change.objects.filter(verb="quote").count() == 1
    tree["because"].quote(essay, 0, 3, by=bob)
    tree["but"].quote(essay, 0, 13, by=bob)
    assert Passage.objects.count() == 3


def test_passage_that_was_quoted_again_is_not_brought_back(
    tree: dict[str, Statement], essay: Essay, alice: User
) -> None:
    made = tree["because"].quote(essay, 0, 13, by=alice)
    tree["because"].unquote(made, by=alice)
    taken = Change.objects.get(verb="unquote")
    tree["because"].quote(essay, 0, 13, by=alice)

    with pytest.raises(Refused, match="already as it was"):
        taken.undo(by=alice)

    assert Passage.objects.count() == 1
