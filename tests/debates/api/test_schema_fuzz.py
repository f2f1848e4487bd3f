"""Requests made up from the description itself: nothing breaks, and every answer is one that the description has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.models import ApiToken
from config.wsgi import application
from debates.api.schema import description
from debates.models import Change
from tests.world import World, build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 3


def _schema() -> Any:
    loaded = schemathesis.openapi.from_dict(description())
    loaded.app = application
    return loaded


OPERATIONS = {operation.ok().label: operation.ok() for operation in _schema().get_all_operations()}


def numbers(world: World, path: str) -> dict[str, int]:
    """Numbers of what is there, for most of the requests: of others every answer would be 404."""
    noun = path.removeprefix("/api/v1/").partition("/")[0]
    names = {"topics": "api-topic", "statements": "api-statement", "share-links": "api-share-link"}
    known = world.args.get(names.get(noun, f"api-{noun.removesuffix('s')}"), [0])
    return {"id": known[0], "number": Change.objects.count(), "member": world.args["api-member"][1]}


@pytest.fixture
def one_connection() -> Iterator[None]:
    """As Django's own test client has it: a request that is over does not close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("who", ["visitor", "owner"])
@pytest.mark.usefixtures("one_connection")
@pytest.mark.django_db
def test_answers_are_those_of_the_description(who: str) -> None:
    world = build("public")
    headers = {}
    if who == "owner":
        _token, secret = ApiToken.issue(world.people["owner"], "fuzz", scopes={"read", "write", "export"})
        headers = {"Authorization": f"Bearer {secret}"}

    for operation in OPERATIONS.values():
        _ask(operation, world, headers)


def _ask(operation: Any, world: World, headers: dict[str, str]) -> None:
    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), known=st.integers(0, 3))
    def ask(case: Case[Any], known: int) -> None:
        if known and case.path_parameters:
            there = numbers(world, operation.path)
            case.path_parameters |= {name: there[name] for name in case.path_parameters}
        with transaction.atomic():
            case.call_and_validate(headers=headers, checks=CHECKS)
            transaction.set_rollback(True)

    ask()
