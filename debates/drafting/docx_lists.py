"""Numbered and bulleted lists of a Word document, each of which begins at its own number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

LEVELS = 9
# In twentieths of a point: how far a level is indented, and how much of that is for the number.
STEP, HANGING = 567, 397
BULLETS = "•–▪"


class Lists:
    """The numbering part of a document: one look for numbers, one for bullets, and an entry for every list."""

    def __init__(self, paper: Document) -> None:
        self.part: Any = paper.part.numbering_part.element
        known = [int(each.get(qn("w:abstractNumId"))) for each in self.part.findall(qn("w:abstractNum"))]
        first = max(known, default=0) + 1
        self.looks = {True: first, False: first + 1}
        for ordered, number in self.looks.items():
            # The definitions stand before the entries, or Word says that the file is damaged.
            self.part.insert(0, _look(number, ordered=ordered))

    def begin(self, *, ordered: bool, start: int, level: int) -> int:
        """A new list at `level`, from 0 on: its number in the document."""
        entry = self.part.add_num(self.looks[ordered])
        entry.add_lvlOverride(ilvl=min(level, LEVELS - 1)).add_startOverride(min(start, 2**31 - 1))
        number: int = entry.numId
        return number

    def put(self, paragraph: Paragraph, number: int, *, level: int) -> None:
        """Make `paragraph` the next item of the list `number`."""
        place: Any = paragraph._p.get_or_add_pPr()
        held = place.get_or_add_numPr()
        held.get_or_add_ilvl().val = min(level, LEVELS - 1)
        held.get_or_add_numId().val = number


def _look(number: int, *, ordered: bool) -> Any:
    made = OxmlElement("w:abstractNum")
    made.set(qn("w:abstractNumId"), str(number))
    made.append(_valued("w:multiLevelType", "multilevel"))
    for level in range(LEVELS):
        made.append(_level(level, ordered=ordered))
    return made


def _level(level: int, *, ordered: bool) -> Any:
    made = OxmlElement("w:lvl")
    made.set(qn("w:ilvl"), str(level))
    made.append(_valued("w:start", "1"))
    made.append(_valued("w:numFmt", "decimal" if ordered else "bullet"))
    made.append(_valued("w:lvlText", f"%{level + 1}." if ordered else BULLETS[level % len(BULLETS)]))
    made.append(_valued("w:lvlJc", "start"))
    place, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
    indent.set(qn("w:left"), str(STEP * (level + 1)))
    indent.set(qn("w:hanging"), str(HANGING))
    place.append(indent)
    made.append(place)
    return made


def _valued(name: str, value: str) -> Any:
    made = OxmlElement(name)
    made.set(qn("w:val"), value)
    return made
