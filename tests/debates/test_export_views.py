"""The page of formats, and the files as answers."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.formats.registry import FORMATS
from debates.models import Topic
from tests.conftest import LogIn
from tests.factories import make_topic, make_tree
from tests.markup import by_class, dom, text
from tests.queries import data_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(alice: User) -> Topic:
    topic = make_topic(alice, visibility="public")
    make_tree(topic, alice, "A claim\n  + because\n    - but </text><script>alert(1)</script>")
    topic.statements.get(text="because").revise(text="because so", note="A note.", version=1, by=alice)
    return topic


def file_of(browser: Client, topic: Topic, name: str, **query: str) -> bytes:
    response = browser.get(reverse("topic-file", args=[topic.slug, name]), query)
    assert response.status_code == 200
    return b"".join(response)


def test_page_offers_every_format_with_what_it_leaves_out(topic: Topic) -> None:
    response = Client().get(reverse("topic-export", args=[topic.slug]))

    links = {each.get("href") for each in dom(response).iter("a")}
    assert {reverse("topic-file", args=[topic.slug, name]) for name in FORMATS} <= links
    rows = [text(row) for row in dom(response).iter("tr")]
    assert any("ASPARTIX" in row and "What 1 argument supports is left out" in row for row in rows)
    assert any(row.startswith("Counterpoint, can be read back everything") and "nothing" in row for row in rows)


def test_page_costs_the_same_queries_whatever_the_size(topic: Topic, alice: User) -> None:
    address = reverse("topic-export", args=[topic.slug])
    with data_queries() as few:
        Client().get(address)
    make_tree(topic, alice, "Another\n" + "\n".join(f"  + reason {n}" for n in range(20)))

    with data_queries() as many:
        Client().get(address)

    assert len(many) == len(few) <= 12


@pytest.mark.parametrize("name", list(FORMATS))
def test_file_is_an_attachment_that_nothing_runs(topic: Topic, name: str) -> None:
    response = Client().get(reverse("topic-file", args=[topic.slug, name]))
    content = b"".join(response)

    assert response.status_code == 200
    assert content
    chosen = FORMATS[name]
    assert response["Content-Type"].partition(";")[0] == chosen.media_type
    assert response["Content-Disposition"] == f'attachment; filename="four-days.{chosen.extension}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]


def test_answer_says_what_the_format_has_no_place_for(topic: Topic) -> None:
    response = Client().get(reverse("topic-file", args=[topic.slug, "apx"]))

    left_out = dict(each.split("=") for each in response["Counterpoint-Left-Out"].split(", "))
    assert left_out["supports"] == "1"
    assert left_out["notes"] == "1"
    assert "Counterpoint-Left-Out" not in Client().get(reverse("topic-file", args=[topic.slug, "json"])).headers


def test_json_comes_with_the_history_on_request(topic: Topic) -> None:
    without, with_it = (
        json.loads(file_of(Client(), topic, "json")),
        json.loads(file_of(Client(), topic, "json", history="on")),
    )

    assert "changes" not in without
    assert [row["verb"] for row in with_it["changes"]] == ["topic-created", "add", "add", "add", "revise"]


def test_unknown_format_is_not_found(topic: Topic) -> None:
    assert Client().get(reverse("topic-file", args=[topic.slug, "docm"])).status_code == 404


def test_private_topic_is_not_found_by_an_outsider(alice: User, charlie: User, log_in: LogIn) -> None:
    topic = make_topic(alice)

    for name in ("topic-export", "topic-file"):
        address = reverse(name, args=[topic.slug] if name == "topic-export" else [topic.slug, "json"])
        assert log_in(charlie).get(address).status_code == 404
        assert log_in(alice).get(address).status_code == 200


def test_topic_menu_leads_to_the_page_of_formats(topic: Topic) -> None:
    response = Client().get(topic.get_absolute_url())

    assert reverse("topic-export", args=[topic.slug]) in {each.get("href") for each in dom(response).iter("a")}
    assert by_class(dom(response), "menu__panel")
