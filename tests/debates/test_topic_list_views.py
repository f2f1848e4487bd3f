"""The list of topics: what may be seen, what is found, in what order, and at what cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from accounts.models import User
from debates.models import Essay, Membership, Topic
from tests.factories import make_guest, make_topic, make_tree
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text
from tests.queries import data_queries

if TYPE_CHECKING:
    from tests.markup import Response

type LogIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _many_writes(settings: LazySettings) -> None:
    settings.WRITES_PER_MINUTE = 10_000


def titles(response: Response) -> list[str]:
    return [text(each) for each in dom(response).findall(".//ul[@class='topic-list']/li/h2")]


def facts(response: Response) -> list[str]:
    """What the first topic of the list says of itself."""
    return [text(each) for each in by_class(dom(response), "facts")[0].findall("li")]


def marks(response: Response) -> list[str]:
    return [text(each) for each in by_id(response, "topic-results").iter("mark")]


def found_lines(response: Response) -> list[str]:
    lines = by_class(dom(response), "found-lines")
    return [text(line.findall("a")[0]) for line in lines[0]] if lines else []


# -- where the site begins ------------------------------------------------------------------------------------


def test_home_opens_the_demo_to_a_stranger(client: Client, alice: User) -> None:
    make_topic(alice, title="BTS at the AMAs", visibility="public")
    assert client.get("/").headers["Location"] == "/topics/bts-at-the-amas/"


def test_home_without_a_demo_is_the_list(client: Client, alice: User) -> None:
    assert client.get("/").headers["Location"] == "/topics/"
    make_topic(alice, title="BTS at the AMAs")
    assert client.get("/").headers["Location"] == "/topics/", "a private topic is nobody's demo"


def test_home_of_somebody_known_is_the_list(alice: User, log_in: LogIn) -> None:
    make_topic(alice, title="BTS at the AMAs", visibility="public")
    assert log_in(alice).get("/").headers["Location"] == "/topics/"


# -- which topics ---------------------------------------------------------------------------------------------


def test_list_shows_what_the_reader_may_see(client: Client, alice: User, bob: User, log_in: LogIn) -> None:
    make_topic(alice, title="Public", visibility="public")
    make_topic(alice, title="Unlisted", visibility="unlisted")
    shared = make_topic(alice, title="Shared")
    make_topic(alice, title="Private")
    Membership.objects.create(topic=shared, user=bob, role="viewer")
    assert titles(client.get("/topics/")) == ["Public"]
    assert titles(log_in(bob).get("/topics/")) == ["Shared", "Public"]
    assert titles(log_in(alice).get("/topics/")) == ["Private", "Shared", "Unlisted", "Public"]


def test_count_tells_nothing_of_topics_that_are_hidden(client: Client, alice: User) -> None:
    make_topic(alice, visibility="public")
    for _hidden in range(25):
        make_topic(alice)
    page = client.get("/topics/")
    assert text(by_id(page, "topic-count")) == "1 topic"
    assert dom(page).find(".//a[@rel='next']") is None


def test_list_can_be_kept_to_mine_or_to_public(alice: User, bob: User, log_in: LogIn) -> None:
    make_topic(alice, title="Hers", visibility="public")
    make_topic(bob, title="His")
    his = log_in(bob)
    assert titles(his.get("/topics/?show=mine")) == ["His"]
    assert titles(his.get("/topics/?show=public")) == ["Hers"]
    assert titles(his.get("/topics/?show=nonsense")) == ["His", "Hers"]


def test_list_is_sorted_as_asked(client: Client, alice: User) -> None:
    first = make_topic(alice, title="b first", visibility="public")
    make_topic(alice, title="A second", visibility="public")
    first.add_claim("Changed last", by=alice)
    assert titles(client.get("/topics/")) == ["b first", "A second"]
    assert titles(client.get("/topics/?sort=newest")) == ["A second", "b first"]
    assert titles(client.get("/topics/?sort=title")) == ["A second", "b first"]


def test_list_has_pages(client: Client, alice: User) -> None:
    for number in range(21):
        make_topic(alice, title=f"Topic {number:02}", visibility="public")
    first = client.get("/topics/?sort=title")
    assert len(titles(first)) == 20
    following = dom(first).find(".//a[@rel='next']")
    assert following is not None
    assert following.get("href") == "?sort=title&page=2"
    assert titles(client.get("/topics/?sort=title&page=2")) == ["Topic 20"]
    assert titles(client.get("/topics/?sort=title&page=99999")) == ["Topic 20"]


# -- what is said of each -------------------------------------------------------------------------------------


def test_entry_says_how_the_topic_stands(client: Client, alice: User, bob: User) -> None:
    topic = make_topic(alice, visibility="public")
    tree = make_tree(
        topic,
        bob,
        """
        First
          + Because
            - But not that
          - But
        Second
          + Because, too
        Third
        Fourth
        """,
    )
    Essay.objects.create(topic=topic, title="Doors", text="A door.")
    page = client.get("/topics/")
    assert facts(page)[:4] == ["4 claims", "2 for", "1 against", "2 people and an essay"]
    shown = by_class(dom(page), "topic-list__claims")[0].findall(".//a")
    assert [text(claim) for claim in shown] == ["First", "Second", "Third"]
    assert shown[1].get("href") == f"/topics/four-days/?claim={tree['Second'].pk}"


def test_entry_counts_only_what_shows(client: Client, alice: User, bob: User) -> None:
    topic = make_topic(alice, visibility="public")
    tree = make_tree(topic, alice, "First\n  + Because\n  - Taken back\nGone\n  + Below it\n")
    tree["First"].add_argument("opposes", "Only suggested", by=bob, suggested=True)
    topic.add_claim("A suggested claim", by=bob, suggested=True)
    tree["Taken back"].withdraw(by=alice)
    tree["Gone"].remove(by=alice)
    page = client.get("/topics/")
    assert facts(page)[:3] == ["1 claim", "1 for", "0 against"]
    assert "Nobody has argued against this yet" in facts(page)


def test_entry_marks_what_is_closed_or_not_for_everyone(alice: User, log_in: LogIn) -> None:
    make_topic(alice).close(by=alice)
    assert {"Closed", "Private"} <= set(facts(log_in(alice).get("/topics/")))


@pytest.mark.parametrize("query", ["", "?q=rest"])
def test_list_asks_as_often_for_many_topics_as_for_few(alice: User, log_in: LogIn, query: str) -> None:
    hers = log_in(alice)
    asked = []
    for wanted in (1, 3, 20):
        while Topic.objects.count() < wanted:
            number = Topic.objects.count()
            topic = make_topic(alice, title=f"Rest {number}")
            make_tree(topic, alice, f"Claim {number}\n  + Rest helps\n  - Rest costs\nOther {number}\n")
        with data_queries() as queries:
            page = hers.get(f"/topics/{query}")
        assert len(titles(page)) == wanted
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2]
    assert asked[0] <= 10


# -- searching ------------------------------------------------------------------------------------------------


def test_search_finds_titles_questions_claims_and_arguments(client: Client, alice: User) -> None:
    make_topic(alice, title="Café society", visibility="public")
    make_topic(alice, title="Asked", question="Who pays for the cafe?", visibility="public")
    said = make_topic(alice, title="Said", visibility="public")
    tree = make_tree(said, alice, "A claim about cafés\n  - But a bar is no CAFÉ\n    + Unrelated\n")
    page = client.get("/topics/?q=cafe")
    assert titles(page) == ["Asked", "Café society"]
    assert found_lines(page) == ["But a bar is no CAFÉ", "A claim about cafés"]
    assert marks(page) == ["cafe", "Café", "CAFÉ", "cafés"]
    links = [link.get("href") for link in by_class(dom(page), "found-lines")[0].findall("li/a")]
    assert links == [
        f"/statements/{tree['But a bar is no CAFÉ'].pk}/",
        f"/topics/said/?claim={tree['A claim about cafés'].pk}",
    ]


def test_search_wants_every_word(client: Client, alice: User) -> None:
    topic = make_topic(alice, visibility="public")
    make_tree(topic, alice, "Rest helps learning\n  + Rest is free\n")
    assert found_lines(client.get("/topics/?q=rest+learn")) == ["Rest helps learning"]


def test_search_finds_nothing_that_the_reader_may_not_see(client: Client, alice: User, bob: User) -> None:
    private = make_topic(alice, title="Secret plan", question="")
    private.add_claim("A secret claim", by=alice)
    public = make_topic(alice, title="Open", visibility="public")
    claim = public.add_claim("A claim", by=alice)
    claim.add_argument("supports", "A secret suggestion", by=bob, suggested=True)
    claim.add_argument("supports", "A secret taken back", by=alice).withdraw(by=alice)
    page = client.get("/topics/?q=secret")
    assert (titles(page), found_lines(page)) == ([], [])
    assert text(by_id(page, "topic-count")) == "0 topics"


def test_search_stays_among_the_topics_that_were_asked_for(alice: User, bob: User, log_in: LogIn) -> None:
    make_topic(alice, visibility="public").add_claim("Rest, says Alice", by=alice)
    make_topic(bob).add_claim("Rest, says Bob", by=bob)
    his = log_in(bob)
    assert found_lines(his.get("/topics/?q=rest")) == ["Rest, says Bob", "Rest, says Alice"]
    assert found_lines(his.get("/topics/?q=rest&show=mine")) == ["Rest, says Bob"]


def test_search_goes_on_with_older_lines(client: Client, alice: User) -> None:
    claim = make_topic(alice, visibility="public").add_claim("A claim", by=alice)
    for number in range(25):
        claim.add_argument("supports", f"Rest {number}", by=alice)
    first = client.get("/topics/?q=rest")
    assert found_lines(first)[::19] == ["Rest 24", "Rest 5"]
    older = by_id(first, "found-lines").findall("p/a")[0].get("href", "").partition("#")[0]
    assert found_lines(client.get(f"/topics/{older}")) == [f"Rest {number}" for number in (4, 3, 2, 1, 0)]
    assert len(found_lines(client.get("/topics/?q=rest&before=nonsense"))) == 20


@pytest.mark.parametrize("query", ["???", "%", "'; DROP TABLE", '"', "*", "a" * 5_000, "\x00", "NEAR(a b)"])
def test_search_takes_whatever_is_typed(client: Client, alice: User, query: str) -> None:
    make_topic(alice, visibility="public").add_claim("A claim", by=alice)
    page = client.get("/topics/", {"q": query})
    assert page.status_code == 200
    assert found_lines(page) == []


def test_search_escapes_what_was_typed_and_what_is_found(client: Client, alice: User) -> None:
    evil = "<script>alert(1)</script>"
    make_topic(alice, title=f"Script {evil}", visibility="public").add_claim(f"So says {evil}", by=alice)
    page = client.get("/topics/", {"q": evil})
    assert titles(page) == [f"Script {evil}"]
    assert found_lines(page) == [f"So says {evil}"]
    assert by_id(page, "q").get("value") == evil
    assert not list(by_id(page, "main").iter("script"))
    assert b"<script>alert" not in page.content


def test_search_answers_a_script_with_the_results_alone(client: Client, alice: User) -> None:
    make_topic(alice, title="Rest", visibility="public")
    fragment = client.get("/topics/?q=rest", headers=PARTIAL)
    assert is_fragment(fragment)
    assert titles(fragment) == ["Rest"]
    assert "HX-Request-Type" in fragment.headers["Vary"]
    assert [each.get("id") for each in dom(fragment).findall("body/*")] == ["topic-results"]


# -- nothing to show ------------------------------------------------------------------------------------------


def test_empty_site_says_how_to_begin(client: Client, db: None) -> None:
    empty = by_class(by_id(client.get("/topics/"), "topic-results"), "empty")[0]
    assert "Should school start at nine?" in text(empty)
    assert empty.findall(".//a")[0].get("href") == "/topics/new/"


def test_empty_search_says_what_was_sought_and_where_else_to_look(bob: User, alice: User, log_in: LogIn) -> None:
    make_topic(alice, visibility="public")
    empty = by_class(by_id(log_in(bob).get("/topics/?q=zebra&show=mine"), "topic-results"), "empty")[0]
    assert "Nothing found for “zebra”." in text(empty)
    assert [link.get("href") for link in empty.findall(".//a")] == ["?q=zebra", "/topics/"]


def test_nobodys_topics_ask_to_sign_in(client: Client, alice: User) -> None:
    make_topic(alice, visibility="public")
    empty = by_class(by_id(client.get("/topics/?show=mine"), "topic-results"), "empty")[0]
    assert empty.findall(".//a")[0].get("href") == "/accounts/login/?next=/topics/%3Fshow%3Dmine"


def test_guest_without_topics_may_read_the_list(log_in: LogIn, db: None) -> None:
    assert "You belong to no topic yet." in text(by_id(log_in(make_guest()).get("/topics/?show=mine"), "topic-results"))


def test_dates_are_told_to_machines_too(client: Client, alice: User) -> None:
    make_topic(alice, visibility="public")
    moment = by_class(dom(client.get("/topics/")), "facts")[0].find(".//time")
    assert moment is not None
    assert moment.get("datetime", "").startswith(f"{timezone.now():%Y-%m-}")
