"""My contributions: what I wrote, topic by topic, with what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from debates.contributions import SHOWN
from debates.models import Change, Membership, Statement, Topic
from tests.factories import make_guest, make_topic, make_votes
from tests.markup import by_class, by_id, dom, text

if TYPE_CHECKING:
    from tests.markup import Response

type LogIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _many_writes(settings: LazySettings) -> None:
    settings.WRITES_PER_MINUTE = 1_000


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice, visibility="public", title="Four days")


@pytest.fixture
def claim(topic: Topic, alice: User) -> Statement:
    return topic.add_claim("A claim of Alice", by=alice)


@pytest.fixture
def line(claim: Statement, bob: User) -> Statement:
    return claim.add_argument("opposes", "A line of Bob", by=bob)


def mine(client: Client, query: str = "") -> Response:
    return client.get(reverse("contributions") + query)


def shown(response: Response) -> list[str]:
    return [text(each) for each in by_class(dom(response), "change__text")]


def entry(response: Response, statement: Statement) -> str:
    return text(by_id(response, f"line-{statement.pk}"))


def test_contributions_list_ones_own_lines_alone(line: Statement, alice: User, bob: User, log_in: LogIn) -> None:
    assert shown(mine(log_in(bob))) == ["But A line of Bob"]
    assert shown(mine(log_in(alice))) == ["A claim of Alice"]


def test_contributions_say_what_a_line_answers_and_lead_to_it(line: Statement, bob: User, log_in: LogIn) -> None:
    response = mine(log_in(bob))

    assert "Under “A claim of Alice”" in entry(response, line)
    assert line.get_absolute_url() in [link.get("href") for link in by_id(response, f"line-{line.pk}").iter("a")]


def test_contributions_are_grouped_by_topic_newest_first(alice: User, bob: User, log_in: LogIn) -> None:
    first, second = make_topic(bob, title="First"), make_topic(bob, title="Second")
    for topic, words in [(first, "One"), (second, "Two"), (first, "Three")]:
        topic.add_claim(words, by=bob)

    response = mine(log_in(bob))

    main = dom(response).find(".//main")
    assert main is not None
    assert [text(heading) for heading in main.iter("h2")] == ["First", "Second"]
    assert shown(response) == ["Three", "One", "Two"]


def test_contributions_count_replies_of_others_that_show(
    line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    line.add_argument("opposes", "An answer of Alice", by=alice)
    line.add_argument("opposes", "Taken back", by=alice).withdraw(by=alice)
    line.add_argument("supports", "A suggestion", by=alice, suggested=True)
    line.add_argument("supports", "Bob’s own", by=bob)

    assert "one reply" in entry(mine(log_in(bob)), line)


def test_contributions_tell_what_was_answered_since_one_last_wrote(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    line.add_argument("opposes", "An answer of Alice", by=alice)
    response = mine(log_in(bob))
    assert "new since you last wrote here" in entry(response, line)
    assert "One line was answered since." in text(dom(response))

    topic.add_claim("Bob has seen it", by=bob)

    assert "new since" not in text(dom(mine(log_in(bob))))


def test_contributions_without_a_reply_say_so(line: Statement, bob: User, log_in: LogIn) -> None:
    assert "no reply yet" in entry(mine(log_in(bob)), line)


def test_contributions_count_lines_and_votes(
    topic: Topic, claim: Statement, line: Statement, bob: User, log_in: LogIn
) -> None:
    claim.cast_vote(voter=bob, value=3)
    make_votes(line, 1, 2)

    told = text(dom(mine(log_in(bob))))

    assert "You wrote one line. You cast one vote." in told


def test_contributions_offer_to_restore_what_was_withdrawn(line: Statement, bob: User, log_in: LogIn) -> None:
    client = log_in(bob)
    line.withdraw(by=bob)

    response = mine(client)
    (form,) = by_id(response, f"line-{line.pk}").iter("form")
    assert "withdrawn by its author" in entry(response, line)
    client.post(form.get("action", ""))

    line.refresh_from_db()
    assert line.status == "visible"


def test_contributions_show_what_a_moderator_removed_without_a_way_back(
    line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    line.remove(by=alice)

    response = mine(log_in(bob))

    assert "A line of Bob" in entry(response, line)
    assert "removed by a moderator" in entry(response, line)
    assert list(by_id(response, f"line-{line.pk}").iter("form")) == []


def test_contributions_to_a_closed_topic_cannot_be_restored(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    line.withdraw(by=bob)
    topic.close(by=alice)

    response = mine(log_in(bob))

    assert "This topic is closed." in text(dom(response))
    assert list(by_id(response, f"line-{line.pk}").iter("form")) == []


def test_contributions_hide_the_line_above_when_it_was_taken_back(
    claim: Statement, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    claim.withdraw(by=alice)

    response = mine(log_in(bob))

    assert "A claim of Alice" not in response.content.decode()
    assert "Under a line that was taken back" in entry(response, line)


def test_contributions_leave_out_topics_that_one_cannot_read_any_more(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    topic.revise(by=alice, visibility="private", title="Secret title")

    response = mine(log_in(bob))
    assert shown(response) == []
    assert "Secret title" not in response.content.decode()

    Membership.objects.create(topic=topic, user=bob, role="viewer")
    assert shown(mine(log_in(bob))) == ["But A line of Bob"]


def test_contributions_of_a_newcomer_point_to_the_topics(bob: User, log_in: LogIn) -> None:
    response = mine(log_in(bob))

    (empty,) = by_class(dom(response), "empty")
    assert "Nothing here yet" in text(empty)
    assert [link.get("href") for link in empty.iter("a")] == [reverse("topic-list")]


def test_contributions_of_a_guest_remind_of_the_six_words(claim: Statement, log_in: LogIn) -> None:
    guest = make_guest()
    claim.add_argument("supports", "A line of a guest", by=guest)

    response = mine(log_in(guest))

    assert shown(response) == ["Because A line of a guest"]
    assert reverse("return-phrase") in [link.get("href") for link in by_class(dom(response), "notice")[0].iter("a")]


def test_contributions_of_nobody_ask_who_is_there(db: None) -> None:
    response = mine(Client())

    assert response.status_code == 302
    assert response.headers["Location"] == f"{reverse('account_login')}?next={reverse('contributions')}"


def test_contributions_are_only_read(bob: User, log_in: LogIn) -> None:
    assert log_in(bob).post(reverse("contributions")).status_code == 405


def test_contributions_go_back_page_by_page(topic: Topic, bob: User, log_in: LogIn) -> None:
    for number in range(SHOWN + 3):
        topic.add_claim(f"Claim {number}", by=bob)
    client = log_in(bob)

    first = mine(client)
    older = next(link.get("href", "") for link in dom(first).iter("a") if link.get("rel") == "next")
    second = mine(client, older)

    assert shown(first) == [f"Claim {number}" for number in range(SHOWN + 2, 2, -1)]
    assert shown(second) == ["Claim 2", "Claim 1", "Claim 0"]
    assert f"You wrote {SHOWN + 3} lines." in text(dom(second))


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40])
def test_contributions_read_a_strange_page_as_the_first(line: Statement, bob: User, log_in: LogIn, before: str) -> None:
    assert shown(mine(log_in(bob), f"?before={before}")) == ["But A line of Bob"]


def test_contributions_cost_the_same_for_few_and_many(alice: User, bob: User, log_in: LogIn) -> None:
    def act() -> None:
        topic = make_topic(alice, visibility="public")
        claim = topic.add_claim("A claim", by=alice)
        claim.cast_vote(voter=bob, value=2)
        line = claim.add_argument("opposes", "A line", by=bob)
        line.add_argument("opposes", "An answer", by=alice)
        claim.add_argument("supports", "Another line", by=bob).withdraw(by=bob)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            mine(client)
        return len(queries)

    client = log_in(bob)
    act()
    few = count()
    for _time in range(5):
        act()

    assert count() == few
    assert few <= 12


def test_contributions_name_the_day_one_last_wrote(topic: Topic, line: Statement, bob: User, log_in: LogIn) -> None:
    Change.objects.filter(actor=bob).update(at=timezone.now() - timedelta(days=400))

    day = (timezone.localtime() - timedelta(days=400)).year
    assert f"{day}" in text(dom(mine(log_in(bob))))
