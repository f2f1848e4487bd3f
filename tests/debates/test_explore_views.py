"""The explore panel: what follows for a claim from one reader's own ratings, with and without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from debates.analysis.excerpt import MOST_LEAVES
from debates.models import Change, Statement, Topic, Vote
from tests.debates.large import bushy, grow
from tests.factories import make_topic, make_tree
from tests.markup import by_class, by_id, dom, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from accounts.models import User
    from tests.markup import Response

# The published example: with 0.5 everywhere, c1 has 0.4 and t 0.632…
WORKED = "t\n  + p1\n  + p2\n  - c1\n    - r"


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice, visibility="public")


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(topic, alice, WORKED)


def address(topic: Topic, ratings: dict[int, object] | None = None, **fields: object) -> str:
    asked = fields | {f"rating[{pk}]": value for pk, value in (ratings or {}).items()}
    return f"{reverse('topic-explore', args=[topic.slug])}?{urlencode(asked)}"


def rows(response: Response) -> dict[str, Element]:
    """The lines of the panel by their words, the claim among them."""
    lines = [each for each in by_id(response, "explore").iter() if each.get("data-explore-line")]
    return {text(next(each.iter("a"))): each for each in lines}


def values(response: Response) -> dict[str, str]:
    """The value of each line, "" where it does not count."""
    return {words: text(row.find(".//*[@data-value]")) for words, row in rows(response).items()}  # type: ignore[arg-type]


def sliders(response: Response) -> dict[str, str]:
    """Where the slider of each line stands that has one."""
    found = {words: row.find("./input") for words, row in rows(response).items()}
    return {words: slider.get("value", "") for words, slider in found.items() if slider is not None}


def moved(response: Response) -> str:
    """What is said of the claim."""
    (told,) = [
        each for each in dom(response).iter("span") if "data-moved" in each.attrib and "hidden" not in each.attrib
    ]
    return text(told)


def test_leaves_are_rated_and_nothing_counts_at_first(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(address(topic))

    assert sliders(response) == dict.fromkeys(("p1", "p2", "r"), "-0.1")
    assert values(response) == dict.fromkeys(("t", "p1", "p2", "c1", "r"), "")
    assert moved(response) == "Nothing is rated yet, so nothing moves."


def test_claim_moves_by_the_published_formula(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(address(topic, {tree[words].pk: 0.5 for words in ("p1", "p2", "r")}))

    assert values(response) == {"t": "0.63", "p1": "0.50", "p2": "0.50", "c1": "0.40", "r": "0.50"}
    assert sliders(response) == dict.fromkeys(("p1", "p2", "r"), "0.5")
    assert moved(response) == "For you it moves from 0.50, undecided, towards accepting it."
    said = text(by_id(response, "main"))
    assert "This follows from your ratings. It does not measure truth." in said
    assert "h = E² ÷ (1 + E²)" in said


def test_claim_moves_down_and_stands_still(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    down = client.get(address(topic, {tree["r"].pk: 0}))
    still = client.get(address(topic, {tree["p1"].pk: 0}))

    assert (values(down)["t"], moved(down)) == ("0.40", "For you it moves from 0.50, undecided, towards rejecting it.")
    assert (values(still)["t"], moved(still)) == ("0.50", "For you it stays at 0.50, undecided.")


@pytest.mark.parametrize("given", ["-0.1", "1.5", "0,5", "nan", "1e-1", "", "²", "0." + "9" * 40])
def test_what_is_no_number_from_0_to_1_is_not_rated(
    client: Client, topic: Topic, tree: dict[str, Statement], given: str
) -> None:
    response = client.get(address(topic, {tree["p1"].pk: given, tree["t"].pk: 1, 10**20: 1}))

    assert response.status_code == 200
    assert moved(response) == "Nothing is rated yet, so nothing moves."


def test_nothing_is_stored(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    before = (Change.objects.count(), Vote.objects.count())

    with data_queries() as asked:
        response = client.get(address(topic, {tree["p1"].pk: 1}))

    assert values(response)["t"] == "0.75"
    assert {sql.split()[0] for sql in asked} == {"SELECT"}
    assert set(response.cookies) <= {"csrftoken"}
    assert (Change.objects.count(), Vote.objects.count()) == before


def test_other_claim_and_branch_are_chosen_by_the_address(
    client: Client, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    other = topic.add_claim("u", by=alice)
    other.add_argument("supports", "p3", by=alice)

    assert list(rows(client.get(address(topic)))) == ["t", "p1", "p2", "c1", "r"]
    assert list(rows(client.get(address(topic, claim=other.pk)))) == ["u", "p3"]
    assert list(rows(client.get(address(topic, branch=tree["c1"].pk)))) == ["c1", "r"]
    assert client.get(address(topic, claim=10**6)).status_code == 404
    assert client.get(address(topic, branch="x")).status_code == 404


def test_link_has_the_value_of_the_line_it_repeats(
    client: Client, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    link = tree["p1"].link_under(tree["r"], stance="supports", by=alice)

    response = client.get(address(topic, {tree["p1"].pk: 1}))

    (row,) = [each for each in dom(response).iter("li") if each.get("data-explore-line") == str(link.pk)]
    assert row.get("data-same") == str(tree["p1"].pk)
    assert texts(row, "explore__value")[0].startswith("1.00")
    assert row.find("./input") is None


def test_large_branch_says_what_is_left_out_and_how_to_choose(client: Client, topic: Topic, alice: User) -> None:
    grow(topic, alice, [None, *[0] * 10, *[1] * MOST_LEAVES])

    response = client.get(address(topic))

    assert len(sliders(response)) == 10
    assert f"{MOST_LEAVES} lines have no room here" in texts(dom(response), "notice")[0]
    below = rows(response)["Line 1"].findall("./p/a")[-1]
    assert text(below) == f"Rate what is below: {MOST_LEAVES} lines"
    opened = client.get(reverse("topic-explore", args=[topic.slug]) + below.get("href", ""))
    assert len(sliders(opened)) == MOST_LEAVES


def test_line_that_was_taken_back_is_not_there(
    client: Client, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    tree["c1"].withdraw(by=alice)

    assert list(rows(client.get(address(topic)))) == ["t", "p1", "p2"]


def test_topic_with_nothing_to_rate_says_so(client: Client, topic: Topic, alice: User) -> None:
    assert texts(dom(client.get(address(topic))), "empty")[0].startswith("No claim yet")

    topic.add_claim("Alone", by=alice)

    assert "nothing to rate" in texts(dom(client.get(address(topic))), "empty")[0]


@pytest.mark.parametrize("size", [30, 1_000])
def test_panel_costs_the_same_queries_at_every_size(client: Client, topic: Topic, alice: User, size: int) -> None:
    grow(topic, alice, bushy(size))

    with data_queries() as asked:
        response = client.get(address(topic))

    assert by_class(dom(response), "explore__slider")
    # The topic; its statements, sources and passages; the words that are shown.
    assert len(asked) == 5
