"""The same words in two lists of words, in one order: what is there once in both first, then difflib between."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from debates.essays.tokens import Gap, Run, gaps_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debates.essays.tokens import Tokens

# Gaps of at most so many pairs of tokens go to difflib, whose time grows with the square; larger ones are cut first,
# at rows of so many tokens.
MOST_PAIRS = 3_600
GRAMS = (8, 4, 2)


def matched(old: Tokens, new: Tokens, gap: Gap) -> list[Run]:
    """The runs of equal tokens in a gap, in order."""
    return [Run(i, j, length, length) for i, j, length in sorted(_blocks(old.words, new.words, gap, GRAMS))]


def _blocks(a: list[str], b: list[str], gap: Gap, sizes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    start, end = same_ends(a, b, gap)
    yield gap.old, gap.new, start
    yield gap.old_end - end, gap.new_end - end, end
    gap = Gap(gap.old + start, gap.old_end - end, gap.new + start, gap.new_end - end)
    olds, news = gap.sizes
    if olds * news <= MOST_PAIRS:
        matcher = SequenceMatcher(None, a[gap.old : gap.old_end], b[gap.new : gap.new_end], autojunk=False)
        for found in matcher.get_matching_blocks() if olds and news else ():
            yield gap.old + found.a, gap.new + found.b, found.size
        return
    for at, size in enumerate(sizes):
        if anchors := _anchors(a, b, gap, size):
            for part in gaps_between([Run(i, j, size, size) for i, j in anchors], gap):
                yield from _blocks(a, b, part, sizes[at + 1 :])
            yield from ((i, j, size) for i, j in anchors)
            return


def same_ends(a: list[str], b: list[str], gap: Gap) -> tuple[int, int]:
    """How many tokens are the same at the start of a gap and, apart from those, at its end."""
    most, start, end = min(gap.sizes), 0, 0
    while start < most and a[gap.old + start] == b[gap.new + start]:
        start += 1
    while end < most - start and a[gap.old_end - 1 - end] == b[gap.new_end - 1 - end]:
        end += 1
    return start, end


def _anchors(a: list[str], b: list[str], gap: Gap, size: int) -> list[tuple[int, int]]:
    """Where `size` tokens in a row are once in both sides of a gap: as many as stand in one order and apart."""
    olds, news = once(a, gap.old, gap.old_end, size), once(b, gap.new, gap.new_end, size)
    shared = sorted((at, news[gram]) for gram, at in olds.items() if gram in news)
    chosen: list[tuple[int, int]] = []
    for i, j in heaviest([(i, j, 1) for i, j in shared]):
        if not chosen or (i >= chosen[-1][0] + size and j >= chosen[-1][1] + size):
            chosen.append((i, j))
    return chosen


def once(words: list[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    """The places of those rows of `size` words that are there once."""
    grams = list(zip(*(words[start + at : end] for at in range(size)), strict=False))
    counts = Counter(grams)
    return {gram: start + at for at, gram in enumerate(grams) if counts[gram] == 1}


type _Chain = tuple[int, int, _Chain | None]


def heaviest(pairs: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Of (i, j, weight), sorted by i, those that grow in both i and j and weigh most together."""
    # The last j, the weight and the pairs of the heaviest chains, where a later j is worth it only if it weighs more.
    front: list[tuple[int, int, _Chain]] = []
    for i, group in groupby(pairs, key=itemgetter(0)):
        found = []
        for _i, j, weight in group:
            at = bisect_left(front, j, key=itemgetter(0))
            _last, before, chain = front[at - 1] if at else (0, 0, None)
            found.append((j, before + weight, (i, j, chain)))
        for longer in found:
            _keep(front, longer)
    chosen, link = [], front[-1][2] if front else None
    while link:
        chosen.append(link[:2])
        link = link[2]
    return chosen[::-1]


def _keep(front: list[tuple[int, int, _Chain]], chain: tuple[int, int, _Chain]) -> None:
    at = bisect_left(front, chain[0], key=itemgetter(0))
    upto = at
    while upto < len(front) and front[upto][1] <= chain[1]:
        upto += 1
    lighter = (front[at - 1][1] if at else 0) < chain[1]
    if lighter and not (upto == at < len(front) and front[at][0] == chain[0]):
        front[at:upto] = [chain]
