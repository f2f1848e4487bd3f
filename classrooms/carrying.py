"""Evidence that goes along when a line is copied into another map: its sources, and its passages where the text is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.models import Essay, Passage, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debates.models import Statement, Topic


def carry_evidence(copies: Mapping[int, Statement], *, into: Topic) -> None:
    """Give each of `copies` in `into`, by the number of what it is a copy of, the same sources and passages.

    A passage that the text there does not have any more has lost its place, but is kept. Five queries at most.
    """
    if not copies:
        return
    Source.objects.bulk_create(
        Source(
            statement=copies[source.statement_id], added_by_id=source.added_by_id, created=source.created,
            **{name: getattr(source, name) for name in Source.FIELDS},
        )
        for source in Source.objects.filter(statement__in=copies).order_by("pk")
    )  # fmt: skip
    _carry_passages(copies, list(Essay.objects.filter(topic=into).order_by("pk")))


def _carry_passages(copies: Mapping[int, Statement], essays: list[Essay]) -> None:
    found: dict[tuple[int, ...], Passage] = {}
    for passage in Passage.objects.filter(statement__in=copies).select_related("essay").order_by("pk"):
        essay = _same(passage.essay, essays)
        if essay is not None:
            made = _placed(passage, Passage(statement=copies[passage.statement_id], essay=essay), essay.text)
            key = (made.statement_id, essay.pk, made.start, made.end)
            found.setdefault((passage.pk,) if made.lost else key, made)
    Passage.objects.bulk_create(found.values())


def _same(essay: Essay, essays: list[Essay]) -> Essay | None:
    """What `essay` is in the other map: the same text, or the one of this title, or the only one."""
    alike = [each for each in essays if each.text == essay.text] or [
        each for each in essays if each.title == essay.title
    ]
    return alike[0] if alike else essays[0] if len(essays) == 1 else None


def _placed(passage: Passage, made: Passage, text: str) -> Passage:
    """`made` with what `passage` quotes, at the same place of `text`, at the only one that says it, or lost."""
    if not passage.lost and text[passage.start : passage.end] == passage.quote:
        made.stand(text, passage.start, passage.end)
    elif not passage.lost and text.count(passage.quote) == 1:
        start = text.index(passage.quote)
        made.stand(text, start, start + len(passage.quote))
    else:
        for name in ("start", "end", "quote", "prefix", "suffix"):
            setattr(made, name, getattr(passage, name))
        made.lost = True
    return made
