"""Words that are nearly the same: with a slip of the pen, in another case, written together or apart."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from debates.essays.signs import same_start
from debates.essays.tokens import Gap, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.essays.tokens import Tokens

# How much of the letters of two words must be the same at their ends, or anywhere in their order, which says less;
# of words joined or parted more.
LIKE, LIKE_WITHIN, JOINED_LIKE = 0.66, 0.8, 0.85
# Where fewer than one in so many is nearly the same, that is by chance, but for those at the ends.
MOST, END = 2, 6
# Where more words than these changed in a row, they are other words: pairs of them that are looked at.
MOST_PAIRS = 150
LONGEST = 60  # letters of a word that difflib looks at, whose time grows with the square
# One for one, some that were joined, one that was parted.
_SHAPES = ((1, 1), (2, 1), (1, 2), (3, 1), (1, 3))

type _Cell = tuple[float, Run | None, int, int]


def nearly_the_same(old: Tokens, new: Tokens, gap: Gap) -> list[Run]:
    """The runs of words in a gap that are nearly the same, in order, as many and as alike as there can be.

    Where most of the words are others, only those count that go on from what stands beside the gap.
    """
    if not all(gap.sizes):
        return []
    if gap.sizes[0] * gap.sizes[1] <= MOST_PAIRS:
        runs = _alike_runs(old, new, gap)
        same = sum(old.weight(run.old, run.old_end) for run in runs)
        if same * MOST >= min(old.weight(gap.old, gap.old_end), new.weight(gap.new, gap.new_end)):
            return runs
    olds, news = (min(size, END) for size in gap.sizes)
    head = _alike_runs(old, new, Gap(gap.old, gap.old + olds, gap.new, gap.new + news))
    tail = _alike_runs(old, new, Gap(gap.old_end - olds, gap.old_end, gap.new_end - news, gap.new_end))
    first = _going_on(head, (gap.old, gap.new))
    last = _going_back(tail[::-1], (gap.old_end, gap.new_end))
    reach = (first[-1].old_end, first[-1].new_end) if first else (gap.old, gap.new)
    return first + [run for run in last if run.old >= reach[0] and run.new >= reach[1]]


def _going_on(runs: list[Run], place: tuple[int, int]) -> list[Run]:
    kept = []
    for run in runs:
        if (run.old, run.new) != place:
            break
        kept.append(run)
        place = run.old_end, run.new_end
    return kept


def _going_back(runs: list[Run], place: tuple[int, int]) -> list[Run]:
    kept = []
    for run in runs:
        if (run.old_end, run.new_end) != place:
            break
        kept.append(run)
        place = run.old, run.new
    return kept


def _alike_runs(old: Tokens, new: Tokens, gap: Gap) -> list[Run]:
    olds, news = gap.sizes
    table: list[list[_Cell]] = [[(0.0, None, 0, 0)] * (news + 1) for _row in range(olds + 1)]
    for i in range(olds + 1):
        for j in range(news + 1):
            if i or j:
                table[i][j] = max(_steps(table, (old, new, gap), i, j), key=lambda cell: cell[0])
    return list(_taken(table))[::-1]


def _steps(table: list[list[_Cell]], texts: tuple[Tokens, Tokens, Gap], i: int, j: int) -> Iterator[_Cell]:
    if i:
        yield table[i - 1][j][0], None, i - 1, j
    if j:
        yield table[i][j - 1][0], None, i, j - 1
    old, new, gap = texts
    for before, after in _SHAPES:
        if i >= before and j >= after:
            run = Run(gap.old + i - before, gap.new + j - after, before, after, exact=False)
            alike = _alike(_joined(old, run.old, run.old_end), _joined(new, run.new, run.new_end))
            if alike >= (LIKE if before == after else JOINED_LIKE):
                yield table[i - before][j - after][0] + alike * (before + after), run, i - before, j - after


def _taken(table: list[list[_Cell]]) -> Iterator[Run]:
    i, j = len(table) - 1, len(table[0]) - 1
    while i or j:
        _score, run, i, j = table[i][j]
        if run is not None:
            yield run


def _joined(text: Tokens, start: int, end: int) -> str:
    """Some words as one, without marks between them; nothing if they are no words."""
    words = text.words[start:end]
    if len(words) == 1:
        return words[0]
    return "".join(filter(str.isalnum, words)) if words[0].isalnum() and words[-1].isalnum() else ""


@lru_cache(maxsize=4_096)
def _alike(one: str, other: str) -> float:
    """How alike two words are, from 0 to 1."""
    if one == other:
        return 1
    if not one or not other:
        return 0
    if unicodedata.category(one[0])[0] == unicodedata.category(other[0])[0] == "P":
        return LIKE  # one mark for another
    shorter, longer = sorted((one, other), key=len)
    if not one[0].isalnum() or not other[0].isalnum() or 2 * len(shorter) < len(longer):
        return 0
    start = same_start(one, other)
    end = same_start(shorter[start:][::-1], longer[start:][::-1])
    swapped = start + end + 2 == len(longer) and sorted(one) == sorted(other)
    return max(LIKE * swapped, (start + end) / len(longer), _in_order(one, other))


def _in_order(one: str, other: str) -> float:
    if max(len(one), len(other)) > LONGEST:
        return 0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if ratio >= LIKE_WITHIN else 0
