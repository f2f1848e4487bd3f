"""The explore panel: how a claim would move for one reader, from their own ratings. Nothing of it is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from debates.analysis.acceptance import UNDECIDED, acceptance
from debates.analysis.excerpt import excerpt_of
from debates.models import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debates.analysis.excerpt import Excerpt
    from debates.analysis.excerpt import Line as ExcerptLine
    from debates.analysis.forest import Forest

NAME = re.compile(r"rating\[([1-9]\d{0,17})\]")
RATING = re.compile(r"0(\.\d{1,9})?|1(\.0{1,9})?")
NOT_RATED = "-0.1"  # where the slider stands then: left of 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the panel with its words. `value` is None where it does not count."""

    pk: str
    parent: str
    text: str
    stance: str
    level: int
    name: str  # of the slider; "" for a line that has none
    rating: str
    value: float | None
    same_as: str
    same_text: str
    left_out: int
    bears: bool  # something of its branch is shown

    @property
    def width(self) -> int:
        """Of its bar, in hundredths."""
        return round(100 * (self.value or 0))


@dataclass(frozen=True, slots=True)
class Explored:
    """`lines` in reading order below `top`, which they speak for and against."""

    top: Line
    lines: Sequence[Line]
    left_out: int
    rated: int

    @property
    def direction(self) -> str:
        """Where the top has moved from where it began: up, down or even; "" while nothing counts."""
        if self.top.value is None:
            return ""
        moved = round(self.top.value - UNDECIDED, 4)
        return "even" if not moved else "up" if moved > 0 else "down"


def ratings_in(fields: Mapping[str, str]) -> dict[int, float]:
    """The ratings among the fields of an address: `rating[42]=0.7`. What is no number from 0 to 1 is not rated."""
    found = {}
    for name, given in fields.items():
        if (match := NAME.fullmatch(name)) and RATING.fullmatch(given):
            found[int(match[1])] = float(given)
    return found


def explore(forest: Forest, root: int, ratings: Mapping[int, float]) -> Explored:
    """The panel for the branch of `root`. One query. Raises KeyError where it is in no count."""
    excerpt = excerpt_of(forest, root)
    known = set(excerpt.rated)
    ratings = {pk: value for pk, value in ratings.items() if pk in known}
    top, *lines = _lines(excerpt, ratings, acceptance(excerpt, ratings))
    return Explored(top, lines, excerpt.left_out, len(ratings))


def _lines(excerpt: Excerpt, ratings: Mapping[int, float], values: Mapping[int, float]) -> list[Line]:
    ids = [line.id for line in excerpt.lines]
    rows = Statement.objects.filter(pk__in=ids).values_list("pk", "text", "refers_to__text")
    texts = {pk: text or target or "" for pk, text, target in rows}
    bearing = {line.parent for line in excerpt.lines}
    return [
        _line(line, texts, ratings.get(line.rated), values.get(line.id), line.id in bearing) for line in excerpt.lines
    ]


def _line(line: ExcerptLine, texts: Mapping[int, str], rating: float | None, value: float | None, bears: bool) -> Line:
    return Line(
        pk=str(line.id), parent=str(line.parent or ""), text=texts[line.id], stance=line.stance, level=line.level,
        name=f"rating[{line.rated}]" if line.rated else "", rating=NOT_RATED if rating is None else f"{rating:g}",
        value=value, same_as=str(line.same_as or ""), same_text=texts.get(line.same_as, ""), left_out=line.left_out,
        bears=bears,
    )  # fmt: skip
