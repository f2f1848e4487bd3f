"""Topics too large to be written by hand, put into the database at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from debates.models import Statement, Topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User

STANCES = ("supports", "opposes")


def grow(topic: Topic, by: User, parents: Sequence[int | None]) -> list[Statement]:
    """One statement for each of `parents`: the index of an earlier one, or None for a claim."""
    made: list[Statement] = []
    levels: dict[int, list[Statement]] = defaultdict(list)
    for at, parent in enumerate(parents):
        above = None if parent is None else made[parent]
        line = Statement(
            topic=topic, parent=above, stance=STANCES[at % 2] if above else "", depth=above.depth + 1 if above else 0,
            text=f"Line {at}", search_text=f"line {at}", position=at, author=by,
        )  # fmt: skip
        made.append(line)
        levels[line.depth].append(line)
    # A level at a time, so that the database gives the numbers and the next level knows them.
    for depth in sorted(levels):
        Statement.objects.bulk_create(levels[depth])
    return made


def bushy(count: int, claims: int = 2) -> list[int | None]:
    """Parents for a tree of `count` lines in which every line has about three below it."""
    return [None if at < claims else (at - claims) // 3 for at in range(count)]
