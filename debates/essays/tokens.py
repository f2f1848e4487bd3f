"""A text as words and marks with their places, for comparing it with another state of itself."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from copy import copy
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from debates.diff import words

if TYPE_CHECKING:
    from collections.abc import Sequence

# What a letter weighs against a mark: a passage is its words, but one of marks alone is something too.
LETTER = 100
LONGEST_UNIT = 60
ENDS, OPENS = frozenset(".!?…。！？؟।"), frozenset("#“‘«「『(（[-*•")


class Tokens:
    """The words and marks of `text`, without its spaces and in small letters.

    A sign that is written as several characters is one.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.paragraphs: list[int] = []  # the number of the paragraph of each
        at = paragraph = 0
        for word in words(text):
            if word.isspace():
                paragraph += "\n" in word
            else:
                self.words.append(word.casefold())
                self.starts.append(at)
                self.ends.append(at + len(word))
                self.paragraphs.append(paragraph)
            at += len(word)
        self._weights = [0, *accumulate(map(_weight, self.words))]

    def only(self, places: Sequence[int]) -> Tokens:
        """These tokens alone, as if the others had been cut out."""
        part = copy(self)
        for name in ("words", "starts", "ends", "paragraphs"):
            column = getattr(self, name)
            setattr(part, name, [column[at] for at in places])
        part._weights = [0, *accumulate(map(_weight, part.words))]
        return part

    def __len__(self) -> int:
        return len(self.words)

    def weight(self, start: int, end: int) -> int:
        """How much the tokens from `start` to `end` weigh: a hundred for a letter, one for a token."""
        return self._weights[end] - self._weights[start]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that stand in `text[start:end]`, if only in part: the first, and the one behind the last."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def are_words(self, start: int, end: int) -> bool:
        """Whether no token is only in part in `text[start:end]`."""
        first, last = self.between(start, end)
        return first < last and self.starts[first] >= start and self.ends[last - 1] <= end

    def spans(self) -> list[tuple[int, int]]:
        """The tokens of each paragraph."""
        cuts = [0, *(at for at in range(1, len(self)) if self.paragraphs[at] != self.paragraphs[at - 1]), len(self)]
        return list(pairwise(cuts)) if self.words else []

    def is_border(self, at: int) -> bool:
        """Whether a sentence begins, roughly, at the token `at`, or the text ends there."""
        if not 0 < at < len(self):
            return True
        ends = self.words[at - 1] in ENDS and self.words[at] not in ENDS
        ends = ends and (self.starts[at] > self.ends[at - 1] or self.words[at - 1] > "\u2fff")  # not in "3.5"
        return ends or self.paragraphs[at] != self.paragraphs[at - 1]

    def units(self, start: int, end: int) -> list[tuple[int, int]]:
        """The tokens from `start` to `end`, cut roughly into sentences."""
        cuts, last = [], start
        for at in range(start + 1, end):
            if self.is_border(at) or at - last == LONGEST_UNIT:
                cuts.append((last, at))
                last = at
        return [*cuts, (last, end)] if last < end else cuts


def _weight(word: str) -> int:
    if word.isalnum():
        return LETTER * len(word) + 1
    # An emoji is as good as a letter.
    return LETTER * (sum(map(str.isalnum, word)) or unicodedata.category(word[0]) == "So") + 1


class Run(NamedTuple):
    """`old_length` tokens of the old text that are `new_length` of the new one: the same, or nearly so."""

    old: int
    new: int
    old_length: int
    new_length: int
    exact: bool = True

    @property
    def old_end(self) -> int:
        return self.old + self.old_length

    @property
    def new_end(self) -> int:
        return self.new + self.new_length


class Gap(NamedTuple):
    """Tokens of both texts between two runs that follow each other in both."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def sizes(self) -> tuple[int, int]:
        return self.old_end - self.old, self.new_end - self.new


def gaps_between(runs: Sequence[Run], whole: Gap) -> list[Gap]:
    """What lies in `whole` before, between and behind `runs`, which stand in the order of both texts."""
    gaps, old, new = [], whole.old, whole.new
    for run in runs:
        gaps.append(Gap(old, run.old, new, run.new))
        old, new = run.old_end, run.new_end
    return [*gaps, Gap(old, whole.old_end, new, whole.new_end)]


def joined(runs: list[Run]) -> list[Run]:
    """`runs` in order, those that follow each other in both texts as one."""
    together: list[Run] = []
    for run in sorted(run for run in runs if run.old_length):
        before = together[-1] if together else None
        if before and before.exact and run.exact and (before.old_end, before.new_end) == (run.old, run.new):
            length = before.old_length + run.old_length
            together[-1] = Run(before.old, before.new, length, length)
        else:
            together.append(run)
    return together


def taken_in(new: Tokens, runs: Sequence[Run]) -> list[int]:
    """The weight of the tokens of `new` in `runs`, summed up to each: equal numbers, nothing between."""
    weights = [0] * len(new)
    for run in runs:
        for at in range(run.new, run.new_end):
            weights[at] = new.weight(at, at + 1)
    return [0, *accumulate(weights)]
