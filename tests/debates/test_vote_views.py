"""Votes: one answer from 0 to 4, given, changed or taken back with one click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Statement, Topic, Vote
from tests.conftest import LogIn
from tests.factories import histogram, make_guest, make_member, make_topic, make_tree, make_votes
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
def line(topic: Topic, alice: User) -> Statement:
    """An argument of Alice."""
    return make_tree(topic, alice, "A claim\n  + because this")["because this"]


def vote(client: Client, statement: Statement, value: object, **more: Any) -> Response:
    return client.post(reverse("statement-vote", args=[statement.pk]), {"value": value}, **more)


def retract(client: Client, statement: Statement, **more: Any) -> Response:
    return client.post(reverse("statement-vote-retraction", args=[statement.pk]), **more)


def votes(statement: Statement) -> list[tuple[str, int]]:
    return list(Vote.objects.filter(statement=statement).order_by("pk").values_list("voter__username", "value"))


def note(response: Response) -> str:
    return text(by_id(response, "vote-note"))


def bars(response: Response) -> list[str]:
    """The numbers on the bars of the histogram, "" for a bar without a vote."""
    drawings = by_class(by_id(response, "vote"), "vote__bar")
    return ["".join(each.itertext()).strip() for each in drawings]


# -- voting -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", range(5))
def test_vote_counts_once_and_the_reader_stays(line: Statement, bob: User, log_in: LogIn, value: int) -> None:
    response = vote(log_in(bob), line, value)

    assert votes(line) == [("bob", value)]
    assert (response.status_code, response["Location"]) == (303, f"{line.get_absolute_url()}#vote")


def test_script_gets_the_control_with_the_totals(line: Statement, bob: User, log_in: LogIn) -> None:
    make_votes(line, 4, 1)

    response = vote(log_in(bob), line, 4, headers=PARTIAL)

    assert is_fragment(response)
    assert bars(response) == ["", "1", "", "", "2"]
    pressed = [
        each.get("value") for each in by_class(dom(response), "vote__step") if each.get("aria-pressed") == "true"
    ]
    assert pressed == ["4"]
    assert by_id(response, "vote-note").get("role") == "status"
    assert note(response) == "3 people answered, on average “a lot”. Take my vote back"


def test_second_answer_replaces_the_first(line: Statement, bob: User, log_in: LogIn) -> None:
    browser = log_in(bob)

    for value in (0, 4, 4):
        vote(browser, line, value)

    assert votes(line) == [("bob", 4)]


def test_vote_is_no_change_of_the_topic(topic: Topic, line: Statement, bob: User, log_in: LogIn) -> None:
    before = topic.changes.count()

    vote(log_in(bob), line, 2)

    assert topic.changes.count() == before


@pytest.mark.parametrize("value", ["5", "7", "-1", "", "x", "3.5", "03", "٣", "1e0", "null", "1" * 5000])
@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_answer_beside_the_five_steps_is_refused(
    line: Statement, bob: User, log_in: LogIn, value: str, headers: dict[str, str]
) -> None:
    browser = log_in(bob)
    vote(browser, line, 1)

    response = vote(browser, line, value, headers=headers)

    assert response.status_code == 422
    assert is_fragment(response) is bool(headers)
    sentence = "A vote is one of the five steps from 0 to 4." if value else "Choose one of the five steps."
    assert texts(by_id(response, "vote"), "error") == [sentence]
    assert votes(line) == [("bob", 1)]


@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_nobody_votes_on_their_own(line: Statement, alice: User, log_in: LogIn, headers: dict[str, str]) -> None:
    response = vote(log_in(alice), line, 4, headers=headers)

    assert response.status_code == 422
    assert texts(by_id(response, "vote"), "error") == ["Nobody votes on their own argument."]
    assert votes(line) == []


@pytest.mark.parametrize("headers", [{}, PARTIAL])
@pytest.mark.parametrize("verb", ["withdraw", "remove"])
def test_what_was_taken_back_is_not_voted_on(
    line: Statement, alice: User, bob: User, log_in: LogIn, verb: str, headers: dict[str, str]
) -> None:
    vote(log_in(bob), line, 1)
    getattr(line, verb)(by=alice)

    response = vote(log_in(bob), line, 4, headers=headers)

    assert response.status_code == 422
    assert "This was taken back, so it cannot be voted on." in text(dom(response))
    assert "because this" not in response.content.decode()
    assert votes(line) == [("bob", 1)]


def test_suggestion_is_not_voted_on(topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn) -> None:
    made = line.add_argument("opposes", "Perhaps not", by=bob, suggested=True)

    assert vote(log_in(alice), made, 4).status_code == 422
    assert votes(made) == []


def test_link_is_voted_on_in_its_own_place(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    other = topic.add_claim("Another claim", by=alice)
    link = line.link_under(other, stance="opposes", by=alice)

    vote(log_in(bob), link, 3)

    assert (votes(link), votes(line)) == ([("bob", 3)], [])


# -- taking it back -----------------------------------------------------------------------------------------------


def test_vote_is_taken_back_as_if_it_had_never_been(line: Statement, bob: User, log_in: LogIn) -> None:
    make_votes(line, 4)
    browser = log_in(bob)
    vote(browser, line, 2)

    response = retract(browser, line)

    assert (response.status_code, response["Location"]) == (303, f"{line.get_absolute_url()}#vote")
    assert histogram(line) == [0, 0, 0, 0, 1]
    assert note(browser.get(line.get_absolute_url())).startswith("1 person answered. You see the totals once")


def test_script_that_takes_it_back_gets_the_control(line: Statement, bob: User, log_in: LogIn) -> None:
    browser = log_in(bob)
    vote(browser, line, 2)

    response = retract(browser, line, headers=PARTIAL)

    assert is_fragment(response)
    assert votes(line) == []
    assert [each.get("aria-pressed") for each in by_class(dom(response), "vote__step")] == ["false"] * 5


def test_taking_back_leaves_the_votes_of_others(line: Statement, bob: User, log_in: LogIn) -> None:
    make_votes(line, 3, 4)

    retract(log_in(bob), line)

    assert histogram(line) == [0, 0, 0, 1, 1]


# -- when the totals show -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes_shown", "before", "after", "closed"),
    [
        ("always", True, True, True),
        ("after_voting", False, True, True),
        ("when_closed", False, False, True),
    ],
)
def test_totals_show_when_the_topic_says(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn,
    votes_shown: str, before: bool, after: bool, closed: bool,
) -> None:  # fmt: skip
    topic.revise(by=alice, votes_shown=votes_shown)
    make_votes(line, 0, 4, 4)
    browser = log_in(bob)
    seen = []

    seen.append(bars(browser.get(line.get_absolute_url())))
    seen.append(bars(vote(browser, line, 2, headers=PARTIAL)))
    topic.close(by=alice)
    seen.append(bars(browser.get(line.get_absolute_url())))

    assert seen == [
        ["1", "", "", "", "2"] if before else [],
        ["1", "", "1", "", "2"] if after else [],
        ["1", "", "1", "", "2"] if closed else [],
    ]


def test_hidden_totals_are_nowhere_in_the_page(topic: Topic, line: Statement, bob: User, log_in: LogIn) -> None:
    make_votes(line, 4, 4, 4)

    response = log_in(bob).get(line.get_absolute_url())

    assert note(response) == "3 people answered. You see the totals once you have voted."
    assert [text(each) for each in by_class(dom(response), "vote__step")] == [
        "0not at all", "1a little", "2somewhat", "3a lot", "4decisive",
    ]  # fmt: skip


def test_author_sees_how_others_voted(line: Statement, alice: User, log_in: LogIn) -> None:
    make_votes(line, 4)

    response = log_in(alice).get(line.get_absolute_url())

    assert bars(response) == ["", "", "", "", "1"]
    assert note(response).startswith("This is yours, so others vote on it.")
    assert all(each.get("disabled") == "" for each in by_class(dom(response), "vote__step"))


@pytest.mark.parametrize(
    ("claim", "question"),
    [(True, "How far do you accept this?"), (False, "How much does this matter to the line above?")],
)
def test_question_fits_the_line(client: Client, line: Statement, claim: bool, question: str) -> None:
    shown = line.parent if claim else line
    assert shown is not None

    form = by_id(client.get(shown.get_absolute_url()), "vote")

    assert [text(each) for each in form.iter("legend")] == [question]


# -- who votes ------------------------------------------------------------------------------------------------------

MAY_NOT = "You can read this topic, but not vote in it. Guests vote where the owner lets them."


def test_guest_does_not_vote_in_a_public_topic(line: Statement, log_in: LogIn) -> None:
    response = vote(log_in(make_guest()), line, 4)

    assert response.status_code == 403
    assert MAY_NOT in text(by_id(response, "main"))
    assert votes(line) == []


def test_guest_votes_where_the_owner_lets_them(topic: Topic, line: Statement, alice: User, log_in: LogIn) -> None:
    topic.revise(by=alice, guests_vote=True)

    assert vote(log_in(make_guest()), line, 4).status_code == 303
    assert histogram(line) == [0, 0, 0, 0, 1]


def test_guest_who_is_a_member_votes(topic: Topic, line: Statement, log_in: LogIn) -> None:
    guest = make_guest()
    make_member(topic, guest, "viewer")

    assert vote(log_in(guest), line, 4).status_code == 303
    assert histogram(line) == [0, 0, 0, 0, 1]


def test_former_member_of_a_private_topic_votes_no_more(alice: User, bob: User, log_in: LogIn) -> None:
    topic = make_topic(alice)
    member = make_member(topic, bob)
    line = topic.add_claim("A claim", by=alice)
    browser = log_in(bob)
    vote(browser, line, 1)
    member.end()

    assert vote(browser, line, 4).status_code == 404
    assert votes(line) == [("bob", 1)]


def test_visitor_without_a_name_is_asked_who_they_are(
    client: Client, topic: Topic, line: Statement, alice: User
) -> None:
    topic.revise(by=alice, guests_vote=True)

    response = vote(client, line, 4)

    assert (response.status_code, response["Location"].partition("?")[0]) == (303, "/who/")
    assert votes(line) == []


def test_visitor_without_a_name_does_not_vote_elsewhere(client: Client, line: Statement) -> None:
    assert vote(client, line, 4).status_code == 403
    assert retract(client, line).status_code == 403
    assert votes(line) == []


@pytest.mark.parametrize("role", ["viewer", "suggester", "writer", "editor"])
def test_every_member_votes(topic: Topic, line: Statement, charlie: User, log_in: LogIn, role: str) -> None:
    make_member(topic, charlie, role)

    vote(log_in(charlie), line, 3)

    assert votes(line) == [("charlie", 3)]


def test_outsider_of_a_private_topic_finds_nothing_to_vote_on(alice: User, charlie: User, log_in: LogIn) -> None:
    line = make_topic(alice).add_claim("A secret claim", by=alice)

    assert vote(log_in(charlie), line, 4).status_code == 404
    assert retract(log_in(charlie), line).status_code == 404
    assert votes(line) == []


def test_nobody_votes_once_the_topic_is_closed(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    browser = log_in(bob)
    vote(browser, line, 1)
    topic.close(by=alice)

    assert vote(browser, line, 4).status_code == 403
    assert retract(browser, line).status_code == 403
    assert votes(line) == [("bob", 1)]


@pytest.mark.parametrize("name", ["statement-vote", "statement-vote-retraction"])
def test_voting_is_not_done_by_reading(line: Statement, bob: User, log_in: LogIn, name: str) -> None:
    browser = log_in(bob)
    vote(browser, line, 1)

    assert browser.get(reverse(name, args=[line.pk]), {"value": 4}).status_code == 405
    assert votes(line) == [("bob", 1)]


@pytest.mark.parametrize("size", [3, 30])
def test_voting_asks_the_same_few_questions_whatever_the_votes(
    topic: Topic, line: Statement, bob: User, log_in: LogIn, size: int
) -> None:
    make_votes(line, *[number % 5 for number in range(size)])
    browser = log_in(bob)

    with data_queries() as asked:
        vote(browser, line, 4, headers=PARTIAL)

    assert len(asked) == 6, "\n".join(asked)
