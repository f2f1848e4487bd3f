"""The words and signs by which files of other tools say which way a line points."""

from __future__ import annotations

import re

WORDS = {"supports": "Pro", "opposes": "Con"}
_SUPPORTING = (
    "supports", "support", "supporting", "pro", "pros", "for", "because", "reason", "reasons", "in favour", "in favor",
    "+", "✓", "▲",
)  # fmt: skip
_OPPOSING = (
    "opposes", "oppose", "opposing", "con", "cons", "against", "but", "objection", "objections", "attack", "-",
    "−", "–", "✗", "▼",
)  # fmt: skip
_STANCES = dict.fromkeys(_SUPPORTING, "supports") | dict.fromkeys(_OPPOSING, "opposes")
# A word needs its colon, a sign its space: “But it rains” and “-5 degrees” are sentences.
_PREFIX = re.compile(
    r"(?:(pro|con|for|against|because|but|objection|reason)\s?:|\(?([+\-−✓✗▲▼])\)?\s)\s*", re.IGNORECASE
)


def stance_of(word: str) -> str:
    """“supports” or “opposes” for one of the words and signs that are in use, else nothing."""
    return _STANCES.get(" ".join(word.casefold().rstrip(": ").split()), "")


def without_prefix(text: str) -> tuple[str, str]:
    """The stance that stands in front of `text`, as in “Con: it rains” or “+ it rains”, and the rest of it."""
    found = _PREFIX.match(text)
    if found is None:
        return "", text
    return stance_of(found[1] or found[2]), text[found.end() :]
