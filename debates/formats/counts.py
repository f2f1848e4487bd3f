"""Whole numbers and tallies that a file says in words."""

from __future__ import annotations


def whole(word: str) -> int | None:
    """The number that `word` is, None for anything else."""
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else None


def tally_of(word: str) -> tuple[int, ...] | None:
    """How many gave each answer from 0 to 4, as in “1 0 2 0 5”."""
    counts = [whole(part) for part in word.split()]
    return tuple(count or 0 for count in counts) if len(counts) == 5 and None not in counts else None
