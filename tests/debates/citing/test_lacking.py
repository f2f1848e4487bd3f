"""What a source lacks is asked for, and never filled in."""

from __future__ import annotations

import pytest

from debates.citing.cards import Card
from debates.citing.lacking import missing

AUTHOR = "No author. A person, or the organisation that stands behind it?"
DATE = "No date: the list has to say that there is none."

READ = "The day on which you read it is missing: a page may change."
WHOLE = {"author": "Kim, Minsu", "published": "2026"}
WEB = {"medium": "webpage", "url": "https://example.org/"}


@pytest.mark.parametrize(
    ("card", "style", "said"),
    [
        (Card("T", **WHOLE), "apa", []),
        (Card("T"), "apa", [AUTHOR, DATE]),
        (Card("T", published="n.d.", author="WHO"), "apa", [DATE]),
        (Card("T", "legislation", published="2020"), "apa", []),
        (Card("T", author="WHO", published="3/5/2024"), "apa",
         ["The date stands in the list as you typed it. Year, month, day is sure: 2026-11-25."]),
        (Card("T", "article-journal", **WHOLE), "apa",
         ["The title of the journal is missing.", "The volume of the journal is missing.",
          "The first and the last page are missing."]),
        (Card("T", "article-journal", **WHOLE, container="J", volume="1", doi="10.1000/1"), "apa", []),
        (Card("T", "article-newspaper", **WHOLE), "apa", ["The name of the paper or magazine is missing."]),
        (Card("T", "book", **WHOLE), "mla", ["The publisher is missing."]),
        (Card("T", "thesis", **WHOLE), "mla", ["The university is missing."]),
        (Card("T", **WEB, author="WHO"), "apa", [DATE, READ]),
        (Card("T", **WEB, **WHOLE), "apa", []),
        (Card("T", **WEB, **WHOLE), "mla", [READ]),
        (Card("T", **WEB, **WHOLE, accessed="2026-11-25"), "mla", []),
        (Card("T", "webpage", **WHOLE), "apa", ["The address is missing."]),
        (Card("T", **WHOLE, doi="x"), "apa",
         ["This is no DOI: one begins with 10. and has a slash, as in 10.1000/182."]),
    ],
)  # fmt: skip
def test_missing_parts_are_named(card: Card, style: str, said: list[str]) -> None:
    assert missing(card, style) == said
