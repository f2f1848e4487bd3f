"""Reading essays from Word documents, as Word writes them and as an attacker would."""

from __future__ import annotations

import random
from io import BytesIO
from zipfile import ZIP_STORED

import docx
import pytest
from docx.document import Document

from debates.essays.readers import read_file
from debates.essays.readers.packages import Package
from debates.models.errors import Refused
from tests.debates.essays.reader_files import RELATIONS, paragraph, refused, word, zipped

FAMILY = "👩‍👩‍👧‍👦"
TOO_LARGE = "This document unpacks to far more than its size. Copy its text, and paste that."
# Lets what follows unpack to more, as it does not shrink itself.
NOISE = f"<!--{random.Random(1).randbytes(60_000).hex()}-->"
DAMAGED = "This Word document is damaged. Open it in your word processor, save it again as .docx, and try again."


def text_of(body: str, **parts: str) -> str:
    return read_file("essay.docx", word(body, **parts)).text


def saved(paper: Document) -> bytes:
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def school_paper() -> Document:
    paper = docx.Document()
    paper.core_properties.title, paper.core_properties.author = "Draft 3", "Ann Lee"
    paper.add_heading("School mornings", 0)
    paper.add_heading("Why", 1)
    begun = paper.add_paragraph("School ")
    begun.add_run("should").bold = True
    begun.add_run(f" begin late. {FAMILY} e\u0301\tal\nand so on")
    paper.add_paragraph("sleep", style="List Bullet")
    paper.add_paragraph("first", style="List Number")
    paper.add_paragraph("second", style="List Number")
    table = paper.add_table(2, 2)
    for number, words in enumerate(["Town", "Start", "A", "8:00"]):
        table.cell(number // 2, number % 2).text = words
    paper.add_heading("Sources", 2)
    paper.sections[0].header.paragraphs[0].text = "Lee 1"
    return paper


def test_document_of_a_word_processor_becomes_its_text() -> None:
    file = read_file("essay.docx", saved(school_paper()))
    assert file.text.split("\n\n") == [
        "# School mornings", "## Why", f"School should begin late. {FAMILY} é al\nand so on", "- sleep", "1) first",
        "2) second", "Town | Start", "A | 8:00", "### Sources",
    ]  # fmt: skip
    assert (file.title, file.author, file.kind) == ("School mornings", "Ann Lee", "docx")
    assert file.notes == ("1 table is read as text, a row to a paragraph.",)


STYLES = """
<w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="My heading"/><w:basedOn w:val="Kop1"/></w:style>
<w:style w:styleId="Outline"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>"""


def test_headings_are_known_by_style_by_what_it_is_based_on_and_by_level() -> None:
    body = "".join(
        paragraph(f"{style}.", f'<w:pStyle w:val="{style}"/>') for style in ("TOC1", "Kop1", "Mine", "Outline", "Loop")
    ) + paragraph("By itself.", '<w:outlineLvl w:val="1"/>') + paragraph(
        "None.", '<w:pStyle w:val="Kop1"/><w:outlineLvl w:val="9"/>'
    )  # fmt: skip
    file = read_file("essay.docx", word(body, styles=STYLES))
    assert file.text == "# Kop1.\n\n# Mine.\n\n### Outline.\n\nLoop.\n\n## By itself.\n\nNone."
    assert (file.title, file.notes) == ("Kop1.", ("The table of contents is left out.",))


NUMBERING = """<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="lowerLetter"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="upperRoman"/></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>"""


def test_lists_count_as_their_numbering_says() -> None:
    depths = [0, 1, 1, 0, 1, 2, 0]
    body = "".join(
        paragraph("x", f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>') for depth in depths
    )
    said = text_of(body + paragraph("y", '<w:numPr><w:numId w:val="0"/></w:numPr>'), numbering=NUMBERING)
    assert said.split("\n\n") == ["a) x", "i) x", "ii) x", "b) x", "i) x", "- x", "c) x", "y"]


def test_what_a_reader_of_the_page_does_not_see_is_left_out() -> None:
    file = read_file("essay.docx", word(
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs>"
        "<w:pPrChange><w:pPr><w:pStyle w:val='Kop1'/></w:pPr></w:pPrChange></w:pPr>"
        "<w:r><w:t>Seen </w:t></w:r><w:del><w:r><w:delText>deleted</w:delText><w:t>too</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>added</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t> text</w:t></w:r><w:hyperlink><w:r><w:t> linked</w:t></w:r>"
        "</w:hyperlink><w:r><w:instrText>PAGE</w:instrText><w:footnoteReference/><w:noBreakHyphen/></w:r>"
        "<w:moveFrom><w:r><w:t>from</w:t></w:r></w:moveFrom><w:r><w:drawing><w:pic/></w:drawing></w:r></w:p>",
        styles=STYLES,
    ))  # fmt: skip
    assert file.text == "Seen added text linked‑"
    assert file.notes == (
        "Left out: 1 picture and 1 footnote.", "Tracked changes are read as if they were accepted.",
    )  # fmt: skip


def test_box_of_text_is_read_once_and_before_what_it_hangs_on() -> None:
    box = f"<w:txbxContent>{paragraph('Boxed.')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>Out</w:t><w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback><w:t>side.</w:t></w:r></w:p>"
    )
    assert text_of(body) == "Boxed.\n\nOutside."


def test_table_that_lays_out_a_page_is_read_as_paragraphs() -> None:
    cells = "".join(f"<w:tc>{paragraph(words * 30)}</w:tc>" for words in ("left side ", "right side "))
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
    file = read_file("essay.docx", word(f"<w:tbl><w:tr>{cells}</w:tr><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"))
    assert file.text.split("\n\n") == [("left side " * 30).strip(), ("right side " * 30).strip(), "a | b"]
    assert file.notes == ("1 table is read as text, a row to a paragraph.",)


def test_names_that_programs_write_are_no_authors() -> None:
    paper = school_paper()
    paper.core_properties.author = "Windows User"
    assert read_file("essay.docx", saved(paper)).author == ""


# -- attacks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", [" " * 30_000_000, "<w:r/>" * 2_000_000, paragraph("x" * 30_000_000), "<w:p><w:r>" * 400_000]
)
def test_bomb_is_refused_before_it_is_unpacked(body: str) -> None:
    assert refused("essay.docx", word(body)) == TOO_LARGE


def test_size_that_a_zip_claims_does_not_count() -> None:
    data = word(paragraph(" " * 30_000_000))
    place = data.index(b"word/document.xml", data.index(b"PK\x01\x02")) - 46
    lying = data[: place + 24] + (1_000).to_bytes(4, "little") + data[place + 28 :]
    assert refused("essay.docx", lying) in {TOO_LARGE, DAMAGED}


def test_document_of_too_many_elements_is_refused() -> None:
    assert refused("essay.docx", word(NOISE + "<w:r/>" * 500_000)).startswith(
        "This document has more parts than this site reads."
    )


def test_deep_tables_and_boxes_are_read() -> None:
    words = paragraph("Words.")
    tables = f"{'<w:tbl><w:tr><w:tc>' * 20_000}{words}{'</w:tc></w:tr></w:tbl>' * 20_000}"
    assert text_of(NOISE + tables) == "Words."
    assert text_of(f"{NOISE}{'<w:p><w:r>' * 30_000}{words}{'</w:r></w:p>' * 30_000}") == "Words."


def test_document_that_defines_entities_is_refused() -> None:
    document = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        '<d xmlns="w"><p><r><t>Words&b;&f;</t></r></p></d>'
    )
    parts = {"[Content_Types].xml": "", "_rels/.rels": RELATIONS}
    assert refused("essay.docx", zipped({**parts, "word/document.xml": document})) == DAMAGED
    assert refused("essay.docx", zipped({**parts, "word/document.xml": document.encode("utf-16")})) == DAMAGED


@pytest.mark.parametrize("number", [2_001, 60_000])
def test_zip_of_too_many_files_is_refused_unread(number: int) -> None:
    entries = b"PK\x01\x02" * number
    assert refused("essay.docx", b"PK\x03\x04[Content_Types].xmlword/" + entries).startswith(
        "This document holds more than"
    )


def test_damaged_documents_are_refused() -> None:
    data = word(paragraph("Words " * 100))
    assert refused("essay.docx", data[:-40]) == DAMAGED
    assert refused("essay.docx", word("<w:p>")) == DAMAGED
    middle = data.index(b"word/document.xml") + 30
    assert refused("essay.docx", data[:middle] + b"\xff" * 9 + data[middle + 9 :]) == DAMAGED


def test_parts_are_counted_together() -> None:
    noise = b"x" * 8_000_000
    package = Package(zipped({"a": noise, "b": noise, "c": noise}, packing=ZIP_STORED))
    assert package.part("a") == package.part("b") == noise
    with pytest.raises(Refused, match="unpacks to far more"):
        package.part("c")


def test_places_outside_the_package_are_nothing() -> None:
    relations = RELATIONS.replace("word/document.xml", "../../../etc/passwd")
    data = zipped({"[Content_Types].xml": "", "word/document.xml": "<d/>", "_rels/.rels": relations})
    assert refused("essay.docx", data).startswith("This file holds no Word document.")
