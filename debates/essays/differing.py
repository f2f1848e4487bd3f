"""What changed between two essays: paragraph by paragraph, and word by word within those that differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from debates.diff import INSERTED, REMOVED, Piece, differences, same_ends

# SequenceMatcher takes a time that grows with the square of what differs: 1,500 paragraphs that all moved take 0.3 s.
MOST_PARAGRAPHS = 1_500
MOST_PAIRS = 50_000
# Each is compared by words in 20 ms at most; see debates.diff.
MOST_COMPARED = 40
MOST_SHOWN = 60
_PART = "\n\n"

type Hunk = tuple[int, int, int, int]  # from and to in the older text, from and to in the newer


@dataclass(frozen=True, slots=True)
class Differing:
    """Neighbouring paragraphs that differ. `number` is that of the first one in the newer text, counted from 1."""

    number: int
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Differences:
    """The first MOST_SHOWN places in which two texts differ; `more` is how many others there are."""

    parts: list[Differing]
    more: int = 0


def differing(old: str, new: str) -> Differences:
    """Where the newer text differs from the older, in reading order. Its time is bounded whatever the texts are."""
    if old == new:
        return Differences([])
    before, after = old.split(_PART), new.split(_PART)
    hunks = _hunks(before, after)
    parts = []
    for count, (i, j, m, n) in enumerate(hunks[:MOST_SHOWN]):
        removed, inserted = _PART.join(before[i:j]), _PART.join(after[m:n])
        parts.append(Differing(m + 1, _pieces(removed, inserted, closely=count < MOST_COMPARED)))
    return Differences(parts, max(0, len(hunks) - MOST_SHOWN))


def _pieces(removed: str, inserted: str, *, closely: bool) -> list[Piece]:
    if closely and removed and inserted:
        return differences(removed, inserted)
    return [Piece(op, text) for op, text in ((REMOVED, removed), (INSERTED, inserted)) if text]


def _hunks(before: list[str], after: list[str]) -> list[Hunk]:
    """The ranges of paragraphs that differ, as in SequenceMatcher's opcodes."""
    start, end = same_ends(before, after)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if not _is_affordable(old, new):
        return [(start, len(before) - end, start, len(after) - end)]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    hunks = [(start + i, start + j, start + m, start + n) for op, i, j, m, n in codes if op != "equal"]
    return list(chain.from_iterable(map(_one_by_one, hunks)))


def _one_by_one(hunk: Hunk) -> list[Hunk]:
    """As many paragraphs as before are taken for the same ones in other words."""
    i, j, m, n = hunk
    if j - i != n - m:
        return [hunk]
    return [(i + at, i + at + 1, m + at, m + at + 1) for at in range(j - i)]


def _is_affordable(old: list[str], new: list[str]) -> bool:
    counts = Counter(old)
    return len(old) + len(new) <= MOST_PARAGRAPHS and sum(counts[each] for each in new) <= MOST_PAIRS
