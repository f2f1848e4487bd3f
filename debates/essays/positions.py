"""Finding a passage by its position: following its words to where they are."""

from __future__ import annotations

from bisect import bisect_right
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from debates.essays.signs import same_start, whole
from debates.essays.tokens import LETTER, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debates.essays.tokens import Tokens

# A passage keeps its place while this much of its letters is left in one piece.
KEPT = 0.5
# What is written into it may be so many times as long as itself, before it is two pieces.
LONGER = 2
# Letters of the old word times letters of the new one, between what is the same at both ends, that difflib looks at.
MOST_PAIRS = 10_000


class Positions:
    """Follows the words of `old` along `runs`, sorted by the old text, to where they are in `new`."""

    def __init__(self, old: Tokens, new: Tokens, runs: Sequence[Run], *, taken: Sequence[int]) -> None:
        self.old, self.new, self.runs, self.taken = old, new, runs, taken
        self.firsts = [run.old for run in runs]

    def find(self, start: int, end: int) -> tuple[int, int] | None:
        """Where `old.text[start:end]` is, from its first to its last word that is left; None where too much is gone."""
        span = self.old.between(start, end)
        pieces = self._heaviest(self._pieces(*span), span)
        if not pieces or self._weight(pieces, span) < KEPT * self.old.weight(*span):
            return None
        if (exact := self._exact(pieces, start, end)) is not None and self._is_own(exact, end - start, pieces):
            return exact, exact + end - start
        found = self._start(pieces[0], start), self._end(pieces[-1], end)
        return found if found[0] < found[1] else None

    def _exact(self, pieces: list[Run], start: int, end: int) -> int | None:
        """Where all of the passage stands around `pieces`, even if some of its words were taken for others."""
        said = self.old.text[start:end]
        for piece in (pieces[0], pieces[-1]):
            at = self.new.starts[piece.new] - (self.old.starts[piece.old] - start)
            if at >= 0 and self.new.text.startswith(said, at) and self.new.are_words(at, at + len(said)):
                return at
        return None

    def _is_own(self, start: int, length: int, pieces: list[Run]) -> bool:
        """Whether no words in there were elsewhere before."""
        first, last = self.new.between(start, start + length)
        own = sum(self.new.weight(piece.new, piece.new_end) for piece in pieces)
        return self.taken[last] - self.taken[first] <= own

    def _pieces(self, first: int, last: int) -> list[Run]:
        """The parts of the runs that the tokens from `first` to `last` are in."""
        pieces = []
        for at in range(max(0, bisect_right(self.firsts, first) - 1), len(self.runs)):
            run = self.runs[at]
            if run.old >= last:
                break
            if run.exact:
                begin, end = max(run.old, first), min(run.old_end, last)
                run = Run(begin, run.new + begin - run.old, end - begin, end - begin)
            if run.old_length > 0 and run.old_end > first:
                pieces.append(run)
        return pieces

    def _heaviest(self, pieces: list[Run], span: tuple[int, int]) -> list[Run]:
        """Those of `pieces` that are one piece of the new text, with nothing between them that was elsewhere."""
        groups: list[list[Run]] = []
        most = LONGER * self.old.weight(*span)
        for piece in sorted(pieces, key=lambda piece: piece.new):
            if groups and self._goes_on(groups[-1][-1], piece, most):
                groups[-1].append(piece)
            else:
                groups.append([piece])
        group = max(groups, key=lambda group: self._weight(group, span), default=[])
        return self._unmarked(self._unmarked(group, 1), -1)

    def _unmarked(self, pieces: list[Run], step: int) -> list[Run]:
        """`pieces` without the marks at an end that something was written behind: alone, they are no passage."""
        marks = len(list(takewhile(self._is_mark, pieces[::step])))
        if not 0 < marks < len(pieces):
            return pieces
        one, other = sorted(pieces[::step][marks - 1 : marks + 1])
        return pieces if one.new_end == other.new else pieces[::step][marks:][::step]

    def _goes_on(self, before: Run, piece: Run, most: float) -> bool:
        """Whether only words are between the two that were written in: not too much, nor a whole paragraph."""
        if before.new_end > piece.new or before.old_end > piece.old:
            return False
        written = self.new.weight(before.new_end, piece.new)
        if self.taken[before.new_end] != self.taken[piece.new] or written > most:
            return False
        apart = self.new.paragraphs[piece.new] - self.new.paragraphs[before.new_end - 1]
        return apart < 2 or apart <= self.old.paragraphs[piece.old] - self.old.paragraphs[before.old_end - 1]

    def _is_mark(self, piece: Run) -> bool:
        return self.old.weight(piece.old, piece.old_end) < LETTER

    def _weight(self, pieces: list[Run], span: tuple[int, int]) -> int:
        first, last = span
        return sum(self.old.weight(max(first, piece.old), min(last, piece.old_end)) for piece in pieces)

    def _start(self, piece: Run, start: int) -> int:
        """Where `start` is, which lies in front of `piece` or in its first word."""
        old, new = self.old.starts[piece.old], self.new.starts[piece.new]
        if start > old:
            return self._within(piece, start)
        lead = self.old.text[start:old]
        return new - len(lead) if lead.isspace() and self.new.text.endswith(lead, 0, new) else new

    def _end(self, piece: Run, end: int) -> int:
        """Where `end` is, which lies behind `piece` or in its last word."""
        old, new = self.old.ends[piece.old_end - 1], self.new.ends[piece.new_end - 1]
        if end < old:
            return self._within(piece, end)
        tail = self.old.text[old:end]
        return new + len(tail) if tail.isspace() and self.new.text.startswith(tail, new) else new

    def _within(self, piece: Run, at: int) -> int:
        """Where a place within a word is: the same place of the same word, or the likeliest of a similar one."""
        if piece.exact:
            word = bisect_right(self.old.starts, at) - 1
            return self.new.starts[word - piece.old + piece.new] + at - self.old.starts[word]
        before, start = self.old.starts[piece.old], self.new.starts[piece.new]
        return whole(self.new.text, start + _carried(*self._texts(piece), at - before))

    def _texts(self, piece: Run) -> tuple[str, str]:
        old, new = self.old, self.new
        return (
            old.text[old.starts[piece.old] : old.ends[piece.old_end - 1]],
            new.text[new.starts[piece.new] : new.ends[piece.new_end - 1]],
        )


def _carried(old: str, new: str, at: int) -> int:
    """Where the place `at` of the words `old` is in `new`, which are nearly the same."""
    start, end = _same_ends(old, new)
    if at <= start or len(old) - at <= end:
        return at if at <= start else len(new) - (len(old) - at)
    between, now = old[start : len(old) - end], new[start : len(new) - end]
    if len(between) * len(now) <= MOST_PAIRS:
        for block in SequenceMatcher(None, between, now, autojunk=False).get_matching_blocks():
            if block.a + block.size >= at - start:
                return start + block.b + max(0, at - start - block.a)
    return start + len(now)


@lru_cache(maxsize=64)
def _same_ends(old: str, new: str) -> tuple[int, int]:
    start = same_start(old, new)
    return start, same_start(old[start:][::-1], new[start:][::-1])
