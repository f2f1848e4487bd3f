"""A draft as files: each opens again in somebody else's reader, and holds the words."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debates.drafting.files import FILES, Written
from debates.drafting.paper import flat, paper_of
from tests.debates.formats.test_pdf import tags, text_of

if TYPE_CHECKING:
    from docx.document import Document

TEXT = """## Introduction

Four *days* are **enough** (Kim, 2026), [they say](https://example.org/a).

## Reasons

1. Rest helps.

   > We sleep.

   1. Against this: it is not free.
      - a bullet
2. Teachers get time.

Between the lists.

5. It begins at five.

> We *wake*.

## References

Kim, M. (2026). *Sleep*. A Press."""
DRAFT = Written("Four days, in my words", TEXT)


def word(draft: Written) -> Document:
    return docx.Document(io.BytesIO(FILES["docx"].write(draft)))


def pdf(draft: Written) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(FILES["pdf"].write(draft)))


def styled(paper: Document) -> list[tuple[str, str]]:
    return [(str(each.style.name) if each.style else "", each.text) for each in paper.paragraphs]


# -- Word -------------------------------------------------------------------------------------------------------------


def test_word_has_headings_lists_quotations_and_references() -> None:
    assert styled(word(DRAFT)) == [
        ("Title", "Four days, in my words"),
        ("Heading 1", "Introduction"),
        ("Normal", "Four days are enough (Kim, 2026), they say."),
        ("Heading 1", "Reasons"),
        ("List Paragraph", "Rest helps."),
        ("Quote", "We sleep."),
        ("List Paragraph", "Against this: it is not free."),
        ("List Paragraph", "a bullet"),
        ("List Paragraph", "Teachers get time."),
        ("Normal", "Between the lists."),
        ("List Paragraph", "It begins at five."),
        ("Quote", "We wake."),
        ("Heading 1", "References"),
        ("Reference", "Kim, M. (2026). Sleep. A Press."),
    ]


def test_word_keeps_italics_and_hangs_references() -> None:
    paper = word(DRAFT)
    reference = paper.paragraphs[-1]
    format_of: Any = reference.style.paragraph_format if reference.style else None

    assert [run.text for run in reference.runs if run.italic] == ["Sleep"]
    assert format_of.first_line_indent == -format_of.left_indent < 0
    assert [run.text for run in paper.paragraphs[2].runs if run.bold] == ["enough"]


def test_word_numbers_each_list_from_its_own_beginning() -> None:
    paper = word(DRAFT)

    placed: list[tuple[str, int, int]] = []
    for each in paper.paragraphs:
        held: Any = each._p.pPr.numPr if each._p.pPr is not None else None
        if held is not None:
            placed.append((each.text, held.numId.val, held.ilvl.val))
    lists = {number: at for at, number in enumerate(dict.fromkeys(number for _text, number, _level in placed))}
    assert [(text, lists[number], level) for text, number, level in placed] == [
        ("Rest helps.", 0, 0), ("Against this: it is not free.", 1, 1), ("a bullet", 2, 2),
        ("Teachers get time.", 0, 0), ("It begins at five.", 3, 0),
    ]  # fmt: skip
    numbering: Any = paper.part.numbering_part.element
    starts = {each.numId: each.lvlOverride_lst[0].startOverride.val for each in numbering.num_lst[-4:]}
    assert list(starts.values()) == [1, 1, 1, 5]


def test_word_is_the_same_file_each_time_and_names_nobody() -> None:
    assert FILES["docx"].write(DRAFT) == FILES["docx"].write(DRAFT)
    core = word(DRAFT).core_properties
    assert (core.title, core.author, core.last_modified_by) == ("Four days, in my words", "", "")


def test_word_takes_what_xml_has_no_place_for() -> None:
    paper = word(Written("A\x0b \ufffe", "B\x0c <w:p> &amp; \ud800"))

    assert "<w:p>" in paper.paragraphs[1].text


# -- PDF --------------------------------------------------------------------------------------------------------------


def test_pdf_reads_in_order_and_is_tagged() -> None:
    paper = pdf(DRAFT)

    assert text_of(paper).startswith(
        "Four days, in my words Introduction Four days are enough (Kim, 2026), they say. Reasons 1. Rest helps."
        " We sleep. 1. Against this: it is not free. • a bullet 2. Teachers get time."
        " Between the lists. 5. It begins at five. We wake. References Kim, M. (2026). Sleep. A Press."
    )
    kinds = tags(paper)
    assert {"/H1", "/H2", "/L", "/LI", "/BlockQuote", "/Em", "/Strong", "/Link"} <= set(kinds)
    root: Any = paper.root_object
    assert root["/Lang"] == "en"
    assert paper.metadata is not None
    assert paper.metadata.title == "Four days, in my words"


def test_pdf_says_which_characters_no_font_shows() -> None:
    assert "U+1F600" in text_of(pdf(Written("A title", "Words 😀")))


def test_pdf_takes_other_scripts_and_directions() -> None:
    assert "한국어" in text_of(pdf(Written("한국어", "*기울임* 단어", "ko")))
    assert pdf(Written("عربي", "## عنوان\n\n1. *كلمة*", "ar")).pages


# -- texts ------------------------------------------------------------------------------------------------------------


def test_markdown_is_the_text_below_its_title() -> None:
    assert FILES["md"].write(Written("A *title* #1", TEXT)).decode() == f"# A \\*title\\* \\#1\n\n{TEXT}\n"


def test_plain_text_has_no_marks() -> None:
    assert FILES["txt"].write(DRAFT).decode() == (
        "Four days, in my words\n\nIntroduction\n\nFour days are enough (Kim, 2026), they say.\n\nReasons\n\n"
        "1. Rest helps.\n        We sleep.\n    1. Against this: it is not free.\n        – a bullet\n"
        "2. Teachers get time.\n\nBetween the lists.\n\n5. It begins at five.\n\n    We wake.\n\n"
        "References\n\nKim, M. (2026). Sleep. A Press.\n"
    )


# -- whatever is typed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(FILES))
@pytest.mark.parametrize(
    "text", ["", "#", "- # in a list", "> " * 30 + "deep", "\n".join("  " * n + "- a" for n in range(60)),
             "#import \"x\"\n$x$ #eval"]
)  # fmt: skip
def test_every_file_is_made_of_every_text(name: str, text: str) -> None:
    assert FILES[name].write(Written("A title", text))


@settings(max_examples=8)
@given(st.text("ab #>*_`[]()-1.\n\\<&", max_size=60))
def test_words_of_any_text_are_in_the_word_file(text: str) -> None:
    made = FILES["docx"].write(Written("A title", text))

    assert zipfile.ZipFile(io.BytesIO(made)).testzip() is None
    said = [piece.text.replace("\n", "") for piece in flat(paper_of(text))]
    read = [each.text.replace("\n", "") for each in docx.Document(io.BytesIO(made)).paragraphs][1:]
    assert [each for each in read if each] == [each for each in said if each]
