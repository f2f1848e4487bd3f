"""Which characters the fonts for PDF and PNG can show, read off the fonts themselves.

They stand beside this module and not under static/: no browser is to be served 12 MB of them.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from dataclasses import astuple
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.formats.document import Document

FOLDER = Path(__file__).parent / "fonts"
# The first that has a character shows it.
FAMILIES = ("Noto Sans", "Noto Sans KR", "Noto Sans Arabic", "Noto Sans Hebrew")
_FILES = ("NotoSans-Regular.ttf", "NotoSansKR-Regular.ttf", "NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf")
# What leaves no trace by itself: joiners, marks of direction and of variation, tags, line ends.
_TRACELESS = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff\\s]"
)
_MARKS = {"Mn", "Me", "Mc"}
MOST_NAMED = 20
INSTEAD = "\N{WHITE SQUARE}"


@lru_cache(maxsize=1)
def fonts() -> tuple[frozenset[int], ...]:
    """The code points that each of the fonts has a glyph for."""
    return tuple(frozenset(code_points((FOLDER / file).read_bytes())) for file in _FILES)


def code_points(font: bytes) -> Iterator[int]:
    """The code points in the `cmap` table of an OpenType font, as far as formats 4 and 12 give them (OpenType 1.9)."""
    cmap = _table(font, b"cmap")
    for number in range(_number(">H", font, cmap + 2)):
        start = cmap + _number(">I", font, cmap + 4 + 8 * number + 4)
        form = _number(">H", font, start)
        if form == 12:
            yield from _groups(font, start)
        elif form == 4:
            yield from _segments(font, start)


def _table(font: bytes, name: bytes) -> int:
    """Where a table begins."""
    entries = (12 + 16 * number for number in range(_number(">H", font, 4)))
    return next(_number(">I", font, entry + 8) for entry in entries if font[entry : entry + 4] == name)


def _groups(font: bytes, start: int) -> Iterator[int]:
    for number in range(_number(">I", font, start + 12)):
        first, last = struct.unpack_from(">II", font, start + 16 + 12 * number)
        yield from range(first, last + 1)


def _segments(font: bytes, start: int) -> Iterator[int]:
    """What a segment maps to glyph 0 all the same counts as shown: the fonts that we keep have no such hole."""
    size = _number(">H", font, start + 6)
    for at in range(0, size, 2):
        last, first = _number(">H", font, start + 14 + at), _number(">H", font, start + 16 + size + at)
        yield from (code for code in range(first, last + 1) if code != 0xFFFF)


def _number(form: str, font: bytes, at: int) -> int:
    number: int = struct.unpack_from(form, font, at)[0]
    return number


class Glyphs:
    """Texts made ready for our fonts, and what was missing on the way."""

    def __init__(self) -> None:
        self.missing: dict[str, None] = {}

    def shown_in[T](self, value: T) -> T:
        """`value`, a text or lists and dictionaries of such, with INSTEAD for every character that no font has."""
        made: object = value
        if isinstance(value, str):
            made = self._shown(value)
        elif isinstance(value, dict):
            made = {key: self.shown_in(each) for key, each in value.items()}
        elif isinstance(value, list | tuple):
            made = [self.shown_in(each) for each in value]
        return made  # type: ignore[return-value]

    def _shown(self, text: str) -> str:
        if text.isascii():
            return text
        made: list[str] = []
        able: list[frozenset[int]] = []  # the fonts that can show the letter at hand, with all its marks so far
        for char in text:
            mark = unicodedata.category(char) in _MARKS
            having = [font for font in (able if mark else fonts()) if ord(char) in font]
            if having:
                able = having
                made.append(char)
            elif _TRACELESS.match(char):
                made.append(" " if char.isspace() else "")
            else:
                self.missing[char] = None
                made.append("" if mark else INSTEAD)
                able = able if mark else []
        return "".join(made)

    def missing_words(self) -> str:
        """A sentence about what is not shown, "" where all is."""
        if not self.missing:
            return ""
        codes = ", ".join(f"U+{ord(char):04X}" for char in list(self.missing)[:MOST_NAMED])
        more = "…" if len(self.missing) > MOST_NAMED else ""
        words = ngettext(
            "%(count)s character is in none of the fonts and shown as %(square)s: %(codes)s.",
            "%(count)s characters are in none of the fonts and shown as %(square)s: %(codes)s.",
            len(self.missing),
        )
        return words % {"count": len(self.missing), "square": INSTEAD, "codes": codes + more}


def unshown_in(document: Document) -> tuple[int, str]:
    """How many characters of `document` no font shows, and a sentence about them.

    Give it what the format keeps, as debates.formats.features.kept does: what is not written is not missed.
    """
    glyphs = Glyphs()
    glyphs.shown_in([document.title, document.question, document.background])
    for line in document.lines:
        cards = [value for card in line.sources for value in astuple(card)]
        glyphs.shown_in([line.text, line.note, line.author, *cards])
    return len(glyphs.missing), glyphs.missing_words()
