"""Arguments that say much the same: shown while somebody writes, so that they support instead of repeating."""

from __future__ import annotations

from debates.models import Statement, Topic
from debates.search import statements_matching
from debates.text import fold

# Words that say nothing about what a sentence is about.
_COMMON = (
    "a an and are as at be been but by can could do does for from had has have he her his how if in into is it "
    "its just more most no not of on one only or other our out she so some such than that the their them then "
    "there these they this those to too up was we were what when which who why will with would you your "
)
COMMON = frozenset(_COMMON.split())
LOOKED_AT = 60
SHOWN = 3
# The share of telling words in common from which two sentences count as similar.
ENOUGH = 0.34


def telling_words(text: str) -> set[str]:
    """The words of `text` that tell what it is about, cut to their first six letters to meet their other forms."""
    return {word[:6] for word in fold(text).split() if len(word) > 2 and word not in COMMON}


def likeness(one: set[str], other: set[str]) -> float:
    """The words in common as a share of the shorter sentence's, 0 to 1."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def similar_to(text: str, topic: Topic) -> list[Statement]:
    """Up to three visible statements of `topic` that share many of the telling words of `text`, likest first."""
    words = telling_words(text)
    if len(words) < 2:
        return []
    found = statements_matching(" ".join(sorted(words, key=len)[::-1]), any_word=True)
    rated = [
        (likeness(words, telling_words(statement.text)), statement)
        for statement in found.filter(topic=topic).only("text", "parent_id", "topic_id")[:LOOKED_AT]
    ]
    close = [(score, statement) for score, statement in rated if score >= ENOUGH]
    return [statement for _score, statement in sorted(close, key=lambda pair: (-pair[0], pair[1].pk))[:SHOWN]]
