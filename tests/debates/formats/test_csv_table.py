"""CSV: the table as spreadsheets write and read it, guarded against formulas."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from debates.formats.document import Document, Line, SourceCard
from debates.formats.drafts import NoteKind, Unreadable
from debates.formats.features import kept
from debates.formats.registry import FORMATS
from debates.formats.source_cells import cell_of, sources_of
from tests.debates.formats.documents import documents, full_document, shape, small_document

CSV = FORMATS["csv"]


def read(text: str, encoding: str = "utf-8") -> Document:
    return CSV.read(text.encode(encoding)).document


def test_write_gives_a_row_for_the_topic_and_one_per_line() -> None:
    assert CSV.write(small_document()).decode("utf-8-sig").split("\r\n") == [
        "id,parent_id,link_of,kind,stance,text,note,group,author,votes_0,votes_1,votes_2,votes_3,votes_4,sources,"
        "created,updated,status",
        ",,,topic,,School mornings,,,,,,,,,,,,",
        ",,,question,,When should school begin?,,,,,,,,,,,,",
        ",,,language,,en,,,,,,,,,,,,",
        "1,,,claim,,School should begin at nine.,,,,,,,,,,,,visible",
        "2,1,,argument,supports,Teenagers sleep late.,,,,,,,,,,,,visible",
        "3,2,,argument,opposes,They sleep late by choice.,,,,,,,,,,,,visible",
        "4,1,,argument,opposes,Parents begin at eight.,,,,,,,,,,,,visible",
        "5,,,claim,,School should stay as it is.,,,,,,,,,,,,visible",
        "6,5,4,link,supports,Parents begin at eight.,,,,,,,,,,,,visible",
        "",
    ]


def test_write_begins_with_a_byte_order_mark() -> None:
    assert CSV.write(small_document()).startswith(b"\xef\xbb\xbfid,")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "＝1", "'=1", "''-x", "=cmd|' /C calc'!A0"])
def test_write_guards_formulas_and_read_undoes_it(text: str) -> None:
    data = CSV.write(Document(title="T", lines=[Line("1", text=text)]))

    assert f"'{text}" in data.decode()
    assert CSV.read(data).document.lines[0].text == text


def test_read_leaves_an_apostrophe_that_guards_nothing() -> None:
    assert read("text\n'tis so").lines[0].text == "'tis so"


@settings(max_examples=25)
@given(documents(CSV.keeps))
def test_read_gives_back_what_was_written(document: Document) -> None:
    draft = CSV.read(CSV.write(document))

    assert shape(draft.document) == shape(kept(document, CSV.keeps))
    assert draft.notes == []


def test_read_gives_back_everything_that_the_table_keeps() -> None:
    document = kept(full_document(), CSV.keeps)

    assert shape(CSV.read(CSV.write(full_document())).document) == shape(document)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_read_finds_out_what_separates_the_cells(separator: str) -> None:
    found = read(separator.join(["id", "parent_id", "stance", "text"]) + "\n" + separator.join(["7", "", "", "Yes"]))

    assert [(line.id, line.text) for line in found.lines] == [("7", "Yes")]


def test_read_takes_the_separator_from_the_line_that_spreadsheets_write() -> None:
    assert read("sep=|\ntext|note\nYes|it is").lines[0].note == "it is"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_read_takes_every_encoding_and_line_end(encoding: str, end: str) -> None:
    assert [line.text for line in read(end.join(["text", "하나", '"둘"']), encoding).lines] == ["하나", "둘"]


def test_read_knows_the_names_and_stances_of_other_tools() -> None:
    found = read("ID,Parent,Side,Argument,User\n1,,,We should,Ann\n2,1,Pro,It helps,Ben\n3,1,against,It costs,\n")

    assert [(line.parent, line.stance, line.text, line.author) for line in found.lines] == [
        (None, "", "We should", "Ann"),
        ("1", "supports", "It helps", "Ben"),
        ("1", "opposes", "It costs", ""),
    ]


def test_read_counts_rows_without_ids() -> None:
    found = read("parent_id,stance,text\n,,We should\n1,con,It costs\n")

    assert found.lines[1].parent == found.lines[0].id


def test_read_names_the_line_of_a_row_after_cells_of_several_lines() -> None:
    draft = CSV.read(b'text,created\n"one","a\nb"\ntwo,yesterday\n')

    assert [(note.kind, note.at) for note in draft.notes] == [(NoteKind.SKIPPED, 2), (NoteKind.SKIPPED, 4)]
    assert "yesterday" in draft.notes[1].sentence


def test_read_notes_what_has_no_place() -> None:
    draft = CSV.read(b"text,mood,votes_0\nYes,sad,many,extra\n")

    assert len(draft.notes) == 3
    assert "mood" in draft.notes[0].sentence
    assert draft.document.lines[0].tally is None


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("", 0, "empty"),
        ("a,b\n1,2\n", 1, "first row must name the columns"),
        ('text\nfine\n"not closed', 3, "quotation marks"),
        ('text\n"a"b', 2, "quotation marks"),
        ("text\n" + "x" * 1_000_001, 2, "quotation marks"),
    ],
)
def test_read_says_what_is_wrong_and_where(text: str, at: int, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        CSV.read(text.encode())

    assert caught.value.at == at
    assert words in str(caught.value.sentence)


def test_source_cell_gives_back_titles_addresses_and_quotations() -> None:
    cards = [
        SourceCard("Sleep <2020> [1]", "https://example.org/a_(b)?c=<d>", "One.\n\n> Two."),
        SourceCard("> no quotation"),
    ]
    cell = cell_of(cards)

    assert cell.split("\n")[1:4] == ["> One.", ">", "> > Two."]
    assert [card.title for card in sources_of(cell)] == ["Sleep <2020> [1]", "> no quotation"]
    assert sources_of(cell)[0].quotation == "One.\n\n> Two."


def test_source_cell_of_a_person_may_be_addresses_alone_or_within_words() -> None:
    found = sources_of("https://a.org/x https://b.org/y\nThe study (https://c.org)\nMy uncle")

    assert [(card.title, card.url) for card in found] == [
        ("https://a.org/x", "https://a.org/x"),
        ("https://b.org/y", "https://b.org/y"),
        ("The study", "https://c.org"),
        ("My uncle", ""),
    ]


def test_read_stops_behind_the_last_line_that_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("debates.formats.table_reading.MOST_LINES", 3)

    assert len(read("text\n" + "a\n" * 3).lines) == 3
    with pytest.raises(Unreadable, match="more than 200,000 lines"):
        read("text\n" + "a\n" * 4 + '"never ends\n')
