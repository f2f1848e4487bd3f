"""Characters: signs that are written as several of them, such as joined emoji, and how two words begin alike."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_TONES = range(0x1F3FB, 0x1F400)


def whole(text: str, at: int) -> int:
    """The first place from `at` on that is not within a sign."""
    while is_within(text, at):
        at += 1
    return at


def is_within(text: str, at: int) -> bool:
    """Whether `at` would cut a sign apart: before an accent or a tone, or at a side of a joiner."""
    return 0 < at < len(text) and (text[at - 1] == _JOINER or _follows(text[at]))


def _follows(char: str) -> bool:
    return char == _JOINER or unicodedata.category(char)[0] == "M" or ord(char) in _TONES


def same_start(one: str, other: str) -> int:
    """How many characters both begin with."""
    for at, (char, also) in enumerate(zip(one, other, strict=False)):
        if char != also:
            return at
    return min(len(one), len(other))
