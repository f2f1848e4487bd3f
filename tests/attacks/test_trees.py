"""A16 and A17: trees that are large, and trees that are none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Statement
from tests.conftest import LogIn
from tests.debates.large import grow
from tests.factories import make_topic, make_tree
from tests.markup import PARTIAL
from tests.queries import data_queries

if TYPE_CHECKING:
    from tests.markup import Response

# -- A16 ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def huge(alice: User) -> list[Statement]:
    """5,000 statements: 2,000 children of one claim, a branch 50 levels deep, and bushes below."""
    topic = make_topic(alice, visibility="public", votes_shown="always")
    wide: list[int | None] = [None, *[0] * 2_000]
    deep: list[int | None] = [0, *range(2_001, 2_050)]
    bushy: list[int | None] = [1 + at // 3 for at in range(2_949)]
    return grow(topic, alice, [*wide, *deep, *bushy])


@pytest.fixture
def small(alice: User) -> list[Statement]:
    """The same in small."""
    topic = make_topic(alice, visibility="public", votes_shown="always", title="Small")
    return grow(topic, alice, [None, *[0] * 20, 0, *range(21, 29), *[1 + at // 3 for at in range(30)]])


def pages(browser: Client, tree: list[Statement]) -> dict[str, tuple[int, int, int]]:
    """For each page: its status, its queries and its kilobytes."""
    topic, deepest = tree[0].topic, max(tree, key=lambda each: each.depth)
    asked: dict[str, Callable[[], Response]] = {
        "topic": lambda: browser.get(topic.get_absolute_url()),
        "topic, all": lambda: browser.get(topic.get_absolute_url(), {"all": "1"}),
        "topic, by votes": lambda: browser.get(topic.get_absolute_url(), {"sort": "votes"}),
        "outline": lambda: browser.get(reverse("topic-outline", args=[topic.slug])),
        "outline, all": lambda: browser.get(reverse("topic-outline", args=[topic.slug]), {"levels": "all"}),
        "outline, unanswered": lambda: browser.get(reverse("topic-outline", args=[topic.slug]), {"show": "unanswered"}),
        "branch": lambda: browser.get(reverse("statement-branch", args=[tree[0].pk]), headers=PARTIAL),
        "map": lambda: browser.get(reverse("topic-map", args=[topic.slug])),
        "map, all": lambda: browser.get(reverse("topic-map", args=[topic.slug]), {"levels": "all"}),
        "map file": lambda: browser.get(reverse("topic-map-svg", args=[topic.slug]), {"levels": "all"}),
        "essay": lambda: browser.get(reverse("topic-essay", args=[topic.slug])),
        "history": lambda: browser.get(reverse("topic-history", args=[topic.slug])),
        "focus": lambda: browser.get(tree[0].get_absolute_url()),
        "deep down": lambda: browser.get(deepest.get_absolute_url()),
        "place": lambda: browser.get(reverse("statement-place", args=[tree[0].pk])),
        "topics": lambda: browser.get(reverse("topic-list")),
        "search": lambda: browser.get(reverse("topic-list"), {"q": "line"}),
        "contributions": lambda: browser.get(reverse("contributions")),
        "add": lambda: browser.post(
            reverse("statement-arguments", args=[tree[0].pk]),
            {"stance": "supports", "text": "One more.", "key": f"k-{topic.pk}"}, headers=PARTIAL,
        ),
    }  # fmt: skip
    measured = {}
    for name, ask in asked.items():
        with data_queries() as queries:
            response = ask()
        measured[name] = (response.status_code, len(queries), len(response.content) // 1_000)
    return measured


def test_a16_huge_tree_costs_the_queries_of_a_small_one_and_bounded_bytes(
    huge: list[Statement], small: list[Statement], alice: User, log_in: LogIn
) -> None:
    browser = log_in(alice)
    pages(browser, small)

    few, many = pages(browser, small), pages(browser, huge)

    assert {status for status, _queries, _size in many.values()} == {200}
    # One more at most: the question whether there is more.
    assert {name: (few[name][1], many[name][1]) for name in many if many[name][1] > few[name][1] + 1} == {}
    assert max(queries for _status, queries, _size in many.values()) <= 14
    assert {name: size for name, (_status, _queries, size) in many.items() if size > 1_500} == {}


def test_a16_tree_of_five_thousand_moves_in_one_piece(huge: list[Statement], alice: User, log_in: LogIn) -> None:
    topic, claim = huge[0].topic, huge[0]
    other = topic.add_claim("Another claim", by=alice)
    Statement.objects.filter(depth=50).delete()

    browser = log_in(alice)

    with data_queries() as asked:
        response = browser.post(reverse("statement-place", args=[claim.pk]), {"parent": other.pk, "stance": "supports"})

    assert response.status_code == 303
    assert len(asked) <= 25
    assert Statement.objects.filter(topic=topic, depth=2).count() == 2_001


# -- A17 ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def tree(alice: User) -> dict[str, Statement]:
    return make_tree(make_topic(alice), alice, "One\n  + Two\n    - Three\nFour")


@pytest.mark.parametrize(
    "change",
    [
        "parent_id = (SELECT id FROM debates_statement WHERE text = 'Three')",
        "parent_id = id",
        "parent_id = 999999",
        "parent_id = NULL",
        "topic_id = (SELECT MAX(id) FROM debates_topic)",
        "depth = 2",
        "depth = -1",
        "stance = ''",
        "stance = 'both'",
    ],
)
def test_a17_database_itself_refuses_what_is_no_tree(tree: dict[str, Statement], alice: User, change: str) -> None:
    make_topic(alice, title="Another")

    with pytest.raises(IntegrityError):
        write(f"UPDATE debates_statement SET {change} WHERE text = 'Two'")  # noqa: S608


@transaction.atomic
def write(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        # What is deferred to the end of the transaction is looked at now, as the test's own never ends.
        connection.check_constraints()
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_key_check")
            if cursor.fetchall():
                raise IntegrityError("a foreign key leads nowhere")


def test_a17_parent_that_is_no_parent_is_refused_by_the_page(
    tree: dict[str, Statement], alice: User, log_in: LogIn
) -> None:
    foreign = make_topic(alice, title="Another").add_claim("Elsewhere", by=alice)
    gone = tree["One"].topic.add_claim("Gone", by=alice)
    gone.withdraw(by=alice)
    browser, url = log_in(alice), reverse("statement-place", args=[tree["Two"].pk])
    rows = list(Statement.objects.order_by("pk").values_list("pk", "parent", "depth", "topic"))

    for parent in (tree["Two"].pk, tree["Three"].pk, foreign.pk, gone.pk, 999_999, "null", "0", "-1", "1e3"):
        assert browser.post(url, {"parent": parent, "stance": "supports"}).status_code == 422, parent

    assert list(Statement.objects.order_by("pk").values_list("pk", "parent", "depth", "topic")) == rows
