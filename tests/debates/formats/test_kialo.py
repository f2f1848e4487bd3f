"""Kialo's export since 2023, and what both dialects share."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from debates.formats.document import Document, Line, SourceCard
from debates.formats.drafts import Draft, NoteKind, Unreadable
from debates.formats.first_places import first_places
from debates.formats.kialo_prose import without_links
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, full_document, mutated, shape, small_document

KIALO = FORMATS["kialo"]


def read(text: str) -> Draft:
    return KIALO.read(text.encode())


def outline(draft: Draft) -> list[tuple[str | None, str, str]]:
    """Each line with what stands above it."""
    words = draft.document.words()
    return [
        (None if line.parent is None else words[line.parent], line.stance, words[line.id])
        for line in draft.document.lines
    ]


# -- writing ---------------------------------------------------------------------------------------------------------


def test_write_puts_several_claims_under_the_question_and_a_line_at_its_first_place() -> None:
    document = small_document()
    document.lines[1].sources = [SourceCard("https://x.org/a_(b)", "https://x.org/a_(b)", "Nine.\n\n[1] hours.")]
    document.lines[3].sources = [SourceCard("Census", "https://x.org"), SourceCard("A book")]

    assert KIALO.write(document).decode() == (
        "Discussion Name:\nSchool mornings\n\n"
        "1. Question:\nWhen should school begin?\n\n"
        "  1.1. Thesis:\n  School should begin at nine.\n\n"
        "    1.1.1. Pro:\n    Teenagers sleep late. [1]\n\n"
        "      1.1.1.1. Con:\n      They sleep late by choice.\n\n"
        "    1.1.2. Con:\n    Parents begin at eight. [2] [3]\n\n"
        "  1.2. Thesis:\n  School should stay as it is.\n\n"
        "    1.2.1. Pro:\n    -> See 1.1.2.\n\n"
        "Sources:\n"
        "[1] https://x.org/a_\\(b\\)\nNine.\n\n\\[1\\] hours.\n"
        "[2] [Census](https://x.org)\n"
        "[3] A book\n"
    )


def test_write_makes_one_claim_the_root() -> None:
    document = Document("Tea", lines=[Line("a", text="Tea is good."), Line("b", "a", "opposes", "1.1. Pro:")])

    assert KIALO.write(document).decode() == (
        "Discussion Name:\nTea\n\n1. Thesis:\nTea is good.\n\n  1.1. Con:\n  1.1. Pro\\:\n\n"
    )


def test_write_lets_no_link_look_ahead() -> None:
    document = Document("T", lines=[
        Line("a", text="A."), Line("l", "a", "supports", refers_to="c"), Line("b", "a", "opposes", "B."),
        Line("c", "b", "opposes", "C."), Line("d", "c", "supports", "D."),
    ])  # fmt: skip

    assert outline(KIALO.read(KIALO.write(document))) == [
        (None, "", "A."), ("A.", "supports", "C."), ("C.", "supports", "D."), ("A.", "opposes", "B."),
        ("B.", "opposes", "C."),
    ]  # fmt: skip


def test_first_places_turn_a_link_below_its_own_target_into_words() -> None:
    document = Document("T", lines=[
        Line("r", text="R."), Line("a", "r", "supports", "A."), Line("l", "a", "supports", refers_to="c"),
        Line("c", "r", "supports", "C."), Line("m", "c", "opposes", refers_to="a"),
    ])  # fmt: skip

    found = first_places(document)

    assert [(line.parent, line.text, line.refers_to) for line in found.lines] == [
        (None, "R.", None), ("r", "A.", None), ("a", "C.", None), ("c", "A.", None), ("r", "", "c"),
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(documents(KIALO.keeps))
def test_reading_gives_back_what_was_written(document: Document) -> None:
    assume(document.question != document.title)

    draft = KIALO.read(KIALO.write(document))

    assert draft.notes == []
    assert shape(draft.document) == shape(first_places(document))


def test_reading_gives_back_traps_that_real_exports_have() -> None:
    document = Document("1.1. Pro:", lines=[
        Line("a", text="Sources:", sources=[SourceCard("\\", "https://x.org/"), SourceCard("x.org")]),
        Line("b", "a", "supports", "-> See 1.", sources=[SourceCard("http://words", quotation="Sources:\n[9] b")]),
        Line("c", "b", "opposes", "*a* [1] [5] \\[6] \\"),
    ])  # fmt: skip

    draft = KIALO.read(KIALO.write(document))

    assert draft.notes == []
    assert shape(draft.document) == shape(document)


def test_losses_name_what_kialo_has_no_place_for() -> None:
    lost = {loss.feature for loss in KIALO.losses(full_document())}

    assert {"background", "notes", "groups", "comments", "tallies", "authors", "dates"} <= lost
    assert not lost & {"links", "sources", "question"}


# -- reading: the quirks of real exports -----------------------------------------------------------------------------

SEVERAL = """Discussion Name:
Pets

1. Question:
Which pet?

  1.1. Thesis:
  Cats. [1]

    1.1.1. Pro:
    They [1] purr [2] and
    \\*sleep\\*. [3]

  1.2. Thesis:
  Dogs.

    1.2.1. Con:
    -> See 1.1.1.

    1.2.2. Pro:
    -> See discussion #1229: Eating animals

Sources:
[1] https://example.org/wiki/Cat_\\(animal\\)
"A cat sleeps"

[...]
[9] Not a source.
[2] www.example.org/a.pdf
[3] http://A whole sentence, said by somebody
"""


@pytest.mark.parametrize("text", [SEVERAL, SEVERAL.replace("\n", "\r\n"), "\ufeff" + SEVERAL])
def test_read_understands_questions_links_and_footnotes(text: str) -> None:
    draft = read(text)

    assert (draft.document.title, draft.document.question) == ("Pets", "Which pet?")
    assert outline(draft) == [
        (None, "", "Cats."),
        ("Cats.", "supports", "They [1] purr and *sleep*."),
        (None, "", "Dogs."),
        ("Dogs.", "opposes", "They [1] purr and *sleep*."),
        ("Dogs.", "supports", "Eating animals"),
    ]
    assert draft.document.lines[3].refers_to == draft.document.lines[1].id
    assert [line.at for line in draft.document.lines] == [7, 10, 14, 17, 20]
    assert [(card.title, card.url, card.quotation) for line in draft.document.lines for card in line.sources] == [
        (
            "https://example.org/wiki/Cat_(animal)", "https://example.org/wiki/Cat_(animal)",
            '"A cat sleeps"\n\n[...]\n[9] Not a source.',
        ),
        ("www.example.org/a.pdf", "https://www.example.org/a.pdf", ""),
        ("A whole sentence, said by somebody", "", ""),
        ("kialo:discussion/1229", "", ""),
    ]  # fmt: skip
    assert [(note.kind, note.at) for note in draft.notes] == [(NoteKind.REPAIRED, 20)]


def test_read_takes_utf_16() -> None:
    assert shape(KIALO.read(SEVERAL.encode("utf-16")).document) == shape(read(SEVERAL).document)


def test_read_keeps_lines_that_say_the_same_apart() -> None:
    draft = read("Discussion Name:\nT\n\n1. Thesis:\nA\n\n  1.1. Pro:\n  B\n\n  1.2. Con:\n  B\n")

    assert outline(draft) == [(None, "", "A"), ("A", "supports", "B"), ("A", "opposes", "B")]


def test_read_makes_a_note_of_further_paragraphs_where_the_words_are_many() -> None:
    long = "word " * 70
    draft = read(f"Discussion Name:\nT\n\n1. Thesis:\nShort.\n   \n{long}\n\nEnd.\n\n  1.1. Pro:\n  One.\n\n  Two.\n")

    thesis, argument = draft.document.lines
    assert (thesis.text, thesis.note) == ("Short.", f"{long.strip()}\n\nEnd.")
    assert (argument.text, argument.note) == ("One. Two.", "")
    assert [(note.kind, note.at) for note in draft.notes] == [(NoteKind.REPAIRED, 4)]


def test_read_takes_the_last_list_of_sources() -> None:
    draft = read("Discussion Name:\nT\n\n1. Thesis:\nSee the\nSources:\nbelow [1]\n\nSources:\n[1] https://x.org/\n")

    assert outline(draft) == [(None, "", "See the Sources: below")]
    assert [card.url for card in draft.document.lines[0].sources] == ["https://x.org/"]


@pytest.mark.parametrize("cut", range(len(SEVERAL) // 2, len(SEVERAL), 7))
def test_read_takes_a_file_that_ends_in_the_middle(cut: int) -> None:
    draft = read(SEVERAL[:cut])

    assert outline(draft)[0][2].startswith("Cats.")


def test_read_says_which_source_is_cut_off_and_which_nobody_needs() -> None:
    draft = read("Discussion Name:\nT\n\n1. Thesis:\nA [1]\n\nSources:\n[1] https://x.org/\n[2] A book\n[3]")

    assert [(note.kind, note.at) for note in draft.notes] == [
        (NoteKind.SKIPPED, 10), (NoteKind.SKIPPED, 9), (NoteKind.SKIPPED, 10),
    ]  # fmt: skip


def test_read_repairs_dangling_links_missing_parents_and_numbers_that_occur_twice() -> None:
    draft = read(
        "Discussion Name:\nT\n\n1. Thesis:\nA\n\n  1.1. Pro:\n  -> See 1.7.\n\n  1.2. Pro:\n  B\n\n"
        "  1.2. Con:\n  C\n\n    1.9.1. Pro:\n    D\n\n  1.3. Con:\n  -> See 1.\n"
    )

    assert outline(draft) == [(None, "", "A"), ("A", "supports", "B"), ("A", "opposes", "C"), (None, "", "D")]
    assert sorted((note.kind, note.at) for note in draft.notes) == [
        (NoteKind.CUT, 19), (NoteKind.REPAIRED, 13), (NoteKind.REPAIRED, 16), (NoteKind.SKIPPED, 7),
    ]  # fmt: skip


def test_read_takes_a_pasted_part_without_the_title() -> None:
    assert outline(read("1. Thesis:\nA\n\n  1.1. Con:\n  B\n")) == [(None, "", "A"), ("A", "opposes", "B")]


def test_both_names_read_both_dialects() -> None:
    new, old = "Discussion Name:\nT\n\n1. Thesis:\nA\n", "Discussion Title: T\n\n1. A\n"

    assert {
        shape(FORMATS[name].read(text.encode()).document) for name in ("kialo", "kialo-v1") for text in (new, old)
    } == {shape(Document("T", lines=[Line("1", text="A")]))}


@pytest.mark.parametrize(
    ("data", "at"),
    [(b"", 0), (b"\xff\xfe", 0), (b"\n\nHello.\n1. Thesis:\nA", 3), (b"Discussion Name:\nT\n\xe4\n", 3), (b"a\0b", 1)],
)
def test_read_refuses_what_is_no_export_and_names_the_line(data: bytes, at: int) -> None:
    with pytest.raises(Unreadable) as refused:
        KIALO.read(data)

    assert refused.value.at == at


def test_read_survives_thousands_of_levels_and_megabytes_of_brackets() -> None:
    deep = "Discussion Name:\nT\n\n" + "".join(f"{'1.' * level} Pro:\nx\n" for level in range(1, 2_000))
    start = time.process_time()

    assert len(read(deep).document.lines) == 1_999
    assert len(read("Discussion Name:\nT\n\n1. Thesis:\n" + "[" * 1_000_000).document.lines) == 1
    assert len(read("Discussion Name:\nT\n\n1. Thesis:\n" + "[a](x" * 100_000 + "*b" * 100_000).document.lines) == 1
    assert time.process_time() - start < 20


PIECES = st.sampled_from(
    ["Discussion Name:\n", "Discussion Title: ", "1. ", "1.1. ", "1.1. Pro:", "2. Thesis:", "1. Question:", "\n",
     "\n\n", "  ", "-> See 1.", "-> See discussion #", "[1]", "[2] ", "Sources:\n", "[1] http://", "*", "\\", "](", "x",
     "Con: ", "٣. Pro:"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.lists(PIECES, max_size=25).map(lambda parts: "".join(parts).encode())))
def test_read_gives_a_draft_or_a_sentence(data: bytes) -> None:
    for name in ("kialo", "kialo-v1"):
        with suppress(Unreadable):
            FORMATS[name].read(data)


@settings(max_examples=40, deadline=None)
@given(documents(KIALO.keeps, max_lines=6), st.data())
def test_read_gives_a_draft_or_a_sentence_for_what_was_changed(document: Document, data: st.DataObject) -> None:
    for name in ("kialo", "kialo-v1"):
        with suppress(Unreadable):
            FORMATS[name].read(mutated(FORMATS[name].write(document), data))


def test_links_that_never_end_are_read_in_linear_time() -> None:
    text = "[" + "\\[" * 100_000
    began = time.process_time()

    assert without_links(text) == (text, [])
    assert time.process_time() - began < 10  # what is quadratic takes minutes


@pytest.mark.parametrize(("text", "left"), [
    (r"\[a](https://x.org)", r"\[a](https://x.org)"),
    (r"\\[a](https://x.org)", r"\\a"),
    (r"[a\]b](https://x.org/\(c\))", r"a\]b"),
    (r"\[x [a](https://x.org)", r"\[x a"),
])  # fmt: skip
def test_a_link_begins_with_a_bracket_that_is_not_escaped(text: str, left: str) -> None:
    assert without_links(text)[0] == left
