"""Essays through the API: made once, changed by version, kept in their versions, and passages put back in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from debates.models import Essay, EssayVersion, Passage, Statement, Topic
from tests.debates.api.conftest import problem
from tests.factories import make_member, make_topic
from tests.queries import data_queries

if TYPE_CHECKING:
    from accounts.models import User
    from tests.debates.api.conftest import Api

TEXT = "Buses are late. Trains are full of people."


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, visibility="public", visitor_role="viewer")
    make_member(topic, bob, "writer")
    return topic


@pytest.fixture
def essay(topic: Topic, bob: User) -> Essay:
    return topic.add_essay(by=bob, title="Ways to town", text=TEXT)


@pytest.fixture
def passage(topic: Topic, essay: Essay, alice: User) -> Passage:
    return topic.add_claim("Ride a bicycle.", by=alice).quote(essay, 16, 42, by=alice)


def test_essay_is_laid_beside_the_map_once(api: Api, topic: Topic, bob: User) -> None:
    body = {"title": " Ways  to town ", "text": "One.\r\n\r\n\r\nTwo. 👍🏽", "source": "A paper"}
    program = api(bob)

    first = program.post(f"topics/{topic.pk}/essays/", body, Idempotency_Key="k")
    again = program.post(f"topics/{topic.pk}/essays/", body, Idempotency_Key="k")

    told = first.json()
    assert (first.status_code, first["Location"], first["ETag"]) == (201, f"/api/v1/essays/{told['id']}/", '"1"')
    assert (told["title"], told["text"], told["source"]) == ("Ways to town", "One.\n\nTwo. 👍🏽", "A paper")
    assert (told["version"], told["passages"], again["Idempotent-Replayed"]) == (1, [], "true")
    assert Essay.objects.get().added_by == bob


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"text": "x"}, "title"),
        ({"title": "x"}, "text"),
        ({"title": "x", "text": " \u200b "}, "text"),
        ({"title": "x", "text": "a" * 200_001}, "text"),
        ({"title": "x" * 201, "text": "x"}, "title"),
        ({"title": "x", "text": "x", "source": "s" * 501}, "source"),
        ({"title": "x", "text": 5}, "text"),
        ({"title": "x", "text": "x", "file": "y"}, "file"),
    ],
)
def test_essay_that_cannot_be_stored_is_a_problem_with_a_field(
    api: Api, topic: Topic, bob: User, body: dict[str, Any], name: str
) -> None:
    told = problem(api(bob).post(f"topics/{topic.pk}/essays/", body), 422)

    assert [error["field"] for error in told["errors"]] == [name]
    assert not Essay.objects.exists()


def test_essay_is_changed_by_the_version_that_was_read(
    api: Api, essay: Essay, passage: Passage, alice: User, bob: User
) -> None:
    program, path = api(bob), f"essays/{essay.pk}/"
    read = program.get(path)
    assert read["ETag"] == '"1"'
    problem(program.patch(path, {"text": "Walk."}), 428)

    changed = program.patch(path, {"text": "Buses are late."}, If_Match=read["ETag"])
    late = problem(api(alice).patch(path, {"text": "Hers."}, If_Match='"1"'), 412)

    assert (changed.json()["version"], changed["ETag"], changed.json()["title"]) == (2, '"2"', "Ways to town")
    assert [(each["quote"], each["lost"]) for each in changed.json()["passages"]] == [
        ("Trains are full of people.", True)
    ]
    assert (late["yours"], late["current"]["text"]) == ({"text": "Hers."}, "Buses are late.")
    assert Essay.objects.get().text == "Buses are late."


def test_essay_is_changed_and_removed_by_who_added_it_and_by_editors_alone(
    api: Api, topic: Topic, essay: Essay, alice: User, charlie: User
) -> None:
    make_member(topic, charlie, "writer")
    program, path = api(charlie), f"essays/{essay.pk}/"

    problem(program.patch(path, {"title": "Mine"}, If_Match='"1"'), 403)
    problem(program.delete(path), 403)
    assert Essay.objects.get().title == "Ways to town"

    assert api(alice).delete(path).status_code == 204


def test_essay_that_was_taken_away_is_gone_and_comes_back_by_undoing(
    api: Api, topic: Topic, essay: Essay, passage: Passage, bob: User, charlie: User
) -> None:
    program, path = api(bob), f"essays/{essay.pk}/"
    program.delete(path)

    for asked in (program.get(path), api(charlie).get(f"{path}versions/"), program.delete(path)):
        assert "taken away" in problem(asked, 410)["detail"]
    number = topic.changes.latest("number").number
    assert program.post(f"topics/{topic.pk}/changes/{number}/undoing/").status_code == 201

    assert program.get(path).json()["passages"][0]["quote"] == "Trains are full of people."


def test_former_versions_are_listed_and_read(api: Api, topic: Topic, essay: Essay, alice: User, bob: User) -> None:
    essay.revise(by=alice, version=1, text="Two.")
    essay.revise(by=bob, version=2, text="Three.", title="Ways")
    names = dict(topic.pseudonyms.values_list("user", "name"))
    program, path = api(), f"essays/{essay.pk}/versions/"

    with data_queries() as asked:
        listed = program.get(path).json()["results"]
    one = program.get(f"{path}1/").json()

    assert [(each["version"], each["title"], each["replaced_by"]) for each in listed] == [
        (2, "Ways to town", names[bob.pk]), (1, "Ways to town", names[alice.pk]),
    ]  # fmt: skip
    assert "text" not in listed[0]
    assert (one["text"], one["replaced_by"]) == (TEXT, names[alice.pk])
    problem(program.get(f"{path}9/"), 404)
    EssayVersion.objects.bulk_create(
        EssayVersion(topic=topic, essay_number=essay.pk, version=number, title="x", text="y") for number in range(4, 20)
    )
    with data_queries() as more:
        program.get(path)
    assert len(asked) == len(more)


def lose(passage: Passage) -> Passage:
    Passage.objects.filter(pk=passage.pk).update(lost=True, quote="Trams are full.")
    return passage


@pytest.mark.parametrize("body", [{"quote": "Trains are full"}, {"start": 16, "end": 31}])
def test_lost_passage_is_put_at_other_words(api: Api, passage: Passage, alice: User, body: dict[str, Any]) -> None:
    path = f"passages/{lose(passage).pk}/"
    assert api().get(path).json()["lost"] is True

    told = api(alice).put(f"{path}place/", body)

    assert (told.status_code, told.json()["quote"], told.json()["lost"]) == (200, "Trains are full", False)
    assert api().get(path).json() == told.json()


def test_passage_put_where_its_line_rests_already_answers_with_that_one(
    api: Api, essay: Essay, passage: Passage, alice: User
) -> None:
    other = passage.statement.quote(essay, 0, 15, by=alice)

    told = api(alice).put(f"passages/{lose(passage).pk}/place/", {"start": 0, "end": 15}).json()

    assert (told["id"], Passage.objects.get()) == (other.pk, other)


@pytest.mark.parametrize(
    ("body", "name"),
    [({"quote": "Trams"}, "quote"), ({"quote": " "}, "quote"), ({}, "quote"), ({"start": 1}, "quote"),
     ({"start": 3, "end": 900}, "passage"), ({"start": 9, "end": 4}, "passage"), ({"start": 15, "end": 16}, "passage")],
)  # fmt: skip
def test_place_outside_the_words_is_a_problem(
    api: Api, passage: Passage, alice: User, body: dict[str, Any], name: str
) -> None:
    told = problem(api(alice).put(f"passages/{lose(passage).pk}/place/", body), 422)

    assert [error["field"] for error in told["errors"]] == [name]
    assert Passage.objects.get().lost


def test_passage_is_put_by_its_lines_author_and_the_editors(
    api: Api, passage: Passage, bob: User, charlie: User
) -> None:
    for person in (bob, charlie):
        problem(api(person).put(f"passages/{lose(passage).pk}/place/", {"start": 0, "end": 5}), 403)
    problem(api().put(f"passages/{passage.pk}/place/", {"start": 0, "end": 5}), 403)
    assert Passage.objects.get().lost
    assert Statement.objects.count() == 1
