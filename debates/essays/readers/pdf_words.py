"""Lines of one paragraph to one text: hyphens at the ends of lines, and spaces where they were broken."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_]+)[-‐]$")
_FIRST = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 80
_SOFT_HYPHEN = "\u00ad"
# Forms of letters that only a font knows: ligatures, Arabic letters by their place in the word, radicals.
_FORMS = ((0xFB00, 0xFB07), (0xFB13, 0xFB18), (0xFB50, 0xFDF2), (0xFE70, 0xFEFD), (0x2F00, 0x2FD6))
_LETTERS = {code: unicodedata.normalize("NFKC", chr(code)) for first, end in _FORMS for code in range(first, end)}
# Han and kana, and their signs, which have no spaces between words.
_UNSPACED = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")


class Words:
    """The words of a whole PDF: they tell whether one that was broken at a hyphen is written with it."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.known = Counter(word.lower() for line in lines for word in _WORD.findall(line))
        # Some programs keep the space at which they broke a line: there, a line without one broke within a word.
        self.keeps_spaces = sum(line.endswith(" ") for line in lines) > len(lines) / 3

    def joined(self, lines: Sequence[str]) -> str:
        """The text of `lines`."""
        parts: list[str] = []
        for line in lines:
            if parts:
                parts[-1], between = self._ended(parts[-1], line.lstrip())
                parts.append(between)
            parts.append(line.lstrip())
        return "".join(parts).translate(_LETTERS).strip()

    def _ended(self, before: str, after: str) -> tuple[str, str]:
        """The line `before` as it goes on to `after`, and what stands between them."""
        end = before.rstrip()
        if end.endswith(_SOFT_HYPHEN):
            return end[:-1], ""
        last, first = _LAST.search(end[-_LONGEST_WORD:]), _FIRST.match(after)
        if last and first:
            return (end if self._is_compound(last[1], first[0]) else end[:-1]), ""
        if end.endswith("-") and end[-2:-1].isalnum() and after[:1].isalnum():
            return end, ""
        return end, "" if self._is_unspaced(end[-1:], after[:1], before) else " "

    def _is_compound(self, last: str, first: str) -> bool:
        if first[0].isupper():
            return True
        return not self.known[f"{last}{first}".lower()] and self.known[f"{last}-{first}".lower()] > 0

    def _is_unspaced(self, last: str, first: str, before: str) -> bool:
        if _UNSPACED.match(last) and _UNSPACED.match(first):
            return True
        is_korean = _HANGUL.match(last) and _HANGUL.match(first)
        return bool(is_korean) and self.keeps_spaces and not before.endswith(" ")
