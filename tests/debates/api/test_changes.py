"""The feed: in order, after a number, and no word more than the history shows to the same reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from debates.models import Change, Essay, Topic
from tests.debates.api.conftest import problem
from tests.factories import make_member, make_topic, make_tree
from tests.queries import data_queries

if TYPE_CHECKING:
    from accounts.models import User
    from tests.debates.api.conftest import Api, Program


def feed(program: Program, topic: Topic, since: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.get(f"topics/{topic.pk}/changes/?since={since}&limit=500").json()["changes"]
    return found


def test_feed_gives_the_changes_after_a_number_in_order(api: Api, alice: User) -> None:
    topic = make_topic(alice)
    tree = make_tree(topic, alice, "Nine\n  + sleep")
    tree["sleep"].revise(text="Sleep helps", version=1, by=alice)
    program = api(alice)

    first = program.get(f"topics/{topic.pk}/changes/?since=1&limit=2").json()
    rest = program.get(first["next"]).json()

    assert [change["number"] for change in first["changes"]] == [2, 3]
    assert [(change["number"], change["verb"]) for change in rest["changes"]] == [(4, "revise")]
    assert rest["changes"][0]["before"] == {"text": "sleep"}
    assert rest["changes"][0]["after"] == {"text": "Sleep helps"}
    assert rest["changes"][0]["statement"] == tree["sleep"].pk
    assert rest["changes"][0]["actor"] == topic.pseudonyms.get(user=alice).name
    assert (first["last"], rest["last"], rest["next"]) == (4, 4, None)
    assert feed(program, topic, since=4) == []


def test_feed_costs_the_same_queries_at_two_sizes(api: Api, alice: User) -> None:
    topic, program, counts = make_topic(alice), api(alice), []
    program.get("me/")

    for number in range(2):
        make_tree(
            topic, alice, f"Claim {number}" + "".join(f"\n  + {number} because {n}" for n in range(10 * number + 2))
        )
        with data_queries() as asked:
            feed(program, topic)
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= 7


def test_what_was_taken_back_leaks_through_no_change(api: Api, alice: User, bob: User, charlie: User) -> None:
    topic = make_topic(alice, visibility="public")
    essay = Essay.objects.create(topic=topic, title="An essay", text="leak-passage is a word.")
    make_member(topic, bob)
    claim = make_tree(topic, alice, "Nine")["Nine"]
    line = claim.add_argument("supports", "leak-first", note="leak-note", by=bob)
    line.revise(text="leak-second", version=1, by=bob)
    line.cite(by=alice, title="leak-title", quotation="leak-quotation")
    line.quote(essay, 0, 12, by=bob)
    line.comment("leak-comment", by=alice)
    line.withdraw(by=bob)

    for program, leaks in ((api(charlie), 0), (api(), 0), (api(bob), 7), (api(alice), 7)):
        for path in (f"topics/{topic.pk}/changes/", f"statements/{line.pk}/changes/"):
            found = program.get(path).content.decode()
            words = ("first", "note", "second", "title", "quotation", "passage", "comment")
            assert sum(f"leak-{word}" in found for word in words) == leaks, path
    hidden = {
        change["verb"]: change["hidden"] for change in feed(api(charlie), topic) if change["statement"] == line.pk
    }
    assert hidden == {
        "add": True, "revise": True, "cite": True, "quote": True, "comment": True, "withdraw": False,
    }  # fmt: skip


def test_comment_that_was_taken_back_leaks_through_no_change(api: Api, alice: User, charlie: User) -> None:
    topic = make_topic(alice, visibility="public")
    claim = make_tree(topic, alice, "Nine")["Nine"]
    comment = claim.comment("leak-comment", by=alice)
    claim.uncomment(comment, by=alice)

    assert "leak" not in api(charlie).get(f"topics/{topic.pk}/changes/").content.decode()
    assert "leak" not in api(charlie).get(f"statements/{claim.pk}/comments/").content.decode()


def test_suggestion_of_another_is_told_to_nobody_but_the_editors(
    api: Api, alice: User, bob: User, charlie: User
) -> None:
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob, "suggester")
    claim = make_tree(topic, alice, "Nine")["Nine"]
    made = claim.add_argument("opposes", "leak-suggestion", by=bob, suggested=True)

    assert [change["verb"] for change in feed(api(charlie), topic)] == ["topic-created", "add"]
    assert [change["verb"] for change in feed(api(bob), topic)] == ["topic-created", "add", "suggest"]
    assert [change["verb"] for change in feed(api(alice), topic)] == ["topic-created", "add", "suggest"]
    problem(api(charlie).get(f"statements/{made.pk}/changes/"), 404)
    made.accept(by=alice)
    assert [change["verb"] for change in feed(api(charlie), topic)][2:] == ["suggest", "accept"]


def test_change_of_an_unknown_kind_tells_no_words(api: Api, alice: User, charlie: User) -> None:
    topic = make_topic(alice, visibility="public")
    Change.objects.create(topic=topic, number=2, verb="from-tomorrow", after={"text": "leak", "parent": 7})

    told = feed(api(charlie), topic, since=1)

    assert told[0]["after"] == {"parent": 7}
    assert told[0]["hidden"]


def test_votes_are_in_no_change(api: Api, alice: User, bob: User) -> None:
    topic = make_topic(alice)
    make_member(topic, bob)
    line = make_tree(topic, alice, "Nine")["Nine"]
    before = feed(api(alice), topic)

    line.cast_vote(voter=bob, value=4)

    assert feed(api(alice), topic) == before


def test_undoing_is_one_more_change(api: Api, alice: User, bob: User) -> None:
    topic = make_topic(alice)
    make_member(topic, bob)
    line = make_tree(topic, alice, "Nine")["Nine"]
    line.revise(text="Ten", version=1, by=alice)

    refused = api(bob).post(f"topics/{topic.pk}/changes/3/undoing/")
    made = api(alice).post(f"topics/{topic.pk}/changes/3/undoing/")
    again = api(alice).post(f"topics/{topic.pk}/changes/3/undoing/")

    line.refresh_from_db()
    assert "may take it back" in problem(refused, 403)["detail"]
    assert (made.status_code, made.json()["number"], made.json()["undoes"]) == (201, 4, 3)
    assert api(alice).get(made["Location"]).json()["changes"] == [made.json()]
    assert line.text == "Nine"
    assert "undone already" in problem(again, 422)["detail"]
    problem(api(alice).post(f"topics/{topic.pk}/changes/99/undoing/"), 404)


def test_undoing_in_the_way_of_a_newer_change_is_a_conflict(api: Api, alice: User) -> None:
    topic = make_topic(alice)
    line = make_tree(topic, alice, "Nine")["Nine"]
    line.revise(text="Ten", version=1, by=alice)
    line.revise(text="Eleven", version=2, by=alice)

    told = problem(api(alice).post(f"topics/{topic.pk}/changes/3/undoing/"), 409)

    line.refresh_from_db()
    assert "Take the newer change back first" in told["detail"]
    assert line.text == "Eleven"


@pytest.mark.parametrize("names", ["names", "pseudonyms"])
def test_actor_is_called_as_on_the_pages(api: Api, alice: User, names: str) -> None:
    topic = make_topic(alice, names_shown=names)

    (change,) = feed(api(alice), topic)

    assert change["actor"] == ("alice" if names == "names" else topic.pseudonyms.get().name)
