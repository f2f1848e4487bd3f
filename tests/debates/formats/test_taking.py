"""What of a topic leaves with a file: everything its reader sees, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from debates.formats.counting import counts_in
from debates.formats.features import Feature, counts_of
from debates.formats.native import read
from debates.formats.registry import FORMATS
from debates.formats.sections import Taking
from debates.formats.taking import document_of, stream, take
from debates.models import Essay, Refused, Topic
from debates.permissions import topic_for
from tests.debates.formats.test_native import problems
from tests.factories import make_member, make_topic, make_tree, make_votes
from tests.queries import data_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A public topic with everything in it."""
    topic = make_topic(alice, visibility="public", background="Known *so far*.")
    make_member(topic, bob)
    tree = make_tree(topic, alice, TREE)
    claim, because, but = tree["A claim"], tree["because this"], tree["but that"]
    because.add_argument("opposes", "By Bob.", by=bob, note="A note.")
    tree["Another claim"].link_under(because, stance="supports", by=alice)
    claim.cite(by=alice, title="A study", url="https://example.org/", published="2024", quotation="So.")
    essay = Essay.objects.create(topic=topic, title="Sleep", text="Nine hours 😀 of sleep.")
    claim.quote(essay, 0, 12, by=alice)
    question = but.comment("Why?", by=bob, kind="question")
    but.comment("So.", by=alice, reply_to=question)
    make_votes(because, 4, 4, 0)
    return topic


TREE = """
A claim
  + because this
    - but that
      + withdrawn, and answered
        - an answer that stays
  - withdrawn, and alone
Another claim
"""


def taken(topic: Topic, user: User | AnonymousUser, **chosen: bool) -> dict[str, Any]:
    data = b"".join(stream(Taking(topic_for(user, topic.slug), user, **chosen)))
    assert problems(data) == []
    content: dict[str, Any] = json.loads(data)
    return content


def texts(content: dict[str, Any]) -> list[str]:
    return [row["text"] for row in content["statements"]]


def test_file_holds_everything_of_a_topic(topic: Topic, alice: User) -> None:
    content = taken(topic, alice)

    assert content["topic"]["title"] == "Four days"
    assert "By Bob." in texts(content)
    assert len(content["statements"]) == 9
    assert [row["title"] for row in content["sources"]] == ["A study"]
    assert [row["quote"] for row in content["passages"]] == ["Nine hours 😀"]
    assert [(row["text"], row["kind"]) for row in content["comments"]] == [("Why?", "question"), ("So.", "comment")]
    assert content["comments"][1]["reply_to"] == content["comments"][0]["id"]
    assert len([row for row in content["statements"] if row["refers_to"]]) == 1


def test_file_names_people_as_the_topic_does(topic: Topic, alice: User, bob: User) -> None:
    pseudonym = topic.pseudonyms.get(user=bob).name

    hidden = taken(topic, alice)
    Topic.objects.filter(pk=topic.pk).update(names_shown="names")
    shown = taken(topic, alice)

    by_bob = [row["author"] for row in hidden["statements"] if row["text"] == "By Bob."]
    assert by_bob == [pseudonym]
    assert "bob" not in json.dumps(hidden)
    assert [row["author"] for row in shown["statements"] if row["text"] == "By Bob."] == ["bob"]


def test_file_never_says_what_was_taken_back(topic: Topic, alice: User) -> None:
    for text in ("withdrawn, and answered", "withdrawn, and alone"):
        topic.statements.get(text=text).withdraw(by=alice)

    content = taken(topic, alice, history=True)

    assert "withdrawn, and" not in json.dumps(content)
    assert [row["status"] for row in content["statements"]].count("withdrawn") == 1
    assert "an answer that stays" in texts(content)


def test_file_never_holds_a_suggestion(topic: Topic, alice: User, bob: User) -> None:
    topic.statements.get(text="A claim").add_argument("supports", "Suggested.", by=bob, suggested=True)

    assert "Suggested." not in json.dumps(taken(topic, alice))


@pytest.mark.parametrize(("votes_shown", "who", "tallies"), [
    ("always", "anonymous", 1), ("after_voting", "anonymous", 0), ("when_closed", "owner", 0),
    ("after_voting", "owner", 1), ("after_voting", "member", 0),
])  # fmt: skip
def test_file_holds_tallies_as_the_topic_shows_them(
    topic: Topic, alice: User, bob: User, votes_shown: str, who: str, tallies: int
) -> None:
    Topic.objects.filter(pk=topic.pk).update(votes_shown=votes_shown)
    readers: dict[str, User | AnonymousUser] = {"anonymous": AnonymousUser(), "owner": alice, "member": bob}

    content = taken(topic, readers[who])

    shown = content.get("tallies", [])
    assert [row["counts"] for row in shown] == [[1, 0, 0, 0, 2]] * tallies


def test_single_votes_are_for_the_owner_and_by_number(topic: Topic, alice: User, bob: User) -> None:
    for_owner, for_member = taken(topic, alice, ballots=True), taken(topic, bob, ballots=True)

    assert sorted(row["value"] for row in for_owner["votes"]) == [0, 4, 4]
    assert sorted(row["voter"] for row in for_owner["votes"]) == [1, 2, 3]
    assert "votes" not in for_member


def test_numbers_of_voters_do_not_tell_who_they_are(alice: User) -> None:
    topic = make_topic(alice, visibility="public", votes_shown="always")
    claim = topic.add_claim("A claim", by=alice)
    make_votes(claim, *[0, 1, 2, 3, 4] * 4)

    dealt = {
        tuple((row["voter"], row["value"]) for row in taken(topic, alice, ballots=True)["votes"]) for _file in range(3)
    }

    assert len(dealt) == 3


def test_single_votes_are_not_told_before_their_totals(alice: User) -> None:
    topic = make_topic(alice, visibility="public", votes_shown="when_closed")
    make_votes(topic.add_claim("A claim", by=alice), 4)

    while_open = taken(topic, alice, ballots=True)
    topic.close(by=alice)

    assert "votes" not in while_open
    assert [row["value"] for row in taken(topic, alice, ballots=True)["votes"]] == [4]


def test_history_in_a_file_tells_others_of_no_suggestion(topic: Topic, alice: User, bob: User) -> None:
    topic.statements.get(text="A claim").add_argument("supports", "Waiting.", by=alice, suggested=True)

    for_others, for_owner = taken(topic, AnonymousUser(), history=True), taken(topic, alice, history=True)

    assert "suggest" not in {row["verb"] for row in for_others["changes"]}
    assert "suggest" in {row["verb"] for row in for_owner["changes"]}


def test_page_of_formats_does_not_tell_that_there_are_votes_which_are_hidden(topic: Topic, alice: User) -> None:
    Topic.objects.filter(pk=topic.pk).update(votes_shown="when_closed")

    assert counts_in(Taking(topic_for(alice, topic.slug), alice))[Feature.TALLIES] == 0


def test_comment_that_was_taken_back_keeps_the_place_of_its_answer(topic: Topic, alice: User, bob: User) -> None:
    line = topic.statements.get(text="but that")
    line.uncomment(line.comments.get(text="Why?"), by=bob)

    content = taken(topic, alice)

    assert [(row["text"], row["reply_to"]) for row in content["comments"]] == [
        ("", None), ("So.", content["comments"][0]["id"]),
    ]  # fmt: skip


def test_file_is_a_document_that_reads_back_the_same(topic: Topic, alice: User) -> None:
    taking = Taking(topic_for(alice, topic.slug), alice)

    document = document_of(taking)

    assert read(b"".join(stream(taking))).document == document
    assert document.question == "Should school take four days?"


def test_file_costs_the_same_queries_whatever_the_size(topic: Topic, alice: User) -> None:
    with data_queries() as few:
        taken(topic, alice)
    make_tree(topic, alice, "A third claim\n" + "\n".join(f"  + reason {n}" for n in range(20)))

    with data_queries() as many:
        taken(topic, alice)

    assert len(many) == len(few)


def test_counts_of_the_database_are_those_of_the_document(topic: Topic, alice: User) -> None:
    topic.statements.get(text="withdrawn, and answered").withdraw(by=alice)
    Topic.objects.filter(pk=topic.pk).update(votes_shown="always")
    taking = Taking(topic_for(alice, topic.slug), alice)

    counted = counts_in(taking)

    expected = counts_of(document_of(taking))
    assert {name: counted[name] for name in Feature if name not in _HARD} == {
        name: expected[name] for name in Feature if name not in _HARD
    }


# What the page does not count: single votes are never in a file unless asked for.
_HARD = {Feature.BALLOTS, Feature.CHARACTERS, Feature.DATES, Feature.AUTHORS}


def test_topic_too_large_for_a_format_is_refused_with_a_way_out(
    topic: Topic, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = FORMATS["pdf"]
    object.__setattr__(small, "most_lines", 3)

    try:
        with pytest.raises(Refused) as refused:
            take(Taking(topic_for(alice, topic.slug), alice), small)
    finally:
        object.__setattr__(small, "most_lines", 3_000)

    assert "Take JSON" in str(refused.value)
