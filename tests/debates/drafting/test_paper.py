"""A draft read as Markdown: blocks in blocks, bounded whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debates.drafting.escaping import escaped, started
from debates.drafting.page import page_of
from debates.drafting.paper import LONGEST, MOST_LISTS, Piece, Span, flat, paper_of, plain_of, word_count


def kinds(text: str) -> list[str]:
    return [piece.kind for piece in paper_of(text)]


def test_blocks_are_told_apart() -> None:
    text = "## Title\n\nWords *in* **two** lines\nof `one`\n\n> quoted\n\n1. one\n   - two\n\n***\n\n    code"

    heading, paragraph, quote, numbered, rule, code = paper_of(text)

    assert (heading.kind, heading.level, heading.text) == ("heading", 2, "Title")
    assert paragraph.spans == (
        Span("Words "), Span("in", italic=True), Span(" "), Span("two", bold=True), Span(" lines of "),
        Span("one", code=True),
    )  # fmt: skip
    assert (quote.kind, quote.within) == ("quote", [Piece("paragraph", (Span("quoted"),))])
    assert (numbered.ordered, [piece.kind for piece in numbered.items[0]]) == (True, ["paragraph", "list"])
    assert (rule.kind, code.kind, code.text) == ("rule", "code", "code")


def test_headings_leave_no_level_out() -> None:
    assert [piece.level for piece in paper_of("# One\n\n#### Two\n\n###### Three\n\n## Four")] == [2, 3, 4, 2]


def test_reference_list_lasts_until_the_next_heading() -> None:
    text = "Before\n\n## Works Cited\n\nKim\n\n> Kim\n\nLee\n\n## After\n\nThis"

    assert kinds(text) == ["paragraph", "heading", "reference", "quote", "reference", "heading", "paragraph"]


def test_lists_that_stand_too_deep_keep_all_their_items() -> None:
    text = "\n".join("   " * level + f"1. Level {level}" for level in range(50))

    pieces = paper_of(text)

    assert [piece.text for piece in flat(pieces)] == [f"Level {level}" for level in range(50)]
    depth, piece = 1, pieces[0]
    while any(each.kind == "list" for each in piece.items[0]):
        piece, depth = next(each for each in piece.items[0] if each.kind == "list"), depth + 1
    assert depth == MOST_LISTS
    assert len(piece.items) == 50 - MOST_LISTS + 1


def test_only_addresses_of_the_web_and_mail_are_links() -> None:
    text = (
        "[a](https://a.example) [b](mailto:b@b.example) [c](javascript:alert(1)) [d](data:x) [e](//e.example) <b>x</b>"
    )

    [paragraph] = paper_of(text)

    assert [span.url for span in paragraph.spans if span.url] == ["https://a.example", "mailto:b@b.example"]
    assert "<b>x</b>" in paragraph.text


def test_paragraph_that_is_too_long_is_taken_as_it_is() -> None:
    text = "[" * (LONGEST + 1)

    assert paper_of(text)[0].spans == (Span(text),)


@pytest.mark.parametrize(
    "text", [">" * 50_000, "- " * 20_000, "1. " * 20_000, "\n".join(" " * n + "- a" for n in range(300))]
)
def test_deep_nesting_is_read_to_its_end(text: str) -> None:
    assert page_of(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0), ("one", 1), ("## A heading\n\nAnd – four “words” more.", 6), ("1. one\n2. two\n   - three\n> four", 4),
        ("In 2026, 12 people", 4), ("한국어 단어", 2), ("* * *", 0),
    ],
)  # fmt: skip
def test_words_are_counted_without_marks(text: str, words: int) -> None:
    assert word_count(text) == words


@pytest.mark.parametrize("gap", ["\n", " ", "> ", ">\n"])
def test_words_are_counted_in_proportion_to_what_was_typed(gap: str) -> None:
    # It is counted before it is cleaned; 2,000 empty lines once took a minute.
    assert word_count("one" + "\n" + gap * 50_000 + "two") == 2


def test_page_escapes_what_was_typed() -> None:
    html = page_of('## <script>\n\n<img src=x onerror="a"> *b*\n\n5. five\n\n[x](https://x.example/"onclick=)')

    assert "<script>" not in html
    assert "<img" not in html
    assert "<h3>&lt;script&gt;</h3>" in html
    assert "<em>b</em>" in html
    assert '<ol start="5"><li><p>five</p></li></ol>' in html
    assert '<a href="https://x.example/%22onclick=" rel=' in html


# -- words as Markdown ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Plain words, and more.", "Plain words, and more."), ("snake_case", "snake_case"),
        ("AT&T & co", "AT\\&T & co"),        ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"), ("1. one", "1\\. one"),
        ("# a", "\\# a"), ("- a", "\\- a"), ("1.5 is", "1.5 is"),
    ],
)  # fmt: skip
def test_only_what_would_be_markup_is_escaped(text: str, markdown: str) -> None:
    assert started(escaped(text)) == markdown


@settings(max_examples=50)
@given(st.text("ab1 .)#>*_`[](){}<&;:/!\\-+~=|\"'", min_size=1, max_size=40).map(lambda text: " ".join(text.split())))
def test_escaped_words_are_read_as_they_are(text: str) -> None:
    assert plain_of(started(escaped(text))) == text
