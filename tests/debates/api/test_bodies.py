"""What is sent: strict JSON, strict types, known fields, one error for each mistake, and never a 500."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from debates.models import Statement, Topic
from tests.debates.api.conftest import problem
from tests.factories import make_topic, make_tree

if TYPE_CHECKING:
    from accounts.models import User
    from tests.debates.api.conftest import Api

MALFORMED = {
    "nothing but a brace": b"{",
    "not a number": b'{"question": NaN}',
    "infinity": b'{"question": Infinity}',
    "a name twice": b'{"question": "One?", "question": "Two?"}',
    "21 levels": b'{"question": ' + b"[" * 21 + b"]" * 21 + b"}",
    "100,000 levels": b"[" * 100_000 + b"]" * 100_000,
    "a million brackets": b"[" * 999_000,
    "half a surrogate pair": b'{"question": "\\ud800"}',
    "the other half": b'{"question": "\\udc00x"}',
    "broken UTF-8": b'{"question": "\xff\xfe"}',
    "UTF-16": '{"question": "One?"}'.encode("utf-16"),
    "5,000 digits": b'{"question": ' + b"1" * 5_000 + b"}",
    "20 digits": b'{"question": 12345678901234567890}',
    "beyond every number": b'{"question": 1e999}',
    "two documents": b'{"question": "One?"}{}',
    "single quotes": b"{'question': 'One?'}",
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_malformed_body_is_refused_quickly(api: Api, alice: User, body: bytes) -> None:
    program = api(alice)
    start = time.perf_counter()

    told = problem(program.post("topics/", body), 400)

    assert told["detail"]
    assert time.perf_counter() - start < 2
    assert not Topic.objects.exists()


def test_body_of_more_than_a_megabyte_is_refused(api: Api, alice: User) -> None:
    problem(api(alice).post("topics/", {"question": "x" * 1_000_000}), 413)


def test_body_of_exactly_the_limit_is_read(api: Api, alice: User) -> None:
    body = b'{"question": "One?"' + b" " * (1_000_000 - 20) + b"}"

    assert api(alice).post("topics/", body).status_code == 201


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""]
)
def test_body_that_is_no_json_is_refused(api: Api, alice: User, kind: str) -> None:
    program = api(alice)

    answer = program.client.post("/api/v1/topics/", b"question=One", content_type=kind, headers=program.headers)

    problem(answer, 415)


@pytest.mark.parametrize("body", [[], "text", 1, None, True])
def test_body_that_is_no_object_is_refused(api: Api, alice: User, body: Any) -> None:
    import json

    problem(api(alice).post("topics/", json.dumps(body).encode()), 422)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({}, "question"),
        ({"question": 5}, "question"),
        ({"question": True}, "question"),
        ({"question": ["One?"]}, "question"),
        ({"question": None}, "question"),
        ({"question": "  \u200b "}, "question"),
        ({"question": "x" * 301}, "question"),
        ({"question": "x" * 100_000}, "question"),
        ({"question": "One?", "guests_vote": "true"}, "guests_vote"),
        ({"question": "One?", "guests_vote": 1}, "guests_vote"),
        ({"question": "One?", "visibility": "secret"}, "visibility"),
        ({"question": "One?", "visibility": ["public"]}, "visibility"),
        ({"question": "One?", "visitor_role": "owner"}, "visitor_role"),
        ({"question": "One?", "owner": "bob"}, "owner"),
        ({"question": "One?", "slug": "mine"}, "slug"),
        ({"question": "One?", "last_change": 7}, "last_change"),
    ],
)
def test_field_that_cannot_be_taken_is_named(api: Api, alice: User, fields: dict[str, Any], named: str) -> None:
    told = problem(api(alice).post("topics/", fields), 422)

    assert [error["field"] for error in told["errors"]] == [named]
    assert told["errors"][0]["message"]
    assert not Topic.objects.exists()


@pytest.mark.parametrize("value", ["3", True, 3.0, -1, 5, None, [3], 10**17])
def test_vote_is_a_whole_number_from_0_to_4(api: Api, alice: User, bob: User, value: Any) -> None:
    line = make_tree(make_topic(alice), bob, "A claim")["A claim"]

    told = problem(api(alice).put(f"statements/{line.pk}/vote/", {"value": value}), 422)

    assert told["errors"][0]["field"] == "value"
    assert not line.votes.exists()


def test_text_is_stored_as_the_pages_store_it(api: Api, alice: User) -> None:
    topic = make_topic(alice)

    made = api(alice).post(f"topics/{topic.pk}/claims/", {"text": "  Two \u202e words\n", "note": "a\r\nb"})

    assert (made.json()["text"], made.json()["note"]) == ("Two words", "a\nb")


def test_nul_and_controls_do_not_reach_the_database(api: Api, alice: User) -> None:
    topic = make_topic(alice)

    made = api(alice).post(f"topics/{topic.pk}/claims/", {"text": "Zero\u0000 and\u0007 bell"})

    assert made.json()["text"] == "Zero and bell"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/", "example.org", "http://", "https://a b"])
def test_source_is_on_the_web(api: Api, alice: User, url: str) -> None:
    line = make_tree(make_topic(alice), alice, "A claim")["A claim"]

    told = problem(api(alice).post(f"statements/{line.pk}/sources/", {"title": "A study", "url": url}), 422)

    assert told["errors"][0]["field"] == "url"
    assert not line.sources.exists()


@pytest.mark.parametrize(
    "path",
    [
        "topics/?ordering=random", "topics/?mine=perhaps", "topics/?limit=0", "topics/?limit=101", "topics/?limit=x",
        "topics/?limit=" + "9" * 5_000, "topics/?cursor=nonsense", "topics/?cursor=", "topics/?colour=red",
        "topics/?q=" + "x" * 201, "topics/?q=%00", "topics/?slug=%00", "search/", "search/?q=", "search/?q=%00",
        "topics/{pk}/tree/?depth=51", "topics/{pk}/tree/?root=-1", "topics/{pk}/tree/?shape=round",
        "topics/{pk}/tree/?include=everything", "topics/{pk}/statements/?stance=neutral",
        "topics/{pk}/statements/?parent=x", "topics/{pk}/statements/?author=bob", "topics/{pk}/changes/?since=x",
        "topics/{pk}/changes/?since=" + "9" * 30,
    ],
)  # fmt: skip
def test_parameter_that_is_not_understood_is_a_problem(api: Api, alice: User, path: str) -> None:
    topic = make_topic(alice)

    told = problem(api(alice).get(path.format(pk=topic.pk)), 400)

    assert told["errors"][0]["field"]


@pytest.mark.parametrize(
    "path",
    [
        "nowhere/", "topics", "topics/0/", "topics/-1/", "topics/99999999999999999999/",
        "topics/" + "9" * 5_000 + "/", "topics/%00/", "statements/1e3/", "nowhere/%0A/",
    ],
)  # fmt: skip
def test_address_of_nothing_is_a_problem(api: Api, alice: User, path: str) -> None:
    problem(api(alice).get(path), 404)


def test_method_that_is_not_there_is_a_problem_that_names_those_that_are(api: Api, alice: User) -> None:
    topic = make_topic(alice)

    answer = api(alice).ask("DELETE", f"topics/{topic.pk}/tree/")

    problem(answer, 405)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert Statement.objects.count() == 0


def test_answer_in_another_form_is_a_problem(api: Api) -> None:
    problem(api().get("topics/", accept="text/html"), 406)


def test_format_in_the_address_does_not_choose_a_renderer(api: Api, alice: User) -> None:
    topic = make_topic(alice, visibility="public")

    told = problem(api().get(f"topics/{topic.pk}/?format=json"), 400)

    assert told["errors"][0]["field"] == "format"
