"""Which words of a text are still there in another state of it, in their order: pure, and bounded in time.

Sentences are paired first, by the pairs of words they share, so that together as much as possible stays in order;
then words within sentences that belong together; then what is left between them. A sentence that is there twice, as
a refrain or in a copied paragraph, so goes with its neighbours.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from debates.essays.matching import heaviest, matched, same_ends
from debates.essays.nearly import nearly_the_same
from debates.essays.tokens import LETTER, Gap, Run, gaps_between, joined
from debates.essays.weeding import bordered, settled, shaved, weeded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debates.essays.tokens import Tokens

# Pairs of words that stand in more sentences say nothing about which is which, and would cost most of the time.
MOST_SENTENCES = 40
# How much of the shorter of two sentences the other shares, if they belong together; pairs kept for each sentence.
SHARED, BEST = 0.4, 6
# Two texts that replaced each other share words by chance: what counts is a row of them, unless they share much.
ROW, ROW_WEIGHT, ALIKE, SMALL = 3, 6 * LETTER, 0.4, 6
# Words in a row that hold two sentences together. Fewer may go elsewhere, where a sentence was joined with the next.
FIRM = 4


def in_order(old: Tokens, new: Tokens, first: tuple[list[Run], list[Run]]) -> list[Run]:
    """The runs of tokens that both have, in an order that is that of both. `first` is what firm_and_loose() gave."""
    whole = Gap(0, len(old), 0, len(new))
    runs, loose = first
    runs = runs + [run for gap in gaps_between(runs, whole) for run in _filled(old, new, gap, loose)]
    runs = bordered(old, new, settled(old.words, new.words, joined(runs)))
    runs += [run for gap in gaps_between(runs, whole) for run in nearly_the_same(old, new, gap)]
    return shaved(old.words, joined(runs))


def firm_and_loose(old: Tokens, new: Tokens) -> tuple[list[Run], list[Run]]:
    """The runs that hold the sentences of both texts together, and the shorter ones of those sentences."""
    start, end = same_ends(old.words, new.words, Gap(0, len(old), 0, len(new)))
    middle = Gap(start, len(old) - end, start, len(new) - end)
    paired = joined([run for pair in _pairs(old, new, middle) for run in matched(old, new, pair)])
    ends = [Run(0, 0, start, start), Run(middle.old_end, middle.new_end, end, end)]
    firm = [*ends, *weeded([run for run in paired if run.old_length >= FIRM])]
    loose = [run for run in paired if run.old_length < FIRM and old.weight(run.old, run.old_end) >= LETTER]
    return settled(old.words, new.words, joined(firm)), loose


# -- sentences ----------------------------------------------------------------------------------------------------


def _pairs(old: Tokens, new: Tokens, gap: Gap) -> list[Gap]:
    """The sentences of a gap that belong together, in the order of both texts."""
    olds, news = old.units(gap.old, gap.old_end), new.units(gap.new, gap.new_end)
    grams = [_grams(old.words, unit) for unit in olds]
    index: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, theirs in enumerate(grams):
        for gram in theirs:
            index[gram].append(at)
    likely = []
    for at, unit in enumerate(news):
        mine = _grams(new.words, unit)
        shared = Counter(i for gram in mine if len(found := index.get(gram, ())) <= MOST_SENTENCES for i in found)
        best = sorted((-count, abs(i - at), i) for i, count in shared.items())[:BEST]
        likely += [(i, at, -count) for count, _far, i in best if -count >= SHARED * min(len(grams[i]), len(mine))]
    return [Gap(*olds[i], *news[j]) for i, j in heaviest(sorted(likely))]


def _grams(words: list[str], unit: tuple[int, int]) -> set[tuple[str, ...]]:
    """The pairs of words of a sentence, with its ends, so that one word has some too."""
    own = ["", *words[slice(*unit)], ""]
    return set(pairwise(own))


# -- what lies between --------------------------------------------------------------------------------------------


def _filled(old: Tokens, new: Tokens, gap: Gap, loose: Sequence[Run]) -> list[Run]:
    """The runs of a gap between sentences: with the `loose` ones, or without where that gives more."""
    first, last = (bisect_left(loose, place, key=attrgetter("old")) for place in (gap.old, gap.old_end))
    kept = [run for run in loose[first:last] if gap.new <= run.new and run.new_end <= gap.new_end]
    around = [run for part in gaps_between(kept, gap) for run in _likely(old, new, part)]
    ways = _likely(old, new, gap), joined([*kept, *around])
    return max(ways, key=lambda runs: (sum(run.old_length for run in runs), -len(runs)))


def _likely(old: Tokens, new: Tokens, gap: Gap) -> list[Run]:
    """The runs of a gap, if it shares much, else those too long to be there by chance."""
    runs = matched(old, new, gap) if all(gap.sizes) else []
    same = sum(run.old_length for run in runs)
    if max(gap.sizes) <= SMALL or same >= ALIKE * max(gap.sizes) or same == gap.sizes[1]:
        return runs
    return [run for run in runs if _is_row(old, run) or _goes_on(old, new, run, gap)]


def _is_row(old: Tokens, run: Run) -> bool:
    return run.old_length >= ROW and (run.old_length >= FIRM or old.weight(run.old, run.old_end) >= ROW_WEIGHT)


def _goes_on(old: Tokens, new: Tokens, run: Run, gap: Gap) -> bool:
    """Whether a run goes on from what stands beside the gap, within a sentence: many begin and end alike."""
    if (run.old, run.new) == (gap.old, gap.new):
        return not (old.is_border(run.old) and new.is_border(run.new))
    if (run.old_end, run.new_end) == (gap.old_end, gap.new_end):
        return not (old.is_border(run.old_end) and new.is_border(run.new_end))
    return False
