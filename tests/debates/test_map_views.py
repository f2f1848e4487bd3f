"""The map: one claim or one branch drawn on the server, in the page and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from debates.branches import LINES_AT_ONCE
from debates.models import Statement, Topic
from debates.views.map import MOST_CHOSEN, PER_PARENT
from tests.debates.large import bushy, grow
from tests.factories import make_member, make_topic, make_tree
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from accounts.models import User
    from tests.conftest import LogIn
    from tests.markup import Response

TREE = """
Four days are enough
  + Rest helps learning
    - Rest is not free
      + Somebody pays
        - Not always
  - Parents work five days
Five days are few
  + A week has seven
"""
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {SVG + name for name in ("svg", "title", "desc", "rect", "path", "circle", "text", "tspan")}
HOSTILE = '</text><script>alert(1)</script><a xlink:href="javascript:alert(1)" onload="alert(1)">&amp; <foreignObject>'


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A public topic of Alice, in which Bob is a writer."""
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    return topic


@pytest.fixture
def tree(topic: Topic, bob: User) -> dict[str, Statement]:
    return make_tree(topic, bob, TREE)


def address(topic: Topic, query: str = "") -> str:
    return reverse("topic-map", args=[topic.slug]) + query


def file_address(topic: Topic, query: str = "") -> str:
    return reverse("topic-map-svg", args=[topic.slug]) + query


def boxes(response: Response) -> list[str]:
    """The words in each box of the drawing, claim first."""
    return [_words(box) for box in by_class(dom(response), "map__ink")[0].iter() if _is_box(box)]


def _is_box(element: Element) -> bool:
    return bool({"map__claim", "map__node"} & set(element.get("class", "").split()))


def _words(box: Element) -> str:
    return " ".join("".join(line.itertext()) for line in box.iter(SVG + "tspan"))


def badges(response: Response) -> dict[str, str]:
    """What the badges say that open a branch, with where they lead."""
    closed = by_class(dom(response), "map__closed")
    return {text(each): each.get("href", "") for each in closed if "map__opened" not in each.get("class", "")}


def parsed(response: Response) -> Element:
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own answer


# -- the page ---------------------------------------------------------------------------------------------------------


def test_map_draws_the_first_claim_two_levels_deep(client: Client, topic: Topic, tree: object) -> None:
    response = client.get(address(topic))

    assert boxes(response) == [
        "Four days are enough", "Rest helps learning", "Parents work five days", "Rest is not free",
    ]  # fmt: skip
    assert list(badges(response)) == ["+1"]


def test_map_says_stance_by_word_line_and_shape(client: Client, topic: Topic, tree: object) -> None:
    response = client.get(address(topic, "?levels=1"))

    nodes = by_class(dom(response), "map__node")
    assert [(node.get("data-stance"), texts(node, "map__word")) for node in nodes] == [
        ("supports", ["Because"]), ("opposes", ["But"]),
    ]  # fmt: skip
    up, down = [by_class(node, "map__mark")[0].get("d", "") for node in nodes]
    assert up.endswith("l6 11h-12Z")
    assert down.endswith("l6 -11h-12Z")


@pytest.mark.parametrize(("levels", "count"), [("1", 3), ("2", 4), ("3", 5), ("all", 6), ("x", 4)])
def test_levels_say_how_much_is_open(client: Client, topic: Topic, tree: object, levels: str, count: int) -> None:
    assert len(boxes(client.get(address(topic, f"?levels={levels}")))) == count


def test_badge_opens_its_branch_and_another_shuts_it(client: Client, topic: Topic, tree: object) -> None:
    shut = client.get(address(topic))

    opened = client.get(address(topic) + badges(shut)["+1"])

    assert boxes(opened)[-1] == "Somebody pays"
    closing = by_class(dom(opened), "map__opened")[-1].get("href", "")
    assert boxes(client.get(address(topic) + closing)) == boxes(shut)


def test_open_and_close_take_only_ids(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    many = "&".join(f"open={pk}" for pk in range(1, 3 * MOST_CHOSEN))

    response = client.get(address(topic, f"?levels=1&open=x&open=-1&open={'9' * 30}&close=%F0%9F%98%80&{many}"))

    assert response.status_code == 200
    [download] = [each for each in dom(response).iter("a") if "map.svg" in each.get("href", "")]
    assert download.get("href", "").count("open=") == MOST_CHOSEN


def test_other_claim_and_unknown_claim(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(address(topic, f"?claim={tree['Five days are few'].pk}"))

    assert boxes(response) == ["Five days are few", "A week has seven"]
    assert text(by_id(response, "map-title")) == "Claim 2 of 2"
    assert client.get(address(topic, "?claim=0")).status_code == 404


def test_boxes_lead_to_their_statements(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(address(topic))

    links = [each.find(SVG + "a") for each in by_class(dom(response), "map__node")]
    assert links[0] is not None
    assert links[0].get("href") == reverse("statement", args=[tree["Rest helps learning"].pk])


def test_same_tree_stands_below_as_an_outline(client: Client, topic: Topic, tree: object) -> None:
    response = client.get(address(topic))

    assert texts(dom(response), "outline__text") == [
        "Rest helps learning", "Rest is not free", "Parents work five days",
    ]  # fmt: skip
    [drawing] = by_class(dom(response), "map__drawing")
    assert drawing.get("aria-hidden") == "true"
    assert {link.get("tabindex") for link in drawing.iter(SVG + "a")} == {"-1"}


def test_map_fragment_is_the_map_and_its_lines(client: Client, topic: Topic, tree: object) -> None:
    response = client.get(address(topic), headers=PARTIAL)

    assert is_fragment(response)
    assert by_id(response, "map").get("class") == "map"
    assert len(boxes(response)) == 4
    outline = by_id(response, "map-outline")
    assert outline.get("hx-swap-oob") == "innerHTML"
    assert len(texts(outline, "outline__text")) == 3


def test_topic_without_claims_says_so(client: Client, topic: Topic) -> None:
    assert texts(dom(client.get(address(topic))), "empty")[0].startswith("No claim yet")
    assert client.get(file_address(topic)).status_code == 404


def test_map_of_one_branch(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(reverse("statement-map", args=[tree["Rest is not free"].pk]))

    assert boxes(response) == ["Rest is not free", "Somebody pays", "Not always"]
    [path] = by_class(dom(response), "breadcrumb")
    assert [text(item) for item in path.iter("li")] == ["ClaimFour days are enough", "Because Rest helps learning"]


def test_map_of_a_link_is_that_of_its_target(client: Client, tree: dict[str, Statement], bob: User) -> None:
    target = tree["Rest is not free"]
    link = target.link_under(tree["Five days are few"], stance="opposes", by=bob)

    response = client.get(reverse("statement-map", args=[link.pk]))

    assert (response.status_code, response["Location"]) == (303, reverse("statement-map", args=[target.pk]))


def test_map_of_what_was_taken_back_draws_a_box_without_words(
    client: Client, topic: Topic, tree: dict[str, Statement], bob: User
) -> None:
    tree["Not always"].withdraw(by=bob)

    response = client.get(reverse("statement-map", args=[tree["Not always"].pk]))

    assert boxes(response) == ["Taken back"]


def test_many_siblings_end_in_a_link_to_all(client: Client, topic: Topic, alice: User) -> None:
    claim, *_arguments = grow(topic, alice, [None, *[0] * (PER_PARENT + 7)])

    response = client.get(address(topic))

    assert len(boxes(response)) == PER_PARENT + 1
    [rest] = by_class(dom(response), "map__rest")
    assert text(rest) == "7 more"
    assert rest.find(SVG + "a").get("href") == reverse("statement-branch", args=[claim.pk])  # type: ignore[union-attr]


def test_large_map_is_bounded_and_goes_on_elsewhere(client: Client, topic: Topic, alice: User) -> None:
    grow(topic, alice, bushy(900, claims=1))

    response = client.get(address(topic, "?levels=all"))

    assert len(boxes(response)) == LINES_AT_ONCE
    assert "This branch is larger than one drawing." in texts(dom(response), "notice")[0]
    following = client.get(badges(response)["+3"])
    assert following.status_code == 200
    assert len(boxes(following)) > 1


# -- the file ---------------------------------------------------------------------------------------------------------


def test_file_is_an_attachment_that_nothing_runs_in(client: Client, topic: Topic, tree: object) -> None:
    response = client.get(file_address(topic))

    assert response["Content-Type"].startswith("image/svg+xml")
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_file_holds_only_shapes_and_text(client: Client, topic: Topic, bob: User) -> None:
    tree = make_tree(topic, bob, "A claim\n  + Because")
    tree["Because"].add_argument("opposes", HOSTILE, by=bob)
    Topic.objects.update(title=HOSTILE)
    # Older than the rules for texts: a character that no XML document may hold.
    Statement.objects.filter(pk=tree["Because"].pk).update(text="Be\x0bcause \ufffe")

    root = parsed(client.get(file_address(topic)))

    assert {element.tag for element in root.iter()} <= ALLOWED
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or "href" in name or name in {"style", "class"}}
    words = "".join(element.text or "" for element in root.iter(SVG + "tspan"))
    assert "</text><script>alert(1)</script>" in words.replace(" ", "")
    assert root.findtext(SVG + "title") == HOSTILE


def test_file_draws_what_the_page_draws(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    page = client.get(address(topic, f"?claim={tree['Four days are enough'].pk}&levels=3"))
    [download] = [each for each in dom(page).iter("a") if "map.svg" in each.get("href", "")]

    root = parsed(client.get(download.get("href", "")))

    lines = [element.text for element in root.iter(SVG + "tspan")]
    assert " ".join(line or "" for line in lines) == " ".join(boxes(page))


def test_file_of_a_branch(client: Client, topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    root = parsed(client.get(file_address(topic, f"?root={tree['Rest is not free'].pk}")))

    assert root.findtext(SVG + "desc") == "Rest is not free"
    elsewhere = make_tree(make_topic(alice, visibility="public"), alice, "Elsewhere")["Elsewhere"]
    assert client.get(file_address(topic, f"?root={elsewhere.pk}")).status_code == 404


# -- who may read, what shows, and what it costs ----------------------------------------------------------------------


def test_private_topic_is_not_found_by_others(
    topic: Topic, tree: dict[str, Statement], charlie: User, log_in: LogIn
) -> None:
    Topic.objects.update(visibility="private")

    for person in (Client(), log_in(charlie)):
        assert person.get(address(topic)).status_code == 404
        assert person.get(file_address(topic)).status_code == 404
        assert person.get(file_address(topic, f"?root={tree['Not always'].pk}")).status_code == 404
        assert person.get(reverse("statement-map", args=[tree["Not always"].pk])).status_code == 404


def test_suggestions_and_lost_words_show_nowhere(
    client: Client, topic: Topic, tree: dict[str, Statement], bob: User
) -> None:
    tree["Rest helps learning"].withdraw(by=bob)
    waiting = tree["Parents work five days"].add_argument("opposes", "A whispered idea", by=bob, suggested=True)

    for url in (address(topic, "?levels=all"), file_address(topic, "?levels=all")):
        answer = client.get(url).content.decode()
        assert "Taken back" in answer
        assert "Rest helps learning" not in answer
        assert "whispered" not in answer
    assert "+1" not in badges(client.get(address(topic, f"?levels=all&close={tree['Parents work five days'].pk}")))
    assert client.get(file_address(topic, f"?root={waiting.pk}")).status_code == 404


def test_map_takes_no_writes(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    for url in (address(topic), file_address(topic), reverse("statement-map", args=[tree["Not always"].pk])):
        assert client.post(url).status_code == 405


def test_map_costs_the_same_queries_whatever_the_size(topic: Topic, alice: User, log_in: LogIn) -> None:
    small = grow(topic, alice, bushy(30))[0]
    other = make_topic(alice, visibility="public")
    large = grow(other, alice, bushy(300))[0]
    browser = log_in(alice)

    for name, arguments in (("topic-map", [topic.slug, other.slug]), ("statement-map", [small.pk, large.pk])):
        counts = []
        for argument in arguments:
            with data_queries() as asked:
                assert browser.get(reverse(name, args=[argument]) + "?levels=all").status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1] <= 10
