"""What a file says, made to fit: nothing is lost without a sentence."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from debates.formats import passage_places
from debates.formats.document import Document, Line, Remark, SourceCard, Span, Text
from debates.formats.drafts import Draft, NoteKind
from debates.formats.mending import mend, shortened
from debates.formats.settling import settle
from tests.debates.formats.documents import documents, full_document, shape


def mended(*lines: Line, **topic: str) -> Draft:
    draft = Draft(Document(**topic))  # type: ignore[arg-type]
    draft.document.lines = list(lines)
    settle(draft)
    mend(draft)
    return draft


def only(draft: Draft) -> Line:
    (line,) = draft.document.lines
    return line


def test_mending_keeps_a_long_text_whole_in_the_note() -> None:
    text = "word " * 80

    draft = mended(Line("a", text=text, note="And more.", at=4))

    assert only(draft).text.endswith("word…")
    assert len(only(draft).text) <= 300
    assert only(draft).note == f"{text.strip()}\n\nAnd more."
    assert [(note.kind, note.at) for note in draft.notes] == [(NoteKind.REPAIRED, 4)]


def test_mending_leaves_out_a_line_that_says_nothing_and_bears_nothing() -> None:
    draft = mended(Line("a", text="Claim"), Line("b", "a", "supports", "\u200b \u202e"), Line("c", "a", "opposes", ""))

    assert [line.id for line in draft.document.lines] == ["a"]
    assert [note.kind for note in draft.notes][-2:] == [NoteKind.SKIPPED] * 2


def test_mending_names_a_line_without_words_that_bears_others() -> None:
    draft = mended(Line("a", text=""), Line("b", "a", "supports", "Because"))

    assert [line.text for line in draft.document.lines] == ["[no text]", "Because"]


def test_mending_gives_an_argument_without_a_stance_one_and_says_so() -> None:
    draft = mended(Line("a", text="Claim", stance="opposes"), Line("b", "a", "sideways", "Reason"))

    assert [line.stance for line in draft.document.lines] == ["", "supports"]
    assert "which way" in draft.notes[0].sentence


def test_mending_puts_what_is_too_deep_on_the_last_level() -> None:
    chain = [Line(str(at), str(at - 1) if at else None, "supports" if at else "", f"Line {at}") for at in range(60)]

    draft = mended(*chain)

    depths = draft.document.depths()
    assert max(depths.values()) == 50
    assert len(draft.document.lines) == 60
    assert sum(depth == 50 for depth in depths.values()) == 10
    assert any("9 lines are deeper" in note.sentence for note in draft.notes)


def test_mending_keeps_an_address_that_is_none_as_text() -> None:
    draft = mended(
        Line("a", text="Claim", sources=[SourceCard("Talk", "javascript:alert(1)"), SourceCard("", "cfr.org")])
    )

    talk, bare = only(draft).sources
    assert (talk.title, talk.url, talk.quotation) == ("Talk", "", "javascript:alert(1)")
    assert (bare.title, bare.url) == ("cfr.org", "")


def test_mending_finds_a_passage_that_moved_and_leaves_out_one_that_is_gone() -> None:
    draft = Draft(Document(essays=[Text("e", "Essay", "One two three.")]))
    draft.document.lines = [Line("a", text="Claim", passages=[Span("e", 0, 3, "two"), Span("e", 0, 3, "four"),
                                                              Span("x", 0, 3, "One")])]  # fmt: skip

    mend(draft)

    assert only(draft).passages == [Span("e", 4, 7, "two")]
    assert [note.kind for note in draft.notes] == [NoteKind.REPAIRED, NoteKind.SKIPPED, NoteKind.SKIPPED]


def test_mending_leaves_a_lost_passage_lost_and_drops_one_that_says_nothing() -> None:
    draft = Draft()
    draft.document.essays = [Text("e", "Essay", "One two three")]
    lost = [
        Span("e", 0, 3, "One", lost=True),
        Span("e", 0, 3, "Four\x00", lost=True),
        Span("e", 9, 2, "Six", lost=True),
    ]
    nothing = [Span("e", 0, 3, " ", lost=True), Span("none", 0, 3, "Five", lost=True)]
    draft.document.lines = [Line("a", text="Claim", passages=[*lost, *nothing, Span("e", 0, 3, "One")])]

    mend(draft)

    assert only(draft).passages == [
        Span("e", 0, 3, "One", lost=True), Span("e", 0, 3, "Four ", lost=True), Span("e", 9, 10, "Six", lost=True),
        Span("e", 0, 3, "One"),
    ]  # fmt: skip
    assert [note.sentence for note in draft.notes] == ["A passage without a place or without words is left out."] * 2


def test_mending_quotes_only_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage_places, "MOST_QUOTED", 20)
    draft = Draft(Document(essays=[Text("e", "Essay", "One two three.")]))
    draft.document.lines = [Line("a", text="Claim", passages=[Span("e", 0, 13), Span("e", 0, 14)])]

    mend(draft)

    assert [span.quote for span in only(draft).passages] == ["One two three"]
    assert [note.kind for note in draft.notes] == [NoteKind.SKIPPED]


def test_mending_drops_moments_that_no_clock_has_shown() -> None:
    far = datetime(9000, 1, 1, tzinfo=UTC)
    naive = datetime(2024, 1, 1)

    draft = mended(Line("a", text="Claim", created=naive, updated=far))

    assert (only(draft).created, only(draft).updated) == (datetime(2024, 1, 1, tzinfo=UTC), None)


def test_mending_lets_an_answer_to_an_answer_stand_alone() -> None:
    remarks = [Remark("1", "One"), Remark("2", "Two", reply_to="1"), Remark("3", "Three", reply_to="2")]

    draft = mended(Line("a", text="Claim", comments=remarks))

    assert [remark.reply_to for remark in only(draft).comments] == [None, "1", None]


def test_mending_keeps_a_long_title_and_question_in_the_background() -> None:
    draft = mended(Line("a", text="Claim"), title="T" * 200, question="Q " * 200, background="Known.")

    document = draft.document
    assert len(document.title) <= 120
    assert len(document.question) <= 300
    assert document.background.startswith("T" * 200)
    assert document.background.endswith("Known.")


@pytest.mark.parametrize("language", ["e\x00n", '"><b>', "", "x", "\n\r\n", "a" * 40])
def test_mending_takes_no_language_that_is_none(language: str) -> None:
    draft = mended(Line("a", text="Claim"), language=language)

    assert draft.document.language == "en"
    assert "language" in draft.notes[0].sentence


def test_mending_keeps_the_place_of_a_remark_that_was_answered() -> None:
    draft = mended(Line("a", text="Claim", comments=[Remark("1", ""), Remark("2", "So.", reply_to="1")]))

    assert [(remark.text, remark.reply_to) for remark in only(draft).comments] == [("[taken back]", None), ("So.", "1")]


def test_shortening_cuts_behind_a_word() -> None:
    assert shortened("one two three", 9) == "one two…"
    assert shortened("x" * 20, 9) == "xxxxxxxx…"
    assert shortened("short", 9) == "short"


@settings(max_examples=25)
@given(documents())
def test_mending_leaves_what_fits_as_it_is(document: Document) -> None:
    before = shape(document)
    draft = Draft(document)

    settle(draft)
    mend(draft)

    assert shape(draft.document) == before
    assert draft.notes == []


def test_mending_leaves_everything_that_a_topic_can_hold() -> None:
    draft = Draft(full_document())

    settle(draft)
    mend(draft)

    assert shape(draft.document) == shape(full_document())


def test_mending_stops_looking_for_passages_that_are_not_where_the_file_says() -> None:
    draft = Draft(Document(essays=[Text("e", "Essay", "One two three.")]))
    spans = [Span("e", 0, 3, f"four {at}") for at in range(999)] + [Span("e", 0, 3, "two"), Span("e", 0, 3, "three")]
    draft.document.lines = [Line("a", text="Claim", passages=[*spans, Span("e", 0, 3, "One")])]

    mend(draft)

    assert only(draft).passages == [Span("e", 4, 7, "two"), Span("e", 0, 3, "One")]
    assert draft.notes[-2].kind == NoteKind.REPAIRED
    assert (draft.notes[-1].kind, "not looked for" in draft.notes[-1].sentence) == (NoteKind.SKIPPED, True)


def test_mending_takes_many_passages_of_many_essays() -> None:
    count = 40_000
    draft = Draft(Document(essays=[Text(str(at), "Essay", f"Text {at}") for at in range(count)]))
    draft.document.lines = [Line("a", text="Claim", passages=[Span(str(at), 0, 4, "Text") for at in range(count)])]
    began = time.process_time()

    mend(draft)

    assert len(only(draft).passages) == count
    assert time.process_time() - began < 10


def test_mending_takes_the_first_of_two_essays_of_one_name() -> None:
    draft = Draft(Document(essays=[Text("e", "Essay", "One two."), Text("e", "Essay", "Six ten.")]))
    draft.document.lines = [Line("a", text="Claim", passages=[Span("e", 0, 3)])]

    mend(draft)

    assert only(draft).passages == [Span("e", 0, 3, "One")]
