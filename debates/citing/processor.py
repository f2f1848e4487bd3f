"""What the CSL processor in Typst makes of a list of cards: a reference and an in-text citation for each.

Typst carries Hayagriva, its styles and its locale in one library: nothing is fetched, and no style is parsed twice.
Its answer is HTML, of which only words, italics and links are taken.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from debates.citing.hayagriva import Entries
from debates.citing.styles import Style

if TYPE_CHECKING:
    from debates.citing.cards import Card

TEMPLATE = Path(__file__).with_name("references.typ").read_bytes()
_PROCESSED_AS = {Style.CHICAGO: "chicago-author-date", Style.NOTES: "chicago-notes"}
# Styles part a year or a place from the day by a comma, which the processor leaves where there is no day.
_YEAR_WITHOUT_DAY = re.compile(r"(?<=\()((?:ca\. )?\d{4}[a-z]?),(?=\))")
_COMMA_AT_END = re.compile(r",(?=\.$)")
_LISTS_KEPT = 16  # of 500 works each, that is 20 MB


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a reference in one look. `url` is where they lead to."""

    text: str
    italic: bool = False
    url: str = ""


type Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """The reference and the citation of the card `number`."""

    number: int
    reference: Pieces
    citation: Pieces


@lru_cache(maxsize=_LISTS_KEPT)
def process(cards: tuple[Card, ...], style: Style, language: str) -> tuple[Made, ...]:
    """A reference and a citation for each of `cards`, in the order of the style. 200 take about 0.15 s, once."""
    if not cards:
        return ()
    entries = Entries(list(cards), style, language)
    inputs = {"bibliography": json.dumps(entries.rows, ensure_ascii=False), "style": _PROCESSED_AS.get(style, style)}
    # That the export to HTML is young is a warning every time; the tests hold it to what is taken from it.
    page, _warnings = typst.compile_with_warnings(TEMPLATE, format="html", ignore_system_fonts=True, sys_inputs=inputs)
    reader = _Reader()
    reader.feed(page.decode())
    reader.close()
    return tuple(_made(reader, entries))


def _made(reader: _Reader, entries: Entries) -> list[Made]:
    """The blocks that were read, put together: a list item for each card, and the paragraph or note that cites it."""
    citing = reader.notes or reader.paragraphs
    found = []
    for number, cited in enumerate(citing):
        item = reader.items[cited.leads_to]
        citation = _told(cited.pieces, entries)
        found.append((item.place, Made(number, _told(item.pieces, entries) or citation, citation)))
    return [made for _place, made in sorted(found, key=lambda each: each[0])]


def _told(pieces: list[Piece], entries: Entries) -> Pieces:
    """`pieces` with the words and addresses of their source where something stood in for them."""
    told: list[Piece] = []
    for piece in pieces:
        if address := entries.addresses.get(piece.url):
            _drop_lone_word(told)
            told.append(Piece(address, piece.italic, address))
        elif told and told[-1].italic == piece.italic and not told[-1].url:
            told[-1] = replace(told[-1], text=told[-1].text + piece.text)
        else:
            told.append(Piece(piece.text, piece.italic))
    if told:
        told[-1] = replace(told[-1], text=_COMMA_AT_END.sub("", told[-1].text))
    return tuple(replace(each, text=entries.spoken(_YEAR_WITHOUT_DAY.sub(r"\1", each.text))) for each in told)


def _drop_lone_word(told: list[Piece]) -> None:
    """APA says "Retrieved" and a day; without a day the word is nothing."""
    if told and told[-1].text.endswith(" Retrieved "):
        told[-1] = replace(told[-1], text=told[-1].text.removesuffix("Retrieved "))


# -- reading the processor's HTML ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Block:
    place: int = 0
    pieces: list[Piece] = field(default_factory=list)
    leads_to: str = ""  # the id of the reference that a citation names


class _Reader(HTMLParser):
    """Paragraphs with citations, the items of the list by id, and the notes of a style that has them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[_Block] = []
        self.notes: list[_Block] = []
        self.items: dict[str, _Block] = {}
        self._block: _Block | None = None
        self._in_notes = False
        self._italic = 0
        self._addresses: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "section":
            self._in_notes = said.get("role") == "doc-endnotes"
        elif tag in ("p", "li"):
            self._begin(tag, said)
        elif tag == "sup":
            self._skipped += 1
        elif tag in ("em", "i"):
            self._italic += 1
        elif tag == "a":
            self._link(said.get("href", ""))

    def _begin(self, tag: str, said: dict[str, str]) -> None:
        block = self._block = _Block(len(self.items))
        if tag == "p":
            self.paragraphs.append(block)
        elif self._in_notes:
            self.notes.append(block)
        else:
            self.items[said["id"]] = block

    def _link(self, href: str) -> None:
        self._addresses.append("" if href.startswith("#") else href)
        if self._block is not None and href.startswith("#") and not self._skipped:
            self._block.leads_to = href.removeprefix("#")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li"):
            self._block = None
        elif tag == "sup":
            self._skipped -= 1
        elif tag in ("em", "i"):
            self._italic -= 1
        elif tag == "a":
            self._addresses.pop()

    def handle_data(self, data: str) -> None:
        if self._block is not None and not self._skipped:
            url = self._addresses[-1] if self._addresses else ""
            self._block.pieces.append(Piece(data, self._italic > 0, url))
