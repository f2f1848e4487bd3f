"""DOCX: a paper that another reader reads with the same words in the same order."""

from __future__ import annotations

import io
from zipfile import ZipFile

import docx
import html5lib
import mammoth  # type: ignore[import-untyped]
from hypothesis import given, settings

from debates.formats.document import Document, Line
from debates.formats.features import kept
from debates.formats.outline import outline_of
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, full_document

DOCX = FORMATS["docx"]


def heard(data: bytes) -> list[tuple[str, str]]:
    """What mammoth reads: the tag and the text of every block."""
    html = mammoth.convert_to_html(io.BytesIO(data)).value
    body = html5lib.parse(html, namespaceHTMLElements=False).find("body")
    return [(block.tag, " ".join("".join(block.itertext()).split())) for block in body]


def test_paper_reads_aloud() -> None:
    assert heard(DOCX.write(full_document())) == [
        ("p", "School mornings"),
        ("p", "When should school begin?"),
        ("p", "The council decides in May."),
        ("p", "It asks for reasons."),
        ("h1", "1 School should begin at nine. – Azure Heron"),
        ("p", "Nine sharp."),
        ("p", "Every day."),
        ("p", "1.1 Because Teenagers sleep late. [1]"),
        ("p", "1.1.1 But They sleep late by choice."),
        ("p", "1.2 Because Who sleeps late is tired at eight."),
        ("p", "1.3 But [taken back]"),
        ("h1", "2 School should stay as it is."),
        ("p", "2.1 Because [taken back] (see 1.3)"),
        ("p", "Here too."),
        ("h1", "Sources"),
        ("p", "[1] A. Author. Sleep and school. A Press. 2020. p. 12. Data https://example.org/sleep_(2020)"),
        ("p", "Nine hours."),
        ("p", "Not eight."),
    ]


def test_paper_has_styles_a_language_and_properties() -> None:
    paper = docx.Document(io.BytesIO(DOCX.write(full_document())))

    assert [(each.text.partition("\t")[0], each.style.name) for each in paper.paragraphs if each.style][:8] == [
        ("School mornings", "Title"), ("When should school begin?", "Subtitle"),
        ("The council decides in May.", "Note 0"), ("It asks for reasons.", "Note 0"), ("1", "Heading 1"),
        ("Nine sharp.", "Note 0"), ("Every day.", "Note 0"), ("1.1", "Argument 1"),
    ]  # fmt: skip
    core = paper.core_properties
    assert (core.title, core.subject, core.language, core.author) == (
        "School mornings", "When should school begin?", "ko", "",
    )  # fmt: skip
    assert paper.styles["Normal"].element.xpath("w:rPr/w:lang/@w:val") == ["ko"]


def test_paper_indents_to_a_level_where_there_is_room_for_words() -> None:
    lines = [Line("0", text="Claim")] + [Line(str(at), str(at - 1), "opposes", f"But {at}") for at in range(1, 51)]
    paper = docx.Document(io.BytesIO(DOCX.write(Document(title="Deep", lines=lines))))
    styles = [paragraph.style.name for paragraph in paper.paragraphs if paragraph.style]

    assert styles[2:15] == [f"Argument {level}" for level in [*range(1, 13), 12]]
    assert len(styles) == 52


def test_paper_runs_from_right_to_left_where_its_language_does() -> None:
    paper = docx.Document(io.BytesIO(DOCX.write(Document(title="T", language="ar", lines=[Line("1", text="نعم")]))))

    assert len(paper.styles["Normal"].element.xpath("w:pPr/w:bidi | w:rPr/w:rtl")) == 2


@settings(max_examples=5)
@given(documents(DOCX.keeps))
def test_paper_has_every_line_in_order(document: Document) -> None:
    entries = outline_of(kept(document, DOCX.keeps)).entries
    texts = iter(text for _tag, text in heard(DOCX.write(document)))

    for entry in entries:
        start = " ".join(f"{entry.number} {entry.word} {entry.text}".split())
        assert any(text.startswith(start) for text in texts), start


def test_paper_is_the_same_whenever_it_is_written() -> None:
    first = DOCX.write(full_document())

    assert {info.date_time[0] for info in ZipFile(io.BytesIO(first)).infolist()} == {1980}
    assert DOCX.write(full_document()) == first


def test_paper_takes_characters_that_xml_has_no_place_for() -> None:
    assert ("h1", "1 a�b") in heard(DOCX.write(Document(title="\x01", lines=[Line("1", text="a\x0bb")])))
