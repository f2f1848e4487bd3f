"""Room: long words break, and nothing prints over anything at any width or size of text."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from debates.models import Essay, Statement, Topic
from tests.browser.test_history import sign_in
from tests.factories import make_member, make_topic, make_tree

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

type Tree = dict[str, Statement]


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, visibility="public", guests_vote=True)
    make_member(topic, bob)
    return topic


@pytest.fixture
def tree(topic: Topic, bob: User) -> Tree:
    return make_tree(topic, bob, "Four days are enough\n  + Rest helps learning\n  - Parents work five days")


@pytest.fixture
def reader(context: BrowserContext, page: Page, live_server: LiveServer, topic: Topic, tree: Tree, bob: User) -> Page:
    """Bob, at the columns of the claim."""
    sign_in(context, live_server, bob)
    page.goto(f"{live_server}{topic.get_absolute_url()}")
    return page


def test_long_word_breaks_in_the_columns_and_in_the_box(
    reader: Page, live_server: LiveServer, topic: Topic, tree: Tree, bob: User
) -> None:
    tree["Rest helps learning"].revise(text="W" * 300, version=1, by=bob)
    tree["Rest helps learning"].add_argument("supports", "V" * 300, by=bob)
    Essay.objects.create(topic=topic, title="A week", text="Rest helps.")
    for address in (topic.get_absolute_url(), f"{tree['Rest helps learning'].get_absolute_url()}?add=opposes"):
        reader.goto(f"{live_server}{address}")
        for width in (320, 768, 1280):
            reader.set_viewport_size({"width": width, "height": 800})
            over = reader.evaluate(
                """() => [...document.querySelectorAll(".side, .composer, .reading, .argument-card, .breadcrumb li")]
                .filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.className)"""
            )
            assert (width, over) == (width, [])


def test_facts_of_a_card_print_over_nothing(
    reader: Page, live_server: LiveServer, topic: Topic, tree: Tree, alice: User
) -> None:
    line = tree["Rest helps learning"]
    Topic.objects.filter(pk=topic.pk).update(names_shown="names")
    User.objects.filter(pk=alice.pk).update(display_name="A person with quite a long name, as people have")
    theirs = tree["Four days are enough"].add_argument("supports", "Fridays are lost anyway.", by=alice)
    for target in (line, theirs):
        target.add_argument("opposes", f"Not to {target.pk}", by=alice)
        target.cite(by=alice, title="A study of rest")
        target.cast_vote(voter=alice if target == line else User.objects.get(username="bob"), value=3)
    for width in (360, 1100, 1280, 1600, 1920):
        reader.set_viewport_size({"width": width, "height": 800})
        reader.goto(f"{live_server}{topic.get_absolute_url()}")
        crossing = reader.evaluate(
            """() => [...document.querySelectorAll(".argument-card:has(details)")].filter((card) => {
            const [one, other] = ["summary", ".facts"].map((part) => card.querySelector(part).getBoundingClientRect());
            return one.right > other.left && other.bottom > one.top && one.bottom > other.top }).length"""
        )
        assert (width, crossing) == (width, 0)


def test_views_go_below_the_question_where_text_is_twice_as_large(
    reader: Page, live_server: LiveServer, topic: Topic
) -> None:
    Topic.objects.filter(pk=topic.pk).update(question="Should school weeks have four days, or are five the fewest?")
    reader.reload()
    views, words = reader.locator(".topic-header__views"), reader.locator(".topic-header__words")
    beside, question = views.bounding_box(), words.bounding_box()
    assert beside
    assert question
    assert beside["y"] < question["y"] + question["height"]

    reader.evaluate("document.documentElement.style.fontSize = '200%'")

    below, question = views.bounding_box(), words.bounding_box()
    assert below
    assert question
    assert below["y"] >= question["y"] + question["height"]


def test_outline_on_a_phone_prints_over_nothing(
    reader: Page, live_server: LiveServer, topic: Topic, tree: Tree, alice: User
) -> None:
    Topic.objects.filter(pk=topic.pk).update(names_shown="names")
    User.objects.filter(pk=alice.pk).update(display_name="A person with quite a long name, as people have")
    tree["Rest helps learning"].add_argument("opposes", "Not to everyone.", by=alice)
    for width in (320, 360, 768):
        reader.set_viewport_size({"width": width, "height": 800})
        reader.goto(f"{live_server}/topics/{topic.slug}/outline/")
        crossing = reader.evaluate(
            """() => [...document.querySelectorAll(".outline__line:has(.facts)")].filter((line) => {
            const [word, facts] = [".stance", ".facts"].map((part) => line.querySelector(part).getBoundingClientRect());
            return word.right > facts.left || facts.right > innerWidth }).length"""
        )
        assert (width, crossing) == (width, 0)
