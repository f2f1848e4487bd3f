"""The work list: what is open, said in sentences, and every line leads to where it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client
from django.urls import reverse

from debates.models import Statement, Topic
from debates.working.worklist import PER_PAGE, SHOWN
from tests.debates.large import bushy, grow
from tests.factories import make_member, make_topic, make_tree
from tests.markup import box_of, by_class, by_id, dom, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from accounts.models import User
    from debates.models import Essay
    from tests.conftest import LogIn
    from tests.markup import Response

TREE = """
Four days are enough
  + Rest helps learning
    - Rest is not free
  + Teachers stay
  - Parents work five days
    - Schools can look after children
"""


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    return topic


@pytest.fixture
def tree(topic: Topic, bob: User) -> dict[str, Statement]:
    return make_tree(topic, bob, TREE)


@pytest.fixture
def essay(topic: Topic, alice: User) -> Essay:
    return topic.add_essay(by=alice, title="Why", text="# Why\n\nRest helps people learn. Nobody denies it.\n\nLast.")


def address(topic: Topic, query: str = "") -> str:
    return reverse("topic-work", args=[topic.slug]) + query


def headings(response: Response) -> list[str]:
    return [text(each) for section in by_class(dom(response), "work-list") for each in section.iter("h3")]


def lines(response: Response, name: str) -> list[str]:
    """The words of each line of the list `name`."""
    return [text(link) for link in section(response, name).findall(".//a[@data-line-link]")]


def section(response: Response, name: str) -> Element:
    for each in by_class(dom(response), "work-list"):
        if each.get("aria-labelledby") == f"work-{name}":
            return each
    raise AssertionError(f"there is no list {name!r}")


def places(response: Response) -> list[str]:
    """Where the lines of all lists lead to be done."""
    found = []
    for each in by_class(dom(response), "work-list"):
        found += [link.get("href", "") for facts in by_class(each, "facts") for link in facts.iter("a")]
    return found


# -- what it says ---------------------------------------------------------------------------------------------------


def test_list_says_what_is_open(client: Client, topic: Topic, tree: dict[str, Statement], essay: Essay) -> None:
    tree["Teachers stay"].quote(essay, 7, 31, by=topic.created_by)  # type: ignore[arg-type]

    response = client.get(address(topic))

    assert headings(response) == [
        "1 objection to the side “for” has no reply yet",
        "1 objection to the side “against” has no reply yet",
        "1 line near the top has met no objection yet",
        "4 lines have no reason, passage or source below them",
        "5 arguments have no source",
        "2 sentences of the text are not used yet",
    ]
    assert lines(response, "objections") == ["Rest is not free"]
    assert lines(response, "counter") == ["Schools can look after children"]
    assert lines(response, "untested") == ["Teachers stay"]
    assert lines(response, "sources")[0] == "Rest helps learning"
    assert texts(section(response, "sentences"), "work-list__quote") == ["Nobody denies it.", "Last."]


def test_line_stands_under_the_one_it_answers(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(address(topic))

    line = section(response, "objections")
    assert texts(line, "reading__parent") == ["Rest helps learning"]
    assert texts(line, "reading__word") == ["But"]


def test_numbers_are_counts_and_no_marks(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(address(topic))

    page = dom(response)
    (table,) = by_class(page, "work-sides")
    assert [[text(cell) for cell in row] for row in table.findall("./tbody/tr")] == [
        ["Right at the top", "2", "1"], ["On all levels", "3", "2"],
        ["Objections to this side without a reply", "1", "1"],
    ]  # fmt: skip
    assert texts(page, "work-exchange") == [
        "Four days are enough But Parents work five days But Schools can look after children"
    ]
    assert texts(page, "work-levels") == ["Claims 1 Level 1 3 Level 2 2"]
    assert "%" not in text(page)
    assert "bob" not in text(page)


def test_objection_whose_reply_is_answered_is_listed_apart(
    client: Client, topic: Topic, tree: dict[str, Statement], bob: User
) -> None:
    tree["Schools can look after children"].add_argument("opposes", "They have no room", by=bob)

    response = client.get(address(topic))

    assert lines(response, "reinstated") == ["Parents work five days"]


def test_passage_that_is_used_twice_shows_both(
    client: Client, topic: Topic, tree: dict[str, Statement], essay: Essay, bob: User
) -> None:
    tree["Rest helps learning"].quote(essay, 7, 31, by=bob)
    tree["Teachers stay"].quote(essay, 7, 30, by=bob)

    response = client.get(address(topic))

    assert texts(section(response, "repeated"), "work-branches") == [
        "Because Rest helps learning Because Teachers stay"
    ]


def test_topic_without_claim_asks_for_one(log_in: LogIn, client: Client, topic: Topic, bob: User) -> None:
    assert "begins with a claim" in texts(dom(client.get(address(topic))), "empty")[0]
    assert by_class(dom(log_in(bob).get(address(topic))), "button--primary")


def test_nothing_open_is_said_kindly(client: Client, topic: Topic, bob: User) -> None:
    tree = make_tree(topic, bob, "A claim\n  + a reason\n    - no\n      - yes\n  - but\n    - still")
    for line in tree.values():
        line.cite(by=bob, title="A study")
    tree["still"].withdraw(by=bob)
    tree["but"].withdraw(by=bob)
    tree["yes"].withdraw(by=bob)
    tree["no"].withdraw(by=bob)

    response = client.get(address(topic))

    assert headings(response) == ["1 line near the top has met no objection yet"]
    assert texts(dom(response), "work-done") == [
        "Every objection to the side “for” has a reply. Is there a stronger one?"
        " Every line has a reason, a passage or a source. Every argument has a source."
    ]


def test_words_that_were_taken_back_are_nowhere(
    client: Client, topic: Topic, tree: dict[str, Statement], bob: User, alice: User
) -> None:
    tree["Rest helps learning"].add_argument("supports", "A mere suggestion", by=bob, suggested=True)
    tree["Parents work five days"].remove(by=alice)
    tree["Rest is not free"].withdraw(by=bob)

    said = text(dom(client.get(address(topic))))

    assert "Teachers stay" in said
    for words in ("Parents work", "Schools can look", "Rest is not free", "A mere suggestion"):
        assert words not in said


def test_words_of_people_are_text(client: Client, topic: Topic, bob: User) -> None:
    make_tree(topic, bob, "A claim\n  - <img src=x onerror=alert(1)>")

    response = client.get(address(topic))

    assert lines(response, "objections") == ["<img src=x onerror=alert(1)>"]


# -- where it leads -------------------------------------------------------------------------------------------------


def test_every_line_leads_to_an_open_form(
    log_in: LogIn, topic: Topic, tree: dict[str, Statement], essay: Essay, bob: User
) -> None:
    tree["Schools can look after children"].add_argument("opposes", "They have no room", by=bob)
    tree["Rest helps learning"].quote(essay, 7, 31, by=bob)
    tree["Teachers stay"].quote(essay, 7, 30, by=bob)
    browser = log_in(bob)

    for place in places(browser.get(address(topic))):
        to, anchor = urldefrag(urljoin(address(topic), place))
        response = browser.get(to)
        assert response.status_code == 200, place
        if "?add=" in to:
            assert box_of(response).get("data-stance") == to.rpartition("=")[2]
        elif to.endswith("/sources/"):
            assert any(field.get("name") == "title" for field in dom(response).iter("input"))
        elif "&sentence=" in to:
            assert by_class(dom(response), "selection")
        else:
            assert by_id(response, anchor) is not None


def test_sentence_is_named_by_its_number_in_the_essay(
    client: Client, topic: Topic, tree: dict[str, Statement], essay: Essay, bob: User
) -> None:
    tree["Rest helps learning"].quote(essay, 7, 31, by=bob)

    found = [place for place in places(client.get(address(topic))) if "sentence=" in place]

    root = reverse("topic-essay", args=[topic.slug])
    assert found == [f"{root}?essay={essay.pk}&sentence={number}" for number in (2, 3)]
    assert texts(dom(client.get(found[0])), "selection") == ["Nobody denies it."]


def test_reader_who_may_not_write_is_led_to_read(
    client: Client, topic: Topic, tree: dict[str, Statement], essay: Essay, alice: User
) -> None:
    topic.close(by=alice)

    found = places(client.get(address(topic)))

    assert found
    assert not [place for place in found if "=" in place.partition("essay=")[0] or place.endswith("/sources/")]
    assert {client.get(urldefrag(place)[0]).status_code for place in found} == {200}
    (sentence, *_others) = [place for place in found if "essay=" in place]
    assert by_id(client.get(urldefrag(sentence)[0]), urldefrag(sentence)[1]) is not None


def test_menu_of_every_view_leads_here(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    (menu,) = by_class(dom(client.get(reverse("topic-outline", args=[topic.slug]))), "menu__panel")[-1:]

    assert address(topic) in [link.get("href") for link in menu.iter("a")]


# -- a branch, a part, one list -------------------------------------------------------------------------------------


def test_branch_shows_what_is_open_in_it_alone(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(address(topic, f"?branch={tree['Rest helps learning'].pk}"))

    assert lines(response, "objections") == ["Rest is not free"]
    assert "In the branch of “Rest helps learning”" in text(by_id(response, "main"))
    assert not [each for each in headings(response) if "sentence" in each]


def test_branch_of_a_link_is_its_targets(client: Client, topic: Topic, tree: dict[str, Statement], bob: User) -> None:
    other = topic.add_claim("Five days are few", by=bob)
    link = tree["Rest helps learning"].link_under(other, stance="opposes", by=bob)

    response = client.get(address(topic, f"?branch={link.pk}"))

    assert "In the branch of “Rest helps learning”" in text(by_id(response, "main"))


@pytest.mark.parametrize("asked", ["gone", "elsewhere", "junk"])
def test_branch_that_is_not_there_is_not_found(
    client: Client, topic: Topic, tree: dict[str, Statement], alice: User, asked: str
) -> None:
    tree["Rest is not free"].remove(by=alice)
    elsewhere = make_topic(alice, visibility="public").add_claim("Another topic’s", by=alice)
    asked = {"gone": str(tree["Rest is not free"].pk), "elsewhere": str(elsewhere.pk), "junk": "²"}[asked]

    assert client.get(address(topic, f"?branch={asked}")).status_code == 404


def test_my_part_is_for_those_who_wrote(
    log_in: LogIn, client: Client, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    mine = tree["Parents work five days"].add_argument("opposes", "Mine", by=alice)
    mine.add_argument("opposes", "To me", by=tree["Teachers stay"].author)  # type: ignore[arg-type]
    browser = log_in(alice)

    response = browser.get(address(topic, "?mine=1"))

    assert headings(response) == [
        "1 objection to your side has no reply yet",
        "1 line has no reason, passage or source below it",
        "1 argument has no source",
    ]
    assert lines(response, "objections") == ["To me"]
    assert "My part" in texts(dom(response), "work-scope")[0]
    assert "My part" not in texts(dom(client.get(address(topic))), "work-scope")[0]


def test_my_part_of_somebody_who_wrote_nothing_says_so(
    log_in: LogIn, client: Client, topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    assert texts(dom(log_in(alice).get(address(topic, "?mine=1"))), "empty")[0].startswith("Nothing of yours yet")
    assert headings(client.get(address(topic, "?mine=1"))) == headings(client.get(address(topic)))


def test_balance_strip_leads_to_the_emptiest_place_on_the_thin_side(
    log_in: LogIn, topic: Topic, tree: dict[str, Statement], bob: User
) -> None:
    empty = topic.add_claim("Five days are few", by=bob)
    browser = log_in(bob)

    (strip,) = by_class(dom(browser.get(address(topic))), "work-balance")

    assert text(strip).startswith("Your arguments: 3 for, 2 against.")
    (link,) = strip.iter("a")
    assert link.get("href") == f"{empty.get_absolute_url()}?add=opposes"
    assert box_of(browser.get(link.get("href", ""))).get("data-stance") == "opposes"


def test_strip_of_a_balanced_part_leads_nowhere(log_in: LogIn, topic: Topic, bob: User) -> None:
    make_tree(topic, bob, "A claim\n  + yes\n  - no")

    (strip,) = by_class(dom(log_in(bob).get(address(topic))), "work-balance")

    assert text(strip) == "Your arguments: 1 for, 1 against."


def test_long_list_goes_on_on_a_page_of_its_own(client: Client, topic: Topic, bob: User) -> None:
    grow(topic, bob, [None, *[0] * (PER_PAGE + 3)])
    response = client.get(address(topic))
    (rest,) = [link for link in section(response, "sources").iter("a") if "list=sources" in link.get("href", "")]

    first = client.get(address(topic) + rest.get("href", ""))
    second = client.get(address(topic, "?list=sources&page=2"))

    assert text(rest).startswith(f"and {PER_PAGE + 3 - SHOWN} more")
    assert len(lines(response, "sources")) == SHOWN
    assert (headings(first), len(lines(first, "sources"))) == ([f"{PER_PAGE + 3} arguments have no source"], PER_PAGE)
    assert len(lines(second, "sources")) == 3
    assert not set(lines(first, "sources")) & set(lines(second, "sources"))
    assert client.get(address(topic, "?list=sources&page=9")).status_code == 200


def test_list_with_nothing_in_it_says_so(client: Client, topic: Topic, tree: dict[str, Statement]) -> None:
    response = client.get(address(topic, "?list=repeated"))

    assert texts(dom(response), "empty") == ["There is nothing of this kind here."]
    assert headings(client.get(address(topic, "?list=nonsense"))) == headings(client.get(address(topic)))


@pytest.mark.parametrize("size", [100, 2_000])
def test_page_costs_the_same_queries_at_every_size(client: Client, topic: Topic, alice: User, size: int) -> None:
    grow(topic, alice, bushy(size))
    topic.add_essay(by=alice, title="Why", text="One. Two.")

    with data_queries() as asked:
        response = client.get(address(topic))

    assert response.status_code == 200
    # The topic; its statements, sources and passages; the essays' sizes and texts; the words that are shown.
    assert len(asked) == 7


def test_topic_that_is_too_large_leads_to_the_outline(
    client: Client, topic: Topic, tree: dict[str, Statement], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debates.views.work.MOST_STATEMENTS", 5)

    response = client.get(address(topic))

    assert texts(dom(response), "empty")[0].startswith("This topic is too large for a work list")
