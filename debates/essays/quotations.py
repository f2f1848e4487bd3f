"""Finding a passage by what it says and by what stands around it, where nothing else stood before."""

from __future__ import annotations

from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from debates.essays.matching import matched
from debates.essays.nearly import nearly_the_same
from debates.essays.tokens import LETTER, Gap, Tokens, gaps_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A quotation as long as this, which stands once in each text, is found without its context.
LONG = 16 * LETTER
# How alike the words before and behind must be, from 0 to 1: both together, or one of them if it is not short; and
# by how much more than anywhere else the same words stand, unless all of it is the same.
BOTH, ONE, SHORT, CLEARER, SAME = 0.7, 0.9, 8, 0.25, 0.95
MOST_PLACES = 20
# How much of the words may be those that stood elsewhere before.
TAKEN = 0.5
# A quotation with slips in it: rows of words that lead to it, in so many places at most; how much of it must be
# there, and how long it may have become.
ROW, ROW_PLACES, LEAST, LONGER = 3, 4, 0.8, 1.25


class Quotation(NamedTuple):
    """`start` is where it stood in the old text, None if it did not."""

    quote: str
    prefix: str
    suffix: str
    start: int | None


class Quotations:
    """Searches `new` for what passages of `old` said, where no words are `taken` that stood elsewhere."""

    def __init__(self, old: Tokens, new: Tokens, taken: Sequence[int]) -> None:
        self.old, self.new, self.taken = old, new, taken
        self._rows: defaultdict[tuple[str, ...], list[int]] | None = None

    def find(self, said: Quotation) -> tuple[int, int] | None:
        """Where `said` stands in the new text; None where it does not, or where another place is as likely."""
        length = len(said.quote)
        found = islice(_places(self.new.text, said.quote), MOST_PLACES + 1)
        places = [place for place in found if self._is_free(*self.new.between(place, place + length))]
        if not places:
            return self._nearly(said.quote)
        others = list(islice((at for at in _places(self.old.text, said.quote) if at != said.start), MOST_PLACES + 1))
        if len(places) > MOST_PLACES or len(others) > MOST_PLACES:
            return None
        if (
            len(places) == 1
            and not others
            and self.new.weight(*self.new.between(places[0], places[0] + length)) >= LONG
        ):
            return places[0], places[0] + length
        return self._by_context(said, places, others)

    def _is_free(self, start: int, end: int) -> bool:
        return start < end and self.taken[end] - self.taken[start] <= TAKEN * self.new.weight(start, end)

    def _by_context(self, said: Quotation, places: list[int], others: list[int]) -> tuple[int, int] | None:
        scored = sorted((_context(said, self.new.text, place), place) for place in places)
        (both, one), place = scored[-1]
        if both < BOTH and one < ONE:
            return None
        here = Quotation(said.quote, *_around(self.new.text, place, said), None)
        rivals = [_context(here, self.old.text, other)[0] for other in others]
        if both >= SAME:
            rivals = []
        rivals += [score[0] for score, _place in scored[:-1]]
        return (place, place + len(said.quote)) if all(both - rival >= CLEARER for rival in rivals) else None

    def _nearly(self, quote: str) -> tuple[int, int] | None:
        """Where most of `quote` stands, with slips in it."""
        said = Tokens(quote)
        votes = Counter(self._shifts(said))
        if not votes:
            return None
        shift = max(votes, key=lambda each: sum(votes[each + by] for by in range(-ROW, ROW + 1)))
        here = sum(count for each, count in votes.items() if abs(each - shift) <= len(said))
        if 2 * (votes.total() - here) > here:
            return None
        end = min(len(self.new), shift + int(LONGER * len(said)) + ROW)
        return self._likely(said, Gap(0, len(said), max(0, shift - ROW), end))

    def _shifts(self, said: Tokens) -> Iterator[int]:
        """How far the rows of words of `said` stand from their places in it, in the new text."""
        if self._rows is None:
            self._rows = defaultdict(list)
            for at, row in enumerate(_rows(self.new.words)):
                self._rows[row].append(at)
        for at, row in enumerate(_rows(said.words)):
            found = self._rows.get(row, ())
            if len(found) <= ROW_PLACES:
                yield from (place - at for place in found)

    def _likely(self, said: Tokens, gap: Gap) -> tuple[int, int] | None:
        same = [run for run in matched(said, self.new, gap) if run.old_length]
        same += [run for part in gaps_between(same, gap) for run in nearly_the_same(said, self.new, part)]
        start, end = min(run.new for run in same), max(run.new_end for run in same)
        there = sum(said.weight(run.old, run.old_end) for run in same)
        enough = there >= LEAST * said.weight(0, len(said)) and there * LONGER >= self.new.weight(start, end)
        return (self.new.starts[start], self.new.ends[end - 1]) if enough and self._is_free(start, end) else None


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _rows(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(ROW)), strict=False)


def _around(text: str, place: int, said: Quotation) -> tuple[str, str]:
    """The words around the same quotation in `text`, as far as those of `said` go."""
    end = place + len(said.quote)
    return text[max(0, place - len(said.prefix)) : place], text[end : end + len(said.suffix)]


def _context(said: Quotation, text: str, place: int) -> tuple[float, float]:
    """How alike the words around `said` are there: both sides together, and the better one."""
    before, behind = map(_alike, (said.prefix, said.suffix), _around(text, place, said))
    return (before + behind) / 2, max(before * (len(said.prefix) >= SHORT), behind * (len(said.suffix) >= SHORT))


def _alike(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()
