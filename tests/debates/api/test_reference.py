"""The description for programs and the reference for people: complete, true, and made from the views."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from openapi_spec_validator import validate

from debates.api.problems import TITLES
from debates.api.schema import description
from tests.debates.api.conftest import problem
from tests.factories import make_topic, make_tree
from tests.markup import by_class, by_id, dom, text

if TYPE_CHECKING:
    from accounts.models import User
    from tests.conftest import LogIn
    from tests.debates.api.conftest import Api

COPY = Path(settings.BASE_DIR) / "docs/openapi.yaml"
OPERATIONS = [
    (f"{method.upper()} {path}", told)
    for path, methods in description()["paths"].items()
    for method, told in methods.items()
]


def test_description_is_valid_openapi() -> None:
    assert description()["openapi"].startswith("3.1")
    validate(description())


def test_committed_description_is_that_of_the_code_which_makes_it_without_a_warning(tmp_path: Path) -> None:
    call_command("spectacular", "--fail-on-warn", "--file", str(tmp_path / "openapi.yaml"))

    assert (tmp_path / "openapi.yaml").read_text() == COPY.read_text(), (
        "docs/openapi.yaml is stale: run `python manage.py spectacular --file docs/openapi.yaml`"
    )


@pytest.mark.parametrize(("name", "told"), OPERATIONS, ids=[name for name, _told in OPERATIONS])
def test_operation_is_told_whole(name: str, told: dict[str, object]) -> None:
    responses = told["responses"]

    assert told["summary"]
    assert told["description"]
    assert isinstance(responses, dict)
    assert {"400", "401", "403", "406", "429", "500", "503"} <= responses.keys()
    if "requestBody" in told:
        assert {"413", "415", "422"} <= responses.keys()
        assert "application/json" not in str(told["requestBody"]) or "example" in str(told["requestBody"])


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("schema/", "application/json", "application/json"),
        ("schema/", "application/yaml", "application/yaml"),
        ("schema/", "*/*", "application/json"),
        ("schema/openapi.json", "*/*", "application/json"),
        ("schema/openapi.yaml", "*/*", "application/yaml"),
    ],
)
def test_description_comes_in_the_form_asked_for(api: Api, path: str, accept: str, kind: str) -> None:
    answer = api().get(path, accept=accept)

    assert answer["Content-Type"].partition(";")[0] == kind
    assert b"openapi" in answer.content[:20]
    assert b"3.1" in answer.content[:30]


def test_description_in_another_form_is_a_problem(api: Api) -> None:
    problem(api().get("schema/", accept="text/csv"), 406)


def test_reference_tells_every_operation_with_a_command(client: Client, db: None) -> None:
    page = client.get("/api/v1/reference/")

    assert len(by_class(dom(page), "operation")) == len(OPERATIONS)
    assert "curl http://testserver/api/v1/search/?q=school" in text(by_id(page, "get_search"))
    assert "stance" in text(by_id(page, "post_statements_by_id_arguments"))


def test_reference_has_the_section_that_each_problem_names(client: Client, db: None) -> None:
    ids = {each.get("id") for each in dom(client.get("/api/v1/reference/")).iter()}

    assert {f"problem-{status}" for status in TITLES} <= ids


def test_reference_shows_commands_about_the_readers_own_topic(log_in: LogIn, alice: User, bob: User) -> None:
    mine = make_topic(alice, title="Mine <b>bold</b>")
    line = make_tree(mine, alice, "A claim")["A claim"]
    make_topic(bob, visibility="public")

    page = log_in(alice).get("/api/v1/reference/")

    assert f"/api/v1/topics/{mine.pk}/tree/" in text(by_id(page, "get_topics_by_id_tree"))
    assert f"/api/v1/statements/{line.pk}/" in text(by_id(page, "put_statements_by_id_vote"))
    assert "Mine <b>bold</b>" in text(dom(page))


def test_reference_costs_the_same_whatever_there_is(
    client: Client, alice: User, django_assert_max_num_queries: object
) -> None:
    make_tree(make_topic(alice, visibility="public"), alice, "A claim\n  + one\n  - two")

    with django_assert_max_num_queries(3):  # type: ignore[operator]
        client.get("/api/v1/reference/")
