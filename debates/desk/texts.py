"""The texts of somebody's own: drafts they are writing, and essays they added of which sentences are not used yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.functions import Length

from debates.essays.segmenting import Span, blocks_of, sentences_of, unused_sentences
from debates.models import Draft, Essay, Passage, Status
from debates.permissions import SUGGEST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from accounts.models import User
    from debates.desk.places import Mine
    from debates.models import Topic

DRAFTS_SHOWN = 8
ESSAYS_SHOWN = 10
# Code points that are cut into sentences to answer one page: one essay of the greatest length.
MOST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class OpenDraft:
    pk: int
    title: str
    topic: Topic | None  # None where they may not read it any more
    updated: datetime


@dataclass(frozen=True, slots=True)
class TextLeft:
    """An essay of the reader's, with how many of its sentences nothing that shows rests on."""

    pk: str
    title: str
    topic: Topic
    unused: int
    sentences: int


def drafts_of(user: User, mine: Sequence[Mine]) -> tuple[OpenDraft, ...]:
    """The drafts that `user` wrote in last and did not discard. One query."""
    topics = {each.topic.pk: each.topic for each in mine}
    found = Draft.objects.filter(author=user, discarded=None).order_by("-updated", "-pk")
    rows = found.values_list("pk", "title", "topic_id", "updated")[:DRAFTS_SHOWN]
    return tuple(OpenDraft(pk, title, topics.get(topic), updated) for pk, title, topic, updated in rows)


def texts_left(user: User, mine: Sequence[Mine]) -> tuple[TextLeft, ...]:
    """The essays last edited, as many as MOST_TEXT has room for, without those that are used up. Three queries."""
    topics = {each.topic.pk: each.topic for each in mine if each.may(SUGGEST)}
    added = Essay.objects.filter(added_by=user, topic__in=topics).order_by("-updated", "-pk")
    chosen, room = [], MOST_TEXT
    for pk, size in added.values_list("pk", Length("text"))[:ESSAYS_SHOWN]:
        room -= size
        if room >= 0:
            chosen.append(pk)
    if not chosen:
        return ()
    spans = _spans(chosen)
    texts = [_left(essay, topics[essay.topic_id], spans[essay.pk]) for essay in added.filter(pk__in=chosen)]
    return tuple(text for text in texts if text.unused)


def _spans(essays: Sequence[int]) -> defaultdict[int, list[Span]]:
    """The passages of each essay on which something rests that every reader sees: see debates.essays.reading."""
    placed = Passage.objects.placed().filter(essay__in=essays, statement__status=Status.VISIBLE)
    shown = placed.exclude(statement__parent__status=Status.SUGGESTED).order_by()
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    for essay, start, end in shown.values_list("essay_id", "start", "end"):
        spans[essay].append(Span(start, end))
    return spans


def _left(essay: Essay, topic: Topic, spans: list[Span]) -> TextLeft:
    blocks = [block for block in blocks_of(essay.text) if not block.level]
    sentences = [span for block in blocks for span in sentences_of(essay.text, block, topic.language)]
    return TextLeft(str(essay.pk), essay.title, topic, len(unused_sentences(sentences, spans)), len(sentences))
