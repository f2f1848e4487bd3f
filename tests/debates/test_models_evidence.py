"""Sources, passages and comments: what a statement rests on, and what is said about its words."""

from __future__ import annotations

import pytest

from accounts.models import User
from debates.models import Change, Closed, Comment, Essay, Passage, Refused, Source, Statement
from tests.factories import make_topic

TEXT = "One sentence. Another one, with “quotes” and 👍🏽. A third."


@pytest.fixture
def claim(alice: User) -> Statement:
    return make_topic(alice).add_claim("A claim", by=alice)


@pytest.fixture
def other(claim: Statement, alice: User) -> Statement:
    return claim.topic.add_claim("Another", by=alice)


@pytest.fixture
def essay(claim: Statement) -> Essay:
    return Essay.objects.create(topic=claim.topic, title="An essay", text=TEXT)


def latest() -> Change:
    return Change.objects.order_by("-number")[0]


# -- sources ----------------------------------------------------------------------------------------------


def test_source_is_kept_clean_and_recorded(claim: Statement, bob: User) -> None:
    source = claim.cite(
        by=bob, title=" A\u200b report ", kind="data", url="https://example.org/r", quotation="So it\r\nis."
    )
    source.refresh_from_db()
    assert (source.title, source.kind, source.quotation, source.added_by) == ("A report", "data", "So it\nis.", bob)
    assert latest().verb == "cite"
    assert latest().after == {
        "source": source.pk, "title": "A report", "kind": "data", "medium": "document", "url": "https://example.org/r",
        "quotation": "So it\nis.",
    }  # fmt: skip


def test_source_without_a_title_is_refused(claim: Statement, bob: User) -> None:
    before = Change.objects.count()
    with pytest.raises(Refused, match="needs a title") as caught:
        claim.cite(by=bob, title=" \u202e ", url="https://example.org/")
    assert caught.value.field == "title"
    assert (Source.objects.count(), Change.objects.count()) == (0, before)


def test_source_is_taken_away_once(claim: Statement, alice: User, bob: User) -> None:
    source = claim.cite(by=bob, title="A report")
    claim.uncite(Source.objects.get(), by=alice)
    change = latest()
    assert not Source.objects.exists()
    assert (change.verb, change.before["title"]) == ("uncite", "A report")
    claim.uncite(source, by=alice)
    assert latest() == change


def test_source_of_another_line_stays(claim: Statement, other: Statement, alice: User) -> None:
    source = claim.cite(by=alice, title="A report")
    other.uncite(source, by=alice)
    assert Source.objects.get() == source


# -- passages -----------------------------------------------------------------------------------------------


def test_passage_counts_code_points_and_keeps_its_surroundings(claim: Statement, essay: Essay, bob: User) -> None:
    start, end = TEXT.index("with"), TEXT.index(". A third")
    passage = claim.quote(essay, start, end, by=bob)
    passage.refresh_from_db()
    assert passage.quote == TEXT[start:end] == "with “quotes” and 👍🏽"
    assert (passage.prefix, passage.suffix) == ("One sentence. Another one, ", ". A third.")
    assert latest().after == {
        "passage": passage.pk, "essay": essay.pk, "start": start, "end": end, "quote": passage.quote,
    }  # fmt: skip


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 3), (0, len(TEXT) + 1)])
def test_passage_outside_the_essay_is_refused(claim: Statement, essay: Essay, bob: User, start: int, end: int) -> None:
    with pytest.raises(Refused, match="not in the essay"):
        claim.quote(essay, start, end, by=bob)
    assert not Passage.objects.exists()


def test_passage_of_another_topics_essay_is_refused(claim: Statement, alice: User) -> None:
    foreign = Essay.objects.create(topic=make_topic(alice), title="Elsewhere", text=TEXT)
    with pytest.raises(Refused, match="not in the essay"):
        claim.quote(foreign, 0, 3, by=alice)
    assert not Passage.objects.exists()


def test_passage_is_taken_away_once(claim: Statement, essay: Essay, alice: User) -> None:
    passage = claim.quote(essay, 0, 12, by=alice)
    claim.unquote(Passage.objects.get(), by=alice)
    change = latest()
    assert (change.verb, change.before["quote"]) == ("unquote", "One sentence")
    claim.unquote(passage, by=alice)
    assert latest() == change
    assert not Passage.objects.exists()
    assert Essay.objects.get().text == TEXT


# -- comments -----------------------------------------------------------------------------------------------


def test_comment_is_kept_and_recorded(claim: Statement, bob: User) -> None:
    comment = claim.comment("Which\u202e one?", by=bob, kind="question")
    assert (comment.text, comment.kind, comment.author) == ("Which one?", "question", bob)
    assert latest().after == {"comment": comment.pk, "text": "Which one?", "kind": "question"}


def test_answers_are_one_level_deep(claim: Statement, alice: User, bob: User) -> None:
    first = claim.comment("Which one?", by=bob)
    second = claim.comment("That one.", by=alice, reply_to=first)
    third = claim.comment("Thank you.", by=bob, reply_to=second)
    assert (second.reply_to, third.reply_to) == (first, first)


@pytest.mark.parametrize(("text", "words"), [("", "Write your comment"), ("\u202e", "Write"), ("x" * 2001, "2,000")])
def test_comment_out_of_bounds_is_refused(claim: Statement, bob: User, text: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as caught:
        claim.comment(text, by=bob)
    assert caught.value.field == "text"
    assert not Comment.objects.exists()


def test_answer_to_a_comment_on_another_line_is_refused(claim: Statement, other: Statement, bob: User) -> None:
    elsewhere = other.comment("Which one?", by=bob)
    with pytest.raises(Refused, match="another line"):
        claim.comment("This one.", by=bob, reply_to=elsewhere)
    assert Comment.objects.get() == elsewhere


def test_comment_is_taken_back_once_and_its_answers_stay(claim: Statement, alice: User, bob: User) -> None:
    comment = claim.comment("Which one?", by=bob)
    reply = claim.comment("That one.", by=alice, reply_to=comment)
    claim.uncomment(comment, by=bob)
    change = latest()
    assert Comment.objects.get(pk=comment.pk).removed
    assert not Comment.objects.get(pk=reply.pk).removed
    assert (change.verb, change.before["text"]) == ("uncomment", "Which one?")
    claim.uncomment(comment, by=bob)
    assert latest() == change


def test_closed_topic_takes_no_evidence(claim: Statement, essay: Essay, alice: User) -> None:
    source = claim.cite(by=alice, title="A report")
    claim.topic.close(by=alice)
    before = Change.objects.count()
    for act in (
        lambda: claim.cite(by=alice, title="Another"),
        lambda: claim.uncite(source, by=alice),
        lambda: claim.quote(essay, 0, 3, by=alice),
        lambda: claim.comment("Which one?", by=alice),
    ):
        with pytest.raises(Closed):
            act()
    assert Change.objects.count() == before
    assert (Source.objects.count(), Passage.objects.count(), Comment.objects.count()) == (1, 0, 0)


# -- what does not belong together --------------------------------------------------------------------------------


def test_answer_to_a_comment_that_was_taken_back_is_refused(claim: Statement, alice: User, bob: User) -> None:
    asked = claim.comment("Which one?", by=alice)
    stale = Comment.objects.get(pk=asked.pk)
    claim.uncomment(asked, by=alice)
    with pytest.raises(Refused, match="not here any more") as caught:
        claim.comment("That one.", by=bob, reply_to=stale)
    assert (caught.value.field, caught.value.status) == ("reply_to", 422)
    assert Comment.objects.count() == 1
