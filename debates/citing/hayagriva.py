"""Sources as entries of Hayagriva, the CSL processor in Typst (hayagriva/docs/file-format.md).

Addresses, DOIs and dates in words go in as stand-ins that the processor cannot alter, and come back in `spoken`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from debates.citing.dates import Dated, read_date
from debates.citing.identifiers import doi_in
from debates.citing.names import Name, names_in
from debates.citing.styles import Style

if TYPE_CHECKING:
    from debates.citing.cards import Card

type Row = dict[str, Any]

# An entry's type, and the type of what it is published in. Where that is "", the processor has no place for it: it is
# named before the publisher.
_TYPES = {
    "webpage": ("web", "web"), "book": ("book", "book"), "chapter": ("chapter", "book"), "report": ("report", ""),
    "article-journal": ("article", "periodical"), "article-newspaper": ("article", "newspaper"),
    # It knows no magazines; those are dated to the day, as newspapers are.
    "article-magazine": ("article", "newspaper"), "thesis": ("thesis", ""), "motion_picture": ("video", ""),
    "broadcast": ("video", ""), "song": ("audio", ""), "post": ("post", "thread"), "legislation": ("legislation", ""),
}  # fmt: skip
# Types of CSL that it does not know are told in a word after the title.
_GENRES = {
    "dataset": "Data set", "speech": "Speech", "interview": "Interview",
    "personal_communication": "Personal communication",
}  # fmt: skip
_WITH_PARENT = frozenset({"article", "chapter"})  # without one the processor would take them for something else
_FORMATTED = re.compile(r"([\\{}$])")  # signs that mean something in titles
# With the spaces behind them, which the processor would drop between two such words and after the first of a title.
_OWN_CAPITALS = re.compile(r"(?:\b[^\W\d_]+[A-ZÀ-ÖØ-Þ]\w*\s*)+")
_EAST_ASIAN = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)?\.?(?: ?ed(?:ition|n)?\.?)?", re.IGNORECASE)
_LARGEST_YEAR, _FIRST_STAND_IN = 9999, 9000


class Entries:
    """The entries of one list. `rows` go to the processor; `spoken` gives the words for what stands in for them."""

    def __init__(self, cards: list[Card], style: Style, language: str) -> None:
        self._style, self._language = style, language
        self._free = _free_years(cards)
        self._years: dict[str, int] = {}
        self.addresses: dict[str, str] = {}
        self.rows = {key_of(number): self._entry(number, card) for number, card in enumerate(cards)}
        words = {str(year): said for said, year in self._years.items()}
        self._spoken = re.compile(rf"(?<!\d)({'|'.join(words) or '(?!)'})(?!\d)")
        self._words = words

    def spoken(self, text: str) -> str:
        """`text` with the words of dates in place of the years that stood in for them."""
        return self._spoken.sub(lambda found: self._words[found[0]], text)

    # -- one entry -----------------------------------------------------------------------------------------------------

    def _entry(self, number: int, card: Card) -> Row:
        kind, within = _TYPES.get(card.medium, ("misc", ""))
        if kind == "misc" and self._style == Style.NOTES:
            kind = "report"  # Chicago's list leaves out what is of no kind: notes alone name it
        if kind == "web" and self._style in (Style.CHICAGO, Style.NOTES):
            within = ""  # Chicago has no place for a site beside its owner
        publisher, container = _published_by(card, self._style, has_place=bool(within))
        row: Row = {"type": kind, "title": _formatted(card.title), "language": self._language}
        row |= _said(
            author=[_person(name) for name in names_in(card.author)], date=self._date(read_date(card.published)),
            publisher=_formatted(publisher), genre=_genre(card, self._style), edition=_edition(card.edition),
        )  # fmt: skip
        row |= {"page-range": card.pages} if card.pages else {}
        row |= self._address(number, card)
        numbers = _said(volume=card.volume, issue=card.issue)
        if within and (container or kind in _WITH_PARENT):
            return row | {"parent": _said(type=within, title=_formatted(container)) | numbers}
        return row | numbers

    def _address(self, number: int, card: Card) -> Row:
        if doi := doi_in(card.doi) or doi_in(card.url):
            self.addresses[f"https://doi.org/10.5555/{number}"] = f"https://doi.org/{doi}"
            return {"serial-number": {"doi": f"10.5555/{number}"}}
        if not card.url:
            return {}
        stand_in = f"https://source.invalid/{number}"
        self.addresses[stand_in] = card.url
        return {"url": {"value": stand_in} | _said(date=self._date(read_date(card.accessed)))}

    def _date(self, dated: Dated) -> str:
        """The date as the processor takes it, "" where there is none to give."""
        if dated.raw and dated.raw not in self._years:
            year = next(self._free, None)
            if year is None:
                return ""
            self._years[dated.raw] = year
        parts = (self._years[dated.raw],) if dated.raw else dated.parts
        if not parts:
            return ""
        written = "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])
        return f"~{written}" if dated.about else written


def key_of(number: int) -> str:
    """The name of the entry `number`."""
    return f"s{number}"


def _free_years(cards: list[Card]) -> Iterator[int]:
    """Years from the far end of the calendar that nothing in `cards` names."""
    named = {int(found) for card in cards for text in _texts(card) for found in re.findall(r"\d{4}", text)}
    return (year for year in range(_LARGEST_YEAR, _FIRST_STAND_IN, -1) if year not in named)


def _texts(card: Card) -> tuple[str, ...]:
    return (
        card.title, card.author, card.container, card.publisher, card.pages, card.volume, card.issue, card.edition,
        card.published, card.locator,
    )  # fmt: skip


def _said(**fields: Any) -> Row:
    return {name: value for name, value in fields.items() if value}


def _formatted(text: str) -> str:
    """`text` with its signs escaped. A word with a capital within, such as AMAs or iPhone, keeps it in every style."""
    return _OWN_CAPITALS.sub(r"{\g<0>}", _FORMATTED.sub(r"\\\1", text))


def _person(name: Name) -> Row:
    if name.given and _EAST_ASIAN.match(name.family) and _EAST_ASIAN.match(name.given):
        return {"name": name.family + name.given}  # in whatever order a style has names: one word, family first
    return {"name": name.family} | _said(**{"given-name": name.given, "suffix": name.suffix})


def _edition(text: str) -> int | str:
    found = _ORDINAL.fullmatch(text)
    return int(found[1]) if found else text


def _genre(card: Card, style: Style) -> str:
    if card.medium == "motion_picture" and card.url and style == Style.APA:
        return "Video"  # APA 7 tells a film from a video on the web
    return _GENRES.get(card.medium, "")


def _published_by(card: Card, style: Style, *, has_place: bool) -> tuple[str, str]:
    """The publisher, and what it is published in if the processor has a place for that."""
    publisher, container = card.publisher, card.container
    repeated = [container.casefold()] + ([card.author.casefold()] if style == Style.APA else [])
    if publisher.casefold() in repeated:
        publisher = ""
    if has_place:
        return publisher, container
    if card.medium == "webpage" and not card.author:
        return publisher or container, ""  # it stands where an author would
    return ", ".join(part for part in (container, publisher) if part), ""
