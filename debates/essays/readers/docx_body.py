"""What the XML parser calls while it reads the text of a Word document: paragraphs as they end become pieces.

No tree is built, so that a document may be as deep or as wide as it likes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.essays.readers.docx_parts import digit, level_of
from debates.essays.readers.essay_file import refuse
from debates.essays.readers.flow import Flow
from debates.essays.readers.packages import Listening, local
from debates.essays.readers.pieces import BULLET, Piece, item, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debates.essays.readers.docx_parts import Numbering, Styles

# The older form of what stands beside it; what was deleted or moved away; what a style or a text was before; the
# definitions of tabs and sections; the reading of a word that stands above it.
_UNSEEN = {
    "Fallback", "del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tabs", "sectPr",
    "instrText", "delText", "rt", "numberingChange",
}  # fmt: skip
_TRACKED = {"ins", "del", "moveFrom", "moveTo"}
_SIGNS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "‑"}
_OFF = {"0", "false", "off", "none"}
_FORMATS = {"lowerLetter": "letter", "upperLetter": "letter", "lowerRoman": "roman", "upperRoman": "roman"}
# It takes a second to hear so many; a text of 200,000 characters has half of them at most.
_MOST_ELEMENTS = 500_000


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is open: there are several where a box of text hangs on one."""

    words: list[str] = field(default_factory=list)
    style: str = ""
    level: int | None = None
    numbers: str = ""
    depth: int | None = None


class Body(Listening):
    """The pieces of a document in order, and the count of what is not among them."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles, self.numbering = styles, numbering
        self.flow = Flow()
        self.title = ""
        self.pictures = self.footnotes = self.contents = self.tracked = 0
        self._elements = self._unseen = 0
        self._paragraphs: list[_Paragraph] = []
        self._hidden: list[bool] = []  # of each open paragraph and run
        self._is_text = False
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    # -- what the parser calls -----------------------------------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            refuse(_("This document has more parts than this site reads. Copy its text, and paste that."))
        name = local(tag)
        self.tracked += name in _TRACKED
        if self._unseen or name in _UNSEEN:
            self._unseen += 1
            return
        self._begin(name, attributes)

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "t":
                self._is_text = True
            case "p":
                self._paragraphs.append(_Paragraph())
                self._hidden.append(False)
            case "r":
                self._hidden.append(False)
            case "tbl":
                self.flow.begin_table()
            case "tr":
                self.flow.begin_row()
            case "tc":
                self.flow.begin_cell()
            case "pic" | "imagedata" | "chart":
                self.pictures += 1
            case "footnoteReference" | "endnoteReference":
                self.footnotes += 1
            case _ if self._paragraphs:
                values = {local(key): value for key, value in attributes.items()} if attributes else {}
                self._hear(name, self._paragraphs[-1], values)

    def end(self, tag: str) -> None:
        if self._unseen:
            self._unseen -= 1
            return
        match local(tag):
            case "t":
                self._is_text = False
            case "p":
                self._hidden.pop()
                self._end_paragraph(self._paragraphs.pop())
            case "r":
                self._hidden.pop()
            case "tc":
                self.flow.end_cell()
            case "tr":
                self.flow.end_row()
            case "tbl":
                self.flow.end_table()

    def data(self, text: str) -> None:
        if self._is_text and not self._unseen and self._paragraphs and not self._hidden[-1]:
            self._paragraphs[-1].words.append(text)

    # -- paragraphs ----------------------------------------------------------------------------------------------------

    def _hear(self, name: str, paragraph: _Paragraph, values: Mapping[str, str]) -> None:
        value = values.get("val", "")
        match name:
            case "pStyle":
                paragraph.style = value
            case "outlineLvl":
                paragraph.level = level_of(value)
            case "numId":
                paragraph.numbers = value
            case "ilvl":
                paragraph.depth = digit(value)
            case "vanish":
                self._hidden[-1] = value not in _OFF
            case "br":
                paragraph.words.append("" if values.get("type") in {"page", "column"} else "\n")
            case _ if name in _SIGNS:
                paragraph.words.append(_SIGNS[name])

    def _end_paragraph(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.words).strip()
        if not text:
            return
        style = self.styles.get(paragraph.style)
        if style.name.startswith("toc "):
            self.contents += 1
            return
        level = paragraph.level if paragraph.level is not None else style.level or 0
        if style.name == "title" and not self.title:
            self.title, level = " ".join(text.split()), 1
        elif level and self.title:
            level += 1
        if level:
            self.flow.add(Piece(text, level))
            return
        numbers = paragraph.numbers or style.numbers
        depth = paragraph.depth if paragraph.depth is not None else style.depth
        marker = self._marker(numbers, depth) if numbers not in {"", "0"} else ""
        self.flow.add(Piece(item(marker, text) if marker else text))

    def _marker(self, numbers: str, depth: int) -> str:
        """The sign before the next item of a list. One that stands further out begins those within it anew."""
        kind = self.numbering.format_of(numbers, depth)
        counts = self._counts[self.numbering.list_of(numbers)]
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        counts[depth] = counts.get(depth, 0) + 1
        return BULLET if kind in {"bullet", "none"} else number(counts[depth], _FORMATS.get(kind, "decimal"))
