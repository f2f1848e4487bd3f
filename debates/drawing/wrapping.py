"""Breaking text into lines where no browser measures it: by a table of how wide characters are.

The widths are those of a common sans serif in hundredths of the type size, rounded up a little, since the reader's
face is not known: a line may end early, and hardly ever too late.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLASSES = {
    27: "ijlI|'’‘`!.,:;",
    32: "ft()[]{}/\\ \u00a0-r",
    40: '"“”*°^',
    55: "ckszvxyJ?",
    60: "abdeghnopqu0123456789LFTZ_$#",
    66: "<>+=~–EPSVXYABK",
    72: "CDHNRUw&GOQ",
    88: "mM%",
    98: "W@—…",
}
_WIDTHS = {char: width for width, chars in _CLASSES.items() for char in chars}
OTHER = 62  # any other letter
WIDE = 104  # the ideographs, kana and hangul of East Asia, full-width forms
PICTURE = 124  # emoji, which come from a face of their own

# XML 1.0 has no place for these, escaped or not.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def xml_safe(text: str) -> str:
    """`text` without the characters that may not stand in an XML document. Escaping is the template's business."""
    return _NOT_XML.sub("\ufffd", text)


@lru_cache(maxsize=4096)
def char_width(char: str) -> int:
    """How wide `char` is, in hundredths of the type size."""
    if char in _WIDTHS:
        return _WIDTHS[char]
    if char in "\u200c\u200d\ufe0e\ufe0f" or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.category(char) == "So":
        return PICTURE
    return WIDE if unicodedata.east_asian_width(char) in "WF" else OTHER


def text_width(text: str, size: float) -> float:
    """How wide `text` is at a type size of `size`, in the same unit."""
    return sum(map(char_width, text)) * size / 100


def wrap(text: str, *, width: float, size: float) -> list[str]:
    """`text` as lines no wider than `width`; a word that is too long is broken. At least one line."""
    room = width * 100 / size
    lines: list[str] = []
    line, used = "", 0
    for space, atom in _atoms(xml_safe(text)):
        wide = sum(map(char_width, atom))
        gap = char_width(" ") if space and line else 0
        if line and used + gap + wide > room:
            lines.append(line)
            line, used, gap = "", 0, 0
        line += " " * bool(gap) + atom
        used += gap + wide
        if used > room:
            *full, line = _pieces(line, room)
            lines += full
            used = sum(map(char_width, line))
    return [*lines, line]


def _atoms(text: str) -> Iterator[tuple[bool, str]]:
    """What a line may break between, each with whether a space stands before it."""
    for word in text.split():
        start = 0
        for at, char in enumerate(word):
            # A wide letter may begin a line, and end one; what follows it and is no letter stays with it.
            if at and char.isalnum() and WIDE in (char_width(char), char_width(word[at - 1])):
                yield start == 0, word[start:at]
                start = at
        yield start == 0, word[start:]


def _pieces(word: str, room: float) -> list[str]:
    """`word` cut into pieces that fit; marks stay with the letter they stand on."""
    pieces, used = [""], 0
    for char in word:
        wide = char_width(char)
        if wide and used + wide > room and pieces[-1]:
            pieces.append("")
            used = 0
        pieces[-1] += char
        used += wide
    return pieces
