"""An essay as blocks and segments: a text with overlapping passages, cut so that every piece has one set of them.

All offsets count Unicode code points of the whole text, ends exclusive.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A sentence ends with its mark and what closes behind it, before a space; in scripts without spaces, at its mark.
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s|$)|[。！？]+[」』）]*")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n|#)[^\n]+)*")
_HEADING = re.compile(r"(#{1,6}) +")


class Span(NamedTuple):
    start: int
    end: int


class Block(NamedTuple):
    """A paragraph (level 0) or a heading."""

    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a block. `spans` are the numbers of the passages that cover all of it."""

    start: int
    end: int
    block: int
    spans: tuple[int, ...]


def blocks_of(text: str) -> list[Block]:
    """Paragraphs, apart by empty lines, and headings, which begin with "#"."""
    blocks = []
    for found in _PARAGRAPH.finditer(text):
        paragraph = found.group()
        start = found.start() + len(paragraph) - len(paragraph.lstrip())
        end = found.start() + len(paragraph.rstrip())
        heading = _HEADING.match(text, start)
        if heading and "\n" not in paragraph.strip():
            blocks.append(Block(len(heading.group(1)), heading.end(), max(end, heading.end())))
        else:
            blocks.append(Block(0, start, end))
    return [block for block in blocks if block.start < block.end]


def sentences_of(text: str, block: Block) -> list[Span]:
    """The sentences of a block, without the spaces between them."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text, block.start, block.end)]
    spans = []
    for start, end in pairwise([block.start, *ends, block.end]):
        piece = text[start:end]
        if piece.strip():
            spans.append(Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return spans


def segments_of(blocks: Sequence[Block], spans: Sequence[Span], cuts: Iterable[int] = ()) -> list[Segment]:
    """The text of `blocks` in order, cut wherever one of `spans` begins or ends, and at `cuts`."""
    places = {place for block in blocks for place in (block.start, block.end)}
    places |= {place for span in spans for place in span} | set(cuts)
    begins, segments, at = _sorted_numbers(spans), [], 0
    active: list[int] = []
    for start, end in pairwise(sorted(places)):
        while begins and spans[begins[-1]].start <= start:
            active.append(begins.pop())
        active = [number for number in active if spans[number].end > start]
        while at < len(blocks) and blocks[at].end <= start:
            at += 1
        if at < len(blocks) and blocks[at].start <= start:
            segments.append(Segment(start, end, at, tuple(active)))
    return segments


def _sorted_numbers(spans: Sequence[Span]) -> list[int]:
    """The indexes of `spans`, the one that begins last first."""
    return sorted(range(len(spans)), key=lambda number: spans[number], reverse=True)


def unused_sentences(sentences: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """Those of `sentences`, in order, that no span touches."""
    unused, waiting, reach = [], deque(sorted(spans)), 0
    for sentence in sentences:
        while waiting and waiting[0].start < sentence.end:
            reach = max(reach, waiting.popleft().end)
        if reach <= sentence.start:
            unused.append(sentence)
    return unused
