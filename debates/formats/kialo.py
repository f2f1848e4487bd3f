"""Kialo's text export as it has been since 2023: headers with their words below, footnotes for sources.

Written like Kialo's own: numbered in reading order, and no link comes before its target unless that is a thesis.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from debates.formats.first_places import first_places
from debates.formats.kialo_prose import escaped, locator_of
from debates.formats.kialo_reading import V2_TITLE, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.formats.document import Document, Line, SourceCard

__all__ = ["KINDS", "read", "write"]

KINDS = {"": "Thesis", "supports": "Pro", "opposes": "Con"}


def write(document: Document) -> bytes:
    """`document` as Kialo writes it: one claim as the root, or a question above several."""
    document = first_places(document)
    cards: list[SourceCard] = []
    parts = [f"{V2_TITLE}\n{document.title}\n\n", *_nodes(document, cards)]
    if cards:
        parts.append("Sources:\n")
        parts += [_source(number, card) for number, card in zip(count(1), cards, strict=False)]
    return "".join(parts).encode()


def _nodes(document: Document, cards: list[SourceCard]) -> Iterator[str]:
    claims = [line for line in document.lines if line.parent is None]
    asked = bool(document.question) or len(claims) != 1
    if asked:
        yield f"1. Question:\n{escaped(document.question or document.title)}\n\n"
    index = indices(document, under_question=asked)
    for line in document.lines:
        indent = "  " * (index[line.id].count(".") - 1)
        marks = "".join(f" [{number}]" for number in range(len(cards) + 1, len(cards) + len(line.sources) + 1))
        cards += line.sources
        body = words(line, index)
        yield f"{indent}{index[line.id]} {KINDS[line.stance]}:\n{indent}{body}{marks}\n\n"


def indices(document: Document, *, under_question: bool) -> dict[str, str]:
    """The number of each line, as Kialo counts: "1.2.1."."""
    top = (1,) if under_question else ()
    return {name: "".join(f"{part}." for part in (*top, *path)) for name, path in document.numbers().items()}


def words(line: Line, index: dict[str, str]) -> str:
    """What stands where the words of `line` stand."""
    return f"-> See {index[line.refers_to]}" if line.refers_to else escaped(line.text)


def _source(number: int, card: SourceCard) -> str:
    quotation = "".join(f"{escaped(row)}\n" for row in card.quotation.split("\n")) if card.quotation else ""
    return f"[{number}] {locator_of(card)}\n{quotation}"
