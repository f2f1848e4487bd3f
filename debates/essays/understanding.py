"""What was understood of a text before it is stored: its headings, paragraphs, sentences and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from debates.essays.segmenting import blocks_of, sections_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debates.essays.segmenting import Block

SHOWN = 40
BEGINNING = 80


class Beginning(NamedTuple):
    """How a heading (level 1 to 6) or a paragraph (level 0) begins."""

    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Understood:
    """The parts of a text, counted. `beginnings` are those of the first SHOWN blocks, `more` is how many follow."""

    headings: int
    paragraphs: int
    sentences: int
    words: int
    beginnings: tuple[Beginning, ...]
    more: int


def understand(text: str, language: str) -> Understood:
    """What the essay page will make of `text`, in its stored form. `language` is a tag as in BCP 47."""
    blocks = blocks_of(text)
    paragraphs = [block for block in blocks if not block.level]
    return Understood(
        headings=len(blocks) - len(paragraphs),
        paragraphs=len(paragraphs),
        sentences=sum(len(section.sentences) for section in sections_of(text, blocks, language)),
        words=sum(len(text[block.start : block.end].split()) for block in paragraphs),
        beginnings=_beginnings(text, blocks[:SHOWN]),
        more=max(0, len(blocks) - SHOWN),
    )


def _beginnings(text: str, blocks: Sequence[Block]) -> tuple[Beginning, ...]:
    return tuple(Beginning(block.level, shortened(text[block.start : block.end], BEGINNING)) for block in blocks)


def shortened(text: str, most: int) -> str:
    """`text` on one line, cut behind a word within `most` characters."""
    line = " ".join(text[: 2 * most].split())
    if len(line) <= most:
        return line
    return (line[: most - 1].rpartition(" ")[0] or line[: most - 1]).rstrip() + "…"
