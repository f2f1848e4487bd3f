"""Plain text: which line ends are those of paragraphs, and which only broke a line where the page ended."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from django.utils.translation import gettext as _

from debates.essays.readers.encodings import decoded
from debates.essays.readers.essay_file import Found, refuse_much

_ITEM = re.compile(r"\s*(?:[-*+•–]|\d{1,3}[.)]|[a-z][.)]|#{1,6})\s")
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028]")
_INDENT = re.compile(r" {2}|\t|\u3000")
# Nobody breaks lines beyond this by hand: a text with a longer line has a paragraph to each line.
_LONGEST_BROKEN = 110
_SHORTEST_BROKEN = 30
_FEWEST_LINES = 4
# Broken lines reach the margin: one in the middle is nearly as long as the longest.
_FULL = 0.75


def read(data: bytes) -> Found:
    """The text of a .txt file."""
    text, note = decoded(data)
    found = from_text(text)
    return Found(found.text, found.title, notes=(note, *found.notes))


def from_text(text: str, *, field: str = "file") -> Found:
    """`text` with its paragraphs apart by empty lines. What was put apart once stays as it is."""
    refuse_much(text, field=field)
    plain = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    lines = [line.rstrip() for line in plain.split("\n")]
    note = ""
    if _is_broken(lines):
        lines, note = _joined(lines), _("Lines that end within a paragraph are joined.")
    elif _is_a_line_each(lines):
        apart = [line for line in lines if line.strip()]
        lines, note = "\n\n".join(apart).split("\n"), _("Every line is read as a paragraph.")
    found = "\n".join(lines).strip()
    title = found.partition("\n")[0].removeprefix("# ") if found.startswith("# ") else ""
    return Found(found, title=title, notes=(note,))


def _width(line: str) -> int:
    return len(" ".join(line.split()))


def _is_a_line_each(lines: list[str]) -> bool:
    """Whether paragraphs end with their line, because lines are long and empty ones are rare."""
    filled = [line for line in lines if line.strip()]
    if len(filled) < 2 or max(map(_width, filled)) <= _LONGEST_BROKEN:
        return False
    gaps = sum(1 for before, line in pairwise(lines) if before.strip() and not line.strip())
    return gaps < len(filled) / 4


def _is_broken(lines: list[str]) -> bool:
    """Whether lines end at a margin rather than with a thought. Verses do not: they begin with capitals."""
    inner = [
        (line, after) for line, after in pairwise(lines)
        if line.strip() and after.strip() and not _ITEM.match(line) and not _ITEM.match(after)
    ]  # fmt: skip
    if len(inner) < _FEWEST_LINES:
        return False
    longest = max(map(_width, lines))
    capitals = sum(after.lstrip()[0].isupper() for _line, after in inner)
    return (
        _SHORTEST_BROKEN <= longest <= _LONGEST_BROKEN
        and median(_width(line) for line, _after in inner) >= _FULL * longest
        and capitals <= len(inner) / 2
    )


def _joined(lines: list[str]) -> list[str]:
    """`lines` with those of one paragraph on one line. An item, a heading and an indented line begin a paragraph."""
    paragraphs: list[list[str]] = []
    is_open = False
    for before, line in zip(["", *lines], lines, strict=False):
        begins = _ITEM.match(line) or (_INDENT.match(line) and not _INDENT.match(before))
        if not is_open or begins:
            paragraphs.append([])
        paragraphs[-1].append(line.strip())
        is_open = bool(line.strip()) and not line.startswith("#")
    return "\n\n".join(" ".join(filter(None, paragraph)) for paragraph in paragraphs).split("\n")
