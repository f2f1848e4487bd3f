"""How much of each feature a topic holds, counted by the database: what a page of formats needs to say what is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from debates.formats.features import Feature
from debates.models import Comment, Essay, Passage, Source, Statement, Status, Vote, VotesShown

if TYPE_CHECKING:
    from debates.formats.sections import Taking

_SHOWN = Q(status=Status.VISIBLE)
_GONE = Q(status__in=(Status.WITHDRAWN, Status.REMOVED)) & (Q(arguments__isnull=False) | Q(links__isnull=False))
# What is in a file: see sections._KNOWN.
_KNOWN = _SHOWN | _GONE
_STATEMENTS = {
    Feature.SUPPORTS: _KNOWN & Q(stance="supports"),
    Feature.NOTES: _SHOWN & ~Q(note=""),
    Feature.LINKS: _KNOWN & Q(refers_to__isnull=False),
    Feature.GROUPS: _KNOWN & Q(premise_group__isnull=False),
    Feature.AUTHORS: _KNOWN & Q(author__isnull=False),
    Feature.DATES: _KNOWN,
    Feature.VERSIONS: _KNOWN & Q(version__gt=1),
    Feature.TAKEN_BACK: _GONE,
}
_OF_EVERY_CARD = ("title", "url", "quotation")
_WORDLESS = {"kind": "document", "medium": "document"}
_DETAILS = ~Q(**{name: _WORDLESS.get(name, "") for name in Source.FIELDS if name not in _OF_EVERY_CARD})


def counts_in(taking: Taking) -> dict[Feature, int]:
    """What debates.formats.features.counts_of() says of the topic's document, but for votes that are not shown."""
    topic = taking.topic
    found = {
        Feature.QUESTION: int(bool(topic.question)),
        Feature.BACKGROUND: int(bool(topic.background)),
        Feature.LANGUAGE: int(topic.language != "en"),
    }
    counted = {name.name: Count("pk", filter=holds, distinct=True) for name, holds in _STATEMENTS.items()}
    row = Statement.objects.filter(topic=topic).aggregate(**counted)
    found |= {feature: row[feature.name] for feature in _STATEMENTS}
    shown = Q(statement__topic=topic, statement__status=Status.VISIBLE)
    sources = Source.objects.filter(shown).aggregate(all=Count("pk"), detailed=Count("pk", filter=_DETAILS))
    found[Feature.SOURCES], found[Feature.SOURCE_DETAILS] = sources["all"], sources["detailed"]
    found[Feature.ESSAYS] = Essay.objects.filter(topic=topic).count() + Passage.objects.filter(shown).count()
    found[Feature.COMMENTS] = Comment.objects.filter(shown, removed=False).count()
    found[Feature.TALLIES] = _tallies(taking, shown)
    return found


def _tallies(taking: Taking, shown: Q) -> int:
    """The lines whose totals this reader sees: that others have some is not theirs to know."""
    topic = taking.topic
    if topic.is_open and topic.votes_shown != VotesShown.ALWAYS:
        if topic.votes_shown == VotesShown.WHEN_CLOSED or taking.user.pk is None:
            return 0
        mine = Vote.objects.filter(voter=taking.user.pk, statement__topic=topic).values("statement")
        shown &= Q(statement__author=taking.user.pk) | Q(statement__in=mine)
    return Vote.objects.filter(shown).values("statement").distinct().count()
