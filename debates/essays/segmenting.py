"""An essay as sections, blocks, sentences, and segments: a text with overlapping passages, cut so that every piece
has one set of them.

All offsets count Unicode code points of the whole text, ends exclusive.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

from debates.essays.signs import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# sentencex takes a time that grows with the square of a paragraph where many sentences stand without spaces, or many
# quotes are opened: 8 s for 200,000 characters, and 0.2 s in windows of this length. What is longer is no sentence.
WINDOW = 4_000

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n|#)[^\n]+)*")
_HEADING = re.compile(r"(#{1,6}) +")
_SPACE = re.compile(r"[^\S\n]")
# What sentencex leaves together: "…" before a capital, and what stands in brackets by itself; and items of a list.
_ENDS_TOO = re.compile(r"(?:…[”’\"»)\]]*|^\(.*?[.!?]\)) +(?=([“‘\"«(]*)(.))|\n(?=[-*•] |\d+[.)] )", re.DOTALL)
# … and what it parts: "1." or "M." from what it begins, and a Korean particle from the quotation it follows.
_BEGINS_ONLY = re.compile(r"(?:\(?(?:\d+|[A-ZÀ-ÖØ-ÞΑ-ΩА-Я])[.)]|[-*•])?")
_QUOTED, _HANGUL = "”’\"'」』»", re.compile(r"[가-힣]")


class Span(NamedTuple):
    start: int
    end: int


class Block(NamedTuple):
    """A paragraph (level 0) or a heading."""

    level: int
    start: int
    end: int


class Section(NamedTuple):
    """A heading, None before the first one, with the sentences up to the next."""

    heading: Block | None
    sentences: list[Span]


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


def sections_of(text: str, blocks: Sequence[Block], language: str) -> list[Section]:
    """The sentences of `blocks` under the headings among them."""
    sections = [Section(None, [])]
    for block in blocks:
        if block.level:
            sections.append(Section(block, []))
        else:
            sections[-1].sentences.extend(sentences_of(text, block, language))
    return sections if sections[0].sentences else sections[1:]


# -- sentences --------------------------------------------------------------------------------------------------


def sentences_of(text: str, block: Block, language: str) -> list[Span]:
    """The sentences of a block, without the spaces between them. `language` is a tag as in BCP 47 ("ko", "pt-BR").

    What the language is matters for abbreviations; the marks of every script are known in each. The time is in
    proportion to the block, and no letter is parted from its accents.
    """
    # One space is as good as another to us, and sentencex 1.0 fails on "A" and a no-break space before a full stop.
    paragraph = _SPACE.sub(" ", text[block.start : block.end])
    spans = []
    for start, end in pairwise([0, *_joined(paragraph, _ends(paragraph, language))]):
        piece = paragraph[start:end]
        if piece.strip():
            begin = block.start + start + len(piece) - len(piece.lstrip())
            spans.append(Span(begin, block.start + start + len(piece.rstrip())))
    return spans


def _ends(paragraph: str, language: str) -> Iterator[int]:
    """Where the sentences of a paragraph end, the last one with it."""
    at = 0
    while at < len(paragraph):
        window = paragraph[at : at + WINDOW]
        ends = [at + found["end_index"] for found in get_sentence_boundaries(language, window)]
        if at + WINDOW < len(paragraph):
            # The last sentence may go on: it is looked at again in the next window, unless it is all of this one.
            ends = ends[:-1] or [at + (window.rfind(" ") + 1 or len(window))]
        for start, end in pairwise([at, *ends]):
            yield from _ends_too(paragraph, start, end)
            yield end
        at = ends[-1]


def _ends_too(paragraph: str, start: int, end: int) -> Iterator[int]:
    for found in _ENDS_TOO.finditer(paragraph[start:end]):
        if found.group(2) is None or found.group(2).isupper() or (found.group(1) and found.group(2).isalpha()):
            yield start + found.end()


def _joined(paragraph: str, ends: Iterable[int]) -> Iterator[int]:
    """Those of `ends` that part no sign, and no sentence from what begins or cites it."""
    start, begun = 0, True
    for found in ends:
        end = whole(paragraph, max(found, start))
        cites = paragraph[end - 1] in _QUOTED and _HANGUL.match(paragraph, end)
        begun = begun and bool(_BEGINS_ONLY.fullmatch(paragraph[start:end].strip()))
        if end == len(paragraph) or not (begun or cites):
            yield end
            begun = True
        start = end


# -- segments ---------------------------------------------------------------------------------------------------


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
