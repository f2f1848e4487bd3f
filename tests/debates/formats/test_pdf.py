"""PDF: tagged, with its language and title, in fonts that show the text or say that they do not."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from pypdf.generic import ArrayObject, DictionaryObject

from debates.formats.document import Document, Line, SourceCard
from debates.formats.features import kept
from debates.formats.glyphs import FOLDER, INSTEAD, Glyphs, code_points, fonts, unshown_in
from debates.formats.outline import outline_of
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, full_document

PDF = FORMATS["pdf"]


def paper(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(PDF.write(document)))


def text_of(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags(reader: pypdf.PdfReader) -> list[str]:
    """The kinds of the elements in the structure tree, in order."""
    found: list[str] = []
    stack: list[Any] = [reader.root_object["/StructTreeRoot"]]
    while stack:
        element = stack.pop().get_object()
        if isinstance(element, ArrayObject):
            stack.extend(reversed(element))
        elif isinstance(element, DictionaryObject):
            if "/S" in element:
                found.append(str(element["/S"]))
            stack.append(element.get("/K", ArrayObject()))
    return found


def test_paper_reads_in_order() -> None:
    assert text_of(paper(full_document())) == (
        "School mornings When should school begin? The council decides in May. It asks for reasons. "
        "1 School should begin at nine. – Azure Heron Nine sharp. Every day. 1.1 Because Teenagers sleep late. [1] "
        "1.1.1 But They sleep late by choice. 1.2 Because Who sleeps late is tired at eight. 1.3 But [taken back] "
        "2 School should stay as it is. 2.1 Because [taken back] (see 1.3) Here too. "
        "Sources [1] A. Author. Sleep and school. A Press. 2020. p. 12. Data https://example.org/sleep_(2020) "
        "Nine hours. Not eight. 1 / 1"
    )


def test_paper_is_tagged_and_says_its_language_and_title() -> None:
    reader = paper(full_document())
    root: Any = reader.root_object
    found = tags(reader)

    assert root["/Lang"] == "ko"
    assert reader.metadata is not None
    assert reader.metadata.title == "School mornings"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert [tag for tag in found if tag.startswith("/H")] == ["/H1", "/H2", "/H2", "/H2"]
    assert found.count("/Link") == 2


def test_paper_shows_korean_and_other_writings() -> None:
    lines = [
        Line("1", text="학교는 아홉 시에 시작해야 한다."),
        Line("2", "1", "supports", "Zażółć gęślą jaźń; Київ; Ελλάδα"),
    ]
    text = text_of(paper(Document(title="한국어", language="ko", lines=lines)))

    assert all(line.text in text for line in lines)
    assert INSTEAD not in text


def test_paper_says_which_characters_no_font_shows() -> None:
    text = text_of(paper(Document(title="T", lines=[Line("1", text="A 😀 and ก")])))

    assert f"A {INSTEAD} and {INSTEAD}" in text
    assert f"2 characters are in none of the fonts and shown as {INSTEAD}: U+1F600, U+0E01." in text


@pytest.mark.parametrize(
    "text", ['#panic("x")', '#read("/etc/passwd")', "= x", "$x$", "@ref", "<label>", "*b* _i_", "```", "\\", "//x"]
)
def test_paper_shows_typst_s_own_markup_as_text(text: str) -> None:
    card = SourceCard(text, f"https://x.org/{text}", text)
    lines = [Line("1", text=text, note=text, author=text, sources=[card])]
    found = text_of(paper(Document(title=text, question=text, background=text, lines=lines)))

    assert re.sub(r"\s", "", found).count(re.sub(r"\s", "", text)) >= 7


@settings(max_examples=10)
@given(documents(PDF.keeps))
def test_paper_has_every_line_in_order(document: Document) -> None:
    entries = outline_of(kept(document, PDF.keeps)).entries
    text = re.sub(r"\s", "", text_of(paper(document)))
    at = 0
    for entry in entries:
        # What is read back is in visual order and split by fonts: number and word stand before each text.
        at = text.index(f"{entry.number}{entry.word}", at) + 1


def test_paper_holds_fifty_levels() -> None:
    lines = [Line("0", text="Claim")] + [Line(str(at), str(at - 1), "opposes", f"Rung {at}") for at in range(1, 51)]
    text = text_of(paper(Document(title="Deep", language="ar", lines=lines)))

    assert all(f"Rung {at}" in text for at in range(1, 51))


@pytest.mark.parametrize("language", ["", "en-GB", "zh-Hant-TW", "tlh", "x", "123"])
def test_paper_takes_any_language(language: str) -> None:
    assert paper(Document(title="T", language=language)).root_object["/Lang"]


def test_paper_is_the_same_whenever_it_is_written() -> None:
    assert PDF.write(full_document()) == PDF.write(full_document())


# -- the fonts ---------------------------------------------------------------------------------------------------


def test_fonts_have_the_letters_that_they_are_kept_for() -> None:
    latin, korean, arabic, hebrew = fonts()

    assert {ord(char) for char in "Aéłğ€Жω–“”…"} <= latin
    assert set(range(0xAC00, 0xD7A4)) <= korean
    assert {ord(char) for char in "שלום"} <= hebrew
    assert {ord(char) for char in "سلامپچ"} <= arabic
    assert ord("😀") not in latin | korean | arabic | hebrew


def test_bold_fonts_have_what_the_regular_ones_have() -> None:
    for regular, bold in (("NotoSans-Regular", "NotoSans-Bold"), ("NotoSansKR-Regular", "NotoSansKR-Bold")):
        assert set(code_points((FOLDER / f"{regular}.ttf").read_bytes())) == set(
            code_points((FOLDER / f"{bold}.ttf").read_bytes())
        )


def test_glyphs_leave_out_what_has_no_trace_and_name_what_is_missing() -> None:
    glyphs = Glyphs()

    assert glyphs.shown_in({"a": ["é", "x\ufe0f", 3, True], "b": "กั"}) == {"a": ["é", "x", 3, True], "b": INSTEAD}
    assert list(glyphs.missing) == ["ก", "ั"]
    assert Glyphs().missing_words() == ""


def test_unshown_characters_are_counted_where_they_are_written() -> None:
    card = SourceCard("🌶", author="😀")
    document = Document(title="가 😀", lines=[Line("1", text="ก", sources=[card])])

    assert unshown_in(kept(document, PDF.keeps))[0] == 3
    assert unshown_in(kept(document, FORMATS["png"].keeps))[0] == 2
    assert "U+1F600, U+0E01" in unshown_in(kept(document, FORMATS["png"].keeps))[1]
    assert unshown_in(full_document()) == (0, "")
