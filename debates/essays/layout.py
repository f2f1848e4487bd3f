"""An essay laid out: its blocks without the title, its sentences counted from 1, and words chosen in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from debates.essays.segmenting import Span, blocks_of, sections_of
from debates.essays.signs import is_within, whole
from debates.models.errors import Conflict, Refused

if TYPE_CHECKING:
    from debates.essays.segmenting import Block
    from debates.models import Essay

MOST_CHOSEN = 5_000

NOTHING_CHOSEN = _("Choose some words of the text first.")
TOO_MUCH = _("That is more than a passage holds: choose at most 5,000 characters.")
NOT_HERE = _("The words you chose are not in this text any more. Choose them again; what you wrote is kept.")
OFTEN = _("The text was edited, and the words you chose stand in it more than once. Choose them again.")

# What the page does not show as the text has it: how lines are broken, and the sign of a heading.
_UNSHOWN = re.compile(r"[\s#]+")


@dataclass(frozen=True)
class Layout:
    """The text of one essay as its page shows it. Offsets are code points of the whole text."""

    text: str
    blocks: list[Block]
    language: str

    @cached_property
    def sentences(self) -> list[Span]:
        """Every sentence in order, headings left out: `?sentence=1` is the first of them."""
        return [span for section in sections_of(self.text, self.blocks, self.language) for span in section.sentences]

    def numbers_of(self, span: Span) -> tuple[int, int]:
        """The first and the last sentence that `span` touches, from 1; (0, 0) where it lies outside all of them."""
        touched = [at for at, each in enumerate(self.sentences, 1) if each.start < span.end and span.start < each.end]
        return (touched[0], touched[-1]) if touched else (0, 0)

    def block_of(self, place: int) -> int:
        """The number, from 0, of the block that holds `place`, or of the last one that begins before it."""
        return max(0, bisect_right([block.start for block in self.blocks], place) - 1)


def lay_out(essay: Essay) -> Layout:
    """The layout of `essay`, whose topic says in which language it is."""
    blocks = [block for block in blocks_of(essay.text) if not _is_title(block, essay)]
    return Layout(essay.text, blocks, essay.topic.language)


def _is_title(block: Block, essay: Essay) -> bool:
    return block.level == 1 and essay.text[block.start : block.end].strip() == essay.title.strip()


# -- chosen words -------------------------------------------------------------------------------------------------


def chosen_sentences(layout: Layout, first: int, last: int) -> Span:
    """From sentence `first` to `last`, whichever comes first. Raises Refused where there is none of that number."""
    first, last = sorted((first, last or first))
    if not 1 <= first <= last <= len(layout.sentences):
        raise Refused(NOTHING_CHOSEN, field="words")
    return _allowed(Span(layout.sentences[first - 1].start, layout.sentences[last - 1].end))


def chosen_words(text: str, span: Span, words: str = "") -> Span:
    """`span` of `text` without the spaces at its ends, no sign cut apart.

    Where `words` are given and stand elsewhere, because the text was edited since, they are found where they stand
    once. Raises Refused where nothing is chosen, Conflict where the words are not there any more, or not just once.
    """
    fits = 0 <= span.start < span.end <= len(text)
    if fits and not text[span.start : span.end].strip():
        raise Refused(NOTHING_CHOSEN, field="words")
    if not fits or (words and _shown(words) != _shown(text[span.start : span.end])):
        span = _found(text, words)
    start, end = span
    while is_within(text, start):
        start -= 1
    end = whole(text, end)
    piece = text[start:end]
    return _allowed(Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))


def _allowed(span: Span) -> Span:
    if span.end - span.start > MOST_CHOSEN:
        raise Refused(TOO_MUCH, field="words")
    return span


def _shown(text: str) -> str:
    return _UNSHOWN.sub("", text)


def _found(text: str, words: str) -> Span:
    """The one place where `text` says `words`, however the lines are broken in either."""
    wanted = _shown(words)
    if not wanted:
        raise Refused(NOTHING_CHOSEN, field="words")
    places = [at for at, char in enumerate(text) if not _UNSHOWN.match(char)]
    shown = _shown(text)
    at = shown.find(wanted)
    if at < 0:
        raise Conflict(NOT_HERE)
    if shown.find(wanted, at + 1) >= 0:
        raise Conflict(OFTEN)
    return Span(places[at], places[at + len(wanted) - 1] + 1)
