"""What the HTML parser calls: elements as they open and close become pieces, with no tree in between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.essays.readers.essay_file import refuse
from debates.essays.readers.flow import Flow
from debates.essays.readers.html_about import About
from debates.essays.readers.pieces import BULLET, Piece, item, number

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNSEEN = {
    "script", "style", "template", "noscript", "svg", "iframe", "object", "nav", "aside", "button", "select",
    "textarea", "dialog", "datalist", "audio", "video", "canvas", "rt", "rp", "del", "map",
}  # fmt: skip
# Those of the page are menus; those of an article are its title and its notes.
_OF_PAGE = {"header", "footer"}
_BLOCKS = {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "footer", "title", "head",
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog", "alertdialog"}
_HIDDEN_STYLE = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_HIDDEN_CLASSES = {"sr-only", "visually-hidden", "screen-reader-text"}
_SIGNS = {"br": "\n", "q": "“"}
_NUMBERS = {"a": "letter", "i": "roman"}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_LONGEST_NUMBER = 5
# With the spaces between the elements, which are many, and what is beside the main part.
_MOST_CHARACTERS = 2_000_000
# It takes a second to read so many.
_MOST_ELEMENTS = 300_000


def _too_much() -> str:
    return _("This page has more in it than this site reads. Copy its text, and paste that.")


class Blocks:
    """The pieces of a page in order. `articles` and `mains` are where the outermost of them begin and end there."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.about = About()
        self.articles: list[tuple[int, int]] = []
        self.mains: list[tuple[int, int]] = []
        self.pictures = 0
        self._words: list[str] = []
        self._unseen = self._preformatted = self._heading = 0
        self._marker = ""
        self._lists: list[tuple[str, int] | None] = []  # how an open list counts, and its next number
        self._open: dict[str, list[int]] = {"article": [], "main": []}
        self._elements = self._length = 0

    # -- what the parser calls -----------------------------------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            refuse(_too_much())
        if self._unseen or self._is_unseen(tag, attributes):
            self._unseen += 1
            return
        if tag in _BLOCKS:
            self._flush()
        self._begin(tag, attributes)

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag:
            case "br" | "q":
                self._words.append(_SIGNS[tag])
            case "img":
                self.pictures += 1
            case "meta":
                self.about.hear(attributes)
            case "pre":
                self._preformatted += 1
            case "ol" | "ul":
                self._begin_list(tag, attributes)
            case "li":
                self._begin_item()
            case "article" | "main":
                self._open[tag].append(len(self.flow.pieces))
            case "table":
                self.flow.begin_table()
            case "tr":
                self.flow.begin_row()
            case "td" | "th":
                self.flow.begin_cell()
            case _ if tag in _HEADINGS:
                self._heading = _HEADINGS[tag]

    def end(self, tag: str) -> None:
        if self._unseen:
            self._unseen -= 1
            return
        if tag == "title":
            words = self._taken()
            self.about.page = self.about.page or words
        if tag in _BLOCKS:
            self._flush()
        self._finish(tag)

    def _finish(self, tag: str) -> None:
        match tag:
            case "q":
                self._words.append("”")
            case "pre":
                self._preformatted -= 1
            case "ol" | "ul":
                self._lists.pop()
            case "li":
                self._marker = ""
            case "article" | "main":
                self._end_part(tag)
            case "table":
                self.flow.end_table()
            case "tr":
                self.flow.end_row()
            case "td" | "th":
                self.flow.end_cell()
            case _ if tag in _HEADINGS:
                self._heading = 0

    def data(self, text: str) -> None:
        if self._unseen:
            return
        self._length += len(text)
        if self._length > _MOST_CHARACTERS:
            refuse(_too_much())
        self._words.append(text if self._preformatted else _SPACE.sub(" ", text))

    def close(self) -> Blocks:
        self._flush()
        return self

    # -- what they mean ------------------------------------------------------------------------------------------------

    def _is_unseen(self, tag: str, attributes: Mapping[str, str]) -> bool:
        if tag in _UNSEEN or (tag in _OF_PAGE and not self._open["article"] and not self._open["main"]):
            return True
        if not attributes or tag in {"body", "html"}:
            return False
        return (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or attributes.get("role", "") in _ROLES
            or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))
            or not _HIDDEN_CLASSES.isdisjoint(attributes.get("class", "").split())
        )

    def _taken(self) -> str:
        words, self._words = "".join(self._words), []
        return words.strip(" ").strip("\n") if words.strip() else ""

    def _flush(self) -> None:
        """End the paragraph, if there is one."""
        words = self._taken()
        if not words:
            return
        marked = item(self._marker, words) if self._marker and not self._heading else words
        self.flow.add(Piece(marked, self._heading))
        self._marker = ""

    def _begin_list(self, tag: str, attributes: Mapping[str, str]) -> None:
        start = attributes.get("start", "1")
        first = int(start) if start.isascii() and start.isdigit() and len(start) <= _LONGEST_NUMBER else 1
        kind = _NUMBERS.get(attributes.get("type", "1").lower(), "decimal")
        self._lists.append((kind, first) if tag == "ol" else None)

    def _begin_item(self) -> None:
        self._marker = BULLET
        if self._lists and (counted := self._lists[-1]):
            kind, count = counted
            self._marker, self._lists[-1] = number(count, kind), (kind, count + 1)

    def _end_part(self, tag: str) -> None:
        start = self._open[tag].pop()
        if not self._open[tag] and not self.flow.is_in_cell:
            (self.articles if tag == "article" else self.mains).append((start, len(self.flow.pieces)))
