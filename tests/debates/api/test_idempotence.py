"""The same creation sent twice is made once; another one under the same key is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from debates.models import Comment, IdempotentAnswer, ShareLink, Source, Statement, Topic
from tests.debates.api.conftest import problem
from tests.debates.together import together
from tests.factories import make_topic, make_tree

if TYPE_CHECKING:
    from accounts.models import User
    from tests.debates.api.conftest import Api

KEYS = ["k", "2f6c-essay-7", "x" * 36, "y" * 200]
KINDS: dict[str, tuple[Any, dict[str, Any]]] = {
    "topics/": (Topic, {"question": "Another one?"}),
    "topics/{topic}/copies/": (Topic, {}),
    "topics/{topic}/claims/": (Statement, {"text": "One more."}),
    "topics/{topic}/share-links/": (ShareLink, {"role": "writer"}),
    "statements/{line}/arguments/": (Statement, {"text": "One more.", "stance": "supports"}),
    "statements/{line}/links/": (Statement, {"parent": 0, "stance": "supports"}),
    "statements/{line}/sources/": (Source, {"title": "A study"}),
    "statements/{line}/comments/": (Comment, {"text": "A remark"}),
}


@pytest.mark.parametrize("path", KINDS)
def test_creation_sent_again_makes_nothing_and_answers_the_same(api: Api, alice: User, path: str) -> None:
    topic = make_topic(alice)
    tree = make_tree(topic, alice, "A claim\n  + because\nAnother")
    model, body = KINDS[path]
    body = body | ({"parent": tree["Another"].pk} if "parent" in body else {})
    program, url = api(alice), path.format(topic=topic.pk, line=tree["because"].pk)
    first = program.post(url, body, idempotency_key="once")
    count = model._default_manager.count()

    again = program.post(url, body, idempotency_key="once")
    other = program.post(url, body, idempotency_key="twice")

    assert first.status_code == again.status_code == 201
    assert (again.json(), again["Location"]) == (first.json(), first["Location"])
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    if not path.endswith("links/"):
        assert other.json()["id"] != first.json()["id"]
        count += 1
    elif model is ShareLink:
        count += 1
    assert model._default_manager.count() == count


@pytest.mark.parametrize("key", KEYS)
def test_key_of_any_length_works(api: Api, alice: User, key: str) -> None:
    topic = make_topic(alice)
    program = api(alice)

    ids = {program.post(f"topics/{topic.pk}/claims/", {"text": "One"}, idempotency_key=key).json()["id"] for _n in "12"}
    titles = {program.post("topics/", {"question": "One?"}, idempotency_key=key + "t").status_code for _n in "12"}

    assert len(ids) == 1
    assert titles == ({201} if len(key) < 200 else {400})


def test_same_key_with_another_body_or_address_is_refused(api: Api, alice: User) -> None:
    topic = make_topic(alice)
    line = make_tree(topic, alice, "A claim")["A claim"]
    program = api(alice)
    program.post("topics/", {"question": "One?"}, idempotency_key="k")
    program.post(f"topics/{topic.pk}/claims/", {"text": "One"}, idempotency_key="c")
    count = Topic.objects.count(), Statement.objects.count()

    problem(program.post("topics/", {"question": "Two?"}, idempotency_key="k"), 422)
    problem(program.post(f"topics/{topic.pk}/copies/", {}, idempotency_key="k"), 422)
    problem(program.post(f"topics/{topic.pk}/claims/", {"text": "Two"}, idempotency_key="c"), 422)
    told = problem(program.post(f"statements/{line.pk}/sources/", {"title": "x"}, idempotency_key="k"), 422)

    assert told["errors"][0]["field"] == "Idempotency-Key"
    assert (Topic.objects.count(), Statement.objects.count()) == count


def test_key_is_each_persons_own(api: Api, alice: User, bob: User) -> None:
    answers = [api(person).post("topics/", {"question": "One?"}, idempotency_key="k") for person in (alice, bob)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] != answers[1].json()["id"]


def test_failure_is_not_kept(api: Api, alice: User) -> None:
    line = make_tree(make_topic(alice), alice, "A claim")["A claim"]
    alice_program = api(alice)
    body = {"text": "A remark"}
    line.topic.close(by=alice)
    problem(alice_program.post(f"statements/{line.pk}/comments/", body, idempotency_key="k"), 403)
    line.topic.reopen(by=alice)

    assert alice_program.post(f"statements/{line.pk}/comments/", body, idempotency_key="k").status_code == 201


def test_answer_is_kept_for_a_day(api: Api, alice: User) -> None:
    program = api(alice)
    program.post("topics/", {"question": "One?"}, idempotency_key="k")
    IdempotentAnswer.objects.update(created=timezone.now() - timedelta(hours=25))

    again = program.post("topics/", {"question": "One?"}, idempotency_key="k")

    assert "Idempotent-Replayed" not in again.headers
    assert Topic.objects.count() == 2
    assert IdempotentAnswer.objects.count() == 1


@pytest.mark.parametrize("key", ["a\tb", "x" * 201])
def test_key_that_cannot_be_one_is_a_problem(api: Api, alice: User, key: str) -> None:
    problem(api(alice).post("topics/", {"question": "One?"}, idempotency_key=key), 400)


@pytest.mark.django_db(transaction=True)
def test_creation_sent_many_times_at_once_is_made_once(api: Api, alice: User) -> None:
    program = api(alice)

    answers = together(*[lambda: program.post("topics/", {"question": "One?"}, idempotency_key="k")] * 6)

    assert {answer.status_code for answer in answers} == {201}, answers
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Topic.objects.count() == 1
