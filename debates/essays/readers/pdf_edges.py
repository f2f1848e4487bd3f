"""What stands at the edges of pages and is no part of the text: headers, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from django.utils.translation import gettext as _

# A header or footer has at most so many lines.
_EDGE = 2
# … and stands on so many of the pages, at the same height: left and right pages may have their own.
_SHARE = 0.4
_TOLERANCE = 6.0
_DIGITS = re.compile(r"\d+")
_SMALL = 0.92
_FOOTNOTE = re.compile(r"\s*(?:\d{1,3}|[*†‡])")
_MOST_SHOWN = 2


class Line(NamedTuple):
    """A line as it stands on its page: where it begins and how large its letters are, in points; up is up."""

    text: str
    left: float
    up: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Body:
    """Pages without their edges, how many footnotes they had, and the sentence about what repeated."""

    pages: list[list[Line]]
    footnotes: int
    note: str


def body_size(pages: list[list[Line]]) -> float:
    """The size that most letters have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def without_edges(pages: list[list[Line]]) -> Body:
    """`pages` without the lines that repeat above or below the text, and without small print below it."""
    edges = _repeated(pages)
    shown = sorted(
        {line.text.strip() for found in edges.values() for line in found}, key=lambda text: (len(text), text)
    )
    kept = [[line for line in page if line not in edges.get(number, ())] for number, page in enumerate(pages)]
    size, footnotes, bodies = body_size(kept), 0, []
    for page in kept:
        first = _first_note(page, size)
        footnotes += sum(bool(_FOOTNOTE.match(line.text)) for line in page[first:])
        bodies.append(page[:first])
    quoted = ", ".join(f"“{text[:40]}”" for text in shown[:_MOST_SHOWN])
    note = _("Left out, as it repeats from page to page: %(lines)s.") % {"lines": quoted} if quoted else ""
    return Body(bodies, footnotes, note)


def _repeated(pages: list[list[Line]]) -> dict[int, list[Line]]:
    """The lines at the edge of each page that stand there on many pages, whatever number they hold."""
    found: defaultdict[str, list[tuple[int, Line]]] = defaultdict(list)
    for number, page in enumerate(pages):
        by_height = sorted(page, key=lambda line: -line.up)
        for line in {*by_height[:_EDGE], *by_height[-_EDGE:]}:
            found[_DIGITS.sub("#", line.text).strip().lower()].append((number, line))
    edges: defaultdict[int, list[Line]] = defaultdict(list)
    for places in found.values():
        height = median(line.up for _number, line in places)
        same = [(number, line) for number, line in places if abs(line.up - height) <= _TOLERANCE]
        if len({number for number, _line in same}) >= max(2, _SHARE * len(pages)):
            for number, line in same:
                edges[number].append(line)
    return edges


def _first_note(page: list[Line], size: float) -> int:
    """Where the footnotes of a page begin: the small lines at its end, the first of which has a number or a sign."""
    first = len(page)
    while first and page[first - 1].size < _SMALL * size:
        first -= 1
    while first < len(page) and not _FOOTNOTE.match(page[first].text):
        first += 1
    return first
