"""Markdown: an outline to read, edit and paste, ours or anybody's."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from debates.formats.document import Document, Line
from debates.formats.drafts import NoteKind, Unreadable
from debates.formats.features import kept
from debates.formats.markdown_outline import escaped
from debates.formats.registry import FORMATS
from debates.text import clean_line
from tests.debates.formats.documents import TRAPS, documents, full_document, shape, small_document

MARKDOWN = FORMATS["markdown"]


def lines_of(text: str) -> list[tuple[str | None, str, str]]:
    """Of each line what stands above it, the stance, the words."""
    document = MARKDOWN.read(text.encode()).document
    words = document.words()
    return [(words[line.parent] if line.parent else None, line.stance, words[line.id]) for line in document.lines]


def test_write_gives_headings_lists_and_footnotes() -> None:
    assert MARKDOWN.write(full_document()).decode() == (
        "# School mornings\n\n"
        "**Question:** When should school begin?\n\n"
        "> The council decides in May.\n>\n> It asks for reasons.\n\n"
        "## School should begin at nine.\n\n"
        "> Nine sharp.\n>\n> Every day.\n\n"
        "- **Pro:** Teenagers sleep late. [^1]\n\n"
        "    - **Con:** They sleep late by choice.\n\n"
        "- **Pro:** Who sleeps late is tired at eight.\n\n"
        '- **Con:** \\[taken back\\] <a id="s-1.3"></a>\n\n'
        "## School should stay as it is.\n\n"
        "- **Pro:** [→ \\[taken back\\]](#s-1.3)\n\n"
        "    > Here too.\n\n"
        "[^1]: [Sleep and school](<https://example.org/sleep_(2020)>)\n"
        "    > Nine hours.\n    >\n    > Not eight.\n"
    )


@settings(max_examples=60)
@given(documents(MARKDOWN.keeps))
def test_read_gives_back_what_was_written(document: Document) -> None:
    draft = MARKDOWN.read(MARKDOWN.write(document))

    assert shape(draft.document) == shape(kept(document, MARKDOWN.keeps))
    assert draft.notes == []


@pytest.mark.parametrize(
    "text", ["# a", "- a", "+ a", "1. a", "2) a", "> a", "===", "---", "*a*", "<b>", "&amp;", "a\\"]
)
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    read = MARKDOWN.read(f"# T\n\n## C\n\n- **Pro:** x\n\n## {escaped(text)}\n\n- **Con:** {escaped(text)}".encode())

    assert [line.text for line in read.document.lines[2:]] == [text, text]


def test_read_gives_back_fifty_levels() -> None:
    lines = [Line("0", text="Claim")]
    lines += [Line(str(at), str(at - 1), "opposes", f"But {at}", note="# raw\n\n- list") for at in range(1, 51)]
    document = Document(title="Deep", lines=lines)

    assert shape(MARKDOWN.read(MARKDOWN.write(document)).document) == shape(document)


def test_write_keeps_notes_as_the_markdown_that_they_are() -> None:
    note = "# no heading\n\n- **Pro:** no argument\n\n[^1]: no footnote\n```\nnot closed"
    document = Document(title="T", lines=[Line("1", text="Claim", note=note), Line("2", text="Next")])

    assert shape(MARKDOWN.read(MARKDOWN.write(document)).document) == shape(document)


def test_read_takes_headings_below_headings_as_arguments() -> None:
    assert lines_of(
        "# Topic\n## We should\n### Pro: it helps\n#### Con: not much\n### Con: it costs\n## We should not\n"
    ) == [
        (None, "", "We should"),
        ("We should", "supports", "it helps"),
        ("it helps", "opposes", "not much"),
        ("We should", "opposes", "it costs"),
        (None, "", "We should not"),
    ]


def test_read_takes_sections_of_pros_and_cons() -> None:
    assert lines_of("# Uniforms\n\n## Pros\n\n- equal\n    - Con: not really\n- cheap\n\n## Cons:\n\n1. dull\n") == [
        (None, "", "Uniforms"),
        ("Uniforms", "supports", "equal"),
        ("equal", "opposes", "not really"),
        ("Uniforms", "supports", "cheap"),
        ("Uniforms", "opposes", "dull"),
    ]


def test_read_takes_a_list_without_headings() -> None:
    assert lines_of("- We should\n  - Pros\n    - it helps\n    - it is fun\n  - (-) it costs\n* We should not\n") == [
        (None, "", "We should"),
        ("We should", "supports", "it helps"),
        ("We should", "supports", "it is fun"),
        ("We should", "opposes", "it costs"),
        (None, "", "We should not"),
    ]


def test_read_takes_a_question_a_background_and_notes() -> None:
    document = MARKDOWN.read(
        b"Setext title\n===\n\nShould we?\n\nIt is *urgent*.\n\n## Yes\n\nBecause\nof this.\n\n"
        b"- Pro: a\n\n  A note.\n\n  ```\n  code\n  ```\n"
    ).document

    assert (document.title, document.question, document.background) == ("Setext title", "Should we?", "It is *urgent*.")
    assert [line.note for line in document.lines] == ["Because\nof this.", "A note.\n\n```\ncode\n```"]


def test_read_takes_links_and_footnotes_as_sources() -> None:
    document = MARKDOWN.read(
        b"- As [the study](https://a.org/x_(y)) says [^a]\n- And <https://b.org>[^a][^lost]\n\n"
        b"[^a]: See [it](https://c.org), page 3.\n\n    > Quoted.\n"
    ).document

    assert [[(card.title, card.url, card.quotation) for card in line.sources] for line in document.lines] == [
        [("the study", "https://a.org/x_(y)", ""), ("See it, page 3.", "https://c.org", "Quoted.")],
        [("https://b.org", "https://b.org", ""), ("See it, page 3.", "https://c.org", "Quoted.")],
    ]
    assert document.lines[0].text == "As the study says"


def test_read_takes_front_matter_for_the_title() -> None:
    draft = MARKDOWN.read(b"---\ntitle: 'Uniforms'\ntags: [a]\n---\n\n- [x](#nowhere)\n")

    assert draft.document.title == "Uniforms"
    assert [(note.kind, note.at) for note in draft.notes] == [(NoteKind.REPAIRED, 6)]


def test_read_shows_what_is_not_markdown_as_it_is() -> None:
    found = lines_of("- a * b\n- 5 < 6 & 7\n- [x\n- &copy; `c*d`\n- <b>bold</b>\n")

    assert [text for _above, _stance, text in found] == ["a * b", "5 < 6 & 7", "[x", "© c*d", "bold"]


@pytest.mark.parametrize(
    "text", ["- " * 2_000 + "a", "> " * 100_000 + "a", "".join("  " * n + "- a\n" for n in range(200))]
)
def test_read_refuses_what_is_nested_too_deep(text: str) -> None:
    with pytest.raises(Unreadable, match="nested deeper"):
        MARKDOWN.read(text.encode())


def test_read_refuses_more_lines_than_it_can_read() -> None:
    with pytest.raises(Unreadable, match="200,000 lines"):
        MARKDOWN.read(b"- a\n" * 200_001)


@pytest.mark.parametrize("text", ["[" * 9_000, "![" * 3_000, "*a **b " * 2_800, "`a``b" * 4_000, "[" * 1_000_000])
def test_read_is_quick_with_signs_that_match_nothing(text: str) -> None:
    assert MARKDOWN.read(f"- {text}".encode()).document.lines[0].note


def test_small_document_is_read_back_with_its_link() -> None:
    assert shape(MARKDOWN.read(MARKDOWN.write(small_document())).document) == shape(small_document())


def test_every_trap_survives_as_a_claim_and_as_an_argument() -> None:
    traps = [trap for trap in TRAPS if clean_line(trap) == trap]
    lines = [Line("0", text="Claim")] + [Line(f"a{at}", "0", "supports", trap) for at, trap in enumerate(traps)]
    lines += [Line(f"c{at}", text=trap) for at, trap in enumerate([*traps, "Pros", "but"])]
    document = Document(title="T", lines=lines)

    assert shape(MARKDOWN.read(MARKDOWN.write(document)).document) == shape(document)


def test_read_takes_blanks_in_a_title_in_linear_time() -> None:
    title = "a" + " " * 150_000 + "b"
    began = time.process_time()

    document = MARKDOWN.read(f"---\ntitle: {title}\n---\n\n- One.\n".encode()).document

    assert document.title == "a b"
    assert time.process_time() - began < 10  # what is quadratic takes minutes


@pytest.mark.parametrize(("said", "title"), [
    ('"Tea"', "Tea"), ("'Tea' \t", "Tea"), ('He said "tea"', 'He said "tea'), ('""', ""), ('"', ""), ("", ""),
])  # fmt: skip
def test_read_takes_one_quotation_mark_off_each_end_of_a_title(said: str, title: str) -> None:
    assert MARKDOWN.read(f"---\ntitle: {said}\n---\n\n- One.\n".encode()).document.title == title
