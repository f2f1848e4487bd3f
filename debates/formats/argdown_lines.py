"""An Argdown file as lines: comments taken out, data put aside, the front matter apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.formats.argdown_prose import URL
from debates.formats.drafts import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

# Stand in the text for what was taken out of it: a comment, a piece of data, a line break within either.
COMMENT, DATA, BREAK = "\x01", "\x02", "\x03"
_STAND_INS = re.compile(f"[{COMMENT}{DATA}{BREAK}]")
_FRONT_MATTER = re.compile(r"\s*={3,}+(.*?)={3,}+[^\S\n]*", re.DOTALL)
# Where something may begin that holds other signs: only comments and braces are taken out.
_START = re.compile(rf"\\.|//|/\*|<!--|\[[^\[\]\n]*\](?:\({URL}\))?|<(?![-+_!])[^<>\n]+>|#\([^()\n]+\)|[{{]", re.DOTALL)
_DATA_END = re.compile(r"\}(?=\s+[^\s,}]|\s*\Z)|\n[^\S\n]*\n")
_CLOSING = {"/*": "*/", "<!--": "-->"}
_DATA_MARK = re.compile(f"{DATA}([0-9]+){DATA}")
_ARGDOWN_2 = re.compile(r"^[ \t]*(?:\(?\[#[\w-]+\](?!:)|#casualtheorics\.)", re.MULTILINE)


@dataclass(slots=True)
class Row:
    """A line with words, or the empty line that ends a block. `data` is what was put aside of it."""

    text: str
    at: int
    data: list[str]


class Lines:
    """The lines of a text, and its front matter, "" where it has none."""

    def __init__(self, text: str) -> None:
        if other := _ARGDOWN_2.search(text):
            sentence = _("This is “argdown-2”, another language than Argdown. Save the map as Argdown and try again.")
            raise Unreadable(sentence, at=text.count("\n", 0, other.end()) + 1)
        text = _STAND_INS.sub("", text)
        head = _FRONT_MATTER.match(text)
        self.front_matter = head[1] if head else ""
        self._skipped = head[0].count("\n") if head else 0
        self._data: list[str] = []
        self._text = self._without_extras(text[head.end() :] if head else text)

    def __iter__(self) -> Iterator[Row]:
        """The lines in order. One with nothing but a comment is as if it were not there."""
        at = self._skipped + 1
        for line in self._text.split("\n"):
            data = [self._data[int(mark[1])] for mark in _DATA_MARK.finditer(line)]
            text = _STAND_INS.sub("", _DATA_MARK.sub("", line)).rstrip()
            if text or data or COMMENT not in line:
                yield Row(text, at, data)
            at += 1 + line.count(BREAK)

    def _without_extras(self, text: str) -> str:
        """`text` with stand-ins. Linear: what is never closed is looked for once."""
        pieces: list[str] = []
        unclosed: dict[str, int] = {}
        done = at = 0
        while start := _START.search(text, at):
            at = start.end()
            end = self._end(text, start, unclosed) if start[0] in ("//", "/*", "<!--", "{") else None
            if end is None:
                continue
            inside = text[start.start() : end]
            pieces.append(text[done : start.start()])
            pieces.append(self._put_aside(inside) if start[0] == "{" else COMMENT)
            pieces.append(BREAK * inside.count("\n"))
            done = at = end
        return "".join([*pieces, text[done:]])

    def _end(self, text: str, start: re.Match[str], unclosed: dict[str, int]) -> int | None:
        """Where a comment or a piece of data ends; None where it does not."""
        sign = start[0]
        if sign == "//":
            return end if (end := text.find("\n", start.end())) >= 0 else len(text)
        if start.end() <= unclosed.get(sign, -1):
            return None
        if sign == "{":
            found = _DATA_END.search(text, start.end())
            if found and found[0] == "}":
                return found.end()
            unclosed[sign] = found.start() if found else len(text)
            return None
        end = text.find(_CLOSING[sign], start.end())
        if end < 0:
            unclosed[sign] = len(text)
            return None
        return end + len(_CLOSING[sign])

    def _put_aside(self, data: str) -> str:
        self._data.append(data)
        return f"{DATA}{len(self._data) - 1}{DATA}"
