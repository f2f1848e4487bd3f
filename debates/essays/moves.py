"""Text that was moved: words that are gone from one place and stand at another where nothing stood before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from heapq import nlargest
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from debates.essays.matching import matched, once
from debates.essays.nearly import nearly_the_same
from debates.essays.tokens import LETTER, Gap, Run, gaps_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debates.essays.tokens import Tokens

# A row of so many tokens that both texts have once shows a move …
ROW = 5
# … if so much around it is the same.
MOVED = 16 * LETTER
MOST = 200  # moves that are looked at, the longest first
# A paragraph of fewer letters is too common to say that it was moved.
LEAST = 8 * LETTER
# Rows with more words between them are two moves.
NEAR = 40


class Seed(NamedTuple):
    """Where a row of tokens went."""

    old: int
    new: int


def moved(old: Tokens, new: Tokens, runs: Sequence[Run]) -> list[Run]:
    """The runs that stand in another order, among the tokens that are in none of `runs`."""
    gone = _free([(run.old, run.old_end) for run in runs], len(old))
    come = _free([(run.new, run.new_end) for run in runs], len(new))
    found: list[Run] = []
    for chain in nlargest(MOST, _chains(_seeds(old, new, gone, come)), key=len):
        gap = Gap(*_around(old, gone, chain[0].old, chain[-1].old), *_around(new, come, chain[0].new, chain[-1].new))
        same = matched(old, new, gap)
        if sum(old.weight(run.old, run.old_end) for run in same) >= MOVED and _apart(gap, found):
            found += same
            found += [run for part in gaps_between(same, gap) for run in nearly_the_same(old, new, part)]
    return [run for run in found if run.old_length]


def moved_paragraphs(old: Tokens, new: Tokens, runs: Sequence[Run]) -> list[Run]:
    """Whole paragraphs, however short, that are in none of `runs`, and that both texts have once."""
    gone = _free([(run.old, run.old_end) for run in runs], len(old))
    come = _free([(run.new, run.new_end) for run in runs], len(new))
    counts = Counter(_words(old, span) for span in old.spans())
    come_to = Counter(_words(new, span) for span in new.spans())
    places = {_words(new, span): span[0] for span in _within(come, new)}
    return [
        Run(span[0], places[words], span[1] - span[0], span[1] - span[0])
        for span in _within(gone, old)
        if counts[words := _words(old, span)] == come_to[words] == 1 and words in places and old.weight(*span) >= LEAST
    ]


def _words(text: Tokens, span: tuple[int, int]) -> tuple[str, ...]:
    return tuple(text.words[slice(*span)])


def _within(free: list[tuple[int, int]], text: Tokens) -> list[tuple[int, int]]:
    """The paragraphs of `text` that are all in one span of `free`."""
    ends = [end for _start, end in free]
    found = []
    for start, end in text.spans():
        at = bisect_left(ends, end)
        if at < len(free) and free[at][0] <= start:
            found.append((start, end))
    return found


def _free(taken: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """What lies between the spans `taken`."""
    ends = [0, *(end for _start, end in sorted(taken))]
    starts = [*(start for start, _end in sorted(taken)), length]
    return [(end, start) for end, start in zip(ends, starts, strict=True) if end < start]


def _seeds(old: Tokens, new: Tokens, gone: list[tuple[int, int]], come: list[tuple[int, int]]) -> list[Seed]:
    """The rows of tokens that went from what is `gone` to what has `come`, and that both texts have once."""
    if not any(end - start >= ROW for start, end in gone) or not any(end - start >= ROW for start, end in come):
        return []
    olds, news = once(old.words, 0, len(old), ROW), once(new.words, 0, len(new), ROW)
    free = {at for start, end in come for at in range(start, end - ROW + 1)}
    return [
        Seed(at, news[row])
        for start, end in gone
        for at in range(start, end - ROW + 1)
        if (row := tuple(old.words[at : at + ROW])) in olds and news.get(row) in free
    ]


def _chains(seeds: list[Seed]) -> Iterator[list[Seed]]:
    """Seeds in a row that went together."""
    chain = seeds[:1]
    for before, seed in pairwise(seeds):
        if not (0 < seed.old - before.old <= NEAR and 0 < seed.new - before.new <= NEAR):
            yield chain
            chain = []
        chain.append(seed)
    if chain:
        yield chain


def _around(text: Tokens, free: list[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    """The tokens near those from `first` to `last`, as far as their paragraphs and what is free go."""
    start, end = free[bisect_right(free, first, key=itemgetter(0)) - 1]
    start, end = max(start, first - NEAR), min(end, last + NEAR)
    while start < first and text.paragraphs[start] != text.paragraphs[first]:
        start += 1
    while end > last and text.paragraphs[end - 1] != text.paragraphs[last]:
        end -= 1
    return start, end


def _apart(gap: Gap, found: list[Run]) -> bool:
    """Whether nothing in `gap` was found before as part of another move."""
    return all(
        (run.old_end <= gap.old or run.old >= gap.old_end) and (run.new_end <= gap.new or run.new >= gap.new_end)
        for run in found
    )
