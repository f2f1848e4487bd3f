"""What an edit does to the passages of an essay, as far as one reader may know of them: before it, and after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from debates.essays.anchoring import Place, reanchor
from debates.models import Passage, Status
from debates.permissions import EDIT
from debates.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from debates.models import Essay, Topic
    from debates.models.act import Actor


@dataclass(frozen=True, slots=True)
class Outlook:
    """Passages that an edit puts into other words, and those that it leaves without a place."""

    altered: list[Passage]
    lost: list[Passage]


def readable(topic: Topic, user: Actor) -> Q:
    """Passages of lines that `user` may read: not of what others suggested, nor of what was taken back."""
    if topic.standing.may(EDIT):
        return Q()
    mine = Q(statement__author=user.pk) if user.pk else Q(pk__in=[])
    return Q(statement__status=Status.VISIBLE) | mine


def passages_of(essay: Essay, user: Actor) -> QuerySet[Passage]:
    """The passages of `essay` that `user` may read, in the order of the text."""
    found = Passage.objects.filter(readable(essay.topic, user), essay=essay)
    return found.select_related("statement", "statement__refers_to").order_by("start", "end", "pk")


def foresee(essay: Essay, text: str, user: Actor) -> Outlook:
    """What storing `text` would do. One query; it is what Essay.revise() does, without doing it."""
    passages = list(passages_of(essay, user))
    places = [Place(each.start, each.end, each.quote, each.prefix, each.suffix, each.lost) for each in passages]
    new = clean_text(text)
    taken: set[tuple[int, int, int]] = set()
    altered, lost = [], []
    for passage, found in zip(passages, reanchor(essay.text, new, places), strict=True):
        if found is None or (passage.statement_id, found.start, found.end) in taken:
            lost += [] if passage.lost else [passage]
            continue
        taken.add((passage.statement_id, found.start, found.end))
        altered += [passage] if new[found.start : found.end] != passage.quote else []
    return Outlook(altered, lost)


def compared(before: Iterable[Passage], after: Iterable[Passage]) -> Outlook:
    """What became of the passages of `before`, which were read before an edit."""
    former = {passage.pk: passage for passage in before}
    known = [passage for passage in after if passage.pk in former]
    lost = [passage for passage in known if passage.lost and not former[passage.pk].lost]
    altered = [passage for passage in known if not passage.lost and passage.quote != former[passage.pk].quote]
    return Outlook(altered, lost)
