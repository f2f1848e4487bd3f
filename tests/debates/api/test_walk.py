"""The way through the API from beginning to end, as docs/api.md walks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.models import Statement, Topic, Vote
from tests.debates.api.conftest import problem
from tests.factories import make_member, make_topic, make_tree

if TYPE_CHECKING:
    from accounts.models import User
    from tests.debates.api.conftest import Api


def test_program_begins_a_topic_argues_and_votes(api: Api, alice: User, bob: User) -> None:
    program = api(alice)
    begun = program.post("topics/", {"question": "Should school begin at nine?", "claim": "It should."})
    topic = Topic.objects.get()
    make_member(topic, bob)
    claim = topic.claims.get()

    added = api(bob).post(f"statements/{claim.pk}/arguments/", {"stance": "opposes", "text": "The bus."})
    voted = program.put(f"statements/{added.json()['id']}/vote/", {"value": 3})
    tree = program.get(f"topics/{topic.pk}/tree/?include=votes").json()

    assert begun.status_code == 201
    assert begun["Location"] == f"/api/v1/topics/{topic.pk}/"
    assert (begun.json()["title"], begun.json()["visibility"]) == ("Should school begin at nine", "private")
    assert added.status_code == 201
    assert voted.json() == {"value": 3, "tally": {"votes": 1, "histogram": [0, 0, 0, 1, 0], "mean": 3.0}}
    (root,) = tree["statements"]
    (child,) = root["children"]
    assert (root["text"], child["text"], child["stance"], child["my_vote"]) == ("It should.", "The bus.", "opposes", 3)
    assert Vote.objects.get().voter == alice


def test_topic_of_others_is_not_there(api: Api, alice: User, charlie: User) -> None:
    topic = make_topic(alice)
    line = make_tree(topic, alice, "A claim")["A claim"]

    for path in (f"topics/{topic.pk}/", f"topics/{topic.pk}/tree/", f"statements/{line.pk}/"):
        problem(api(charlie).get(path), 404)
        problem(api().get(path), 404)
    assert api(charlie).get("topics/").json() == {"results": [], "next": None}


def test_reader_who_may_not_write_hears_the_sentence_of_the_pages(api: Api, alice: User, bob: User) -> None:
    topic = make_topic(alice)
    make_member(topic, bob, "viewer")
    line = make_tree(topic, alice, "A claim")["A claim"]

    refused = api(bob).post(f"statements/{line.pk}/arguments/", {"stance": "supports", "text": "One more."})

    assert "not write in it" in problem(refused, 403)["detail"]
    assert Statement.objects.count() == 1


def test_suggester_suggests(api: Api, alice: User, bob: User) -> None:
    topic = make_topic(alice)
    make_member(topic, bob, "suggester")
    line = make_tree(topic, alice, "A claim")["A claim"]

    made = api(bob).post(f"statements/{line.pk}/arguments/", {"stance": "supports", "text": "Perhaps."})

    assert (made.status_code, made.json()["status"]) == (201, "suggested")
    assert api(alice).get(f"topics/{topic.pk}/tree/").json()["statements"][0]["children"] == []
    accepted = api(alice).put(f"statements/{made.json()['id']}/acceptance/")
    assert accepted.json()["status"] == "visible"


def test_visitor_reads_a_public_topic_and_is_asked_who_writes(api: Api, alice: User) -> None:
    topic = make_topic(alice, visibility="public")
    line = make_tree(topic, alice, "A claim")["A claim"]

    read = api().get(f"topics/{topic.pk}/")
    refused = api().post(f"statements/{line.pk}/arguments/", {"stance": "supports", "text": "One more."})

    assert read.json()["question"] == "Should school take four days?"
    assert problem(refused, 401)
    assert refused["WWW-Authenticate"].startswith("Bearer")
