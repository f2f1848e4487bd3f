"""The history of a topic and of a statement: told in sentences, newest first, and nobody reads what was hidden."""

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
from debates.history import SHOWN
from debates.models import Change, Essay, Membership, Pseudonym, Statement, Topic
from tests.factories import make_topic, make_tree
from tests.markup import by_class, by_id, dom, text

if TYPE_CHECKING:
    from tests.markup import Response

type LogIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _many_writes(settings: LazySettings) -> None:
    settings.WRITES_PER_MINUTE = 1_000


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A public topic of Alice, in which Bob is a writer."""
    topic = make_topic(alice, visibility="public")
    Membership.objects.create(topic=topic, user=bob, role="writer")
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
          - Parents work five days
        """,
    )


def history(client: Client, topic: Topic, **query: str | int) -> Response:
    return client.get(reverse("topic-history", args=[topic.slug]), query)


def sentences(response: Response) -> list[str]:
    """The sentences of the entries in order, without the time that follows."""
    return [text(each).rsplit(", ", 1)[0] for each in by_class(dom(response), "change__what")]


def numbers(response: Response) -> list[int]:
    return [int(each.get("id", "").removeprefix("change-")) for each in by_class(dom(response), "change")]


def words(response: Response, number: int) -> str:
    """All that is read in the entry of one change."""
    return text(by_id(response, f"change-{number}"))


def name(topic: Topic, person: User) -> str:
    return Pseudonym.objects.get(topic=topic, user=person).name


# -- what is told -----------------------------------------------------------------------------------------------


def test_history_tells_new_lines_newest_first(topic: Topic, tree: dict[str, Statement], alice: User, bob: User) -> None:
    told = sentences(history(Client(), topic))

    by = name(topic, bob)
    assert told == [
        f"{by} argued against “Four days are enough”",
        f"{by} argued against “Rest helps learning”",
        f"{by} argued for “Four days are enough”",
        f"{by} made a claim",
        f"{name(topic, alice)} began this topic",
    ]


def test_history_numbers_its_entries_without_a_gap(topic: Topic, tree: dict[str, Statement]) -> None:
    assert numbers(history(Client(), topic)) == [5, 4, 3, 2, 1]


def test_history_shows_what_was_said_and_how_it_answers(topic: Topic, tree: dict[str, Statement]) -> None:
    entry = by_id(history(Client(), topic), "change-4")

    (said,) = by_class(entry, "change__text")
    assert text(said) == "But Rest is not free"
    assert [each.get("data-stance") for each in by_class(entry, "stance")] == ["opposes"]


def test_history_links_the_line_that_was_answered(topic: Topic, tree: dict[str, Statement]) -> None:
    entry = by_id(history(Client(), topic), "change-4")

    links = {text(link): link.get("href") for link in entry.iter("a")}
    assert links["Rest helps learning"] == tree["Rest helps learning"].get_absolute_url()


@pytest.mark.parametrize(
    ("act", "sentence", "below"),
    [
        (
            lambda t, by: t.revise(text="Rest helps", version=1, by=by),
            "changed a wording",
            "Rest helps[removed: learning]",
        ),
        (
            lambda t, by: t.revise(text=t.text, note="Why so?", version=1, by=by),
            "changed the note of “Rest helps learning”",
            "Note [added: Why so?]",
        ),
        (lambda t, by: t.turn(by=by), "turned a “because” into a “but”", "But Rest helps learning"),
        (
            lambda t, by: t.move_under(None, by=by),
            "moved a line",
            "Rest helps learning From under “Four days are enough” to a claim of its own.",
        ),
        (
            lambda t, by: t.reorder(by=by, after=Statement.objects.get(text="Parents work five days")),
            "changed the place of a line among its neighbours",
            "Rest helps learning",
        ),
        (
            lambda t, by: t.link_under(Statement.objects.get(text="Parents work five days"), stance="opposes", by=by),
            "linked a line as an argument against “Parents work five days”",
            "Rest helps learning",
        ),
        (
            lambda t, by: t.cite(by=by, title="Sleep", author="A. Writer", locator="p. 3"),
            "added a source to “Rest helps learning”",
            "Sleep A. Writer, p. 3",
        ),
        (
            lambda t, by: t.uncite(t.cite(by=by, title="Sleep"), by=by),
            "took a source away from “Rest helps learning”",
            "Sleep",
        ),
        (
            lambda t, by: t.quote(Essay.objects.create(topic=t.topic, title="E", text="One two"), 0, 3, by=by),
            "rested “Rest helps learning” on a passage",
            "One",
        ),
        (lambda t, by: t.comment("Which rest?", by=by), "commented on “Rest helps learning”", "Which rest?"),
        (
            lambda t, by: t.comment("Which rest?", by=by, kind="question"),
            "asked a question about “Rest helps learning”",
            "Which rest?",
        ),
        (lambda t, by: t.topic.close(by=by), "closed the topic", ""),
        (
            lambda t, by: t.topic.revise(by=by, title="Five days"),
            "changed the topic",
            "Title [removed: Four][added: Five] days",
        ),
        (
            lambda t, by: t.topic.revise(by=by, visibility="unlisted", guests_vote=True),
            "changed the topic",
            "Guests may vote: no, now yes",
        ),
    ],
)
def test_history_tells_every_act(
    topic: Topic, tree: dict[str, Statement], alice: User, act: Callable[[Statement, User], object],
    sentence: str, below: str,
) -> None:  # fmt: skip
    act(tree["Rest helps learning"], alice)

    response = history(Client(), topic)
    assert sentences(response)[0] == f"{name(topic, alice)} {sentence}"
    assert below in words(response, Change.objects.filter(topic=topic).latest("number").number)


def test_history_tells_a_move_from_one_line_to_another(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    tree["Rest is not free"].move_under(tree["Parents work five days"], by=alice)

    assert "From under “Rest helps learning” to under “Parents work five days”." in words(history(Client(), topic), 6)


def test_history_tells_how_a_claim_became_an_argument(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    topic.add_claim("Another claim", by=alice).move_under(tree["Four days are enough"], by=alice, stance="opposes")

    entry = words(history(Client(), topic), 7)
    assert "But Another claim From a claim of its own to under “Four days are enough”." in entry


def test_history_of_an_unknown_act_still_says_that_something_was_done(topic: Topic, alice: User) -> None:
    Change.objects.create(topic=topic, number=2, actor=alice, verb="dreamt")

    assert sentences(history(Client(), topic))[0] == f"{name(topic, alice)} changed something"


def test_history_names_people_as_the_topic_does(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    Topic.objects.filter(pk=topic.pk).update(names_shown="names")

    told = sentences(history(Client(), topic))

    assert told[0] == "bob argued against “Four days are enough”"
    assert not any(name(topic, alice) in sentence for sentence in told)


def test_history_with_pseudonyms_never_holds_a_user_name(topic: Topic, tree: dict[str, Statement]) -> None:
    assert "bob" not in history(Client(), topic).content.decode()


def test_history_calls_who_has_left_a_former_participant(topic: Topic, tree: dict[str, Statement], bob: User) -> None:
    bob.delete()

    assert sentences(history(Client(), topic))[0] == "A former participant argued against “Four days are enough”"


def test_history_groups_by_day(topic: Topic, tree: dict[str, Statement]) -> None:
    Change.objects.filter(topic=topic, number__lte=2).update(at=timezone.now() - timedelta(days=3))

    groups = by_class(dom(history(Client(), topic)), "changes")

    assert [len(by_class(group, "change")) for group in groups] == [3, 2]


def test_history_escapes_what_people_wrote(topic: Topic, alice: User) -> None:
    topic.add_claim("<script>alert(1)</script>", by=alice).revise(text="<img src=x onerror=a>", version=1, by=alice)

    tree = dom(history(Client(), topic)).find(".//main")

    assert tree is not None
    assert list(tree.iter("script")) == []
    assert list(tree.iter("img")) == []


# -- choosing and going back -----------------------------------------------------------------------------------


def test_history_shows_only_what_was_asked_for(
    topic: Topic, tree: dict[str, Statement], alice: User, log_in: LogIn
) -> None:
    claim = tree["Four days are enough"]
    claim.revise(text="Four days suffice", version=1, by=alice)
    claim.comment("Good", by=alice)

    assert numbers(history(log_in(alice), topic, show="mine")) == [7, 6, 1]
    assert numbers(history(Client(), topic, show="wording")) == [6]
    assert numbers(history(Client(), topic, show="structure")) == [5, 4, 3, 2]
    assert numbers(history(Client(), topic, show="nonsense")) == [7, 6, 5, 4, 3, 2, 1]


def test_history_of_mine_is_empty_for_a_visitor(topic: Topic, tree: dict[str, Statement]) -> None:
    response = history(Client(), topic, show="mine")

    assert numbers(response) == []
    assert "You have not changed anything in this topic yet." in text(dom(response))


def test_history_goes_back_by_number_and_keeps_the_choice(topic: Topic, alice: User) -> None:
    for number in range(SHOWN + 5):
        topic.add_claim(f"Claim {number}", by=alice)

    first = history(Client(), topic, show="structure")
    older = next(link.get("href", "") for link in dom(first).iter("a") if link.get("rel") == "next")
    second = Client().get(reverse("topic-history", args=[topic.slug]) + older)

    assert numbers(first) == list(range(SHOWN + 6, 6, -1))
    assert numbers(second) == [6, 5, 4, 3, 2]


def test_history_of_exactly_one_stretch_has_no_older_one(topic: Topic, alice: User) -> None:
    for number in range(SHOWN - 1):
        topic.add_claim(f"Claim {number}", by=alice)

    response = history(Client(), topic)

    assert len(numbers(response)) == SHOWN
    assert not any(link.get("rel") == "next" for link in dom(response).iter("a"))


@pytest.mark.parametrize("before", ["-1", "x", "", "9" * 30, "٣"])
def test_history_reads_a_strange_number_as_none(topic: Topic, tree: dict[str, Statement], before: str) -> None:
    assert numbers(history(Client(), topic, before=before)) == [5, 4, 3, 2, 1]


def test_history_costs_the_same_for_few_and_for_many_changes(
    topic: Topic, alice: User, bob: User, log_in: LogIn
) -> None:
    def act() -> None:
        claim = topic.add_claim("A claim", by=bob)
        claim.add_argument("supports", "A reason", by=alice).revise(text="A good reason", version=1, by=bob)
        claim.comment("Hm", by=bob)
        topic.changes.get(number=claim.changes.get(verb="add").number).undo(by=alice)

    def count(client: Client) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            history(client, topic)
        return len(queries)

    client = log_in(alice)
    act()
    few = count(client)
    for _time in range(6):
        act()

    assert count(client) == few
    assert few <= 10


# -- who may read what ------------------------------------------------------------------------------------------


def test_history_of_a_private_topic_is_not_there_for_outsiders(
    topic: Topic, alice: User, charlie: User, log_in: LogIn
) -> None:
    topic.revise(by=alice, visibility="private")

    assert history(log_in(charlie), topic).status_code == 404
    assert history(Client(), topic).status_code == 404
    assert history(log_in(alice), topic).status_code == 200


@pytest.fixture
def secret(topic: Topic, tree: dict[str, Statement], alice: User, bob: User) -> Statement:
    """A line of Bob's with a past: reworded, sourced, commented, moved, quoted as a parent."""
    line = tree["Four days are enough"].add_argument("supports", "Secret words", by=bob)
    line.revise(text="Secret words, revised", note="Secret note", version=1, by=bob)
    line.cite(by=bob, title="Secret source")
    line.comment("Secret comment", by=bob)
    line.quote(Essay.objects.create(topic=topic, title="E", text="Secret passage"), 0, 14, by=alice)
    line.add_argument("opposes", "An answer", by=alice)
    line.link_under(tree["Rest is not free"], stance="supports", by=alice)
    line.move_under(tree["Parents work five days"], by=alice)
    return line


def test_history_shows_the_words_while_the_line_stands(secret: Statement, topic: Topic) -> None:
    shown = text(dom(history(Client(), topic)))

    for words in ("Secret words", "revised", "Secret note", "Secret source", "Secret comment", "Secret passage"):
        assert words in shown


@pytest.mark.parametrize("verb", ["remove", "withdraw"])
def test_history_hides_what_was_taken_back(
    secret: Statement, topic: Topic, alice: User, charlie: User, log_in: LogIn, verb: str
) -> None:
    getattr(secret, verb)(by=alice)

    for client in (Client(), log_in(charlie)):
        shown = history(client, topic)
        assert "Secret" not in shown.content.decode()
        assert "argued against a line that was taken back" in text(dom(shown))


@pytest.mark.parametrize("reader", ["alice", "bob"])
def test_history_shows_what_was_removed_to_editors_and_its_author(
    secret: Statement, topic: Topic, alice: User, bob: User, log_in: LogIn, reader: str
) -> None:
    secret.remove(by=alice)

    assert "Secret words" in text(dom(history(log_in({"alice": alice, "bob": bob}[reader]), topic)))


def test_history_hides_suggestions_until_they_are_accepted(
    topic: Topic, tree: dict[str, Statement], alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    made = tree["Four days are enough"].add_argument("opposes", "Secret idea", by=bob, suggested=True)

    assert "Secret idea" not in history(log_in(charlie), topic).content.decode()
    assert "Secret idea" in text(dom(history(log_in(bob), topic)))
    assert "Secret idea" in text(dom(history(log_in(alice), topic)))

    made.accept(by=alice)
    assert "Secret idea" in text(dom(history(log_in(charlie), topic)))


def test_history_hides_a_comment_that_was_taken_back(
    topic: Topic, tree: dict[str, Statement], alice: User, bob: User, charlie: User, log_in: LogIn
) -> None:
    claim = tree["Four days are enough"]
    claim.uncomment(claim.comment("Secret remark", by=bob), by=alice)

    assert "Secret remark" not in history(log_in(charlie), topic).content.decode()
    assert "Secret remark" in text(dom(history(log_in(bob), topic)))
    assert "Secret remark" in text(dom(history(log_in(alice), topic)))


def test_history_hides_the_words_of_a_line_that_is_gone_from_everyone(topic: Topic, alice: User, log_in: LogIn) -> None:
    topic.add_claim("Secret claim", by=alice).delete()

    shown = history(log_in(alice), topic)

    assert "Secret claim" not in shown.content.decode()
    assert "The words do not show" in words(shown, 2)


# -- one statement ----------------------------------------------------------------------------------------------


def test_statement_history_tells_every_wording_and_nothing_of_other_lines(
    topic: Topic, tree: dict[str, Statement], alice: User
) -> None:
    line = tree["Rest helps learning"]
    line.revise(text="Rest helps all learning", version=1, by=alice)
    line.revise(text="Sleep helps all learning", version=2, by=alice)
    tree["Rest is not free"].turn(by=alice)

    response = Client().get(reverse("statement-history", args=[line.pk]))

    assert numbers(response) == [7, 6, 3]
    assert "[removed: Rest][added: Sleep] helps all learning" in words(response, 7)
    assert "Because Rest helps learning" in words(response, 3)


def test_statement_history_of_a_removed_line_has_no_words(topic: Topic, secret: Statement, alice: User) -> None:
    secret.remove(by=alice)

    response = Client().get(reverse("statement-history", args=[secret.pk]))

    assert response.status_code == 200
    assert "Secret" not in response.content.decode()
    assert "A line that was taken back" in text(dom(response))


def test_statement_history_of_a_suggestion_is_not_there_for_others(
    topic: Topic, tree: dict[str, Statement], bob: User, charlie: User, log_in: LogIn
) -> None:
    made = tree["Four days are enough"].add_argument("opposes", "An idea", by=bob, suggested=True)
    address = reverse("statement-history", args=[made.pk])

    assert log_in(charlie).get(address).status_code == 404
    assert log_in(bob).get(address).status_code == 200


def test_statement_history_of_a_link_points_to_the_words(topic: Topic, tree: dict[str, Statement], alice: User) -> None:
    target = tree["Rest helps learning"]
    made = target.link_under(tree["Parents work five days"], stance="opposes", by=alice)

    response = Client().get(reverse("statement-history", args=[made.pk]))

    assert reverse("statement-history", args=[target.pk]) in [link.get("href") for link in dom(response).iter("a")]


def test_history_is_only_read(topic: Topic, tree: dict[str, Statement], alice: User, log_in: LogIn) -> None:
    client = log_in(alice)

    assert client.post(reverse("topic-history", args=[topic.slug])).status_code == 405
    assert client.post(reverse("statement-history", args=[tree["Rest is not free"].pk])).status_code == 405
