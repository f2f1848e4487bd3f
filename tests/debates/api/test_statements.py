"""What is done to statements: words, places, stances, standing, votes; each with the verb of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debates.models import Statement, Vote
from tests.debates.api.conftest import problem
from tests.factories import make_member, make_topic, make_tree, make_votes

if TYPE_CHECKING:
    from accounts.models import User
    from tests.debates.api.conftest import Api

TREE = "Nine\n  + sleep\n    - bus\n  - early\nTen"


@pytest.fixture
def tree(alice: User, bob: User) -> dict[str, Statement]:
    topic = make_topic(alice)
    make_member(topic, bob)
    return make_tree(topic, alice, TREE)


def now(statement: Statement) -> Statement:
    return Statement.objects.get(pk=statement.pk)


# -- words ---------------------------------------------------------------------------------------------------------


def test_wording_is_read_with_its_tag_and_replaced_with_it(api: Api, alice: User, tree: dict[str, Statement]) -> None:
    program, path = api(alice), f"statements/{tree['sleep'].pk}/wording/"
    read = program.get(path)

    written = program.put(path, {"text": "Sleep helps"}, if_match=read["ETag"])

    assert read.json() == {"text": "sleep", "note": "", "version": 1}
    assert (written.status_code, written["ETag"]) == (200, '"2"')
    assert written.json() == {"text": "Sleep helps", "note": "", "version": 2}
    assert now(tree["sleep"]).text == "Sleep helps"


@pytest.mark.parametrize("method", ["put", "patch"])
def test_wording_unread_is_not_overwritten(api: Api, alice: User, tree: dict[str, Statement], method: str) -> None:
    line = tree["sleep"]
    path = f"statements/{line.pk}/" + ("wording/" if method == "put" else "")
    line.revise(text="Theirs", version=1, by=alice)
    write = getattr(api(alice), method)

    problem(write(path, {"text": "Mine"}), 428)
    problem(write(path, {"text": "Mine"}, if_match='W/"2"'), 412)
    told = problem(write(path, {"text": "Mine"}, if_match='"1"'), 412)

    assert told["yours"] == {"text": "Mine"} | ({"note": ""} if method == "put" else {})
    assert told["current"] == {"text": "Theirs", "note": "", "version": 2}
    assert now(line).text == "Theirs"


def test_patch_keeps_what_it_does_not_name(api: Api, alice: User, tree: dict[str, Statement]) -> None:
    program, line = api(alice), tree["sleep"]
    program.patch(f"statements/{line.pk}/", {"note": "Kept"}, if_match='"1"')

    told = program.patch(f"statements/{line.pk}/", {"text": "Sleep helps"}, if_match='"2", "9"').json()

    assert (told["text"], told["note"], told["version"]) == ("Sleep helps", "Kept", 3)


def test_words_of_another_are_for_editors(api: Api, bob: User, tree: dict[str, Statement]) -> None:
    refused = api(bob).patch(f"statements/{tree['sleep'].pk}/", {"text": "Mine"}, if_match='"1"')

    assert "Only its author and the editors" in problem(refused, 403)["detail"]
    assert now(tree["sleep"]).text == "sleep"


# -- places --------------------------------------------------------------------------------------------------------


def test_place_moves_the_branch_and_tells_it(api: Api, alice: User, tree: dict[str, Statement]) -> None:
    told = api(alice).put(f"statements/{tree['sleep'].pk}/place/", {"parent": tree["Ten"].pk, "stance": "opposes"})

    assert (told.json()["parent"], told.json()["stance"], told.json()["depth"]) == (tree["Ten"].pk, "opposes", 1)
    assert now(tree["bus"]).parent_id == tree["sleep"].pk


def test_place_of_a_claim_has_no_parent(api: Api, alice: User, tree: dict[str, Statement]) -> None:
    told = api(alice).put(f"statements/{tree['sleep'].pk}/place/", {"parent": None})

    assert (told.json()["parent"], told.json()["stance"], told.json()["depth"]) == (None, None, 0)


def test_place_orders_siblings_and_twice_is_once(api: Api, alice: User, tree: dict[str, Statement]) -> None:
    program, body = api(alice), {"parent": tree["Nine"].pk, "after": None}

    first = program.put(f"statements/{tree['early'].pk}/place/", body)
    changes = tree["Nine"].topic.changes.count()
    second = program.put(f"statements/{tree['early'].pk}/place/", body)

    order = Statement.objects.filter(parent=tree["Nine"]).order_by("position").values_list("text", flat=True)
    assert list(order) == ["early", "sleep"]
    assert first.json()["position"] == second.json()["position"]
    assert tree["Nine"].topic.changes.count() == changes


def test_place_elsewhere_behind_a_sibling(api: Api, alice: User, tree: dict[str, Statement]) -> None:
    api(alice).put(f"statements/{tree['bus'].pk}/place/", {"parent": tree["Nine"].pk, "after": tree["sleep"].pk})

    order = Statement.objects.filter(parent=tree["Nine"]).order_by("position").values_list("text", flat=True)
    assert list(order) == ["sleep", "bus", "early"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("parent", "bus"), ("parent", "sleep"), ("parent", 10**12), ("after", "Ten"), ("after", 10**12)],
)
def test_place_that_cannot_be_is_refused(
    api: Api, alice: User, tree: dict[str, Statement], field: str, value: str | int
) -> None:
    chosen = tree[value].pk if isinstance(value, str) else value
    before = tree["Nine"].topic.changes.count()

    told = problem(
        api(alice).put(f"statements/{tree['sleep'].pk}/place/", {"parent": tree["Nine"].pk, field: chosen}), 422
    )

    assert told["errors"][0]["field"] == field
    assert tree["Nine"].topic.changes.count() == before


def test_stance_is_put_and_twice_is_once(api: Api, alice: User, tree: dict[str, Statement]) -> None:
    program, path = api(alice), f"statements/{tree['sleep'].pk}/stance/"

    told = [program.put(path, {"stance": "opposes"}).json()["stance"] for _each in range(2)]

    assert told == ["opposes", "opposes"]
    assert tree["sleep"].changes.filter(verb="turn").count() == 1
    problem(program.put(f"statements/{tree['Nine'].pk}/stance/", {"stance": "opposes"}), 422)


def test_link_repeats_a_statement(api: Api, alice: User, tree: dict[str, Statement]) -> None:
    made = api(alice).post(f"statements/{tree['bus'].pk}/links/", {"parent": tree["Ten"].pk, "stance": "opposes"})

    assert made.status_code == 201
    assert (made.json()["refers_to"], made.json()["text"], made.json()["parent"]) == (
        tree["bus"].pk, "bus", tree["Ten"].pk,
    )  # fmt: skip
    twice = api(alice).post(f"statements/{tree['bus'].pk}/links/", {"parent": tree["Ten"].pk, "stance": "opposes"})
    assert "stands there already" in problem(twice, 422)["detail"]


# -- standing ------------------------------------------------------------------------------------------------------


def test_author_takes_back_and_restores(api: Api, bob: User, tree: dict[str, Statement]) -> None:
    mine = tree["Nine"].add_argument("supports", "mine", by=bob)
    program, path = api(bob), f"statements/{mine.pk}/withdrawal/"

    told = [program.put(path).json(), program.put(path).json(), program.delete(path).json()]

    assert [row["status"] for row in told] == ["withdrawn", "withdrawn", "visible"]
    assert [row["text"] for row in told] == [None, None, "mine"]
    problem(program.put(f"statements/{tree['sleep'].pk}/withdrawal/"), 403)


def test_editor_removes_and_only_an_editor_brings_back(
    api: Api, alice: User, bob: User, tree: dict[str, Statement]
) -> None:
    mine = tree["Nine"].add_argument("supports", "mine", by=bob)

    removed = api(alice).put(f"statements/{mine.pk}/removal/").json()["status"]
    refused = api(bob).delete(f"statements/{mine.pk}/withdrawal/")
    problem(api(alice).put(f"statements/{mine.pk}/withdrawal/"), 403)
    restored = api(alice).delete(f"statements/{mine.pk}/removal/").json()["status"]

    assert (removed, restored) == ("removed", "visible")
    assert "Only the editors" in problem(refused, 403)["detail"]


def test_suggestion_is_accepted_or_declined_once(api: Api, alice: User, bob: User, tree: dict[str, Statement]) -> None:
    one, other = (tree["Nine"].add_argument("supports", text, by=bob, suggested=True) for text in ("one", "other"))
    program = api(alice)

    accepted = program.put(f"statements/{one.pk}/acceptance/")
    declined = program.put(f"statements/{other.pk}/removal/")
    late = program.put(f"statements/{other.pk}/acceptance/")

    assert (accepted.json()["status"], declined.json()["status"]) == ("visible", "removed")
    assert "decided" in problem(late, 409)["detail"]
    assert program.put(f"statements/{one.pk}/acceptance/").status_code == 200


# -- votes ---------------------------------------------------------------------------------------------------------


def test_vote_is_given_changed_and_taken_back(api: Api, bob: User, tree: dict[str, Statement]) -> None:
    program, path = api(bob), f"statements/{tree['sleep'].pk}/vote/"

    told = [program.get(path).json()["value"], *(program.put(path, {"value": v}).json()["value"] for v in (4, 0))]
    gone = program.delete(path)

    assert told == [None, 4, 0]
    assert (gone.status_code, gone.content) == (204, b"")
    assert program.get(path).json()["value"] is None
    assert not Vote.objects.exists()


def test_tally_is_null_until_the_topic_shows_it(api: Api, bob: User, tree: dict[str, Statement]) -> None:
    line = tree["sleep"]
    make_votes(line, 4, 4, 0)
    program = api(bob)
    list_of = f"topics/{line.topic_id}/statements/?q=sleep"

    before = program.get(f"statements/{line.pk}/tally/").json()["tally"]
    listed = program.get(list_of).json()["results"][0]["tally"]
    program.put(f"statements/{line.pk}/vote/", {"value": 2})
    after = program.get(f"statements/{line.pk}/tally/").json()["tally"]

    assert (before, listed) == (None, None)
    assert after == {"votes": 4, "histogram": [1, 0, 1, 0, 2], "mean": 2.5}


def test_own_line_and_what_was_taken_back_get_no_vote(
    api: Api, alice: User, bob: User, tree: dict[str, Statement]
) -> None:
    tree["early"].withdraw(by=alice)

    own = problem(api(alice).put(f"statements/{tree['sleep'].pk}/vote/", {"value": 2}), 422)
    problem(api(bob).put(f"statements/{tree['early'].pk}/vote/", {"value": 2}), 422)

    assert own["errors"] == [{"field": "value", "message": "Nobody votes on their own argument."}]
    assert not Vote.objects.exists()


def test_closed_topic_says_so(api: Api, alice: User, bob: User, tree: dict[str, Statement]) -> None:
    topic = tree["Nine"].topic
    closed = api(alice).put(f"topics/{topic.pk}/closure/")

    refused = api(bob).put(f"statements/{tree['sleep'].pk}/vote/", {"value": 2})
    opened = api(alice).delete(f"topics/{topic.pk}/closure/")

    assert closed.json()["closed_at"] is not None
    assert "closed" in problem(refused, 403)["detail"]
    assert opened.json()["closed_at"] is None
