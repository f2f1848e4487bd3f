"""The truth that anchoring is held to: where the letters of a passage went, as an essay knows that was edited."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from debates.diff import words as tokens_of
from debates.essays.signs import same_start
from tests.debates.essays.edits import Editor
from tests.debates.essays.writing import ANEW, CONTEXT, HAN, Letter, Writer, chosen, placed, plain, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debates.essays.anchoring import Found, Place
    from tests.debates.essays.writing import Text

# A passage is left if half of its letters are, give or take a twentieth, with at most twice as much written into it,
# give or take a tenth: what is near the line may be seen either way.
HALF, ABOUT, LONGER = 0.5, 0.05, (1.8, 2, 2.2)
PASTED = 20  # characters: what is as long, and there once before and after, was cut out and pasted for all one can tell


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many passages were placed right or wrong, and how many lost: `gone` rightly, `missed` not. See Truth."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    gone: int = 0
    twin: int = 0  # in an untouched copy of what was edited: right for all that is known of it, but for its position

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


class Truth:
    """Judges places in an edited text by where its letters came from.

    Only letters and digits (and signs that are as good) count; what the edits wrote has no origin.

    A passage *is left* if at least half of its letters stand in one piece: no letter between them that stood
    elsewhere before, no whole paragraph, and not more than twice as much as the passage itself. Its place is *right*
    if it goes from the first to the last letter of such a piece, give or take one word at either end, which may be
    one with a slip in it, and holds no letter that stood elsewhere.

    A passage that is not left is right to be lost, *gone*. Nobody could blame a place that holds only what is left of
    it, or the same words between the same words, such as a copy of its paragraph, or a sentence that somebody wrote
    again elsewhere, as if it had been cut out and pasted: that is no mistake either. What is left and was not found
    is *missed*. Every other place is *wrong*, but for a *twin*.
    """

    def __init__(self, edited: Text, old: str) -> None:
        self.edited, self.old, self.new = edited, old, plain(edited)
        old_ones = [letter.origin >= 0 and says(letter) for letter in edited]
        self.before = [0, *accumulate(old_ones)]  # how many old letters stand before each place
        self.places = {letter.origin: at for at, letter in enumerate(edited) if old_ones[at]}

    def judge(self, places: list[Place], found: Sequence[Found | None]) -> Verdict:
        counts = Counter(self.verdict(place, where) for place, where in zip(places, found, strict=True))
        return Verdict(**counts)

    def verdict(self, place: Place, found: Found | None) -> str:
        letters = sum(says(Letter(char, 0)) for char in place.quote)
        pieces = [piece for times in LONGER for piece in self.pieces(place, times * letters)]
        most = max(map(len, pieces), default=0) / letters
        if found is None:
            return "missed" if most >= HALF else "gone"
        if any(self._holds(found, piece) for piece in pieces if len(piece) / letters >= HALF - ABOUT):
            return "right"
        if most <= HALF + ABOUT and self._no_mistake(place, found):
            return "gone"
        whole = self.new[slice(*found)] == place.quote
        return "twin" if whole and len(self._around(place.start, found)) >= len(place.quote) + CONTEXT else "wrong"

    def pieces(self, place: Place, most: float) -> list[list[int]]:
        """Where the letters of a passage are, in pieces."""
        pieces: list[list[int]] = []
        spots = [self.places[origin] for origin in range(place.start, place.end) if origin in self.places]
        for at in sorted(spots):
            if not pieces or self._between(pieces[-1][-1], at) or self._written(pieces[-1][-1], at) > most:
                pieces.append([])
            pieces[-1].append(at)
        return pieces

    def _between(self, last: int, at: int) -> bool:
        """Whether something that stood elsewhere, or a whole paragraph, is between two letters of a passage."""
        breaks = self.new.count("\n\n", last, at)
        before, behind = sorted((self.edited[last].origin, self.edited[at].origin))
        return self.before[at] != self.before[last + 1] or breaks > max(1, self.old.count("\n\n", before, behind))

    def _written(self, last: int, at: int) -> int:
        return sum(map(says, self.edited[last + 1 : at]))

    def _holds(self, found: Found, piece: list[int]) -> bool:
        """Whether it holds a piece and nothing else that is old, give or take a word at either end."""
        first, last = bisect_left(piece, found.start), bisect_left(piece, found.end)
        left_out = self._letters(piece[:first]), self._letters(piece[last:])
        written = self.new[found.start : piece[0]], self.new[piece[-1] + 1 : found.end]
        only = self.before[min(found.end, len(self.new))] - self.before[found.start] == last - first > 0
        return only and all(_length(text) <= 1 for text in (*left_out, *written))

    def _letters(self, places: list[int]) -> str:
        return "".join(self.new[at] if at - 1 in places else f" {self.new[at]}" for at in places)

    def _around(self, start: int, found: Found) -> str:
        """The longest text that holds what was found, and that the old text has around `start`."""
        if self.old[start : start + found.end - found.start] != self.new[slice(*found)]:
            return ""
        before = same_start(self.old[:start][::-1], self.new[: found.start][::-1])
        behind = same_start(self.old[start + found.end - found.start :], self.new[found.end :])
        return self.new[found.start - before : found.end + behind]

    def _no_mistake(self, place: Place, found: Found) -> bool:
        if placed(self.new, *found)[2:5] == place[2:5]:
            return True
        at = place.quote.find(self.new[slice(*found)])
        if at >= 0 and len(place.quote) <= 2 * (found.end - found.start):
            around = self._around(place.start + at, found)
            alone = self.new.count(around) == self.old.count(around) == 1
            if len(around) >= (PASTED if alone else found.end - found.start + CONTEXT):
                return True
        origins = [letter.origin for letter in self.edited[found.start : found.end] if says(letter)]
        known = [-2 - origin if origin < ANEW else origin for origin in origins if origin != ANEW]
        return len(known) * 2 >= len(origins) and all(place.start <= origin < place.end for origin in known)


def _length(text: str) -> float:
    """How many words that is; two of Han are one."""
    return sum(0.5 if token in HAN else any(says(Letter(char, 0)) for char in token) for token in tokens_of(text))


def trial(seed: int, *, words: int = 5_000, passages: int = 500, edits: int = 50) -> tuple[str, Truth, list[Place]]:
    """An essay, the truth of it after so many edits, and passages of it: the same for the same seed."""
    rng = random.Random(seed)
    writer = Writer(rng)
    paragraphs = writer.essay(words)
    old = "\n\n".join(paragraphs)
    places = chosen(rng, old, passages)
    editor = Editor(rng, writer, paragraphs)
    editor.edit(edits)
    return old, Truth(editor.text, old), places
