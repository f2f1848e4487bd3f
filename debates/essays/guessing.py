"""Where the words of a passage that lost its place may stand now: guesses for a person to choose among, best first."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from debates.diff import words
from debates.essays.segmenting import blocks_of, sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    type Found = tuple[float, int, int]  # how alike, from where, to where

MOST_GUESSES = 5
# Fewer words in their order are a coincidence of "the" and "of".
LEAST_LIKENESS, LEAST_SHARED = 0.4, 2
# How many places are looked at closely, and how many words of a long passage are compared there.
MOST_LOOKED_AT = 24
MOST_COMPARED = 400
# Pairs of equal words, each of which SequenceMatcher looks at more than once: a window of prose has a few thousand.
MOST_PAIRS = 20_000
AROUND = 60
# A sentence that was rewritten is taken whole, unless that makes it this much longer than it was.
_LONGER = 1.6
_ENDS = re.compile(r"[.!?…。！？][”’\"'»)\]]*$")
_CONTEXT = 0.15


@dataclass(frozen=True, slots=True)
class Guess:
    """`text[start:end]` in code points, with what stands around it. `likeness` is 1 for the very same words."""

    start: int
    end: int
    words: str
    before: str
    after: str
    likeness: float


def guesses(text: str, quote: str, *, language: str = "en", around: tuple[str, str] = ("", "")) -> list[Guess]:
    """Up to MOST_GUESSES places of `text` that resemble `quote`, the most alike first; none overlaps another.

    Likeness is the share of words that both have in the same order, twice their number by the sum of both lengths
    (Ratcliff and Obershelp). What stood `around` the quotation, before and after it, counts a little. Where the
    quotation ended a sentence, whole sentences are given; `language` is that of the text.
    """
    wanted = [token.casefold() for token in words(quote) if _is_word(token)][:MOST_COMPARED]
    tokens = _Tokens(text)
    if not wanted or not tokens.folded:
        return []
    looked_at = [tokens.closest(wanted, at) for at in _promising(tokens.folded, wanted)]
    found = [each for each in looked_at if each[0] >= LEAST_LIKENESS]
    if _ENDS.search(quote):
        found = _whole_sentences(text, found, most=int(_LONGER * len(quote)) + AROUND, language=language)
    ranked = sorted(
        (_guess(text, start, end, likeness=likeness) for likeness, start, end in found),
        key=lambda guess: (-guess.likeness - _CONTEXT * _shared(guess, around), guess.start),
    )
    return _apart(ranked)[:MOST_GUESSES]


class _Tokens:
    """The words of a text and where they stand."""

    def __init__(self, text: str) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.folded: list[str] = []
        at = 0
        for token in words(text):
            if _is_word(token):
                self.starts.append(at)
                self.ends.append(at + len(token))
                self.folded.append(token.casefold())
            at += len(token)

    def closest(self, wanted: list[str], at: int) -> Found:
        """How alike the words around `at` are, and where the first and the last that they share stand."""
        if self.folded[at : at + len(wanted)] == wanted:
            return 1.0, self.starts[at], self.ends[at + len(wanted) - 1]
        room = max(3, len(wanted) // 4)
        low, high = max(0, at - room), min(len(self.folded), at + len(wanted) + room)
        counts = Counter(wanted)
        if sum(counts[token] for token in self.folded[low:high]) > MOST_PAIRS:
            # A few words over and over: which of them are the same ones, nobody can tell.
            end = min(at + len(wanted), len(self.folded))
            share = (counts & Counter(self.folded[at:end])).total() / len(wanted)
            return share, self.starts[at], self.ends[end - 1]
        matcher = SequenceMatcher(None, wanted, self.folded[low:high], autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if not blocks:
            return 0.0, 0, 0
        first, last = low + blocks[0].b, low + blocks[-1].b + blocks[-1].size
        shared = sum(block.size for block in blocks)
        likeness = 2 * shared / (len(wanted) + last - first) if shared >= min(LEAST_SHARED, len(wanted)) else 0.0
        return likeness, self.starts[first], self.ends[last - 1]


def _is_word(token: str) -> bool:
    return any(char.isalnum() for char in token)


def _promising(tokens: list[str], wanted: list[str]) -> list[int]:
    """Where windows as long as `wanted` share most words with it, whatever their order. Linear in the text."""
    size, shares = min(len(wanted), len(tokens)), []
    missing, shared = Counter(wanted), 0
    for at, token in enumerate(tokens):
        shared += missing[token] > 0
        missing[token] -= 1
        if at >= size:
            missing[tokens[at - size]] += 1
            shared -= missing[tokens[at - size]] > 0
        if at >= size - 1:
            shares.append((shared, at - size + 1))
    least = LEAST_LIKENESS * size / 2
    # The very same words come before those that have them in another order.
    ranked = sorted(
        (-share, share < size or tokens[at : at + size] != wanted, at) for share, at in shares if share >= least
    )
    return list(_peaks([at for *_rank, at in ranked], size))


def _peaks(ranked: Iterable[int], size: int) -> Iterator[int]:
    """The best places that are not beside a better one."""
    taken: list[int] = []
    for at in ranked:
        if all(abs(at - other) > size // 2 for other in taken):
            taken.append(at)
            yield at
        if len(taken) == MOST_LOOKED_AT:
            return


def _guess(text: str, start: int, end: int, *, likeness: float) -> Guess:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = before[before.find(" ") + 1 :]
    if end + AROUND < len(text):
        after = after[: after.rfind(" ") + 1 or None]
    return Guess(start, end, text[start:end], before, after, round(likeness, 3))


def _shared(guess: Guess, around: tuple[str, str]) -> float:
    """How much of the former context stands around a guess, 0 to 1."""
    before, after = around
    there = f"{guess.before[-len(before) - 1 :]} {guess.after[: len(after) + 1]}"
    known, found = Counter(words(f"{before} {after}".casefold())), Counter(words(there.casefold()))
    return (known & found).total() / max(1, known.total())


def _whole_sentences(text: str, found: list[Found], *, most: int, language: str) -> list[Found]:
    """`found`, each from the beginning of its first sentence to the end of its last."""
    places = [(start, end) for _likeness, start, end in found]
    near = [block for block in blocks_of(text) if any(start < block.end and end > block.start for start, end in places)]
    spans = [span for block in near for span in sentences_of(text, block, language)]
    whole = []
    for likeness, start, end in found:
        touched = [span for span in spans if span.start < end and span.end > start]
        low, high = (touched[0].start, touched[-1].end) if touched else (start, end)
        whole.append((likeness, low, high) if high - low <= most else (likeness, start, end))
    return whole


def _apart(ranked: list[Guess]) -> list[Guess]:
    kept: list[Guess] = []
    for guess in ranked:
        if all(guess.end <= other.start or guess.start >= other.end for other in kept):
            kept.append(guess)
    return kept
