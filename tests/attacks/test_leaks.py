"""A6 and A7: what somebody may not see leaves no trace, neither in an answer nor in a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Statement, Topic
from tests.conftest import LogIn
from tests.factories import make_member, make_topic, make_tree, make_user
from tests.markup import by_id, text
from tests.test_matrix import BY_TOKEN, TOPIC_ROWS, Row
from tests.world import PATTERNS, World, address, build, posted

if TYPE_CHECKING:
    from tests.markup import Response

# They differ from answer to answer, whoever asks for what.
CHANGING = {"X-Request-ID", "Set-Cookie", "Content-Length", "RateLimit"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def unknown(world: World) -> World:
    """The same addresses for things that there are not."""
    args = {
        name: ["no-such-topic" if isinstance(arg, str) else 999_999 for arg in known]
        for name, known in world.args.items()
    }
    return world._replace(args=args)


def face(response: Response, path: str) -> tuple[Any, ...]:
    """All that a stranger learns from an answer, but for the address that they asked for themselves."""
    body = TOKEN.sub("", body_of(response)).replace(path, "PATH")
    headers = {name: value for name, value in response.headers.items() if name not in CHANGING}
    return response.status_code, headers, body


def body_of(response: Response) -> str:
    """What an answer says, also where it is streamed."""
    content: bytes = b"".join(response) if response.streaming else response.content
    return content.decode()


def asked(browser: Client, row: Row, path: str, form: dict[str, Any]) -> Response:
    """As a form for the pages, by its method for the API."""
    if row.method == "GET":
        return browser.get(path)
    if row.name.startswith("api-"):
        return browser.generic(row.method, path, "{}", "application/json", headers={"If-Match": '"1"'})
    return browser.post(path, form)


ROWS = [row for row in TOPIC_ROWS if row.name not in BY_TOKEN and "<" in PATTERNS[row.name]]


@pytest.fixture
def _no_limits(settings: Any) -> None:
    """More requests a minute than any client is given."""
    settings.API_READS_PER_MINUTE = settings.API_WRITES_PER_MINUTE = settings.API_ANONYMOUS_PER_MINUTE = 10**6


@pytest.mark.usefixtures("_no_limits")
@pytest.mark.parametrize("role", ["anonymous", "guest", "outsider"])
def test_a6_private_topic_answers_as_one_that_does_not_exist(db: None, role: str) -> None:
    private = build("private")
    nothing = unknown(private)
    browser = Client()
    if role != "anonymous":
        browser.force_login(private.people[role])
    different = []

    for row in ROWS:
        answers = []
        for world in (private, nothing):
            path = address(world, row.name)
            form = posted(private, row.name)
            answers.append(face(asked(browser, row, path, form), path))
        if answers[0] != answers[1]:
            different.append(row)

    assert different == []
    assert {row.name for row in ROWS} >= {"topic", "statement", "statement-vote", "source-removal", "change-undo"}


@pytest.mark.usefixtures("_no_limits")
def test_a6_suggestion_answers_as_a_statement_that_does_not_exist(db: None) -> None:
    world = build("public")
    hidden = world._replace(args=world.args | {"statement": world.args["suggestion"]})
    nothing = world._replace(args=world.args | {"statement": [999_999], "suggestion": [999_999]})
    browser = Client()
    browser.force_login(world.people["writer"])

    for row in [row for row in ROWS if row.name.startswith(("statement", "suggestion"))]:
        faces = []
        for each in (hidden, nothing):
            path = address(each, row.name)
            form = posted(world, row.name)
            faces.append(face(asked(browser, row, path, form), path))
        assert faces[0] == faces[1], row


def test_a6_search_and_lists_do_not_know_a_private_topic(
    client: Client, alice: User, charlie: User, log_in: LogIn
) -> None:
    topic = make_topic(alice, title="Zanzibar treaty", question="Zanzibar?")
    topic.add_claim("Zanzibar signs", by=alice)

    for browser in (client, log_in(charlie)):
        for query in ({}, {"q": "zanzibar"}, {"q": "zanzibar", "show": "mine"}, {"show": "mine"}, {"before": "999999"}):
            found = browser.get(reverse("topic-list"), query)
            assert "Zanzibar" not in found.content.decode()
            assert text(by_id(found, "topic-count")).startswith("0 topics")


# -- A7 -----------------------------------------------------------------------------------------------------------

TREE = """
Four days are enough
  + Rest helps learning
    - Rest is not free
  - Parents work five days
Five days are few
"""
SEEN = [
    "topic", "topic-outline", "topic-map", "topic-map-svg", "topic-essay", "topic-people", "topic-claims",
    "statement", "statement-branch", "statement-map", "statement-arguments", "statement-similar",
    "topic-work", "topic-explore", "topic-sources", "topic-sources-file", "statement-sources-file",
    "topic-export", "topic-file", "topic-drafts", "essay-passages", "essay-lines", "essay-hints",
    "api-topic-analysis", "api-topic-explore",
    "api-topic", "api-topic-tree", "api-topic-statements", "api-topic-claims", "api-topic-essays", "api-topic-export",
    "api-statement", "api-statement-arguments", "api-statement-comments", "api-statement-passages",
    "api-statement-sources", "api-statement-tally",
]  # fmt: skip


@pytest.fixture
def public(alice: User) -> Topic:
    topic = make_topic(alice, visibility="public")
    topic.add_essay(by=alice, title="On rest", text="Rest helps. Zanzibar is far away.")
    return topic


@pytest.fixture
def tree(public: Topic, bob: User) -> dict[str, Statement]:
    """All of it by Bob, who belongs to the topic whatever else he writes there."""
    return make_tree(public, bob, TREE)


def views(browser: Client, topic: Topic, line: Statement) -> dict[str, str]:
    """Every page of the topic as one reader sees it, without what differs each time."""
    args: dict[str, list[Any]] = {
        "topic": [topic.slug], "statement": [line.pk], "topic-file": [topic.slug, "json"],
        "topic-sources-file": [topic.slug, "json"], "essay": [topic.essays.get().pk],
        "api-topic": [topic.pk], "api-statement": [line.pk],
    }  # fmt: skip
    world = World(topic, {}, args)
    pages = {name: browser.get(address(world, name)) for name in SEEN}
    for query in ("rest", "four days", "rest helps", "zanzibar"):
        pages[f"search {query}"] = browser.get(reverse("topic-list"), {"q": query})
        pages[f"alike {query}"] = browser.get(
            reverse("statement-similar", args=[line.pk]), {"text": f"{query} {query}s"}
        )
    for query in ("", "rest", "zanzibar"):
        pages[f"near {query}"] = browser.get(address(world, "essay-lines"), {"sentence": "2", "q": query})
    for show in ("lines", "unused"):
        pages[f"essay {show}"] = browser.get(address(world, "topic-essay"), {"show": show, "sentence": "2"})
    for show in ("unanswered", "unsourced", "newest", "mine"):
        pages[f"outline {show}"] = browser.get(address(world, "topic-outline"), {"show": show})
    pages["topics"] = browser.get(reverse("topic-list"))
    # The key of a new form; when a topic was last changed, and the number of its newest change, which has gaps.
    aside = re.compile(r'name="key" value="[^"]+"|<time datetime="[^"]+"|"(?:last_change|changed_at)":[^,]+')
    return {name: aside.sub("", TOKEN.sub("", body_of(page))) for name, page in pages.items()}


def hide(tree: dict[str, Statement], by: User) -> None:
    """Suggestions everywhere, with all that can hang on one."""
    for parent in list(tree.values()):
        made = parent.add_argument("opposes", "Zanzibar rest helps", by=by, suggested=True)
        made.cite(by=by, title="Zanzibar")
        made.quote(made.topic.essays.get(), 12, 20, by=by)
        made.comment("Zanzibar", by=by)
    tree["Rest helps learning"].topic.add_claim("Zanzibar", by=by, suggested=True)


def test_a7_suggestions_change_no_page_and_no_number(
    client: Client, public: Topic, tree: dict[str, Statement], bob: User, log_in: LogIn
) -> None:
    reader = make_user()
    line = tree["Rest helps learning"]
    before = [views(browser, public, line) for browser in (client, log_in(reader))]

    hide(tree, bob)
    after = [views(browser, public, line) for browser in (client, log_in(reader))]

    assert [{name for name in one if one[name] != two[name]} for one, two in zip(before, after, strict=True)] == [
        set(), set(),
    ]  # fmt: skip


def test_a7_what_was_taken_back_again_changes_no_page_and_no_number(
    client: Client, public: Topic, tree: dict[str, Statement], bob: User
) -> None:
    line = tree["Rest helps learning"]
    before = views(client, public, line)

    for parent in list(tree.values()):
        parent.add_argument("opposes", "Zanzibar rest helps", by=bob).withdraw(by=bob)
    public.add_claim("Zanzibar", by=bob).withdraw(by=bob)
    after = views(client, public, line)

    assert {name for name in before if before[name] != after[name]} == set()


def test_a7_history_tells_no_word_of_what_is_hidden(
    client: Client, public: Topic, tree: dict[str, Statement], bob: User, charlie: User, log_in: LogIn
) -> None:
    make_member(public, charlie)
    hide(tree, bob)

    for browser in (client, log_in(charlie)):
        for query in ({}, {"show": "wording"}, {"show": "structure"}):
            page = browser.get(reverse("topic-history", args=[public.slug]), query)
            assert "Zanzibar" not in page.content.decode()


def test_a7_every_page_that_shows_numbers_is_compared() -> None:
    reads = {row.name for row in TOPIC_ROWS if row.method == "GET" and TOPIC_ROWS[row][0]["anonymous"] == "200"}
    # The history has tests of its own, forms show no numbers, and who joins by a token reads nothing yet.
    aside = {"topic-history", "statement-history", "topic-suggestions", "statement-links", "statement-sources", "join"}
    # So has the feed, and what is read by its own number is one thing; the line is always the reader's own choice.
    aside |= {"api-topic-changes", "api-statement-changes", "api-topic-suggestions"}
    aside |= {"api-comment", "api-essay", "api-passage", "api-source", "api-statement-vote"}
    # An essay and what it was hold no number of lines.
    aside |= {"essay-create", "essay-versions", "api-essay-version", "api-essay-versions"}

    assert reads - aside == set(SEEN)
    assert Row("topic", "GET") in TOPIC_ROWS
