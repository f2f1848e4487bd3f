"""What a newcomer meets: pages instead of blank answers, ways back, names where the speaker changes."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Statement, Topic
from tests.conftest import LogIn
from tests.factories import make_member, make_topic, make_tree
from tests.markup import PARTIAL, by_class, by_id, dom, text, texts

type Tree = dict[str, Statement]
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, visibility="public", names_shown="names")
    make_member(topic, bob)
    return topic


@pytest.fixture
def tree(topic: Topic, alice: User, bob: User) -> Tree:
    tree = make_tree(topic, alice, "A claim\n  + mine\n    - mine too")
    tree["theirs"] = tree["A claim"].add_argument("opposes", "theirs", by=bob)
    tree["answer"] = tree["theirs"].add_argument("opposes", "answer", by=alice)
    return tree


def url(name: str, statement: Statement) -> str:
    return reverse(f"statement-{name}", args=[statement.pk])


# -- refusals -----------------------------------------------------------------------------------------------------


def test_address_of_a_form_opened_in_a_browser_is_a_page(client: Client, tree: Tree) -> None:
    response = client.get(url("passages", tree["mine"]), headers=BROWSER)

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert text(by_id(response, "main")).startswith("405")


def test_program_that_opens_the_address_of_a_form_gets_no_page(client: Client, tree: Tree) -> None:
    response = client.get(url("passages", tree["mine"]), headers={"Accept": "application/json"})

    assert (response.status_code, response["Allow"], response.content) == (405, "POST", b"")


def test_refusal_leads_back_to_the_line_it_is_about(tree: Tree, charlie: User, log_in: LogIn) -> None:
    response = log_in(charlie).get(url("wording", tree["mine"]))

    assert response.status_code == 403
    links = {link.get("href"): text(link) for link in by_id(response, "main").iter("a")}
    assert links[tree["mine"].get_absolute_url()] == "Back to the line"


def test_refusal_leads_back_to_the_topic_it_is_about(topic: Topic, charlie: User, log_in: LogIn) -> None:
    response = log_in(charlie).get(reverse("topic-edit", args=[topic.slug]))

    assert response.status_code == 403
    links = {link.get("href"): text(link) for link in by_id(response, "main").iter("a")}
    assert links[topic.get_absolute_url()] == "Back to the topic"


# -- a step that cannot be, and the page one is on ----------------------------------------------------------------


def test_step_that_cannot_be_leaves_the_reader_where_they_are(tree: Tree, alice: User, log_in: LogIn) -> None:
    browser, here = log_in(alice), f"{url('branch', tree['A claim'])}?levels=2#o-{tree['mine'].pk}"

    response = browser.post(url("order", tree["mine"]), {"step": "up", "next": here})

    assert (response.status_code, response["Location"]) == (303, here)
    said = texts(dom(browser.get(tree["mine"].get_absolute_url())), "notice")
    assert said == ["It is the first already."]


def test_step_leads_to_no_other_host(tree: Tree, alice: User, log_in: LogIn) -> None:
    response = log_in(alice).post(url("order", tree["mine"]), {"step": "down", "next": "https://elsewhere.example/"})

    assert response["Location"] == f"{tree['mine'].get_absolute_url()}#s{tree['mine'].pk}"


@pytest.mark.parametrize("query", ["", "?claim=1"])
def test_part_of_the_page_one_is_on_is_loaded_again(tree: Tree, alice: User, log_in: LogIn, query: str) -> None:
    line = tree["mine"]
    here = {"HX-Current-URL": f"http://testserver{line.get_absolute_url()}{query}#write"}

    response = log_in(alice).post(url("sources", line), {"title": "A study", "kind": "data"}, headers=PARTIAL | here)

    assert response.status_code == 204
    to = f"{line.get_absolute_url()}#sources"
    assert response.headers.get("HX-Trigger") == (None if query else json.dumps({"again": to}))
    assert response.headers.get("HX-Redirect") == (to if query else None)


# -- names, counts, words -----------------------------------------------------------------------------------------


def test_card_names_only_somebody_else_than_who_wrote_the_line_above(client: Client, topic: Topic, tree: Tree) -> None:
    page = dom(client.get(topic.get_absolute_url()))

    assert texts(page, "author") == ["bob"]


def test_outline_names_where_the_speaker_changes(client: Client, topic: Topic, tree: Tree) -> None:
    response = client.get(reverse("topic-outline", args=[topic.slug]))

    def named(key: str) -> bool:
        line = text(by_id(response, f"o-{tree[key].pk}"))
        return "alice" in line or "bob" in line

    assert {key: named(key) for key in tree} == {
        "A claim": False, "mine": False, "mine too": False, "theirs": True, "answer": True,
    }  # fmt: skip


def test_closed_branch_says_how_much_is_below_it(client: Client, topic: Topic, tree: Tree, bob: User) -> None:
    tree["mine too"].add_argument("supports", "deeper", by=bob)

    response = client.get(reverse("topic-outline", args=[topic.slug]), {"levels": "1"})

    assert texts(by_id(response, f"o-{tree['mine'].pk}"), "outline__size") == ["2 below"]


def test_own_lines_say_where_they_can_be_changed(topic: Topic, tree: Tree, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).get(topic.get_absolute_url())

    own = {card.get("id"): card.get("data-own") for card in by_class(dom(response), "argument-card")}
    assert own == {f"s{tree['mine'].pk}": None, f"s{tree['theirs'].pk}": tree["theirs"].get_absolute_url()}


def test_passages_of_a_card_lead_to_them(client: Client, topic: Topic, tree: Tree, alice: User) -> None:
    essay = topic.essays.create(title="An essay", text="Rest helps.")
    tree["mine"].quote(essay, 0, 4, by=alice)

    card = by_class(dom(client.get(topic.get_absolute_url())), "argument-card")[0]

    (link,) = [each for each in card.iter("a") if text(each) == "1 passage"]
    assert link.get("href") == f"{tree['mine'].get_absolute_url()}#passages"
    assert "Rest" in text(by_id(client.get(tree["mine"].get_absolute_url()), "passages"))


def test_question_that_is_the_title_stands_once(client: Client, alice: User) -> None:
    topic = make_topic(alice, visibility="public", title="Who owns the street", question="Who owns the street?")

    page = text(by_id(client.get(topic.get_absolute_url()), "main"))

    assert page.count("Who owns the street") == 1


def test_edit_that_met_ones_own_says_so_and_the_same_words_are_saved(tree: Tree, alice: User, log_in: LogIn) -> None:
    browser, line = log_in(alice), tree["mine"]
    line.revise(text="In the other tab", version=1, by=alice)

    other = browser.post(url("wording", line), {"text": "In this one", "version": "1"})
    same = browser.post(url("wording", line), {"text": "In the other tab", "version": "1"})

    assert other.status_code == 409
    assert "You changed this in another tab. Both texts are below." in text(dom(other))
    assert (same.status_code, same["Location"]) == (303, line.get_absolute_url())


def test_closed_topic_asks_nothing(client: Client, topic: Topic, tree: Tree, alice: User) -> None:
    topic.close(by=alice)

    page = text(dom(client.get(f"{tree['answer'].get_absolute_url()}")))

    assert "Why would somebody hold it?" not in page
    assert "How much does this matter" not in page
    assert "Nobody spoke for this." in page
