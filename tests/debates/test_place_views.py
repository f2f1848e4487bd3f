"""Where a statement stands: moving it with its branch, its order among its siblings, and links in second places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import MAX_DEPTH, Statement, Topic
from tests.conftest import LogIn
from tests.factories import make_member, make_topic, make_tree
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from tests.markup import Response

type Tree = dict[str, Statement]


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A public topic of Alice, in which Bob is a writer."""
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    return topic


@pytest.fixture
def tree(topic: Topic, bob: User) -> Tree:
    return make_tree(
        topic,
        bob,
        """
        A claim
          + first
            - below first
          + second
          - third
        Another claim
        """,
    )


def url(name: str, statement: Statement) -> str:
    return reverse(f"statement-{name}", args=[statement.pk])


def places(topic: Topic) -> list[Any]:
    """All that moving could alter, to tell that nothing was."""
    rows = Statement.objects.filter(topic=topic).order_by("pk")
    return [*rows.values_list("pk", "parent_id", "stance", "depth", "position", "refers_to_id"), topic.changes.count()]


def under(parent: Statement | None, stance: str = "") -> list[str]:
    rows = Statement.objects.filter(parent=parent).order_by("position", "pk")
    return [row.words for row in (rows.filter(stance=stance) if stance else rows)]


def offered(response: Response) -> list[str]:
    return [text(next(each.iter("p"))) for each in by_id(response, "lines") if each.find("p") is not None]


def to(parent: Statement | None, stance: str = "") -> dict[str, Any]:
    return {"parent": parent.pk if parent else "", "stance": stance}


# -- moving -------------------------------------------------------------------------------------------------------


def test_page_offers_lines_outside_the_branch(tree: Tree, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).get(url("place", tree["first"]))

    assert offered(response) == ["Another claim", "second", "third"]


def test_page_finds_lines_by_their_words(tree: Tree, bob: User, log_in: LogIn) -> None:
    browser = log_in(bob)

    assert offered(browser.get(url("place", tree["first"]), {"q": "anoth"})) == ["Another claim"]
    nothing = browser.get(url("place", tree["first"]), {"q": "<nowhere>"}, headers=PARTIAL)
    assert is_fragment(nothing)
    assert text(by_id(nothing, "lines")) == "Nothing found for “<nowhere>” in this topic."


def test_page_offers_no_hidden_line_and_none_of_other_topics(
    topic: Topic, tree: Tree, alice: User, bob: User, log_in: LogIn
) -> None:
    make_tree(make_topic(alice, visibility="public"), alice, "second elsewhere")
    tree["A claim"].add_argument("supports", "second suggested", by=bob, suggested=True)
    tree["third"].withdraw(by=bob)
    browser = log_in(bob)

    assert offered(browser.get(url("place", tree["first"]), {"q": "second"})) == ["second"]
    assert offered(browser.get(url("place", tree["first"]))) == ["Another claim", "second"]


def test_line_moves_with_its_branch(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(url("place", tree["first"]), to(tree["third"], "opposes"))

    assert (response.status_code, response["Location"]) == (303, tree["first"].get_absolute_url())
    assert under(tree["third"], "opposes") == ["first"]
    assert under(tree["first"]) == ["below first"]
    assert list(Statement.objects.filter(text__endswith="first").order_by("pk").values_list("depth", flat=True)) == [
        2,
        3,
    ]
    assert topic.changes.latest("number").verb == "move"


def test_line_without_a_new_stance_keeps_its_own(tree: Tree, bob: User, log_in: LogIn) -> None:
    log_in(bob).post(url("place", tree["third"]), to(tree["first"]))

    assert under(tree["first"], "opposes") == ["below first", "third"]


def test_line_becomes_a_claim(tree: Tree, bob: User, log_in: LogIn) -> None:
    browser = log_in(bob)
    (make_claim,) = [
        form for form in dom(browser.get(url("place", tree["first"]))).iter("form")
        if text(form) == "Make it a claim of its own"
    ]  # fmt: skip
    assert [field.get("name") for field in make_claim.iter("input")] == ["csrfmiddlewaretoken"]

    browser.post(url("place", tree["first"]), {})

    tree["first"].refresh_from_db()
    assert (tree["first"].parent, tree["first"].stance, tree["first"].depth) == (None, "", 0)


def test_claim_moves_under_another_with_a_stance(tree: Tree, bob: User, log_in: LogIn) -> None:
    log_in(bob).post(url("place", tree["A claim"]), to(tree["Another claim"], "supports"))

    assert under(tree["Another claim"], "supports") == ["A claim"]


@pytest.mark.parametrize(
    ("line", "parent", "stance", "said"),
    [
        ("first", "first", "", "A line cannot stand under itself or under its own branch."),
        ("first", "below first", "", "A line cannot stand under itself or under its own branch."),
        ("A claim", "Another claim", "", "Say whether it supports or opposes its new place."),
        ("first", "third", "both", "Select a valid choice. both is not one of the available choices."),
    ],
)
def test_move_that_cannot_be_changes_nothing(
    topic: Topic, tree: Tree, bob: User, log_in: LogIn, line: str, parent: str, stance: str, said: str
) -> None:
    before = places(topic)

    response = log_in(bob).post(url("place", tree[line]), to(tree[parent], stance))

    assert response.status_code == 422
    assert texts(dom(response), "error") == [said]
    assert places(topic) == before


@pytest.mark.parametrize("parent", ["0", "-1", "999999", "x", "9" * 30])
def test_move_under_what_is_not_there_changes_nothing(
    topic: Topic, tree: Tree, bob: User, log_in: LogIn, parent: str
) -> None:
    before = places(topic)

    response = log_in(bob).post(url("place", tree["first"]), {"parent": parent})

    assert response.status_code == 422
    assert len(texts(dom(response), "error")) == 1
    assert places(topic) == before


def test_line_of_another_topic_is_refused_like_one_that_is_not_there(
    topic: Topic, tree: Tree, alice: User, bob: User, log_in: LogIn
) -> None:
    secret = make_tree(make_topic(alice), alice, "A secret claim")["A secret claim"]
    before, browser = places(topic), log_in(bob)

    foreign = browser.post(url("place", tree["first"]), to(secret, "supports"))
    unknown = browser.post(url("place", tree["first"]), {"parent": 999_999, "stance": "supports"})

    assert foreign.status_code == unknown.status_code == 422
    assert texts(dom(foreign), "error") == texts(dom(unknown), "error") == ["Choose a line of this topic."]
    assert "secret" not in foreign.content.decode()
    assert places(topic) == before


def test_line_does_not_move_under_one_that_was_taken_back(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    tree["third"].withdraw(by=bob)
    before = places(topic)

    response = log_in(bob).post(url("place", tree["first"]), to(tree["third"], "supports"))

    assert response.status_code == 422
    assert places(topic) == before


def test_branch_does_not_move_below_the_deepest_level(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    deepest = tree["second"]
    for level in range(MAX_DEPTH - 2):
        deepest = deepest.add_argument("supports", f"Level {level}", by=bob)
    before = places(topic)

    response = log_in(bob).post(url("place", tree["first"]), to(deepest, "supports"))

    assert response.status_code == 422
    assert texts(dom(response), "error") == ["With its branch this would be deeper than the limit of 50 levels."]
    assert places(topic) == before


# -- order --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "step", "order"),
    [
        ("second", "up", ["second", "first", "third"]),
        ("third", "up", ["first", "third", "second"]),
        ("first", "down", ["second", "first", "third"]),
        ("second", "down", ["first", "third", "second"]),
    ],
)
def test_line_goes_one_step(tree: Tree, bob: User, log_in: LogIn, line: str, step: str, order: list[str]) -> None:
    response = log_in(bob).post(url("order", tree[line]), {"step": step})

    assert (response.status_code, response["Location"]) == (303, f"{tree[line].get_absolute_url()}#s{tree[line].pk}")
    assert under(tree["A claim"]) == order


def test_line_goes_in_under_the_one_before_it(tree: Tree, bob: User, log_in: LogIn) -> None:
    log_in(bob).post(url("order", tree["second"]), {"step": "in"})

    assert under(tree["first"], "supports") == ["second"]
    assert under(tree["A claim"]) == ["first", "third"]


def test_line_goes_out_behind_the_one_above_it(tree: Tree, bob: User, log_in: LogIn) -> None:
    log_in(bob).post(url("order", tree["below first"]), {"step": "out"})

    assert under(tree["A claim"]) == ["first", "below first", "second", "third"]


def test_claims_have_an_order_too(tree: Tree, topic: Topic, bob: User, log_in: LogIn) -> None:
    log_in(bob).post(url("order", tree["Another claim"]), {"step": "up"})

    assert under(None) == ["Another claim", "A claim"]


@pytest.mark.parametrize(
    ("line", "step", "said"),
    [
        ("first", "up", "It is the first already."),
        ("third", "down", "It is the last already."),
        ("first", "in", "There is no line before it to stand under."),
        ("first", "out", "It stands right under the claim: there is nothing to move out of."),
        ("A claim", "out", "It stands right under the claim: there is nothing to move out of."),
        ("Another claim", "in", "There is no line before it to stand under."),
        ("first", "", "Say where: up, down, out or in."),
        ("first", "sideways", "Say where: up, down, out or in."),
    ],
)
def test_step_that_cannot_be_changes_nothing(
    topic: Topic, tree: Tree, bob: User, log_in: LogIn, line: str, step: str, said: str
) -> None:
    before = places(topic)

    response = log_in(bob).post(url("order", tree[line]), {"step": step}, headers=PARTIAL)

    assert response.status_code == 422
    assert text(dom(response)) == said
    assert places(topic) == before


# -- links --------------------------------------------------------------------------------------------------------


def test_line_is_used_in_a_second_place(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(url("links", tree["first"]), to(tree["Another claim"], "opposes"))

    link = Statement.objects.get(refers_to=tree["first"])
    assert (link.parent, link.stance, link.text, link.author) == (tree["Another claim"], "opposes", "", bob)
    assert (response.status_code, response["Location"]) == (
        303, f"{tree['Another claim'].get_absolute_url()}#s{link.pk}",
    )  # fmt: skip
    assert topic.changes.latest("number").verb == "link"


def test_any_writer_may_link_what_another_wrote(topic: Topic, tree: Tree, charlie: User, log_in: LogIn) -> None:
    make_member(topic, charlie)

    log_in(charlie).post(url("links", tree["first"]), to(tree["Another claim"], "opposes"))

    assert Statement.objects.get(refers_to=tree["first"]).author == charlie


@pytest.mark.parametrize(
    ("line", "parent", "stance", "said"),
    [
        ("first", None, "supports", "Choose the line that it should stand under."),
        ("first", "Another claim", "", "Say whether it supports or opposes the line above."),
        ("first", "A claim", "supports", "This line stands there already."),
        ("first", "below first", "supports", "A line cannot argue for or against itself."),
        ("first", "first", "supports", "A line cannot argue for or against itself."),
    ],
)
def test_link_that_cannot_be_changes_nothing(
    topic: Topic, tree: Tree, bob: User, log_in: LogIn, line: str, parent: str | None, stance: str, said: str
) -> None:
    before = places(topic)

    response = log_in(bob).post(url("links", tree[line]), to(tree[parent] if parent else None, stance))

    assert response.status_code == 422
    assert texts(dom(response), "error") == [said]
    assert places(topic) == before


def test_same_link_is_not_made_twice(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    browser = log_in(bob)
    browser.post(url("links", tree["first"]), to(tree["Another claim"], "opposes"))
    before = places(topic)

    assert browser.post(url("links", tree["first"]), to(tree["Another claim"], "opposes")).status_code == 422
    assert places(topic) == before


def test_link_is_not_linked_to_nor_moved_to_the_top(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    link = tree["first"].link_under(tree["Another claim"], stance="opposes", by=bob)
    before, browser = places(topic), log_in(bob)

    assert browser.post(url("links", link), to(tree["third"], "supports")).status_code == 422
    assert browser.post(url("place", link), {}).status_code == 422
    assert places(topic) == before


def test_words_that_were_taken_back_are_not_told_to_who_would_link_them(
    topic: Topic, tree: Tree, charlie: User, bob: User, log_in: LogIn
) -> None:
    make_member(topic, charlie)
    tree["below first"].revise(text="Words to forget", version=1, by=bob)
    tree["below first"].withdraw(by=bob)
    browser = log_in(charlie)

    page = browser.get(url("links", tree["below first"]))
    answer = browser.post(url("links", tree["below first"]), to(tree["third"], "supports"))

    assert (page.status_code, answer.status_code) == (200, 422)
    assert "Words to forget" not in page.content.decode() + answer.content.decode()


# -- who may ------------------------------------------------------------------------------------------------------

POSTS: dict[str, dict[str, Any]] = {"place": {"stance": "supports"}, "order": {"step": "down"}, "links": {}}


@pytest.mark.parametrize("name", ["place", "order"])
def test_editor_moves_what_another_wrote(topic: Topic, tree: Tree, charlie: User, log_in: LogIn, name: str) -> None:
    make_member(topic, charlie, "editor")
    before = places(topic)

    assert log_in(charlie).post(url(name, tree["first"]), to(tree["third"]) | POSTS[name]).status_code == 303
    assert places(topic) != before


@pytest.mark.parametrize("name", ["place", "order"])
@pytest.mark.parametrize("role", ["writer", "suggester", "viewer", ""])
def test_others_do_not_move_it(topic: Topic, tree: Tree, charlie: User, log_in: LogIn, name: str, role: str) -> None:
    if role:
        make_member(topic, charlie, role)
    before = places(topic)

    response = log_in(charlie).post(url(name, tree["first"]), to(tree["third"]) | POSTS[name])

    assert response.status_code == 403
    assert "Only its author and the editors of this topic may change this." in text(dom(response))
    assert places(topic) == before


@pytest.mark.parametrize("role", ["suggester", "viewer"])
def test_who_may_not_write_does_not_link(topic: Topic, tree: Tree, charlie: User, log_in: LogIn, role: str) -> None:
    Topic.objects.filter(pk=topic.pk).update(visitor_role="viewer")
    make_member(topic, charlie, role)
    before = places(topic)

    assert log_in(charlie).post(url("links", tree["first"]), to(tree["Another claim"], "opposes")).status_code == 403
    assert places(topic) == before


def test_visitor_is_asked_who_they_are_before_a_link(client: Client, topic: Topic, tree: Tree) -> None:
    before = places(topic)

    response = client.post(url("links", tree["first"]), to(tree["Another claim"], "opposes"))

    assert (response.status_code, response["Location"].partition("?")[0]) == (303, "/who/")
    assert places(topic) == before


@pytest.mark.parametrize("name", POSTS)
def test_private_topic_is_not_found_by_who_does_not_belong(
    client: Client, alice: User, charlie: User, log_in: LogIn, name: str
) -> None:
    topic = make_topic(alice)
    tree = make_tree(topic, alice, "One\nTwo")
    before = places(topic)

    for browser in (client, log_in(charlie)):
        assert browser.post(url(name, tree["One"]), to(tree["Two"]) | POSTS[name]).status_code == 404
    assert places(topic) == before


@pytest.mark.parametrize("name", POSTS)
def test_nothing_moves_once_the_topic_is_closed(
    topic: Topic, tree: Tree, alice: User, bob: User, log_in: LogIn, name: str
) -> None:
    topic.close(by=alice)
    before = places(topic)

    for person in (alice, bob):
        response = log_in(person).post(url(name, tree["first"]), to(tree["third"], "supports") | POSTS[name])
        assert response.status_code == 403
    assert places(topic) == before


def test_order_is_not_changed_by_reading(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    before = places(topic)

    assert log_in(bob).get(url("order", tree["first"]), {"step": "down"}).status_code == 405
    assert places(topic) == before


@pytest.mark.parametrize("name", ["place", "links"])
def test_too_many_acts_are_told_so(
    topic: Topic, tree: Tree, bob: User, log_in: LogIn, settings: Any, name: str
) -> None:
    settings.WRITES_PER_MINUTE = 1
    before = places(topic)

    response = log_in(bob).post(url(name, tree["below first"]), to(tree["third"], "supports"))

    assert response.status_code == 429
    assert texts(dom(response), "error")[0].startswith("That was a lot in one minute.")
    assert places(topic) == before


@pytest.mark.parametrize("size", [3, 30])
def test_page_of_places_asks_the_same_few_questions_whatever_the_topic(
    tree: Tree, bob: User, log_in: LogIn, size: int
) -> None:
    for number in range(size):
        tree["third"].add_argument("supports", f"More {number}", by=bob)
    browser = log_in(bob)

    with data_queries() as asked:
        response = browser.get(url("place", tree["first"]))

    assert len(by_class(dom(response), "button")) > size
    assert len(asked) == 5, "\n".join(asked)
