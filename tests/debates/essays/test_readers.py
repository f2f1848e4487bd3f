"""Reading essays: which file it is, plain and pasted text, encodings, and what is refused with which sentence."""

from __future__ import annotations

import os
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debates.essays.readers import ACCEPTED, EssayFile, read_file, read_text, which_are_read
from debates.essays.readers.encodings import decoded
from debates.models.errors import Refused
from debates.models.essay import ESSAY_LENGTH
from debates.text import clean_text
from tests.debates.essays.reader_files import lines, paragraph, pdf, refused, refused_text, word, zipped

FAMILY = "👩‍👩‍👧‍👦"

# -- plain text --------------------------------------------------------------------------------------------------------


def test_text_file_is_read_in_its_stored_form() -> None:
    file = read_file("my_essay-2.txt", b"# On time\r\nSchool begins early.\r\n\r\nToo early.\r\n")
    assert file == EssayFile("On time", "", "# On time\n\nSchool begins early.\n\nToo early.", "txt")


def test_file_without_a_title_is_called_as_it_is_named() -> None:
    assert read_file("my_essay-2.txt", b"Words.").title == "my essay-2"
    assert read_file("C:\\texts\\A-level essay.v2.txt", b"Words.").title == "A-level essay.v2"


def test_title_that_is_too_long_is_cut_behind_a_word() -> None:
    title = read_text(f"# {'words ' * 60}\n\nText.").title
    assert title.endswith("words…")
    assert len(title) <= 200


def test_lines_that_were_broken_at_a_margin_are_joined() -> None:
    broken = (
        "   It is a truth universally acknowledged, that a single man\n"
        "in possession of a good fortune, must be in want of a wife.\n"
        "   However little known the feelings or views of such a man\n"
        "may be on his first entering a neighbourhood, this truth is\n"
        "so well fixed in the minds of the surrounding families.\n"
        "- He is considered as the rightful property of one of them,\n"
        "  or of another of their daughters.\n"
    )
    file = read_text(broken)
    assert file.text.split("\n\n") == [
        "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want"
        " of a wife.",
        "However little known the feelings or views of such a man may be on his first entering a neighbourhood, this"
        " truth is so well fixed in the minds of the surrounding families.",
        "- He is considered as the rightful property of one of them,",
        "or of another of their daughters.",
    ]
    assert file.notes == ("Lines that end within a paragraph are joined.",)


def test_paragraphs_of_one_line_each_are_put_apart() -> None:
    first = "Teenagers sleep late, and the reasons for that are in their bodies rather than in their will. " * 2
    file = read_text(f"{first}\nBut buses must run.\nSo we ask when.")
    assert file.text == f"{first.strip()}\n\nBut buses must run.\n\nSo we ask when."
    assert file.notes == ("Every line is read as a paragraph.",)


def test_verses_keep_their_lines() -> None:
    verses = "Shall I compare thee to a summer’s day?\nThou art more lovely and more temperate:\n" * 3
    assert read_text(verses).text == verses.strip()


@settings(max_examples=50)
@given(st.text(alphabet="ab .#-\n\t가é👩‍", max_size=400))
def test_text_that_was_read_once_stays_as_it_is(text: str) -> None:
    try:
        once = read_text(text).text
    except Refused:
        return
    assert read_text(once).text == once == clean_text(once)


def test_signs_of_several_code_points_stay_whole() -> None:
    text = f"{FAMILY} 🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301 ก็ क्षि 각"
    assert read_text(text).text == unicodedata.normalize("NFC", text)


def test_right_to_left_and_mixed_scripts_keep_their_marks_of_direction_and_lose_what_reorders() -> None:
    text = "قال\u200f (1): \u202eabc\u202c 100% – שלום, 안녕 hello\0"
    assert read_text(text).text == "قال\u200f (1): abc 100% – שלום, 안녕 hello"


# -- encodings ---------------------------------------------------------------------------------------------------------

WORDS = f"Ein Café, 학교 교복, школа, مدرسة {FAMILY}.\n\nEnde."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_unicode_is_read_with_and_without_a_mark(encoding: str) -> None:
    file = read_file("essay.txt", WORDS.encode(encoding))
    assert file.text == WORDS
    assert file.notes == (() if encoding.startswith("utf-8") else (f"Read as {encoding[:6].upper()}.",))


@pytest.mark.parametrize(
    ("encoding", "name", "text"),
    [
        ("cp949", "EUC-KR", "학교 교복은 필요하다. 학생들이 평등하게 느끼기 때문이다."),
        ("cp932", "Shift JIS", "制服は必要だ。生徒が平等に感じるからである。"),
        ("gb18030", "GB 18030", "校服是必要的，因为学生会感到平等。但是也有人反对。"),
        ("cp1251", "Windows-1251", "Школьная форма нужна ученикам, потому что она уравнивает всех."),
        ("cp1256", "Windows-1256", "الزي المدرسي ضروري لأنه يساوي بين الطلاب. لكن كثيرين يرون غير ذلك."),
        ("cp1252", "Windows-1252", "L’été dernier, les élèves ont écrit une thèse : “ça marche” – déjà."),
        ("cp1252", "Windows-1252", "Die Häuser an der Straße sind größer. „Warum?“ fragt man."),
        ("cp1250", "Windows-1250", "Żółta łódź płynęła wąskim kanałem, gdzieś między kamienicami."),
        ("cp1254", "Windows-1254", "Okul üniforması gereklidir, çünkü öğrencileri eşit kılar."),
    ],
)
def test_older_encodings_are_guessed_and_said(encoding: str, name: str, text: str) -> None:
    file = read_file("essay.txt", text.encode(encoding))
    assert file.text == text
    assert file.notes == (
        f"The file is in an older encoding, read as {name}. If letters look wrong, save it as UTF-8.",
    )


def test_a_few_wrong_bytes_do_not_spoil_a_text() -> None:
    file = read_file("essay.txt", ("학교 교복은 필요하다. " * 5).encode() + b"\xff!")
    assert file.text.endswith("필요하다. �!")
    assert file.notes == ("Some characters of this file cannot be read: they are shown as “�”.",)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"Words" + b"\0" + b" and more words" * 5,
        b"\x01\x02\x03\x04\x05" * 50,
        b"\xff\xfe\0\xd8",
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert refused("essay.txt", data).startswith("This file holds no text that can be read.")


def test_megabytes_of_noise_are_refused() -> None:
    with pytest.raises(Refused, match="no text that can be read"):
        decoded(os.urandom(2_000_000))


# -- which file it is --------------------------------------------------------------------------------------------------


def test_what_is_accepted_is_named() -> None:
    assert ACCEPTED == ".docx,.pdf,.html,.htm,.xhtml,.md,.markdown,.txt,.text"
    assert which_are_read().endswith("Markdown (.md) and plain text (.txt) are read.")


def test_content_counts_more_than_the_name() -> None:
    file = read_file("essay.txt", word(paragraph("Words.")))
    assert (file.kind, file.text) == ("docx", "Words.")
    assert file.notes == ("The file is not what its name says: it is read as a Word document.",)
    page = read_file("essay.doc", "<!-- saved -->\n<HTML><p>Words.".encode("utf-16"))
    assert (page.kind, page.text) == ("html", "Words.")
    assert read_file("essay", pdf([(lines("These are the words of a page."), b"")])).kind == "pdf"


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("essay.docx", OLD, "This is a document of an older Word. Open it, save it as .docx, and try again."),
        ("essay.docx", OLD + "EncryptedPackage".encode("utf-16-le"), "This document is protected with a password."),
        ("essay.rtf", b"{\\rtf1 Words}", "This is a file in Rich Text Format. Save it as .docx and try again."),
        ("essay.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"})[:30]
         + b"mimetypeapplication/vnd.oasis.opendocument.text", "This is an OpenDocument text."),
        ("essay.xlsx", zipped({"xl/workbook.xml": ""}), "This file holds other files, but no Word document."),
        ("essay.docx", zipped({"word/x.xml": "", "[Content_Types].xml": ""}), "This file holds no Word document."),
        ("essay.png", b"\x89PNG\r\n", "This file holds no text. Word (.docx), PDF"),
        ("essay.tex", b"\\section{Words}", "Files that end in “.tex” are not read. Word (.docx), PDF"),
        ("essay.pdf", b"Words", "This file is called “.pdf”, but it is none."),
        ("essay.txt", b" \n", "The file is empty."),
        ("essay.txt", "\u200b\u202e".encode(), "There is no text in this."),
        ("essay.txt", b"x" * 10_000_001, "The file is larger than 10 MB."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(name: str, data: bytes, sentence: str) -> None:
    assert refused(name, data).startswith(sentence)


# -- how much ----------------------------------------------------------------------------------------------------------


def test_text_of_the_greatest_length_is_read_whole() -> None:
    text = ("é" * 99 + "\n\n") * 2_000
    assert len(read_text(text[:ESSAY_LENGTH]).text) <= ESSAY_LENGTH
    decomposed = unicodedata.normalize("NFD", "각" * ESSAY_LENGTH)
    assert read_text(decomposed).text == "각" * ESSAY_LENGTH


@pytest.mark.parametrize("length", [200_001, 2_000_000])
def test_longer_text_is_refused_with_its_length(length: int) -> None:
    sentence = refused_text("x" * length)
    assert sentence == f"This text has {length:,} characters; at most 200,000 are read. Split it into several texts."


@pytest.mark.parametrize("text", ["word " * 99_000, "lines broken at a margin\n" * 9_000, FAMILY * 30_000])
def test_text_that_is_slow_to_clean_is_refused(text: str) -> None:
    assert refused_text(text).endswith("Split it into several texts.")


def test_stacked_marks_are_cut_in_a_time_that_is_short() -> None:
    assert len(read_text("a" + "\u0301\u0316" * 99_000).text) == 6
