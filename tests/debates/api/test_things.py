"""Topics as a whole, evidence, comments, essays, members and share links."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from debates.models import Comment, Essay, Membership, ShareLink, Source, Topic
from tests.debates.api.conftest import problem
from tests.factories import make_guest, make_member, make_topic, make_tree

if TYPE_CHECKING:
    from accounts.models import User
    from tests.debates.api.conftest import Api


# -- topics --------------------------------------------------------------------------------------------------------


def test_owner_changes_settings_and_the_rest_stays(api: Api, alice: User, bob: User) -> None:
    topic = make_topic(alice, background="What is known")
    make_member(topic, bob, "editor")

    told = api(alice).patch(f"topics/{topic.pk}/", {"visibility": "public", "guests_vote": True})
    refused = api(bob).patch(f"topics/{topic.pk}/", {"title": "Mine"})

    assert (told.json()["visibility"], told.json()["guests_vote"]) == ("public", True)
    assert told.json()["background"] == "What is known"
    assert "Only the owner" in problem(refused, 403)["detail"]
    assert problem(api(alice).patch(f"topics/{topic.pk}/", {"title": " "}), 422)["errors"][0]["field"] == "title"


def test_topic_is_deleted_when_its_title_is_repeated(api: Api, alice: User) -> None:
    topic = make_topic(alice, title="Four days")
    program = api(alice)

    told = problem(program.delete(f"topics/{topic.pk}/"), 422)
    problem(program.delete(f"topics/{topic.pk}/?title=Five+days"), 422)
    assert Topic.objects.filter(pk=topic.pk).exists()
    gone = program.delete(f"topics/{topic.pk}/?title=four+%20days")

    assert told["errors"][0]["field"] == "title"
    assert gone.status_code == 204
    assert not Topic.objects.exists()


@pytest.mark.parametrize(("extent", "lines"), [("claims", 1), ("everything", 2)])
def test_copy_is_a_private_topic_of_ones_own(api: Api, alice: User, bob: User, extent: str, lines: int) -> None:
    topic = make_topic(alice, visibility="public")
    make_tree(topic, alice, "Nine\n  + sleep")

    made = api(bob).post(f"topics/{topic.pk}/copies/", {"title": "Mine", "extent": extent})

    copy = Topic.objects.get(pk=made.json()["id"])
    assert (made.status_code, made.json()["you"]["role"], copy.visibility) == (201, "owner", "private")
    assert copy.statements.count() == lines
    assert made["Location"] == f"/api/v1/topics/{copy.pk}/"


# -- evidence ------------------------------------------------------------------------------------------------------


def test_source_is_added_read_and_taken_away(api: Api, alice: User, bob: User) -> None:
    topic = make_topic(alice)
    make_member(topic, bob)
    line = make_tree(topic, alice, "Nine")["Nine"]
    fields = {"kind": "data", "title": "A study", "url": "HTTPS://example.org/a", "quotation": "One\nTwo"}

    made = api(bob).post(f"statements/{line.pk}/sources/", fields)
    listed = api(alice).get(f"statements/{line.pk}/sources/").json()["results"]
    path = made["Location"]
    gone = api(bob).delete(path)

    assert made.status_code == 201
    assert (made.json()["kind"], made.json()["url"]) == ("data", "https://example.org/a")
    assert listed == [made.json()]
    assert gone.status_code == 204
    assert not Source.objects.exists()
    problem(api(alice).get(path), 404)


def test_evidence_goes_with_the_words(api: Api, alice: User, bob: User, charlie: User) -> None:
    topic = make_topic(alice, visibility="public")
    essay = Essay.objects.create(topic=topic, title="An essay", text="We sleep.")
    line = make_tree(topic, bob, "Nine\n  + sleep")["sleep"]
    source, passage = line.cite(by=bob, title="A study"), line.quote(essay, 3, 8, by=bob)
    comment = line.comment("A remark", by=alice)
    line.withdraw(by=bob)

    for path in (f"sources/{source.pk}/", f"passages/{passage.pk}/", f"comments/{comment.pk}/"):
        problem(api(charlie).get(path), 404)
        assert api(bob).get(path).status_code == 200
        assert api(alice).get(path).status_code == 200
    for noun in ("sources", "passages", "comments"):
        assert api(charlie).get(f"statements/{line.pk}/{noun}/").json()["results"] == []
        assert len(api(bob).get(f"statements/{line.pk}/{noun}/").json()["results"]) == 1
    assert api(charlie).get(f"essays/{essay.pk}/").json()["passages"] == []


@pytest.mark.parametrize("by_words", [True, False])
def test_passage_is_given_by_its_words_or_its_place(api: Api, alice: User, by_words: bool) -> None:
    topic = make_topic(alice)
    essay = Essay.objects.create(topic=topic, title="An essay", text="😴 We sleep well.")
    line = make_tree(topic, alice, "Nine")["Nine"]
    place = {"quote": "sleep"} if by_words else {"essay": essay.pk, "start": 5, "end": 10}

    made = api(alice).post(f"statements/{line.pk}/passages/", place)
    read = api(alice).get(f"essays/{essay.pk}/").json()

    assert made.status_code == 201
    assert [made.json()[name] for name in ("start", "end", "quote", "suffix")] == [5, 10, "sleep", " well."]
    assert read["passages"] == [made.json()]
    assert api(alice).get(f"topics/{topic.pk}/essays/").json()["results"][0].keys() == read.keys() - {
        "text",
        "passages",
    }
    assert api(alice).delete(made["Location"]).status_code == 204


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ({}, "quote"), ({"quote": "awake"}, "quote"), ({"start": 0, "end": 2}, "quote"),
        ({"essay": 10**9, "start": 0, "end": 2}, "essay"), ({"essay": 0, "start": 0, "end": 2}, "essay"),
    ],
)  # fmt: skip
def test_passage_that_is_nowhere_is_refused(api: Api, alice: User, place: dict[str, object], field: str) -> None:
    topic = make_topic(alice)
    Essay.objects.create(topic=topic, title="An essay", text="We sleep.")
    line = make_tree(topic, alice, "Nine")["Nine"]

    told = problem(api(alice).post(f"statements/{line.pk}/passages/", place), 422)

    assert told["errors"][0]["field"] == field
    assert not line.passages.exists()


def test_passage_beyond_the_essay_is_refused(api: Api, alice: User) -> None:
    topic = make_topic(alice)
    essay = Essay.objects.create(topic=topic, title="An essay", text="We sleep.")
    line = make_tree(topic, alice, "Nine")["Nine"]

    problem(api(alice).post(f"statements/{line.pk}/passages/", {"essay": essay.pk, "start": 5, "end": 500}), 422)
    problem(api(alice).post(f"statements/{line.pk}/passages/", {"essay": essay.pk, "start": 5, "end": 5}), 422)


# -- comments ------------------------------------------------------------------------------------------------------


def test_comments_are_written_answered_and_taken_back(api: Api, alice: User, bob: User) -> None:
    topic = make_topic(alice)
    make_member(topic, bob)
    line = make_tree(topic, alice, "Nine")["Nine"]
    path = f"statements/{line.pk}/comments/"

    asked = api(bob).post(path, {"text": "Which bus?", "kind": "question"}).json()
    answered = api(alice).post(path, {"text": "The last one.", "reply_to": asked["id"]}).json()
    gone = api(bob).delete(f"comments/{asked['id']}/")
    listed = api(alice).get(path).json()["results"]

    assert (asked["kind"], answered["reply_to"]) == ("question", asked["id"])
    assert gone.status_code == 204
    assert [(row["text"], row["mine"]) for row in listed] == [(None, False), ("The last one.", True)]
    problem(api(bob).delete(f"comments/{answered['id']}/"), 403)
    problem(api(bob).post(path, {"text": "x", "reply_to": 10**9}), 422)
    assert Comment.objects.count() == 2


# -- people --------------------------------------------------------------------------------------------------------


def test_owner_sees_and_changes_members(api: Api, alice: User, bob: User) -> None:
    topic = make_topic(alice)
    member, guest = make_member(topic, bob), make_member(topic, make_guest(), "viewer")
    topic.pseudonyms.get_queryset().model.objects.give(topic, guest.user)
    program, path = api(alice), f"topics/{topic.pk}/members/"

    listed = program.get(path).json()["results"]
    changed = program.patch(f"{path}{member.pk}/", {"role": "editor"})
    gone = program.delete(f"{path}{guest.pk}/")

    assert [(row["name"], row["you"]) for row in listed[:2]] == [("alice", True), ("bob", False)]
    assert (listed[2]["guest"], listed[2]["name"]) == (True, topic.pseudonyms.get(user=guest.user).name)
    assert changed.json()["role"] == "editor"
    assert gone.status_code == 204
    assert topic.memberships.count() == 2
    problem(api(bob).get(path), 403)
    problem(program.patch(f"{path}{member.pk}/", {"role": "king"}), 422)


def test_topic_keeps_an_owner(api: Api, alice: User) -> None:
    topic = make_topic(alice)
    mine = Membership.objects.get()

    problem(api(alice).delete(f"topics/{topic.pk}/membership/"), 422)
    problem(api(alice).delete(f"topics/{topic.pk}/members/{mine.pk}/"), 422)
    problem(api(alice).patch(f"topics/{topic.pk}/members/{mine.pk}/", {"role": "viewer"}), 422)

    assert Membership.objects.get().role == "owner"


def test_member_leaves(api: Api, alice: User, bob: User) -> None:
    topic = make_topic(alice)
    make_member(topic, bob)

    assert api(bob).delete(f"topics/{topic.pk}/membership/").status_code == 204
    problem(api(bob).get(f"topics/{topic.pk}/"), 404)


def test_share_link_is_made_followed_and_revoked(api: Api, alice: User, bob: User, charlie: User) -> None:
    topic = make_topic(alice)
    program = api(alice)
    made = program.post(f"topics/{topic.pk}/share-links/", {"role": "editor", "days": 1})
    token = made.json()["token"]

    joined = api(bob).post("joins/", {"token": token})
    listed = program.get(f"topics/{topic.pk}/share-links/").json()["results"]
    revoked = program.delete(made["Location"])
    late = api(charlie).post("joins/", {"token": token})

    assert made.json()["url"] == f"http://testserver/join/{token}/"
    assert joined.json() == {"topic": topic.pk, "role": "editor", "name": topic.pseudonyms.get(user=bob).name}
    assert listed == [made.json()]
    assert revoked.status_code == 204
    problem(late, 410)
    problem(program.get(made["Location"]), 404)
    problem(api(charlie).post("joins/", {"token": "guessed"}), 404)
    problem(api(bob).get(f"topics/{topic.pk}/share-links/"), 403)
    assert {member.user for member in topic.memberships.all()} == {alice, bob}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"role": "owner"}, "role"),
        ({}, "role"),
        ({"role": "viewer", "days": 0}, "days"),
        ({"role": "viewer", "days": 366}, "days"),
    ],
)
def test_share_link_that_cannot_be_is_refused(api: Api, alice: User, body: dict[str, object], field: str) -> None:
    topic = make_topic(alice)

    told = problem(api(alice).post(f"topics/{topic.pk}/share-links/", body), 422)

    assert told["errors"][0]["field"] == field
    assert not ShareLink.objects.exists()


def test_share_link_lasts_two_weeks_or_as_long_as_it_is_told(api: Api, alice: User) -> None:
    topic = make_topic(alice)
    usual, endless = ({"role": "viewer"}, {"role": "viewer", "days": None})
    for body in (usual, endless):
        api(alice).post(f"topics/{topic.pk}/share-links/", body)

    first, second = ShareLink.objects.order_by("pk")
    assert timedelta(days=13) < first.expires - timezone.now() < timedelta(days=15)  # type: ignore[operator]
    assert second.expires is None


def test_outsider_finds_nothing_of_a_private_topic(api: Api, alice: User, charlie: User) -> None:
    topic = make_topic(alice)
    essay = Essay.objects.create(topic=topic, title="An essay", text="We sleep.")
    line = make_tree(topic, alice, "Nine")["Nine"]
    link = topic.share("viewer", by=alice)
    numbers = {
        "topics": topic.pk, "statements": line.pk, "essays": essay.pk, "share-links": link.pk,
        "sources": line.cite(by=alice, title="A study").pk, "passages": line.quote(essay, 0, 2, by=alice).pk,
        "comments": line.comment("A remark", by=alice).pk,
    }  # fmt: skip

    for noun, number in numbers.items():
        assert problem(api(charlie).get(f"{noun}/{number}/"), 404) == problem(api(charlie).get(f"{noun}/{10**9}/"), 404)
