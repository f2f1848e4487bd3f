"""Which sentences of a topic's essays are used in the map, and which are not yet. A fact about reading, not a goal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models.functions import Length

from debates.essays.layout import lay_out
from debates.essays.segmenting import Span, unused_sentences
from debates.models import Essay
from debates.models.essay import MOST_ESSAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debates.analysis.evidence import PassageRecord
    from debates.models import Topic

# Code points of the essays that are cut into sentences to answer one page: two essays of the greatest length.
MOST_TEXT = 400_000


class Unused(NamedTuple):
    """A sentence on which nothing rests. `number` counts the sentences of its essay from 1, as its page does."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """One essay: how many sentences it has, headings apart, and those that nothing rests on, in order."""

    essay: int
    title: str
    sentences: int
    unused: tuple[Unused, ...]

    @property
    def used(self) -> int:
        return self.sentences - len(self.unused)

    @property
    def pk(self) -> str:
        return str(self.essay)


@dataclass(frozen=True, slots=True)
class Covered:
    """The essays that were looked at, and how many were too much to read at once."""

    essays: tuple[Coverage, ...] = ()
    left_out: int = 0

    @property
    def sentences(self) -> int:
        return sum(essay.sentences for essay in self.essays)

    @property
    def used(self) -> int:
        return sum(essay.used for essay in self.essays)


def coverage_of(topic: Topic, passages: Iterable[PassageRecord]) -> Covered:
    """The essays of `topic` in order, up to MOST_TEXT of them together. Two queries."""
    essays = Essay.objects.filter(topic=topic).order_by("pk")
    sizes = list(essays.values_list("pk", Length("text"))[:MOST_ESSAYS])
    chosen, room = [], MOST_TEXT
    for pk, size in sizes:
        room -= size
        if room >= 0:
            chosen.append(pk)
    spans: dict[int, list[Span]] = {}
    for passage in passages:
        spans.setdefault(passage.essay, []).append(Span(passage.start, passage.end))
    found = essays.filter(pk__in=chosen).only("title", "text")
    return Covered(tuple(_coverage(essay, topic, spans.get(essay.pk, [])) for essay in found), len(sizes) - len(chosen))


def _coverage(essay: Essay, topic: Topic, spans: list[Span]) -> Coverage:
    essay.topic = topic
    sentences = lay_out(essay).sentences
    numbers = {span: number for number, span in enumerate(sentences, 1)}
    unused = (
        Unused(numbers[span], span.start, span.end, essay.text[span.start : span.end])
        for span in unused_sentences(sentences, spans)
    )
    return Coverage(essay.pk, essay.title, len(sentences), tuple(unused))
