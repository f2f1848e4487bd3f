"""The example client of docs/examples keeps a copy in step, over real HTTP."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from accounts import personal_data
from accounts.models import ApiToken
from debates.models import Statement
from tests.factories import make_member, make_topic, make_tree, make_user

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from accounts.models import User

CLIENT = Path(settings.BASE_DIR) / "docs/examples/follow.py"
TOLD = ("parent", "stance", "depth", "position", "text", "status", "version", "refers_to")


def example() -> Any:
    spec = importlib.util.spec_from_file_location("follow", CLIENT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told(copy: Any) -> dict[int, tuple[Any, ...]]:
    """What the copy says of each line that shows."""
    shown = (row for row in copy.statements.values() if row["status"] == "visible")
    return {row["id"]: tuple(row[name] for name in TOLD) for row in shown}


def test_example_is_short_and_needs_the_standard_library_alone() -> None:
    lines = CLIENT.read_text().splitlines()

    assert len(lines) < 60
    assert {line.split()[1].partition(".")[0] for line in lines if line.startswith(("import ", "from "))} <= {
        "json", "os", "sys", "time", "urllib",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_example_keeps_a_copy_in_step(live_server: LiveServer, alice: User, bob: User) -> None:
    topic = make_topic(alice)
    make_member(topic, bob)
    tree = make_tree(topic, alice, "One\n  + because\n    - but\n    + so\n  - however\nTwo")
    _token, secret = ApiToken.issue(bob, "follow", scopes={"read"})
    root = f"{live_server.url}/api/v1"
    copy, fresh = (example().Copy(root, topic.pk, secret) for _each in range(2))
    copy.read_all()

    tree["because"].revise(text="As everyone knows", version=1, by=alice)
    tree["because"].move_under(tree["Two"], by=alice)
    tree["so"].reorder(by=alice, after=None)
    tree["however"].turn(by=alice)
    tree["however"].withdraw(by=alice)
    added = tree["Two"].add_argument("opposes", "Not at all", by=alice)
    hidden = tree["Two"].add_argument("opposes", "Perhaps", by=alice, suggested=True)
    tree["but"].link_under(tree["One"], stance="supports", by=alice)
    leaver = make_user()
    gone = tree["One"].add_argument("supports", "Of who leaves", by=leaver)
    copy.follow()
    was_there = gone.pk in copy.statements
    personal_data.erase(leaver)
    topic.changes.get(statement=added).undo(by=alice)
    copy.follow()
    copy.follow()
    fresh.read_all()

    assert told(copy) == told(fresh)
    assert copy.last == fresh.last
    assert was_there
    assert not Statement.objects.filter(pk=gone.pk).exists()
    assert hidden.pk not in copy.statements
    assert len(told(copy)) == 6
