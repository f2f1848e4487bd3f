"""What is refused tells nothing, costs its share, and breaks nothing."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from debates.models import Topic
from tests.debates.api.conftest import Program, problem
from tests.factories import make_member, make_topic, make_tree

if TYPE_CHECKING:
    from accounts.models import User
    from tests.debates.api.conftest import Api

pytestmark = pytest.mark.django_db


def test_wrong_tokens_count(settings: Any) -> None:
    settings.API_ANONYMOUS_PER_MINUTE = 2

    statuses = [Program("cp_wrong").get("me/").status_code for _time in range(4)]

    assert statuses == [401, 401, 429, 429]


def test_requests_beyond_the_scopes_count(api: Api, alice: User, settings: Any) -> None:
    settings.API_WRITES_PER_MINUTE = 2
    program = api(alice, "read")

    statuses = [program.post("topics/", {"question": "Why?"}).status_code for _time in range(4)]

    assert statuses == [403, 403, 429, 429]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2024-01-01T00:00:00"])
def test_cursor_of_no_calendar_is_refused(api: Api, moment: str) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps([moment, 1]).encode()).decode().rstrip("=")

    refused = problem(api().get(f"topics/?ordering=changed&cursor={cursor}"), 400)

    assert refused["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize("path", ["links/", "place/"])
def test_hidden_suggestion_is_refused_like_a_line_that_is_not_there(
    api: Api, alice: User, bob: User, path: str
) -> None:
    topic: Topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    tree = make_tree(topic, bob, "A claim\n  + because\nAnother claim")
    waiting = tree["A claim"].add_argument("opposes", "Waiting.", by=alice, suggested=True)
    method = "POST" if path == "links/" else "PUT"

    answers = [
        problem(
            api(bob).ask(method, f"statements/{tree['because'].pk}/{path}", {"parent": pk, "stance": "supports"}), 422
        )
        for pk in (waiting.pk, 999_999)
    ]

    assert answers[0] == answers[1]
