"""Sources through the API: every column, and changes that overwrite nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debates.models import Source, Statement
from tests.debates.api.conftest import problem
from tests.factories import make_member, make_topic, make_tree

if TYPE_CHECKING:
    from accounts.models import User
    from tests.debates.api.conftest import Api

pytestmark = pytest.mark.django_db

WHOLE = {
    "kind": "data", "medium": "article-journal", "title": "A study", "author": "Kim, Minsu", "container": "A journal",
    "volume": "7", "issue": "2", "pages": "1–9", "edition": "2", "publisher": "P", "published": "2026",
    "url": "https://example.org/a", "doi": "10.1000/182", "accessed": "2026-11-25", "locator": "p. 3",
    "quotation": "One\nTwo",
}  # fmt: skip


@pytest.fixture
def line(alice: User, bob: User) -> Statement:
    topic = make_topic(alice)
    make_member(topic, bob)
    return make_tree(topic, alice, "Nine")["Nine"]


def test_source_says_all_that_was_sent(api: Api, bob: User, line: Statement) -> None:
    made = api(bob).post(f"statements/{line.pk}/sources/", WHOLE)

    assert made.status_code == 201
    assert made.json().items() >= (WHOLE | {"version": 1}).items()


def test_source_is_changed_by_the_version_that_was_read(api: Api, bob: User, line: Statement) -> None:
    source = line.cite(by=bob, title="A study", author="Ann")
    read = api(bob).get(f"sources/{source.pk}/")

    changed = api(bob).patch(f"sources/{source.pk}/", {"published": "2026"}, **{"If-Match": read["ETag"]})

    assert (changed.status_code, changed["ETag"]) == (200, '"2"')
    assert changed.json().items() >= {"published": "2026", "author": "Ann", "title": "A study", "version": 2}.items()


def test_source_that_was_changed_meanwhile_is_not_overwritten(
    api: Api, alice: User, bob: User, line: Statement
) -> None:
    source = line.cite(by=bob, title="A study")
    line.recite(source, by=alice, title="Alice’s study")

    answer = api(bob).patch(f"sources/{source.pk}/", {"title": "Bob’s"}, **{"If-Match": '"1"'})

    said = problem(answer, 412)
    assert (said["yours"], said["current"]["title"]) == ({"title": "Bob’s"}, "Alice’s study")
    problem(api(bob).patch(f"sources/{source.pk}/", {"title": "Bob’s"}), 428)
    assert Source.objects.get().title == "Alice’s study"


@pytest.mark.parametrize("fields", [{"title": ""}, {"medium": "rumour"}, {"url": "ftp://a.b"}, {"version": 3}])
def test_change_that_cannot_be_is_refused(api: Api, bob: User, line: Statement, fields: dict[str, object]) -> None:
    source = line.cite(by=bob, title="A study")

    problem(api(bob).patch(f"sources/{source.pk}/", fields, **{"If-Match": '"1"'}), 422)

    assert Source.objects.get().title == "A study"
