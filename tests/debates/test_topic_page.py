"""The topic page: the question, its claims, and the two columns of the claim in focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from accounts.models import User
from debates.models import Pseudonym, Statement, Topic
from debates.tree import SHOWN_PER_SIDE
from tests.conftest import LogIn
from tests.factories import make_member, make_topic, make_tree, make_votes
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from tests.markup import Response


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A public topic of Alice, in which Bob is a writer."""
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    return topic


@pytest.fixture
def tree(topic: Topic, bob: User) -> dict[str, Statement]:
    return make_tree(
        topic,
        bob,
        """
        Four days are enough
          + Rest helps learning
            - Rest is not free
          + Buildings cost less
          - Parents work five days
        Five days are few
        """,
    )


def cards(response: Response, side: str) -> list[str]:
    """The words on the cards of one column, in order."""
    links = [card.find(".//a[@data-line-link]") for card in by_class(by_id(response, side), "argument-card")]
    return [text(link) for link in links if link is not None]


def replies(response: Response, side: str) -> list[str]:
    """The first replies that unfold under the cards of one column."""
    return [text(link) for each in by_class(by_id(response, side), "replies") for link in each.iter("a")]


def claim_in_focus(response: Response) -> str:
    return text(by_id(response, "claim-text"))


# -- what it shows ----------------------------------------------------------------------------------------------


def test_topic_page_shows_the_question_and_the_first_claim(client: Client, topic: Topic, tree: object) -> None:
    response = client.get(topic.get_absolute_url())

    page = dom(response)
    assert [text(heading) for heading in page.iter("h1")] == ["Four days"]
    assert texts(page, "topic-header__question") == ["Should school take four days?"]
    assert texts(page, "claim__label") == ["Claim 1 of 2"]
    assert claim_in_focus(response) == "Four days are enough"


def test_topic_page_has_one_column_a_side(client: Client, topic: Topic, tree: object) -> None:
    response = client.get(topic.get_absolute_url())

    assert cards(response, "for") == ["Rest helps learning", "Buildings cost less"]
    assert cards(response, "against") == ["Parents work five days"]
    assert texts(dom(response), "side__count") == ["2", "1"]
    assert replies(response, "for") == ["Rest is not free"]


def test_topic_page_shows_the_claim_that_is_asked_for(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(topic.get_absolute_url(), {"claim": tree["Five days are few"].pk})

    assert claim_in_focus(response) == "Five days are few"
    assert (cards(response, "for"), cards(response, "against")) == ([], [])
    current = [each for each in by_class(dom(response), "claim-tabs")[0].iter("a") if each.get("aria-current")]
    assert [texts(each, "claim-tabs__text") for each in current] == [["Five days are few"]]


@pytest.mark.parametrize("asked", ["999999", "first", "-1", "1 OR 1=1"])
def test_claim_that_is_not_there_is_not_found(client: Client, topic: Topic, tree: object, asked: str) -> None:
    assert client.get(topic.get_absolute_url(), {"claim": asked}).status_code == 404


def test_claim_of_another_topic_is_not_found(client: Client, topic: Topic, alice: User, tree: object) -> None:
    other = make_tree(make_topic(alice, visibility="public"), alice, "Elsewhere")

    assert client.get(topic.get_absolute_url(), {"claim": other["Elsewhere"].pk}).status_code == 404


def test_argument_is_no_claim(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    assert client.get(topic.get_absolute_url(), {"claim": tree["Rest helps learning"].pk}).status_code == 404


def test_background_is_markdown(client: Client, alice: User) -> None:
    topic = make_topic(alice, visibility="public", background="Read *this* first.\n\n# Not a heading")

    prose = by_class(dom(client.get(topic.get_absolute_url())), "prose")[0]

    assert [text(each) for each in prose.iter("em")] == ["this"]
    assert list(prose.iter("h1")) == []


def test_topic_without_a_claim_asks_for_one(topic: Topic, alice: User, log_in: LogIn) -> None:
    page = dom(log_in(alice).get(topic.get_absolute_url()))

    (box,) = by_class(page, "empty")
    assert text(next(box.iter("h2"))) == "No claim yet"
    assert [link.get("href") for link in box.iter("a")] == [f"{topic.get_absolute_url()}claims/"]


def test_topic_without_a_claim_asks_no_viewer_for_one(topic: Topic, charlie: User, log_in: LogIn) -> None:
    Topic.objects.filter(pk=topic.pk).update(visitor_role="viewer")
    make_member(topic, charlie, "viewer")

    (box,) = by_class(dom(log_in(charlie).get(topic.get_absolute_url())), "empty")

    assert list(box.iter("a")) == []


def test_objections_without_an_answer_are_counted(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    page = dom(client.get(topic.get_absolute_url()))

    (mark,) = [each for each in by_class(page, "open-mark") if each.tag == "a"]
    assert text(mark) == "2 open objections"
    assert mark.get("href") == (
        f"{topic.get_absolute_url()}outline/?claim={tree['Four days are enough'].pk}&show=unanswered"
    )


def others_answer(tree: dict[str, Statement], person: User) -> None:
    """Somebody else than who wrote the claim: only they are named on a card."""
    tree["Four days are enough"].add_argument("supports", "It costs nothing.", by=person)


def test_names_are_pseudonyms_where_the_topic_says_so(
    client: Client, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    others_answer(tree, alice)

    names = set(texts(dom(client.get(topic.get_absolute_url())), "author"))

    assert names == {Pseudonym.objects.get(topic=topic, user=alice).name}


def test_names_are_those_of_accounts_where_the_topic_says_so(
    client: Client, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    others_answer(tree, alice)
    Topic.objects.filter(pk=topic.pk).update(names_shown="names")

    assert set(texts(dom(client.get(topic.get_absolute_url())), "author")) == {"alice"}


def test_own_cards_say_you(topic: Topic, tree: object, bob: User, log_in: LogIn) -> None:
    assert set(texts(dom(log_in(bob).get(topic.get_absolute_url())), "author")) == {"you"}


def test_claim_beyond_the_tabs_has_its_own_page(
    client: Client, topic: Topic, tree: dict[str, Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debates.tree.MOST_CLAIMS", 1)
    last = tree["Five days are few"]

    response = client.get(f"{topic.get_absolute_url()}?claim={last.pk}")

    assert (response.status_code, response.headers["Location"]) == (303, last.get_absolute_url())


# -- what was taken back ----------------------------------------------------------------------------------------


def test_withdrawn_argument_without_replies_is_gone(
    client: Client, topic: Topic, tree: dict[str, Statement], bob: User
) -> None:
    tree["Buildings cost less"].withdraw(by=bob)

    response = client.get(topic.get_absolute_url())

    assert cards(response, "for") == ["Rest helps learning"]
    assert texts(dom(response), "side__count") == ["1", "1"]
    assert "Buildings" not in response.content.decode()


def test_withdrawn_argument_with_replies_keeps_its_place_without_its_words(
    client: Client, topic: Topic, tree: dict[str, Statement], bob: User
) -> None:
    tree["Rest helps learning"].withdraw(by=bob)

    response = client.get(topic.get_absolute_url())

    assert cards(response, "for") == ["Taken back; its replies stay", "Buildings cost less"]
    assert replies(response, "for") == ["Rest is not free"]
    assert "Rest helps learning" not in response.content.decode()


def test_withdrawn_claim_with_arguments_is_still_a_tab_without_its_words(
    client: Client, topic: Topic, tree: dict[str, Statement], bob: User
) -> None:
    tree["Four days are enough"].withdraw(by=bob)

    response = client.get(topic.get_absolute_url())

    assert claim_in_focus(response) == "Taken back"
    tabs = [text(each) for each in by_class(dom(response), "claim-tabs__text")]
    assert tabs == ["Taken back", "Five days are few"]
    assert "Four days are enough" not in response.content.decode()


def test_suggested_argument_does_not_show(client: Client, topic: Topic, tree: dict[str, Statement], bob: User) -> None:
    before = texts(dom(client.get(topic.get_absolute_url())), "side__count")
    tree["Four days are enough"].add_argument("supports", "Suggested only", by=bob, suggested=True)

    response = client.get(topic.get_absolute_url())

    assert texts(dom(response), "side__count") == before
    assert "Suggested only" not in response.content.decode()


# -- order and extent -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["Rest helps learning", "Buildings cost less"]),
        ("author", ["Rest helps learning", "Buildings cost less"]),
        ("votes", ["Buildings cost less", "Rest helps learning"]),
        ("newest", ["Buildings cost less", "Rest helps learning"]),
        ("contested", ["Rest helps learning", "Buildings cost less"]),
        ("least", ["Buildings cost less", "Rest helps learning"]),
        ("no such order", ["Rest helps learning", "Buildings cost less"]),
    ],
)
def test_columns_stand_in_the_order_that_is_asked_for(
    client: Client, topic: Topic, tree: dict[str, Statement], alice: User, sort: str, order: list[str]
) -> None:
    topic.revise(by=alice, votes_shown="always")
    make_votes(tree["Rest helps learning"], 0, 0, 4)
    make_votes(tree["Buildings cost less"], 4, 4)

    response = client.get(topic.get_absolute_url(), {"sort": sort})

    assert cards(response, "for") == order
    (chosen,) = [option for option in by_id(response, "sort").iter("option") if option.get("selected") is not None]
    assert chosen.get("value") == (sort if sort.isalpha() else "author")


def test_hidden_totals_do_not_show_in_the_order(
    client: Client, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    topic.revise(by=alice, votes_shown="when_closed")
    make_votes(tree["Rest helps learning"], 0, 0)
    make_votes(tree["Buildings cost less"], 4, 4)

    response = client.get(topic.get_absolute_url(), {"sort": "votes"})

    assert cards(response, "for") == ["Rest helps learning", "Buildings cost less"]


def test_long_column_ends_with_a_way_to_the_rest(client: Client, topic: Topic, bob: User) -> None:
    claim = topic.add_claim("A claim", by=bob)
    for number in range(SHOWN_PER_SIDE + 3):
        claim.add_argument("supports", f"Reason {number}", by=bob)

    response = client.get(topic.get_absolute_url())

    assert len(cards(response, "for")) == SHOWN_PER_SIDE
    (more,) = [link for link in by_id(response, "for").iter("a") if text(link) == "Show 3 more"]
    assert more.get("href") == f"?all=1&sort=author&claim={claim.pk}#for"
    whole = client.get(topic.get_absolute_url() + more.get("href", "").partition("#")[0])
    assert cards(whole, "for") == [f"Reason {number}" for number in range(SHOWN_PER_SIDE + 3)]


# -- the composer in the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("stance", "side"), [("supports", "for"), ("opposes", "against")])
def test_add_opens_the_box_in_its_column(
    topic: Topic, tree: dict[str, Statement], bob: User, log_in: LogIn, stance: str, side: str
) -> None:
    response = log_in(bob).get(topic.get_absolute_url(), {"add": stance})

    (box,) = by_class(by_id(response, side), "composer")
    assert box.get("action") == f"/statements/{tree['Four days are enough'].pk}/arguments/"
    assert box.get("data-stance") == stance
    assert len(by_class(dom(response), "composer")) == 1


def test_add_of_a_stance_that_is_none_opens_nothing(topic: Topic, tree: object, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).get(topic.get_absolute_url(), {"add": "both"})

    assert response.status_code == 200
    assert by_class(dom(response), "composer") == []


def test_new_card_takes_the_focus(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    new = tree["Buildings cost less"]

    page = dom(client.get(topic.get_absolute_url(), {"new": new.pk}))

    assert [card.get("id") for card in by_class(page, "argument-card--new")] == [f"s{new.pk}"]


def test_visitor_is_asked_to_add_where_visitors_write(client: Client, topic: Topic, tree: object) -> None:
    page = dom(client.get(topic.get_absolute_url()))

    assert [each.get("data-add") for each in page.iter("a") if each.get("data-add")] == ["supports", "opposes"]


def test_viewer_is_not_asked_to_add(client: Client, topic: Topic, tree: object, alice: User) -> None:
    topic.revise(by=alice, visitor_role="viewer")

    page = dom(client.get(topic.get_absolute_url()))

    assert [each for each in page.iter("a") if each.get("data-add")] == []


def test_viewer_gets_no_box_by_its_address(client: Client, topic: Topic, tree: object, alice: User) -> None:
    topic.revise(by=alice, visitor_role="viewer")

    page = dom(client.get(topic.get_absolute_url(), {"add": "supports"}))

    assert by_class(page, "composer") == []


def test_closed_topic_says_so_and_takes_nothing(topic: Topic, tree: object, alice: User, log_in: LogIn) -> None:
    topic.close(by=alice)

    page = dom(log_in(alice).get(topic.get_absolute_url(), {"add": "supports"}))

    notice = "This topic is closed: it can be read, and takes no more contributions."
    assert notice in texts(page, "notice")
    assert by_class(page, "composer") == []
    assert [each for each in page.iter("a") if each.get("data-add")] == []


# -- who reads it, and how --------------------------------------------------------------------------------------


def test_private_topic_is_not_found_by_strangers_and_outsiders(
    client: Client, alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    topic = make_topic(alice)
    make_member(topic, bob, "viewer")

    assert client.get(topic.get_absolute_url()).status_code == 404
    assert log_in(charlie).get(topic.get_absolute_url()).status_code == 404
    assert text(next(dom(log_in(bob).get(topic.get_absolute_url())).iter("h1"))) == "Four days"


def test_unlisted_topic_is_read_by_who_has_the_address(client: Client, alice: User) -> None:
    topic = make_topic(alice, visibility="unlisted")

    assert text(next(dom(client.get(topic.get_absolute_url())).iter("h1"))) == "Four days"


def test_fragment_is_the_columns_alone(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(topic.get_absolute_url(), {"sort": "newest"}, headers=PARTIAL)

    assert is_fragment(response)
    assert by_id(response, f"columns-{tree['Four days are enough'].pk}").get("class") == "sides"
    assert cards(response, "for") == ["Buildings cost less", "Rest helps learning"]
    assert {"Cookie", "HX-Request-Type"} <= set(response["Vary"].split(", "))


def test_topic_page_is_only_read(topic: Topic, alice: User, log_in: LogIn) -> None:
    assert log_in(alice).post(topic.get_absolute_url()).status_code == 405


@pytest.mark.parametrize("slug", ["no-such-topic", "Four-days", "four-days%00", "%E2%80%AE", "a" * 500])
def test_unknown_address_is_not_found(client: Client, topic: Topic, slug: str) -> None:
    assert client.get(f"/topics/{slug}/").status_code == 404


# -- what it costs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [3, 30])
def test_topic_page_asks_the_same_few_questions_whatever_its_size(
    topic: Topic, alice: User, bob: User, log_in: LogIn, size: int
) -> None:
    topic.revise(by=alice, votes_shown="always")
    for claim in [topic.add_claim(f"Claim {number}", by=bob) for number in range(size)]:
        for stance in ("supports", "opposes") * size if claim.text == "Claim 0" else ():
            argument = claim.add_argument(stance, f"{claim.pk} {stance}", by=bob)
            argument.add_argument("opposes", "A reply", by=alice)
    make_votes(Statement.objects.get_queryset().supporting()[0], 1, 2)
    browser = log_in(alice)

    with data_queries() as asked:
        response = browser.get(topic.get_absolute_url())

    assert len(cards(response, "for")) == min(size, SHOWN_PER_SIDE)
    assert len(asked) == 10, "\n".join(asked)
