"""Lists: pages by cursor, filters, orders, and a number of queries that no size changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from debates.models import Topic
from tests.debates.large import bushy, grow
from tests.factories import make_member, make_topic, make_tree
from tests.queries import data_queries

if TYPE_CHECKING:
    from accounts.models import User
    from tests.debates.api.conftest import Api, Program


def pages(program: Program, path: str) -> list[list[dict[str, Any]]]:
    """All pages of a list, by following `next`."""
    found, url = [], path
    while url:
        answer = program.get(url)
        assert answer.status_code == 200, answer.content
        body = answer.json()
        assert answer.headers.get("Link", "") == (f'<{body["next"]}>; rel="next"' if body["next"] else "")
        found.append(body["results"])
        url = body["next"]
    return found


def texts(program: Program, path: str) -> list[str]:
    return [row["text"] for page in pages(program, path) for row in page]


@pytest.mark.parametrize("ordering", ["id", "-id", "place"])
def test_pages_hold_every_statement_once_in_order(api: Api, alice: User, ordering: str) -> None:
    topic = make_topic(alice)
    made = grow(topic, alice, bushy(25))

    found = pages(api(alice), f"topics/{topic.pk}/statements/?limit=10&ordering={ordering}")

    keys = {
        "id": lambda line: line.pk,
        "-id": lambda line: -line.pk,
        "place": lambda line: (line.depth, line.position, line.pk),
    }
    assert [len(page) for page in found] == [10, 10, 5]
    assert [row["id"] for page in found for row in page] == [line.pk for line in sorted(made, key=keys[ordering])]


@pytest.mark.parametrize("ordering", ["changed", "newest", "title"])
def test_pages_hold_every_topic_once_in_order(api: Api, alice: User, ordering: str) -> None:
    for title in ("b", "A", "É", "a", "C"):
        make_topic(alice, title=title)

    found = pages(api(alice), f"topics/?limit=2&ordering={ordering}")

    titles = [row["title"] for page in found for row in page]
    assert [len(page) for page in found] == [2, 2, 1]
    assert sorted(titles) == sorted(["b", "A", "É", "a", "C"])
    assert ordering == "title" or titles == ["C", "a", "É", "A", "b"]
    assert ordering != "title" or titles[:4] == ["A", "a", "b", "C"]


def test_page_goes_on_behind_a_row_that_went_meanwhile(api: Api, alice: User) -> None:
    topic = make_topic(alice)
    made = grow(topic, alice, [None] * 6)
    program = api(alice)
    first = program.get(f"topics/{topic.pk}/statements/?limit=3").json()

    made[2].delete()
    second = program.get(first["next"]).json()

    assert [row["id"] for row in second["results"]] == [line.pk for line in made[3:]]
    assert second["next"] is None


@pytest.mark.parametrize(
    "path",
    ["topics/{pk}/statements/?limit=100", "topics/{pk}/claims/?limit=100", "topics/{pk}/tree/", "topics/?limit=100"],
)
def test_list_costs_the_same_queries_at_two_sizes(api: Api, alice: User, path: str) -> None:
    program, counts = api(alice), []
    program.get("me/")  # notes the use of the token

    for size in (3, 90):
        topic = make_topic(alice)
        grow(topic, alice, bushy(size, claims=max(1, size // 3)))
        for number in range(size // 30):
            make_topic(alice, title=f"Topic {number}")
        with data_queries() as asked:
            answer = program.get(path.format(pk=topic.pk))
        assert answer.status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= 6


def test_filters_choose_statements(api: Api, alice: User, bob: User) -> None:
    topic = make_topic(alice)
    make_member(topic, bob)
    tree = make_tree(topic, alice, "Nine\n  + sleep\n    - bus\n  - early\nTen")
    tree["early"].add_argument("opposes", "late", by=bob)
    tree["sleep"].cite(by=alice, title="A study")
    list_of = f"topics/{topic.pk}/statements/"
    program = api(bob)

    assert texts(program, f"{list_of}?stance=opposes") == ["bus", "early", "late"]
    assert texts(program, f"{list_of}?parent=none") == ["Nine", "Ten"]
    assert texts(program, f"{list_of}?parent={tree['Nine'].pk}") == ["sleep", "early"]
    assert texts(program, f"{list_of}?depth=2") == ["bus", "late"]
    assert texts(program, f"{list_of}?author=me") == ["late"]
    assert texts(program, f"{list_of}?unanswered=true") == ["bus"]
    assert texts(program, f"{list_of}?without_source=true&stance=supports") == []
    assert texts(program, f"{list_of}?q=BU") == ["bus"]
    assert texts(program, f"{list_of}?q=BU&stance=supports") == []
    assert texts(program, f"{list_of}?author=me&depth=0") == []


def test_status_shows_suggestions_to_their_author_and_the_editors_alone(
    api: Api, alice: User, bob: User, charlie: User
) -> None:
    topic = make_topic(alice, visibility="public")
    tree = make_tree(topic, alice, "Nine\n  + sleep\n  - early")
    make_member(topic, bob, "suggester")
    tree["Nine"].add_argument("opposes", "perhaps", by=bob, suggested=True)
    tree["early"].withdraw(by=alice)
    list_of = f"topics/{topic.pk}/statements/"

    for program, seen in ((api(alice), ["perhaps"]), (api(bob), ["perhaps"]), (api(charlie), []), (api(), [])):
        assert texts(program, f"{list_of}?status=suggested") == seen
        assert texts(program, f"topics/{topic.pk}/suggestions/") == seen
        assert texts(program, f"{list_of}?status=any") == ["Nine", "sleep", None, *seen]
        assert texts(program, f"{list_of}?q=perhaps") == []
    assert texts(api(), list_of) == ["Nine", "sleep"]
    assert texts(api(), f"{list_of}?status=withdrawn") == [None]
    assert texts(api(), f"topics/{topic.pk}/claims/") == ["Nine"]


def test_topics_are_mine_and_found_by_words_and_slug(api: Api, alice: User, bob: User) -> None:
    mine = make_topic(alice, title="My buses")
    public = make_topic(bob, title="Your buses", visibility="public")
    make_topic(bob, title="Hidden buses")
    unlisted = make_topic(bob, title="Unlisted buses", visibility="unlisted")
    program = api(alice)

    def found(query: str) -> set[int]:
        return {row["id"] for page in pages(program, f"topics/{query}") for row in page}

    assert found("") == {mine.pk, public.pk}
    assert found("?mine=true") == {mine.pk}
    assert found("?q=buses") == {mine.pk, public.pk}
    assert found("?q=your+bus") == {public.pk}
    assert found("?q=%3F%3F") == set()
    assert found(f"?slug={public.slug}") == {public.pk}
    assert found(f"?slug={unlisted.slug}") == set()
    assert program.get(f"topics/{unlisted.pk}/").status_code == 200


def test_topic_tells_what_the_reader_may(api: Api, alice: User, bob: User) -> None:
    topic = make_topic(alice, visibility="public", visitor_role="viewer")
    make_member(topic, bob, "suggester")

    told = [api(person).get(f"topics/{topic.pk}/").json()["you"] for person in (alice, bob, None)]

    assert told[0]["role"] == "owner"
    assert told[1] == {"role": "suggester", "may": ["comment", "read", "suggest", "vote"]}
    assert told[2] == {"role": "", "may": ["read"]}
    assert [row["you"] for page in pages(api(bob), "topics/") for row in page] == [told[1]]


def test_search_finds_lines_of_readable_topics_a_page_at_a_time(api: Api, alice: User, bob: User) -> None:
    make_tree(make_topic(alice), alice, "The Ünique word")
    make_tree(make_topic(bob), bob, "A unique secret")
    topic = make_topic(bob, visibility="public")
    make_tree(topic, bob, "Unique one\n  + unique two")

    found = texts(api(alice), "search/?q=UNIQUE&limit=2")

    assert found == ["unique two", "Unique one", "The Ünique word"]
    assert texts(api(), "search/?q=unique") == ["unique two", "Unique one"]
    assert Topic.objects.count() == 3


def test_tree_is_nested_or_flat_whole_or_a_branch(api: Api, alice: User) -> None:
    topic = make_topic(alice)
    tree = make_tree(topic, alice, "Nine\n  + sleep\n    - bus\n      + rare\n  - early\nTen")
    program, path = api(alice), f"topics/{topic.pk}/tree/"

    nested = program.get(path).json()
    flat = program.get(f"{path}?shape=flat").json()
    branch = program.get(f"{path}?shape=flat&root={tree['sleep'].pk}").json()
    shallow = program.get(f"{path}?shape=flat&depth=1").json()

    assert [row["text"] for row in flat["statements"]] == ["Nine", "sleep", "bus", "rare", "early", "Ten"]
    assert [row["text"] for row in nested["statements"]] == ["Nine", "Ten"]
    assert nested["statements"][0]["children"][0]["children"][0]["children"][0]["text"] == "rare"
    assert [row["text"] for row in branch["statements"]] == ["sleep", "bus", "rare"]
    assert [row["text"] for row in shallow["statements"]] == ["Nine", "sleep", "early", "Ten"]
    assert not any(answer["truncated"] for answer in (nested, flat, branch, shallow))
    assert flat["last_change"] == Topic.objects.get().last_change


def test_tree_that_is_too_large_says_so(api: Api, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = make_topic(alice)
    grow(topic, alice, bushy(12))
    monkeypatch.setattr("debates.api.tree.MOST_STATEMENTS", 10)

    told = api(alice).get(f"topics/{topic.pk}/tree/?shape=flat").json()

    assert (len(told["statements"]), told["truncated"]) == (10, True)


def test_tree_of_fifty_levels_is_answered(api: Api, alice: User) -> None:
    topic = make_topic(alice)
    grow(topic, alice, [None, *range(50)])

    node, depth = api(alice).get(f"topics/{topic.pk}/tree/").json()["statements"][0], 0
    while node["children"]:
        (node,), depth = node["children"], depth + 1

    assert depth == 50


def test_branch_of_another_topic_or_of_a_suggestion_is_not_there(api: Api, alice: User) -> None:
    topic, other = make_topic(alice), make_topic(alice)
    line = make_tree(other, alice, "Elsewhere")["Elsewhere"]
    hidden = topic.add_claim("Perhaps", by=alice, suggested=True)

    for root in (line.pk, hidden.pk, 10**12):
        assert api(alice).get(f"topics/{topic.pk}/tree/?root={root}").status_code == 404


def test_taken_back_line_keeps_its_place_without_words(api: Api, alice: User, bob: User) -> None:
    topic = make_topic(alice, visibility="public")
    tree = make_tree(topic, alice, "Nine\n  + secret words\n    - bus")
    tree["secret words"].withdraw(by=alice)

    answer = api(bob).get(f"topics/{topic.pk}/tree/?shape=flat")

    assert "secret words" not in answer.content.decode()
    assert [(row["status"], row["text"]) for row in answer.json()["statements"]] == [
        ("visible", "Nine"), ("withdrawn", None), ("visible", "bus"),
    ]  # fmt: skip
