"""Lines of a PDF to paragraphs and headings: by the gaps between lines, their indents, the size of letters."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median

from debates.essays.readers.pdf_edges import Line, body_size
from debates.essays.readers.pdf_words import Words
from debates.essays.readers.pieces import BULLET, DEEPEST_HEADING, Piece, item

RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LARGER = 1.08
_LONGEST_HEADING = 200
_LONGEST_BOLD = 100
# In units of the usual distance between lines, of the size of letters, and of the length of a full line.
_GAP, _INDENT, _SHORT = 1.3, 0.8, 0.7
# A line with room for more than half a line was ended there, whatever it says.
_VERY_SHORT = 0.5
# Which part of the lines is indented, and the next one is not, where paragraphs begin that way.
_FEWEST_INDENTED = 0.02
_ENDED = re.compile(r"[.!?…:。！？][\"”’»)\]」』）\d]*\s*$")
_BULLET = re.compile(r"\s*[•◦▪●‣∙·■–]\s+")
_ITEM = re.compile(r"\s*(?:\d{1,2}|[a-z])[.)]\s")


def pieces_of(pages: list[list[Line]]) -> list[Piece]:
    """The paragraphs and headings of `pages`, on which headers and footnotes are no more."""
    look = _Look(pages)
    groups: list[list[Line]] = []
    for page in pages:
        for number, line in enumerate(page):
            if not groups or look.begins(groups[-1][-1], line, is_new_page=not number):
                groups.append([])
            groups[-1].append(line)
    words = Words([line.text for page in pages for line in page])
    sizes = sorted({group[0].size for group in groups if look.is_larger(group[0])}, reverse=True)
    return [look.piece(group, words.joined([line.text for line in group]), sizes) for group in groups]


class _Look:
    """How the pages usually look: what is larger, further apart or further in than that means something."""

    def __init__(self, pages: list[list[Line]]) -> None:
        self.size = body_size(pages)
        lines = [line for page in pages for line in page if self._is_body(line)]
        gaps = [a.up - b.up for page in pages for a, b in pairwise(page) if self._is_body(a) and a.up > b.up]
        self.pitch = median(gaps) if gaps else 0.0
        lengths = sorted(len(line.text) for line in lines)
        self.full = lengths[int(len(lengths) * 0.9)] if lengths else 0
        self.margin = Counter(round(line.left) for line in lines).most_common(1)[0][0] if lines else 0
        firsts = sum(self._is_first(a, b) for page in pages for a, b in pairwise(page) if self._is_body(a))
        self.indents = firsts >= max(2, _FEWEST_INDENTED * len(lines))
        self.is_bold = sum(line.bold for line in lines) > len(lines) / 2

    def _is_body(self, line: Line) -> bool:
        return abs(line.size - self.size) < 0.5

    def is_larger(self, line: Line) -> bool:
        return line.size > _LARGER * self.size

    def _is_indented(self, line: Line) -> bool:
        """Lines from right to left begin wherever they end."""
        return line.left > self.margin + _INDENT * self.size and not RIGHT_TO_LEFT.search(line.text)

    def _is_first(self, line: Line, after: Line) -> bool:
        """Whether `line` is the indented first line of a paragraph, of which `after` is the second."""
        close = 0 < line.up - after.up <= _GAP * self.pitch
        return close and self._is_indented(line) and not self._is_indented(after)

    # -- where paragraphs begin ----------------------------------------------------------------------------------------

    def begins(self, before: Line, line: Line, *, is_new_page: bool) -> bool:
        """Whether `line`, which follows `before`, begins a paragraph."""
        if abs(before.size - line.size) > 0.1 * self.size or _BULLET.match(line.text):
            return True
        if self._is_bold(before) != self._is_bold(line) and len(before.text) < _LONGEST_BOLD / 2:
            return True
        ended = bool(_ENDED.search(before.text))
        full = self.full * self.size / max(before.size, self.size)
        is_short = len(before.text) < _SHORT * full
        if len(before.text) + len(line.text.split(" ", 1)[0]) < _VERY_SHORT * full:
            return True
        if _ITEM.match(line.text) and (ended or is_short):
            return True
        begins_in = self.indents and self._is_indented(line) and not self._is_indented(before)
        if is_new_page or line.up > before.up:
            return ended and (is_short or begins_in or not self.indents)
        usual = self.pitch * max(1.0, line.size / self.size)
        return (ended and is_short) or begins_in or before.up - line.up > _GAP * usual

    def _is_bold(self, line: Line) -> bool:
        return line.bold and not self.is_bold

    # -- what they become ----------------------------------------------------------------------------------------------

    def piece(self, group: list[Line], text: str, sizes: list[float]) -> Piece:
        """The paragraph or heading that is made of the lines of `group`; `sizes` are those of headings."""
        if bullet := _BULLET.match(text):
            return Piece(item(BULLET, text[bullet.end() :]))
        if len(text) <= _LONGEST_HEADING and self.is_larger(group[0]):
            return Piece(text, min(sizes.index(group[0].size) + 1, DEEPEST_HEADING))
        is_bold = all(map(self._is_bold, group)) and self._is_body(group[0])
        if is_bold and len(text) <= _LONGEST_BOLD and not text.endswith((".", ",", ";", ":")):
            return Piece(text, min(len(sizes) + 1, DEEPEST_HEADING))
        return Piece(text)
