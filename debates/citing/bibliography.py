"""Reference lists and in-text citations in APA, MLA and Chicago, as text, Markdown, HTML or runs for a document."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from debates.citing.processor import process
from debates.citing.styles import Style, style_named
from debates.citing.works import Work, works_of
from debates.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debates.citing.cards import Citable
    from debates.citing.processor import Piece, Pieces

_PAGES = re.compile(r"(?:pp?\.?|pages?|S\.)? ?(\d[\d\s,–-]*|[ivxlcdm]+)|(\d+)쪽", re.IGNORECASE)
_MARKED = re.compile(r"([\\`*_\[\]<>#~|$])")


class Run(NamedTuple):
    """Words in one look, for a document."""

    text: str
    italic: bool


@dataclass(frozen=True, slots=True)
class Entry[T]:
    """One reference of a list: a work with the sources that cite it."""

    work: Work[T]
    style: Style
    pieces: Pieces
    cited: Pieces

    @property
    def sources(self) -> list[T]:
        return self.work.sources

    @property
    def runs(self) -> tuple[Run, ...]:
        return _runs(self.pieces)

    @property
    def text(self) -> str:
        return _text(self.pieces)

    @property
    def markdown(self) -> str:
        return "".join(map(_marked, self.pieces))

    @property
    def html(self) -> SafeString:
        """Safe to put in a page: what was typed is escaped, and only addresses on the web are links."""
        return format_html_join("", "{}", ((_tagged(piece),) for piece in self.pieces))

    def citation(self, locator: str = "") -> str:
        """How a text cites it, at `locator` if given: “(Kim, 2026, p. 5)”, “(Kim 5)”, or the words of a note."""
        return _located(_text(self.cited), locator, self.style)

    def citation_runs(self, locator: str = "") -> tuple[Run, ...]:
        """The same, with its italics."""
        runs = _runs(self.cited)
        if not locator or self.style == Style.NOTES:
            return runs  # in a note the page stands before an address: see citation()
        *before, last = runs
        return (*before, Run(_located(last.text, locator, self.style), last.italic))


def bibliography[T: Citable](sources: Iterable[T], style: str, *, language: str = "en") -> list[Entry[T]]:
    """The reference list of `sources` in a style of debates.citing.styles, in its order. A work is listed once.

    `language` is that of the sources: titles in English are given the capitals of the style, others stay as typed.
    """
    chosen, works = style_named(style), works_of(sources)
    made = process(tuple(work.card for work in works), chosen, _language(language))
    entries = [Entry(works[each.number], chosen, each.reference, each.citation) for each in made]
    return _shelved(entries)


def _shelved[T](entries: list[Entry[T]]) -> list[Entry[T]]:
    """`entries` with those that begin with a title among the names, by its letters: the processor puts “ first."""
    shelf = [entry for entry in entries if not entry.text.startswith("“")]
    keys: list[str] = []
    for entry in shelf:  # a dash stands for the name above
        keys.append(keys[-1] if keys and entry.text.startswith("———") else fold(entry.text))
    for entry in entries:
        if entry.text.startswith("“"):
            place = bisect(keys, key := fold(entry.text))
            keys.insert(place, key)
            shelf.insert(place, entry)
    return shelf


def citation(source: Citable, style: str, *, language: str = "en") -> str:
    """How a text cites `source` alone, at its page or section. In a list, ask the entry: it tells 2026a from 2026b."""
    [entry] = bibliography([source], style, language=language)
    return entry.citation(source.locator)


def _language(code: str) -> str:
    found = re.match(r"[a-z]{2,3}", code)
    return found[0] if found else "en"


# -- how it looks ----------------------------------------------------------------------------------------------------


def _runs(pieces: Pieces) -> tuple[Run, ...]:
    return tuple(Run(piece.text, piece.italic) for piece in pieces)


def _text(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)


def _marked(piece: Piece) -> str:
    if piece.url and not re.search(r"[\s<>]", piece.url):
        return f"<{piece.url}>"
    said = _MARKED.sub(r"\\\1", piece.text)
    plain = said.strip()
    return said.replace(plain, f"*{plain}*") if piece.italic and plain else said


def _tagged(piece: Piece) -> str:
    if piece.url.startswith(("http://", "https://")):
        return format_html(
            '<a href="{}" rel="noopener nofollow ugc noreferrer" target="_blank">{}</a>', piece.url, piece.text
        )
    return format_html("<cite>{}</cite>", piece.text) if piece.italic else format_html("{}", piece.text)


def _located(cited: str, locator: str, style: Style) -> str:
    """`cited` with a page or section, as the style writes it."""
    place = locator.strip()
    if not place:
        return cited
    page = _PAGES.fullmatch(place)
    pages = (page[1] or page[2]).strip().replace("-", "–") if page else ""
    if style == Style.NOTES:
        said, blank, address = cited.removesuffix(".").partition(" http")
        return f"{_comma_after(said.removesuffix(','))} {pages or place}{',' if address else ''}{blank}{address}."
    if style == Style.APA and pages:
        place = f"{'pp.' if re.search('[–,]', pages) else 'p.'} {pages}"
    if style == Style.MLA and pages:
        return f"{cited[:-1]} {pages})"
    return f"{_comma_after(cited[:-1])} {place if style == Style.APA else pages or place})"


def _comma_after(said: str) -> str:
    """A comma after `said`, which stands within its quotation marks as in American print."""
    if said.endswith("”"):
        return said if said.endswith(",”") else f"{said[:-1]},”"
    return f"{said},"
