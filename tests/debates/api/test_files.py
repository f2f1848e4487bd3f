"""Topics as files through the API: the formats, exports, imports with their preview."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from debates.formats.registry import FORMATS
from debates.models import Statement, Topic
from tests.debates.api.conftest import problem
from tests.debates.formats.documents import full_document, small_document
from tests.debates.formats.test_native import SCHEMA, problems
from tests.factories import make_guest, make_member, make_topic, make_tree

if TYPE_CHECKING:
    from accounts.models import User
    from tests.debates.api.conftest import Api

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(alice: User) -> Topic:
    topic = make_topic(alice, visibility="public")
    make_tree(topic, alice, "A claim\n  + because\n  - but")
    return topic


def test_formats_are_listed_with_what_they_keep(api: Api) -> None:
    rows = {row["name"]: row for row in api().get("formats/").json()["results"]}

    assert list(rows) == list(FORMATS)
    assert rows["apx"]["keeps"] == ["links"]
    assert (rows["pdf"]["writes"], rows["pdf"]["reads"]) == (True, False)


def test_schema_of_our_json_is_published(api: Api) -> None:
    assert api().get("formats/json/schema/").json() == SCHEMA


def test_public_topic_is_exported_to_anyone(api: Api, topic: Topic) -> None:
    response = api().get(f"topics/{topic.pk}/export/")
    content = b"".join(response)

    assert response["Content-Disposition"] == 'attachment; filename="four-days.json"'
    assert problems(content) == []
    assert [row["text"] for row in json.loads(content)["statements"]] == ["A claim", "because", "but"]


def test_format_is_named_by_a_parameter_and_the_header_says_what_is_left_out(api: Api, topic: Topic) -> None:
    response = api().get(f"topics/{topic.pk}/export/?format=tgf")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "supports=1" in response["Counterpoint-Left-Out"]


def test_report_says_what_would_be_left_out_in_sentences(api: Api, topic: Topic) -> None:
    report = api().get(f"topics/{topic.pk}/export/?format=i23&report=true").json()

    assert report["format"] == "i23"
    assert "What 1 argument supports is left out: this format knows attacks alone." in [
        each["sentence"] for each in report["leaves_out"]
    ]


def test_unknown_format_is_refused_with_those_there_are(api: Api, topic: Topic) -> None:
    refused = problem(api().get(f"topics/{topic.pk}/export/?format=docm"), 400)

    assert refused["errors"][0]["field"] == "format"
    assert "kialo" in refused["errors"][0]["message"]


def test_export_needs_its_scope(api: Api, topic: Topic, alice: User) -> None:
    problem(api(alice, "read", "write").get(f"topics/{topic.pk}/export/"), 403)

    assert api(alice, "export").get(f"topics/{topic.pk}/export/").status_code == 200


def test_private_topic_is_not_found(api: Api, alice: User, bob: User) -> None:
    private = make_topic(alice)

    problem(api(bob).get(f"topics/{private.pk}/export/"), 404)


def test_preview_says_what_would_be_made_and_stores_nothing(api: Api, alice: User) -> None:
    document = full_document()
    document.lines[1].stance = "sideways"

    response = api(alice).post("imports/?preview=true", FORMATS["json"].write(document))

    told = response.json()
    assert (response.status_code, told["topic"], told["format"]) == (200, None, "json")
    assert told["makes"]["claims"] == 2
    assert "which way it points" in told["notes"][0]["sentence"]
    assert not Topic.objects.exists()


def test_file_becomes_a_private_topic(api: Api, alice: User) -> None:
    response = api(alice).post("imports/?title=Brought+in", FORMATS["json"].write(full_document()))

    made = Topic.objects.get()
    assert response.status_code == 201
    assert response["Location"] == f"/api/v1/topics/{made.pk}/"
    assert (response.json()["topic"], made.title, made.visibility) == (made.pk, "Brought in", "private")
    assert made.statements.count() == 7


def test_file_is_added_to_a_topic_that_one_may_edit(api: Api, alice: User, bob: User) -> None:
    topic = make_topic(alice)
    make_member(topic, bob, "editor")

    response = api(bob).post(f"imports/?into={topic.pk}", FORMATS["json"].write(small_document()))

    assert response.status_code == 201
    assert topic.statements.count() == 6


def test_file_that_is_sent_twice_becomes_one_topic(api: Api, alice: User) -> None:
    data, program = FORMATS["json"].write(small_document()), api(alice)

    first = program.post("imports/", data, Idempotency_Key="one")
    again = program.post("imports/", data, Idempotency_Key="one")
    other = program.post("imports/", data.replace(b"nine", b"ten"), Idempotency_Key="one")

    assert (first.status_code, again.status_code, again["Idempotent-Replayed"]) == (201, 201, "true")
    assert first.json() == again.json()
    problem(other, 422)
    assert Topic.objects.count() == 1


@pytest.mark.parametrize(("role", "status"), [("writer", 403), ("", 404)])
def test_file_is_added_by_nobody_else(api: Api, alice: User, bob: User, role: str, status: int) -> None:
    topic = make_topic(alice)
    if role:
        make_member(topic, bob, role)

    problem(api(bob).post(f"imports/?into={topic.pk}", FORMATS["json"].write(small_document())), status)

    assert not Statement.objects.exists()


def test_import_needs_an_account_and_the_scope_write(api: Api, alice: User) -> None:
    data = FORMATS["json"].write(small_document())

    problem(api().post("imports/", data), 401)
    problem(api(make_guest()).post("imports/", data), 403)
    problem(api(alice, "read", "export").post("imports/", data), 403)

    assert not Topic.objects.exists()


@pytest.mark.parametrize(
    ("data", "query", "status", "line"),
    [
        (b'{"format": "counterpoint",\n"version":', "?format=json", 422, 2),
        (b"[" * 100_000, "?format=json", 422, 1),
        (b"nothing that has a sign", "", 400, None),
        (b"", "", 400, None),
        (b"[" * 10_000_001, "?format=json", 413, None),
    ],
)
def test_file_that_cannot_be_read_is_a_problem_with_its_line(
    api: Api, alice: User, data: bytes, query: str, status: int, line: int | None
) -> None:
    refused = problem(api(alice).post(f"imports/{query}", data), status)

    assert refused.get("line") == line
    assert not Topic.objects.exists()
