"""The analysis and the explore panel for programs: the counts of the page, and strict about what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.debates.api.conftest import problem
from tests.factories import make_member, make_topic, make_tree

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models import Statement, Topic
    from tests.debates.api.conftest import Api

WORKED = "t\n  + p1\n  + p2\n  - c1\n    - r"


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    return topic


@pytest.fixture
def tree(topic: Topic, bob: User) -> dict[str, Statement]:
    return make_tree(topic, bob, WORKED)


def test_analysis_gives_counts_and_ids(api: Api, topic: Topic, tree: dict[str, Statement], bob: User) -> None:
    essay = topic.add_essay(by=bob, title="Why", text="One here. Two here.")
    for words in ("p1", "p2"):
        tree[words].quote(essay, 0, 9, by=bob)
    ids = {words: line.pk for words, line in tree.items()}

    told = api().get(f"topics/{topic.pk}/analysis/").json()

    (repeated,) = told.pop("repeated_passages")
    assert (repeated["essay"], repeated["start"], repeated["end"]) == (essay.pk, 0, 9)
    assert repeated["statements"] == [ids["p1"], ids["p2"]]
    topic.refresh_from_db()
    assert told == {
        "topic": topic.pk, "last_change": topic.last_change, "branch": None, "mine": False, "statements": 5,
        "claims": 1, "top": {"for_it": 2, "against_it": 1}, "all_levels": {"for_it": 3, "against_it": 1},
        "depths": [1, 3, 1], "open_objections": {"for_it": [], "against_it": [ids["r"]]},
        "reinstated": {"for_it": [], "against_it": []}, "answered": [ids["c1"]], "untested": [ids["p1"], ids["p2"]],
        "unsupported": [ids["c1"], ids["r"]], "longest_exchange": [ids["t"], ids["c1"], ids["r"]],
        "unsourced": [
            {"statement": ids["c1"], "below": 1}, {"statement": ids["p1"], "below": 0},
            {"statement": ids["p2"], "below": 0}, {"statement": ids["r"], "below": 0},
        ],
        "essays": [
            {"essay": essay.pk, "sentences": 2, "used": 1, "unused": [{"number": 2, "start": 10, "end": 19}]}
        ],
        "essays_left_out": 0,
    }  # fmt: skip


def test_branch_and_ones_own_part_are_chosen(api: Api, topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    branch = api().get(f"topics/{topic.pk}/analysis/?branch={tree['c1'].pk}").json()
    mine = api(alice).get(f"topics/{topic.pk}/analysis/?mine=true").json()

    assert (branch["branch"], branch["statements"], branch["essays"]) == (tree["c1"].pk, 2, [])
    assert (mine["mine"], mine["statements"]) == (True, 0)


def test_analysis_refuses_what_it_does_not_know(
    api: Api, topic: Topic, tree: dict[str, Statement], alice: User, charlie: User
) -> None:
    tree["c1"].remove(by=alice)

    problem(api().get(f"topics/{topic.pk}/analysis/?mine=true"), 401)
    problem(api().get(f"topics/{topic.pk}/analysis/?branch=x"), 400)
    problem(api().get(f"topics/{topic.pk}/analysis/?claim=1"), 400)
    problem(api().get(f"topics/{topic.pk}/analysis/?branch={tree['c1'].pk}"), 404)
    problem(api(charlie).get(f"topics/{make_topic(alice).pk}/analysis/"), 404)


def test_analysis_that_has_not_changed_costs_no_body(
    api: Api, topic: Topic, tree: dict[str, Statement], bob: User
) -> None:
    program, path = api(bob), f"topics/{topic.pk}/analysis/"
    tag = program.get(path)["ETag"]

    same = program.get(path, If_None_Match=tag)
    tree["p1"].cite(by=bob, title="A study")
    other = program.get(path, If_None_Match=tag)

    assert (same.status_code, same.content, other.status_code) == (304, b"", 200)


def test_explore_gives_the_published_values(api: Api, topic: Topic, tree: dict[str, Statement]) -> None:
    asked = "&".join(f"rating[{tree[words].pk}]=0.5" for words in ("p1", "p2", "r"))

    told = api().get(f"topics/{topic.pk}/explore/?{asked}").json()

    values = {line["statement"]: line["value"] for line in told["lines"]}
    assert (told["branch"], told["semantics"], told["start"]) == (tree["t"].pk, "quadratic-energy", 0.5)
    assert values[tree["c1"].pk] == pytest.approx(0.4)
    assert values[tree["t"].pk] == pytest.approx(0.632352941)
    assert [line["rated_as"] for line in told["lines"]] == [
        None, tree["p1"].pk, tree["p2"].pk, None, tree["r"].pk,
    ]  # fmt: skip


def test_explore_without_ratings_counts_nothing(
    api: Api, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    told = api().get(f"topics/{topic.pk}/explore/?branch={tree['c1'].pk}").json()
    empty = api(alice).get(f"topics/{make_topic(alice).pk}/explore/").json()

    assert [line["value"] for line in told["lines"]] == [None, None]
    assert (empty["branch"], empty["lines"]) == (None, [])


@pytest.mark.parametrize("asked", ["rating[{p1}]=2", "rating[{p1}]=x", "rating[{t}]=1", "rating[0]=1", "rating=1"])
def test_explore_refuses_ratings_that_it_cannot_take(
    api: Api, topic: Topic, tree: dict[str, Statement], asked: str
) -> None:
    ids = {words: line.pk for words, line in tree.items()}

    told = problem(api().get(f"topics/{topic.pk}/explore/?{asked.format(**ids)}"), 400)

    assert told["errors"][0]["field"].startswith("rating")


def test_topic_that_is_too_large_is_refused(
    api: Api, topic: Topic, tree: dict[str, Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debates.api.analysis.MOST_STATEMENTS", 4)

    assert "more than 4" in problem(api().get(f"topics/{topic.pk}/analysis/"), 422)["detail"]
    problem(api().get(f"topics/{topic.pk}/explore/"), 422)
