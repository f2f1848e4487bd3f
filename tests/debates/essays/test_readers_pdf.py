"""Reading essays from PDFs: lines become paragraphs, and what a PDF does to its readers does nothing to the site."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from debates.essays.readers import read_file
from debates.essays.readers.pdf_edges import Line, without_edges
from debates.essays.readers.pdf_paragraphs import pieces_of
from debates.essays.readers.pdf_program import report
from debates.essays.readers.pdf_words import Words
from tests.debates.essays.reader_files import PICTURE, lines, pdf, refused, typeset

GUESSED = "Paragraphs and headings of a PDF are guessed from its look: read it through."
HEAVY = "This PDF takes too long to read. Save it again without its pictures, or paste its text."
PAPER = """
#set page(paper: "a5", header: align(right)[Lee], footer: context align(center)[Page #counter(page).display()])
#set par(justify: true)
#set text(hyphenate: true)
#set document(title: "paper.typ", author: "Ann Lee")
= School mornings
%(long)s

Short *bold* words.
== Why so late
- sleep
- buses

%(korean)s

%(longer)s

The end.
"""
LONG = "A well-known school of extraordinarily complicated internationalisation begins its mornings inefficiently. " * 3
LONGER = "Every sentence of this page is one that fills a part of a line and goes on. " * 45
KOREAN = "학교 교복은 필요하다고 하는 사람들이 많다. 학생들이 평등하게 느끼기 때문이다. 그러나 반론도 있다."


def test_set_paper_becomes_its_paragraphs_and_headings() -> None:
    file = read_file("essay.pdf", typeset(PAPER % {"long": LONG, "korean": KOREAN, "longer": LONGER}))
    assert file.text.split("\n\n") == [
        "# School mornings", LONG.strip(), "Short bold words.", "## Why so late", "- sleep", "- buses", KOREAN,
        LONGER.strip(), "The end.",
    ]  # fmt: skip
    assert (file.title, file.author, file.kind) == ("School mornings", "Ann Lee", "pdf")
    assert file.notes == (GUESSED, "Left out, as it repeats from page to page: “Lee”, “Page 1”.")


def test_page_that_is_a_picture_is_named() -> None:
    pages = [(lines("These are the words of a page.", "They go on for a while."), b""), (b"/X0 Do", b"")]
    file = read_file("essay.pdf", pdf(pages, things=[PICTURE]))
    assert file.text == "These are the words of a page. They go on for a while."
    assert file.notes == (GUESSED, "Page 2 has no text that can be read.", "Left out: 1 picture.")


def test_writing_from_right_to_left_is_doubted() -> None:
    file = read_file("essay.pdf", typeset('#set text(lang: "he")\nהתלבושת האחידה נחוצה.'))
    assert "האחידה" in file.text
    assert file.notes[1].startswith("Writing from right to left often comes out of a PDF in disorder")


# -- lines to paragraphs -----------------------------------------------------------------------------------------------


def page(*rows: tuple[str, float], left: float = 60, size: float = 12, bold: bool = False) -> list[Line]:
    """Lines with how far each stands below the one before."""
    up, made = 740.0, []
    for text, gap in rows:
        up -= gap
        made.append(Line(text, left, up, size, bold))
    return made


def read(*pages: list[Line]) -> list[str]:
    return [piece.text for piece in pieces_of(list(pages))]


FULL = "This is a line of text that is as long as a line"


def test_gaps_and_short_lines_part_paragraphs() -> None:
    rows = [(FULL, 14.0), (FULL, 14.0), (FULL, 24.0), (FULL, 14.0), ("It ends here.", 14.0), (FULL, 14.0)]
    assert read(page(*rows)) == [f"{FULL} {FULL}", f"{FULL} {FULL} It ends here.", FULL]


def test_first_lines_that_stand_further_in_begin_paragraphs() -> None:
    rows = page(*[(FULL, 14.0)] * 8)
    indented = [line._replace(left=80.0) if number in {2, 5} else line for number, line in enumerate(rows)]
    assert [text.count("This") for text in read(indented)] == [2, 3, 3]


def test_sentence_goes_on_over_the_end_of_a_page() -> None:
    first, second = page((FULL, 14.0), (FULL, 14.0)), page((FULL, 14.0), ("to its end.", 14.0))
    assert read(first, second) == [f"{FULL} {FULL} {FULL} to its end."]
    ended = page((FULL, 14.0), (f"{FULL}.", 14.0))
    assert read(ended, second) == [f"{FULL} {FULL}.", f"{FULL} to its end."]


def test_bold_lines_between_others_are_headings() -> None:
    rows = [*page((FULL, 14.0), (f"{FULL}.", 14.0)), Line("Why", 60, 690, 12, True), Line(FULL, 60, 676, 12, False)]
    assert pieces_of([rows])[1] == ("Why", 1)


def test_footnotes_below_the_text_are_counted_and_left_out() -> None:
    notes = [Line("1 Lee, p. 4.", 60, 90, 9, False), Line("in the first edition.", 60, 80, 9, False)]
    body = without_edges([[*page((FULL, 14.0), (FULL, 14.0)), *notes]])
    assert (len(body.pages[0]), body.footnotes) == (2, 1)


def test_lines_that_repeat_in_the_text_stay() -> None:
    pages = [page(("Lee 1", 0.0), (FULL, 30.0), ("He said so.", 14.0), (FULL, 14.0), (FULL, 14.0), (str(number), 300.0))
             for number in range(1, 5)]  # fmt: skip
    body = without_edges([[line._replace(text=line.text.replace("Lee 1", f"Lee {number}")) for line in each]
                          for number, each in enumerate(pages)])  # fmt: skip
    assert [len(each) for each in body.pages] == [4, 4, 4, 4]
    assert body.note == "Left out, as it repeats from page to page: “1”, “2”."


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("inter-", "national", "international"),
        ("a well-", "known one", "a well-known one"),
        ("Anglo-", "Saxon", "Anglo-Saxon"),
        ("from 1990-", "1995", "from 1990-1995"),
        ("soft\u00ad", "ened", "softened"),
        ("said -", "and left", "said - and left"),
        ("校服是必", "要的。", "校服是必要的。"),
        ("학교 교복은", "필요하다", "학교 교복은 필요하다"),
        ("ﬁrst ⼈", "ﺳﻠﺎم", "first 人 سلام"),
    ],
)
def test_ends_of_lines_are_joined(before: str, after: str, joined: str) -> None:
    assert Words(["It is well-known to all"]).joined([before, after]) == joined


def test_korean_words_that_were_broken_are_joined_where_spaces_are_kept() -> None:
    broken = ["학교에 대 ", "해 토론", "해 왔다"]
    assert Words([*broken, "다른 줄 "]).joined(broken) == "학교에 대 해 토론해 왔다"


# -- what cannot be read -----------------------------------------------------------------------------------------------


def test_pdf_of_pictures_says_what_to_do() -> None:
    pages = [(b"q /X0 Do Q " + lines(str(number)), b"") for number in range(3)]
    assert refused("essay.pdf", pdf(pages, things=[PICTURE])) == (
        "This PDF holds pictures of pages, no text. Let a program recognise the text (OCR), or type or paste it."
    )


def test_pdf_without_anything_is_refused() -> None:
    assert refused("essay.pdf", pdf([(b"", b"")])).startswith("This PDF holds no text.")


def locked(password: str) -> bytes:
    writer = PdfWriter(PdfReader(BytesIO(pdf([(lines("These are the words of a page."), b"")]))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pdf_with_a_password_is_refused_and_one_that_only_forbids_printing_is_read() -> None:
    assert refused("essay.pdf", locked("secret")).startswith("This PDF is protected with a password.")
    assert report(locked(""))["pages"][0][0][0] == "These are the words of a page."


def test_pdf_of_too_many_pages_is_refused_with_their_number() -> None:
    assert refused("essay.pdf", pdf([(b"", b"")] * 301)).startswith("This PDF has 301 pages; at most 300 are read.")


@pytest.mark.parametrize(
    "content", [b"BT (x) Tj ET " * 2_000_000, b"q Q " * 110_000, b"[" * 3_000_000]
)  # fmt: skip
def test_page_that_unpacks_to_too_much_is_refused(content: bytes) -> None:
    assert refused("essay.pdf", pdf([(zlib.compress(content), b"/Filter /FlateDecode")])) == HEAVY


def test_forms_that_draw_each_other_come_to_an_end() -> None:
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << %s >> >> /Length 70 >> "
        b"stream\n%s\nendstream"
    )
    named = b" ".join(b"/X%d %d 0 R" % (number, 6 + number) for number in range(9))
    forms = [form % (named, b"/X%d Do " % (number + 1) * 10) for number in range(8)]
    assert report(pdf([(b"/X0 Do " * 10, b"")], things=forms))["pages"] == [[]]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4\nWords", b"%PDF-1.4\n" + b"<<" * 200_000, b"%PDF-1.4\n" + b"1 0 obj\n" * 50_000]
)
def test_damaged_pdf_is_said_to_be(data: bytes) -> None:
    assert report(data) == {"error": "damaged"}


def test_letters_without_a_meaning_are_refused() -> None:
    content = b"BT /F1 12 Tf 60 740 Td (" + b"\\001\\002\\003\\004" * 30 + b") Tj ET"
    assert refused("essay.pdf", pdf([(content, b"")])).startswith("The letters of this PDF cannot be read")
