"""What a topic can hold, what a format has no place for, and the report of what is lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from debates.formats.document import Document, Line, SourceCard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Feature(StrEnum):
    """One thing that some formats keep and others do not."""

    QUESTION = "question"
    BACKGROUND = "background"
    LANGUAGE = "language"
    SUPPORTS = "supports"
    NOTES = "notes"
    LINKS = "links"
    GROUPS = "groups"
    SOURCES = "sources"  # title, address and quotation
    SOURCE_DETAILS = "source-details"  # all else of a card: kind, author, publisher, date, page …
    ESSAYS = "essays"  # and the passages that lines rest on
    COMMENTS = "comments"
    TALLIES = "tallies"
    BALLOTS = "ballots"
    AUTHORS = "authors"
    DATES = "dates"
    VERSIONS = "versions"  # how often a line was reworded
    TAKEN_BACK = "taken-back"  # that a line says nothing because it was taken back
    CHARACTERS = "characters"  # those that the fonts of a format have; counted by the format itself


ALL = frozenset(Feature)
GONE_TEXT = "[taken back]"


@dataclass(frozen=True, slots=True)
class Loss:
    """What a conversion leaves behind, and how much of it there was."""

    feature: Feature
    count: int
    sentence: str


def losses(counts: Mapping[Feature, int], keeps: frozenset[Feature]) -> tuple[Loss, ...]:
    """What of a topic with these `counts` a format that `keeps` these features cannot hold."""
    return tuple(
        Loss(feature, counts[feature], SENTENCES[feature](counts[feature]) % {"count": counts[feature]})
        for feature in Feature
        if feature not in keeps and counts.get(feature)
    )


def counts_of(document: Document) -> dict[Feature, int]:
    """How much of each feature `document` holds."""
    return {feature: count(document) for feature, count in COUNTS.items()}


def kept(document: Document, keeps: frozenset[Feature]) -> Document:
    """`document` as far as a format that `keeps` these features can hold it: what its writer is given.

    A link that the format cannot hold becomes a line that says the same.
    """
    texts = document.words()
    lines = [_kept_line(line, keeps, texts[line.id]) for line in document.lines]
    return replace(
        document,
        question=document.question if Feature.QUESTION in keeps else "",
        background=document.background if Feature.BACKGROUND in keeps else "",
        language=document.language if Feature.LANGUAGE in keeps else "en",
        essays=list(document.essays) if Feature.ESSAYS in keeps else [],
        lines=lines,
    )


def _kept_line(line: Line, keeps: frozenset[Feature], words: str) -> Line:
    made = copy(line)
    if Feature.LINKS not in keeps and line.is_link:
        made.refers_to, made.text = None, words
    if Feature.TAKEN_BACK not in keeps and line.gone:
        made.status = "visible"
        if not made.is_link:
            made.text = GONE_TEXT
    for feature, name, empty in _PLAIN:
        if feature not in keeps:
            setattr(made, name, empty() if callable(empty) else empty)
    if Feature.SOURCE_DETAILS not in keeps:
        made.sources = [SourceCard(card.title, card.url, card.quotation) for card in made.sources]
    return made


# What a line loses with a feature: the field, and what stands there instead.
_PLAIN: tuple[tuple[Feature, str, object], ...] = (
    (Feature.NOTES, "note", ""),
    (Feature.GROUPS, "group", None),
    (Feature.SOURCES, "sources", list),
    (Feature.ESSAYS, "passages", list),
    (Feature.COMMENTS, "comments", list),
    (Feature.TALLIES, "tally", None),
    (Feature.BALLOTS, "ballots", list),
    (Feature.AUTHORS, "author", ""),
    (Feature.DATES, "created", None),
    (Feature.DATES, "updated", None),
    (Feature.VERSIONS, "version", 1),
)


def _lines(holds: Callable[[Line], object]) -> Callable[[Document], int]:
    return lambda document: sum(1 for line in document.lines if holds(line))


def _details(card: SourceCard) -> bool:
    return card != SourceCard(title=card.title, url=card.url, quotation=card.quotation)


def _passages(lines: Iterable[Line]) -> int:
    return sum(len(line.passages) for line in lines)


COUNTS: dict[Feature, Callable[[Document], int]] = {
    Feature.QUESTION: lambda document: int(bool(document.question)),
    Feature.BACKGROUND: lambda document: int(bool(document.background)),
    Feature.LANGUAGE: lambda document: int(document.language != "en"),
    Feature.SUPPORTS: _lines(lambda line: line.stance == "supports"),
    Feature.NOTES: _lines(lambda line: line.note),
    Feature.LINKS: _lines(lambda line: line.is_link),
    Feature.GROUPS: _lines(lambda line: line.group is not None),
    Feature.SOURCES: lambda document: sum(len(line.sources) for line in document.lines),
    Feature.SOURCE_DETAILS: lambda document: sum(_details(card) for line in document.lines for card in line.sources),
    Feature.ESSAYS: lambda document: len(document.essays) + _passages(document.lines),
    Feature.COMMENTS: lambda document: sum(len(line.comments) for line in document.lines),
    Feature.TALLIES: _lines(lambda line: line.tally and sum(line.tally)),
    Feature.BALLOTS: lambda document: sum(len(line.ballots) for line in document.lines),
    Feature.AUTHORS: _lines(lambda line: line.author),
    Feature.DATES: _lines(lambda line: line.created),
    Feature.VERSIONS: _lines(lambda line: line.version > 1),
    Feature.TAKEN_BACK: _lines(lambda line: line.gone),
}


def _said(one: str, many: str) -> Callable[[int], str]:
    return lambda count: ngettext(one, many, count)


SENTENCES: dict[Feature, Callable[[int], str]] = {
    Feature.QUESTION: _said("The question of the topic is left out.", "The question of the topic is left out."),
    Feature.BACKGROUND: _said("The background is left out.", "The background is left out."),
    Feature.LANGUAGE: _said("The language of the topic is left out.", "The language of the topic is left out."),
    Feature.SUPPORTS: _said(
        "What %(count)s argument supports is left out: this format knows attacks alone.",
        "What %(count)s arguments support is left out: this format knows attacks alone.",
    ),
    Feature.NOTES: _said("%(count)s note is left out.", "%(count)s notes are left out."),
    Feature.LINKS: _said(
        "%(count)s link is written as a line of its own with the same words.",
        "%(count)s links are written as lines of their own with the same words.",
    ),
    Feature.GROUPS: _said(
        "%(count)s premise stands alone instead of together with others.",
        "%(count)s premises stand alone instead of together with others.",
    ),
    Feature.SOURCES: _said("%(count)s source is left out.", "%(count)s sources are left out."),
    Feature.SOURCE_DETAILS: _said(
        "Of %(count)s source only title, address and quotation are kept.",
        "Of %(count)s sources only title, address and quotation are kept.",
    ),
    Feature.ESSAYS: _said(
        "%(count)s essay or passage is left out.", "%(count)s essays and passages are left out."
    ),
    Feature.COMMENTS: _said("%(count)s comment is left out.", "%(count)s comments are left out."),
    Feature.TALLIES: _said(
        "The votes on %(count)s line are left out.", "The votes on %(count)s lines are left out."
    ),
    Feature.BALLOTS: _said("%(count)s single vote is left out.", "%(count)s single votes are left out."),
    Feature.AUTHORS: _said(
        "Who wrote %(count)s line is left out.", "Who wrote %(count)s lines is left out."
    ),
    Feature.DATES: _said(
        "When %(count)s line was written is left out.", "When %(count)s lines were written is left out."
    ),
    Feature.VERSIONS: _said(
        "That %(count)s line was reworded is left out.", "That %(count)s lines were reworded is left out."
    ),
    Feature.TAKEN_BACK: _said(
        "%(count)s line that was taken back says so in its place.",
        "%(count)s lines that were taken back say so in their places.",
    ),
}  # fmt: skip
