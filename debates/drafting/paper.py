"""A draft read as Markdown: blocks in blocks, for every file it becomes and for the page it is read on.

All that people typed stays data: what is no CommonMark, HTML among it, is words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt

from debates.drafting.citations import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

# As deep as lists of a Word document go. What stands deeper stands at this level.
MOST_LISTS = 9
MOST_QUOTES = 4
MOST_NESTED, MOST_NESTED_INLINE = 220, 20
# A longer paragraph is taken as it is: the parser may take quadratic time.
LONGEST = 8_000
SCHEMES = ("http://", "https://", "mailto:")
# What begins a line and is no word. One set of signs before it, and none that ends a line: else many spaces or empty
# lines, which nothing has cleaned yet while somebody types, take a time that grows with their cube.
_MARK = re.compile(r"^[ \t>]*(?:\d{1,9}[.)]|[-+*]|#{1,6})\s", re.MULTILINE)

_PARSER = MarkdownIt("commonmark", {"html": False, "maxNesting": MOST_NESTED}).disable("inline")
_INLINE = MarkdownIt("commonmark", {"html": False, "maxNesting": MOST_NESTED_INLINE})


class Span(NamedTuple):
    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str = ""


@dataclass(slots=True)
class Piece:
    """`kind` is heading, paragraph, reference, code, rule, quote (with pieces within) or list (with items within)."""

    kind: str
    spans: tuple[Span, ...] = ()
    level: int = 0
    ordered: bool = False
    start: int = 1
    within: list[Piece] = field(default_factory=list)
    items: list[list[Piece]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


def paper_of(text: str) -> list[Piece]:
    """The blocks of a text. Headings have levels from 2 on, below the title, and none is left out between two."""
    return _Laying(_PARSER.parse(text)).run()


def word_count(text: str) -> int:
    """How many words a text in Markdown has: marks of lists and headings are none."""
    return sum(any(map(str.isalnum, word)) for word in _MARK.sub("", text).split())


def plain_of(text: str) -> str:
    """The words alone of a text in Markdown, each block on a line."""
    return "\n".join(piece.text for piece in flat(paper_of(text)))


def flat(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Every piece that has words, in order."""
    stack = list(pieces[::-1])
    while stack:
        piece = stack.pop()
        if piece.spans:
            yield piece
        stack.extend(reversed([*piece.within, *(each for item in piece.items for each in item)]))


class _Laying:
    """The pieces while they are read off the parser's tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.top: list[Piece] = []
        self.places: list[list[Piece]] = [self.top]  # where the next piece goes, and what encloses that
        self.lists: list[Piece | None] = []  # None for one that goes too deep, whose items are those of the list around
        self.quotes = 0
        self.level = 1
        self.refers = False  # while the reference list lasts
        self.heading = 0

    def run(self) -> list[Piece]:
        for token in self.tokens:
            self._take(token)
        return self.top

    def _take(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self.heading = int(token.tag[1])
            case "inline":
                self._write(spans_of(token.content))
            case "fence" | "code_block":
                self.places[-1].append(Piece("code", (Span(token.content.rstrip("\n"), code=True),)))
            case "hr":
                self.places[-1].append(Piece("rule"))
            case "bullet_list_open" | "ordered_list_open":
                self._begin_list(token)
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self._begin_item()
            case "list_item_close":
                self.places.pop()
            case "blockquote_open":
                self._begin_quote()
            case "blockquote_close":
                self.quotes -= 1
                self.places.pop()

    def _write(self, spans: tuple[Span, ...]) -> None:
        if self.heading:
            self._head(spans)
        elif spans:
            refers = self.refers and len(self.places) == 1
            self.places[-1].append(Piece("reference" if refers else "paragraph", spans))
        self.heading = 0

    def _head(self, spans: tuple[Span, ...]) -> None:
        if not spans:
            return
        self.level = min(max(self.heading, 2), self.level + 1)
        self.refers = "".join(span.text for span in spans).strip() in HEADINGS
        self.places[-1].append(Piece("heading", spans, self.level))

    def _begin_list(self, token: Token) -> None:
        depth = sum(each is not None for each in self.lists)
        made = None
        if depth < MOST_LISTS:
            made = Piece("list", ordered=token.tag == "ol", start=int(token.attrs.get("start", 1)))
            self.places[-1].append(made)
        self.lists.append(made)

    def _begin_item(self) -> None:
        """A place for what stands in an item: of its own list, or of the deepest one around it that there is."""
        item: list[Piece] = []
        around = next(each for each in reversed(self.lists) if each is not None)
        around.items.append(item)
        self.places.append(item)

    def _begin_quote(self) -> None:
        self.quotes += 1
        if self.quotes > MOST_QUOTES:
            self.places.append(self.places[-1])
            return
        quote = Piece("quote")
        self.places[-1].append(quote)
        self.places.append(quote.within)


# -- the words of a block --------------------------------------------------------------------------------------------


def spans_of(content: str) -> tuple[Span, ...]:
    """The words of a paragraph with their looks."""
    if len(content) > LONGEST:
        return (Span(content),)
    tokens: list[Token] = []
    _INLINE.inline.parse(content, _INLINE, {}, tokens)
    made: list[Span] = []
    for span in _spans(tokens):
        if made and made[-1][1:] == span[1:]:
            made[-1] = made[-1]._replace(text=made[-1].text + span.text)
        else:
            made.append(span)
    return tuple(made)


def _spans(tokens: Sequence[Token]) -> Iterator[Span]:
    bold = italic = 0
    url = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                found = str(token.attrs.get("href", ""))
                url = found if found.lower().startswith(SCHEMES) else ""
            case "link_close":
                url = ""
            case "softbreak":
                yield Span(" ", bold > 0, italic > 0, False, url)
            case "hardbreak":
                yield Span("\n", bold > 0, italic > 0, False, url)
            case _:
                if token.content:
                    yield Span(token.content, bold > 0, italic > 0, token.type == "code_inline", url)
