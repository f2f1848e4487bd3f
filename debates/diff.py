"""What changed between two texts, word by word: pure, and bounded in time whatever the texts are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter

KEPT, REMOVED, INSERTED = "kept", "removed", "inserted"
# How much one comparison may cost: tokens on both sides, and pairs of equal tokens, each of which SequenceMatcher
# looks at more than once. Two statements always fit; the worst texts that fit take about 20 ms.
MOST_TOKENS = 800
MOST_PAIRS = 3_000

_JOINER = "\u200d"
_APOSTROPHES = {"'", "’"}
# Scripts written without spaces: Han with its extensions, Hiragana and Katakana. Each character is a word.
_UNSPACED = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_SENTENCE = re.compile(r"[^\n.!?。！？]*(?:\n|[.!?。！？]+\s*|$)")

type Block = tuple[str, list[str], list[str]]  # an op, or "" for an alteration; the tokens before and after


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that was kept, removed or inserted."""

    op: str
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The pieces that turn `old` into `new`, in reading order.

    Kept and removed pieces joined are `old`; kept and inserted ones are `new`. What is too long to be compared by
    words is compared by sentences, and only then, as far as the budget goes, by words within those that differ.
    """
    budget = Budget()
    blocks = _compare(words(old), words(new), budget)
    if blocks is None:
        blocks = []
        for kept, before, after in _compare(sentences(old), sentences(new), budget) or [("", [old], [new])]:
            finer = None if kept else _compare(words("".join(before)), words("".join(after)), budget)
            blocks += finer or [(kept, before, after)]
    return _pieces(blocks)


def words(text: str) -> list[str]:
    """`text` cut into words, spaces and punctuation marks. Accents stay with the letter that bears them."""
    tokens: list[str] = []
    last = ""
    for char in text:
        kind = "mark" if last == "joiner" else _kind(char)
        if kind == "apostrophe":
            kind = "word" if last == "word" else "sign"
        if tokens and (kind == "mark" or (kind == last and kind in ("word", "space", "flag"))):
            tokens[-1] += char
        else:
            tokens.append(char)
        if char == _JOINER:
            last = "joiner"
        elif last == "joiner" or kind != "mark":
            last = "sign" if kind == "mark" else kind
    return tokens


def sentences(text: str) -> list[str]:
    """`text` cut behind the ends of its sentences and lines."""
    return [found for found in _SENTENCE.findall(text) if found]


@lru_cache(maxsize=4_096)
def _kind(char: str) -> str:
    code = ord(char)
    if char == _JOINER or unicodedata.category(char)[0] == "M" or 0x1F3FB <= code <= 0x1F3FF:
        return "mark"
    if char.isspace():
        return "space"
    if char in _APOSTROPHES:
        return "apostrophe"
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "flag"
    unspaced = any(low <= code <= high for low, high in _UNSPACED)
    return "word" if char.isalnum() and not unspaced else "sign"


class Budget:
    """What the comparisons of one call may still cost together."""

    def __init__(self) -> None:
        self.tokens, self.pairs = MOST_TOKENS, MOST_PAIRS

    def spend(self, before: list[str], after: list[str]) -> bool:
        """Pay for comparing the two, if there is enough left."""
        tokens, counts = len(before) + len(after), Counter(before)
        if tokens > self.tokens:
            return False
        pairs = sum(counts[token] for token in after if not token.isspace())
        if pairs > self.pairs:
            return False
        self.tokens -= tokens
        self.pairs -= pairs
        return True


def _compare(before: list[str], after: list[str], budget: Budget) -> list[Block] | None:
    """The blocks of two token lists, or None where that would cost too much."""
    start, end = same_ends(before, after)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if not budget.spend(old, new):
        return None
    # Spaces are "junk" to the matcher: two sentences are not alike because both have gaps between their words.
    codes = SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes()
    middle = [(KEPT if op == "equal" else "", old[i:j], new[m:n]) for op, i, j, m, n in codes]
    tail = before[len(before) - end :]
    return [(KEPT, before[:start], before[:start]), *middle, (KEPT, tail, tail)]


def same_ends(before: list[str], after: list[str]) -> tuple[int, int]:
    """How many tokens (or paragraphs) the two share at the start and, apart from those, at the end."""
    most = min(len(before), len(after))
    start = end = 0
    while start < most and before[start] == after[start]:
        start += 1
    while end < most - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, end


def _pieces(blocks: list[Block]) -> list[Piece]:
    """Blocks as text: neighbours of one kind are one piece, and what was removed stands before what came."""
    pieces: list[Piece] = []
    solid = (block for block in blocks if block[1] or block[2])
    for op, run in groupby(solid, key=itemgetter(0)):
        before, after = ["".join(chain(*tokens)) for tokens in zip(*((b, a) for _op, b, a in run), strict=True)]
        found = [(KEPT, before)] if op == KEPT else [(REMOVED, before), (INSERTED, after)]
        pieces += [Piece(kind, text) for kind, text in found if text]
    return pieces
