"""What a statement rests on, and remarks on its wording: sources, passages, comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Comment, Essay, Passage, Pseudonym, Source, Statement, Topic
from tests.conftest import LogIn
from tests.factories import make_member, make_topic, make_tree
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from tests.markup import Response

A_SOURCE = {
    "kind": "data", "medium": "article-journal", "title": "A study", "author": "Ann", "container": "A journal",
    "volume": "7", "issue": "2", "pages": "1–9", "edition": "2nd", "publisher": "A house", "published": "3 May 2024",
    "url": "https://example.org/study?a=b#c", "doi": "10.1000/182", "accessed": "4 May 2024", "locator": "p. 3",
    "quotation": "Rest\nhelps.",
}  # fmt: skip


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A public topic of Alice, in which Bob is a writer."""
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    return topic


@pytest.fixture
def line(topic: Topic, bob: User) -> Statement:
    """An argument of Bob."""
    return make_tree(topic, bob, "A claim\n  + because this\n  - but no")["because this"]


@pytest.fixture
def essay(topic: Topic) -> Essay:
    return Essay.objects.create(topic=topic, title="An essay", text="We sleep.\nSleep is when we learn.")


def url(name: str, thing: Statement | Source | Passage | Comment) -> str:
    return reverse(name, args=[thing.pk])


def evidence(topic: Topic) -> list[Any]:
    """All that these views could alter, to tell that nothing was."""
    kinds = (Source, Passage, Comment)
    return [*(list(kind.objects.order_by("pk").values()) for kind in kinds), topic.changes.count()]


def errors(response: Response) -> list[str]:
    return texts(dom(response), "error")


# -- sources ------------------------------------------------------------------------------------------------------


def test_source_is_added_with_all_that_is_known_of_it(line: Statement, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(url("statement-sources", line), A_SOURCE)

    source = Source.objects.get()
    assert {name: getattr(source, name) for name in Source.FIELDS} == A_SOURCE
    assert (source.statement, source.added_by) == (line, bob)
    assert (response.status_code, response["Location"]) == (303, f"{line.get_absolute_url()}#sources")


def test_title_of_a_source_is_enough(line: Statement, bob: User, log_in: LogIn) -> None:
    log_in(bob).post(url("statement-sources", line), {"title": " A  study "})

    assert (Source.objects.get().title, Source.objects.get().kind) == ("A study", "document")


def key_in(response: Response, action: str) -> str:
    """The key of the form that posts to `action`."""
    form = next(form for form in dom(response).iter("form") if form.get("action") == action)
    (key,) = [field.get("value", "") for field in form.iter("input") if field.get("name") == "key"]
    return key


def test_source_sent_twice_is_one(line: Statement, bob: User, log_in: LogIn) -> None:
    browser, address = log_in(bob), url("statement-sources", line)
    key = key_in(browser.get(address), address)

    answers = [browser.post(address, A_SOURCE | {"key": key}) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Source.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_other_source_under_an_old_key_is_given_back_with_a_new_one(
    line: Statement, bob: User, log_in: LogIn, headers: dict[str, str]
) -> None:
    browser, address = log_in(bob), url("statement-sources", line)
    browser.post(address, A_SOURCE | {"key": "k-1"})

    response = browser.post(address, {"title": "Another study", "key": "k-1"}, headers=headers)

    assert response.status_code == 409
    assert "Another study" in [field.get("value") for field in dom(response).iter("input")]
    assert [text(each) for each in dom(response).iter("q")] == ["A study"]
    browser.post(address, {"title": "Another study", "key": key_in(response, address)})
    assert list(Source.objects.order_by("pk").values_list("title", flat=True)) == ["A study", "Another study"]


def test_script_is_led_to_the_sources(line: Statement, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(url("statement-sources", line), A_SOURCE, headers=PARTIAL)

    assert (response.status_code, response["HX-Redirect"]) == (204, f"{line.get_absolute_url()}#sources")


@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_card_for_a_source_asks_for_what_a_source_has(
    line: Statement, bob: User, log_in: LogIn, headers: dict[str, str]
) -> None:
    response = log_in(bob).get(url("statement-sources", line), headers=headers)

    assert is_fragment(response) is bool(headers)
    (form,) = [each for each in dom(response).iter("form") if each.get("action") == url("statement-sources", line)]
    asked = {field.get("name") for field in form.iter() if field.get("name")}
    assert asked - {"csrfmiddlewaretoken", "key", "pasted", "look"} == set(A_SOURCE)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "A source needs a title."),
        ({"title": "\u200b \x07"}, "A source needs a title."),
        ({"title": "x" * 201}, "At most 200 characters, please; this has 201."),
        ({"url": "javascript:alert(1)"}, "This is no web address. One begins with http:// or https://."),
        ({"url": "data:text/html,x"}, "This is no web address. One begins with http:// or https://."),
        ({"url": "ftp://example.org"}, "This is no web address. One begins with http:// or https://."),
        ({"url": "//example.org"}, None),
        ({"url": "https://example .org"}, "This is no web address. One begins with http:// or https://."),
        ({"url": "https://example.org/" + "x" * 500}, "At most 500 characters, please; this has 520."),
        ({"quotation": "x" * 1001}, "At most 1000 characters, please; this has 1001."),
        ({"kind": "rumour"}, "Select a valid choice. rumour is not one of the available choices."),
    ],
)
def test_source_that_cannot_be_is_given_back(
    topic: Topic, line: Statement, bob: User, log_in: LogIn, fields: dict[str, str], said: str | None
) -> None:
    before = evidence(topic)

    response = log_in(bob).post(url("statement-sources", line), A_SOURCE | fields)

    if said is None:
        assert Source.objects.get().url.startswith(("http://", "https://"))
        return
    assert response.status_code == 422
    assert errors(response) == [said]
    typed = {field.get("name"): field.get("value") for field in dom(response).iter("input") if field.get("id")}
    assert typed.items() >= {"author": "Ann", "publisher": "A house", "locator": "p. 3"}.items()
    assert evidence(topic) == before


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("example.org/a", "https://example.org/a"),
        ("HTTP://EXAMPLE.org/A", "http://example.org/A"),
        ("https://bücher.example/ä", "https://bücher.example/ä"),
        ("https://[::1]/", "https://[::1]/"),
        ('https://example.org/"><b>', 'https://example.org/"><b>'),
        ("https://", None),
    ],
)
def test_address_of_a_source_is_one_of_the_web(
    line: Statement, bob: User, log_in: LogIn, sent: str, stored: str | None
) -> None:
    log_in(bob).post(url("statement-sources", line), {"title": "A study", "url": sent})

    assert list(Source.objects.values_list("url", flat=True)) == ([stored] if stored else [])


def test_too_many_acts_are_told_so_and_nothing_typed_is_lost(
    topic: Topic, line: Statement, essay: Essay, bob: User, log_in: LogIn, settings: Any
) -> None:
    remark = line.comment("For whom?", by=bob)
    settings.WRITES_PER_MINUTE = 1
    before, browser = evidence(topic), log_in(bob)

    source = browser.post(url("statement-sources", line), A_SOURCE)
    comment = browser.post(url("statement-comments", line), {"text": "My remark", "reply_to": remark.pk})
    passage = browser.post(url("statement-passages", line), {"passage": "Sleep is when we learn."})

    assert (source.status_code, comment.status_code, passage.status_code) == (429, 429, 429)
    assert text(by_id(passage, "passage")) == "Sleep is when we learn."
    kept = [field.get("value") for field in by_id(comment, "comments").iter("input") if field.get("name") == "reply_to"]
    assert kept[-1] == str(remark.pk)
    assert errors(source)[0].startswith("That was a lot in one minute.")
    assert "A study" in [field.get("value") for field in dom(source).iter("input")]
    assert text(by_id(comment, "comment")) == "My remark"
    assert evidence(topic) == before


@pytest.mark.parametrize("role", ["viewer", "suggester"])
def test_source_is_not_taken_from_who_may_not_write(
    topic: Topic, line: Statement, charlie: User, log_in: LogIn, role: str
) -> None:
    Topic.objects.filter(pk=topic.pk).update(visitor_role="viewer")
    make_member(topic, charlie, role)
    before = evidence(topic)

    assert log_in(charlie).post(url("statement-sources", line), A_SOURCE).status_code == 403
    assert log_in(charlie).get(url("statement-sources", line)).status_code == 403
    assert evidence(topic) == before


def test_visitor_is_asked_who_they_are_before_a_source(client: Client, topic: Topic, line: Statement) -> None:
    before = evidence(topic)

    response = client.post(url("statement-sources", line), A_SOURCE)

    assert (response.status_code, response["Location"].partition("?")[0]) == (303, "/who/")
    assert evidence(topic) == before


def test_source_of_a_link_is_kept_with_its_target(line: Statement, topic: Topic, bob: User, log_in: LogIn) -> None:
    link = line.link_under(topic.add_claim("Another", by=bob), stance="opposes", by=bob)

    log_in(bob).post(url("statement-sources", link), A_SOURCE)

    assert Source.objects.get().statement == line


# -- taking sources away --------------------------------------------------------------------------------------------


@pytest.fixture
def source(topic: Topic, line: Statement, charlie: User) -> Source:
    """A source that Charlie, a writer, added to Bob's argument."""
    make_member(topic, charlie)
    return line.cite(by=charlie, title="A study")


@pytest.mark.parametrize("name", ["alice", "bob", "charlie"])
def test_source_is_taken_away_by_owner_author_and_who_added_it(
    topic: Topic, line: Statement, source: Source, log_in: LogIn, name: str
) -> None:
    response = log_in(User.objects.get(username=name)).post(url("source-removal", source))

    assert (response.status_code, response["Location"]) == (303, f"{line.get_absolute_url()}#sources")
    assert Source.objects.count() == 0
    assert topic.changes.latest("number").verb == "uncite"


def test_source_is_not_taken_away_by_another_writer(topic: Topic, source: Source, log_in: LogIn) -> None:
    dora = User.objects.create_user("dora", password="!")
    make_member(topic, dora)

    assert log_in(dora).post(url("source-removal", source)).status_code == 403
    assert Source.objects.count() == 1


def test_source_is_offered_to_be_taken_away_where_it_may(
    client: Client, line: Statement, source: Source, bob: User, charlie: User, log_in: LogIn
) -> None:
    def offered(browser: Client) -> bool:
        forms = dom(browser.get(line.get_absolute_url())).iter("form")
        return any(form.get("action") == url("source-removal", source) for form in forms)

    assert [offered(browser) for browser in (log_in(bob), log_in(charlie), client)] == [True, True, False]


# -- passages -----------------------------------------------------------------------------------------------------


def test_statement_rests_on_words_of_the_essay(line: Statement, essay: Essay, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(url("statement-passages", line), {"passage": "“Sleep is when”"})

    passage = Passage.objects.get()
    assert (passage.statement, passage.start, passage.end, passage.quote) == (line, 10, 23, "Sleep is when")
    assert (passage.prefix, passage.suffix) == ("We sleep.\n", " we learn.")
    assert (response.status_code, response["Location"]) == (303, line.get_absolute_url())


@pytest.mark.parametrize("words", ["", "   ", "Sleep is never", "sleep Is When", "x" * 20_000, "\x00"])
def test_words_that_the_essay_does_not_say_are_given_back(
    topic: Topic, line: Statement, essay: Essay, bob: User, log_in: LogIn, words: str
) -> None:
    before = evidence(topic)

    response = log_in(bob).post(url("statement-passages", line), {"passage": words})

    assert response.status_code == 422
    assert text(by_id(response, "passage-error")) == "These words are not in the essay. Copy them from it exactly."
    if words == "Sleep is never":
        assert text(by_id(response, "passage")) == words
    assert evidence(topic) == before


def test_essay_of_another_topic_is_not_quoted(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    Essay.objects.create(topic=make_topic(alice), title="Secret", text="Secret words.")

    assert log_in(bob).post(url("statement-passages", line), {"passage": "Secret words"}).status_code == 422
    assert Passage.objects.count() == 0


@pytest.mark.parametrize(("name", "status"), [("alice", 303), ("bob", 303), ("charlie", 403)])
def test_passage_is_added_and_taken_away_by_author_and_editors(
    topic: Topic, line: Statement, essay: Essay, charlie: User, bob: User, log_in: LogIn, name: str, status: int
) -> None:
    make_member(topic, charlie)
    browser = log_in(User.objects.get(username=name))

    assert browser.post(url("statement-passages", line), {"passage": "We sleep"}).status_code == status
    passage = line.quote(essay, 0, 2, by=bob)
    assert browser.post(url("passage-removal", passage)).status_code == status
    assert Passage.objects.filter(pk=passage.pk).exists() is (status == 403)


# -- comments -----------------------------------------------------------------------------------------------------


def comments(response: Response) -> list[str]:
    """The comments in order, each as far as its words."""
    return [text(paragraph) for each in by_class(dom(response), "comment") for paragraph in each.findall("p")[1:2]]


def test_comment_stands_under_the_statement(topic: Topic, line: Statement, bob: User, log_in: LogIn) -> None:
    browser = log_in(bob)

    response = browser.post(url("statement-comments", line), {"text": " Say  “often”.\n\nNot always. "})

    made = Comment.objects.get()
    assert (made.statement, made.author, made.kind, made.text) == (line, bob, "comment", "Say “often”.\n\nNot always.")
    assert (response.status_code, response["Location"]) == (303, f"{line.get_absolute_url()}#c{made.pk}")
    page = dom(browser.get(line.get_absolute_url()))
    (head,) = texts(page, "comment__head")
    assert head.startswith(Pseudonym.objects.get(topic=topic, user=bob).name)


def test_comment_sent_twice_is_one(line: Statement, bob: User, log_in: LogIn) -> None:
    browser, address = log_in(bob), url("statement-comments", line)
    key = key_in(browser.get(line.get_absolute_url()), address)

    answers = [browser.post(address, {"text": "For whom?", "key": key}) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Comment.objects.count() == 1


def test_other_comment_under_an_old_key_is_given_back_with_a_new_one(line: Statement, bob: User, log_in: LogIn) -> None:
    browser, address = log_in(bob), url("statement-comments", line)
    browser.post(address, {"text": "For whom?", "key": "k-1"})

    response = browser.post(address, {"text": "And when?", "key": "k-1"})

    assert response.status_code == 409
    assert text(by_id(response, "comment")) == "And when?"
    keys = [field.get("value") for field in by_id(response, "comments").iter("input") if field.get("name") == "key"]
    assert "k-1" not in keys
    browser.post(address, {"text": "And when?", "key": keys[-1]})
    assert list(Comment.objects.order_by("pk").values_list("text", flat=True)) == ["For whom?", "And when?"]


def test_each_box_for_a_comment_has_a_key_of_its_own(line: Statement, bob: User, log_in: LogIn) -> None:
    line.comment("For whom?", by=bob)

    page = by_id(log_in(bob).get(line.get_absolute_url()), "comments")

    keys = [field.get("value") for field in page.iter("input") if field.get("name") == "key"]
    assert (len(keys), len(set(keys))) == (2, 2)


def test_draft_of_an_answer_is_let_go_and_no_other(line: Statement, bob: User, log_in: LogIn) -> None:
    remark = line.comment("For whom?", by=bob)

    response = log_in(bob).post(
        url("statement-comments", line), {"text": "For all", "reply_to": remark.pk}, headers=PARTIAL
    )

    cleared = [each.get("data-draft-clear") for each in dom(response).iter() if each.get("data-draft-clear")]
    assert cleared == [f"answer-{remark.pk}"]


def test_script_gets_the_comments(line: Statement, bob: User, log_in: LogIn) -> None:
    response = log_in(bob).post(url("statement-comments", line), {"text": "My remark"}, headers=PARTIAL)

    assert is_fragment(response)
    cleared = [each.get("data-draft-clear") for each in by_id(response, "messages").iter("span")]
    assert cleared[0] == f"comment-{line.pk}"
    assert comments(response) == ["My remark"]
    assert text(by_id(response, "comment")) == ""


def test_question_is_marked_as_one(line: Statement, bob: User, log_in: LogIn) -> None:
    log_in(bob).post(url("statement-comments", line), {"text": "For whom?", "kind": "question"})

    assert Comment.objects.get().kind == "question"
    assert "asks" in texts(dom(log_in(bob).get(line.get_absolute_url())), "comment__head")[0]


def test_answers_stand_in_their_comment(line: Statement, alice: User, bob: User, log_in: LogIn) -> None:
    first = line.comment("First", by=bob)
    browser = log_in(alice)

    browser.post(url("statement-comments", line), {"text": "Answer", "reply_to": first.pk})
    answer = Comment.objects.get(text="Answer")
    browser.post(url("statement-comments", line), {"text": "Answer to the answer", "reply_to": answer.pk})

    assert list(Comment.objects.exclude(pk=first.pk).values_list("reply_to", flat=True)) == [first.pk, first.pk]
    page = browser.get(line.get_absolute_url())
    nested = by_class(by_id(page, f"c{first.pk}"), "comment")
    assert [each.get("id") for each in nested[1:]] == [f"c{answer.pk}", f"c{answer.pk + 1}"]


@pytest.mark.parametrize("headers", [{}, PARTIAL])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write your comment first."),
        (" \n ", "Write your comment first."),
        ("x" * 2001, "At most 2000 characters, please; this has 2001."),
    ],
)
def test_comment_that_cannot_be_is_given_back(
    topic: Topic, line: Statement, bob: User, log_in: LogIn, typed: str, said: str, headers: dict[str, str]
) -> None:
    before = evidence(topic)

    response = log_in(bob).post(url("statement-comments", line), {"text": typed}, headers=headers)

    assert response.status_code == 422
    assert is_fragment(response) is bool(headers)
    assert texts(by_id(response, "comments"), "error") == [said]
    assert text(by_id(response, "comment")) == typed.strip()
    assert evidence(topic) == before


def test_comment_on_another_line_is_not_answered_here(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    secret = make_topic(alice).add_claim("Secret", by=alice).comment("Secret remark", by=alice)
    before = evidence(topic)

    response = log_in(bob).post(url("statement-comments", line), {"text": "Answer", "reply_to": secret.pk})

    assert response.status_code == 422
    assert texts(by_id(response, "comments"), "error") == ["The comment you answer is not here any more."]
    assert evidence(topic) == before


def test_comment_on_a_link_stands_with_its_target(line: Statement, topic: Topic, bob: User, log_in: LogIn) -> None:
    link = line.link_under(topic.add_claim("Another", by=bob), stance="opposes", by=bob)
    browser = log_in(bob)
    form = next(by_id(browser.get(link.get_absolute_url()), "comments").iter("form"))

    browser.post(form.get("action", ""), {"text": "My remark"})

    assert Comment.objects.get().statement == line
    assert comments(browser.get(link.get_absolute_url())) == ["My remark"]


@pytest.mark.parametrize(("name", "status"), [("alice", 303), ("bob", 303), ("charlie", 403)])
def test_comment_is_taken_back_by_its_author_and_the_editors(
    topic: Topic, line: Statement, charlie: User, bob: User, log_in: LogIn, name: str, status: int
) -> None:
    make_member(topic, charlie)
    made = line.comment("My remark", by=bob)

    response = log_in(User.objects.get(username=name)).post(url("comment-removal", made))

    assert response.status_code == status
    assert Comment.objects.get().removed is (status == 303)


def test_comment_that_was_taken_back_leaves_its_answers(
    client: Client, line: Statement, alice: User, bob: User
) -> None:
    first = line.comment("Words to forget", by=bob)
    line.comment("Answer", by=alice, reply_to=first)
    line.uncomment(first, by=bob)

    response = client.get(line.get_absolute_url())

    assert "Words to forget" not in response.content.decode()
    assert text(by_id(response, f"c{first.pk}")).startswith("This comment was taken back.")
    assert "Answer" in text(by_id(response, f"c{first.pk}"))


def test_comment_is_not_taken_back_twice(line: Statement, bob: User, log_in: LogIn) -> None:
    made = line.comment("My remark", by=bob)
    browser = log_in(bob)

    assert browser.post(url("comment-removal", made)).status_code == 303
    assert browser.post(url("comment-removal", made)).status_code == 404


def test_suggester_comments_and_viewer_does_not(topic: Topic, line: Statement, charlie: User, log_in: LogIn) -> None:
    Topic.objects.filter(pk=topic.pk).update(visitor_role="viewer")
    member = make_member(topic, charlie, "suggester")
    browser = log_in(charlie)

    assert browser.post(url("statement-comments", line), {"text": "My remark"}).status_code == 303
    member.change_role("viewer")
    refused = browser.post(url("statement-comments", line), {"text": "One more"})
    assert refused.status_code == 403
    assert "You can read this topic, but not comment in it." in text(dom(refused))
    assert Comment.objects.count() == 1


def test_visitor_is_asked_who_they_are_before_a_comment(client: Client, line: Statement) -> None:
    response = client.post(url("statement-comments", line), {"text": "My remark"})

    assert (response.status_code, response["Location"].partition("?")[0]) == (303, "/who/")
    assert Comment.objects.count() == 0


# -- doors that hold for all of it ----------------------------------------------------------------------------------


@pytest.fixture
def private(alice: User) -> dict[str, str]:
    """Every address of this file, in a private topic of Alice, with what is posted there."""
    topic = make_topic(alice)
    line = topic.add_claim("A secret claim", by=alice)
    essay = Essay.objects.create(topic=topic, title="Secret", text="Secret words.")
    return {
        url("statement-sources", line): "title",
        url("statement-passages", line): "passage",
        url("statement-comments", line): "text",
        url("source-removal", line.cite(by=alice, title="A study")): "",
        url("passage-removal", line.quote(essay, 0, 2, by=alice)): "",
        url("comment-removal", line.comment("My remark", by=alice)): "",
    }


def test_private_topic_is_not_found_by_who_does_not_belong(
    client: Client, private: dict[str, str], charlie: User, log_in: LogIn
) -> None:
    counts = [kind.objects.count() for kind in (Source, Passage, Comment)]

    for browser in (client, log_in(charlie)):
        for address, field in private.items():
            response = browser.post(address, {field: "My own words"} if field else {})
            assert response.status_code == 404, address
            assert "secret" not in response.content.decode().lower().replace("/secret", "")
    assert [kind.objects.count() for kind in (Source, Passage, Comment)] == counts
    assert Comment.objects.get().removed is False


def test_nothing_is_added_or_taken_away_once_the_topic_is_closed(
    private: dict[str, str], alice: User, log_in: LogIn
) -> None:
    Topic.objects.get().close(by=alice)

    for address, field in private.items():
        assert log_in(alice).post(address, {field: "Secret words"} if field else {}).status_code == 403, address
    assert [kind.objects.count() for kind in (Source, Passage, Comment)] == [1, 1, 1]


def test_only_the_card_of_a_source_is_read(private: dict[str, str], alice: User, log_in: LogIn) -> None:
    answers = {address: log_in(alice).get(address).status_code for address in private}

    assert answers == {address: 200 if address.endswith("/sources/") else 405 for address in private}


def test_what_a_suggestion_rests_on_is_as_hidden_as_itself(
    topic: Topic, line: Statement, bob: User, charlie: User, log_in: LogIn
) -> None:
    make_member(topic, charlie, "suggester")
    made = line.add_argument("opposes", "Perhaps not", by=charlie, suggested=True)
    source, remark = made.cite(by=charlie, title="A study"), made.comment("My remark", by=charlie)
    browser = log_in(bob)

    for address in (url("source-removal", source), url("comment-removal", remark), url("statement-comments", made)):
        assert browser.post(address, {"text": "Seen?"}).status_code == 404


@pytest.mark.parametrize("size", [3, 30])
def test_commenting_asks_the_same_few_questions_whatever_was_said(
    line: Statement, bob: User, log_in: LogIn, size: int
) -> None:
    for number in range(size):
        line.comment(f"Comment {number}", by=bob)
    browser = log_in(bob)

    with data_queries() as asked:
        browser.post(url("statement-comments", line), {"text": "One more"}, headers=PARTIAL)

    assert len(asked) == 9, "\n".join(asked)
