"""What a statement rests on: sources, and passages of an essay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from debates.models.act import act_on
from debates.models.errors import Gone, Refused
from debates.models.passage import passage_of
from debates.models.resending import same_again
from debates.models.source import Source

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.essay import Essay
    from debates.models.passage import Passage
    from debates.models.statement import Statement


class Cited:
    """What evidence adds to a statement."""

    def cite(self: Statement, *, by: User, title: str, key: str = "", **fields: str) -> Source:  # type: ignore[misc]
        """Add a source. `fields` are the other columns of the source card. The same `key` by the same person makes one.

        Raises Refused, Gone, Closed, SlowDown; Conflict where the key was sent with something else in the form.
        """
        source = Source(statement=self, added_by=by, key=key or None)
        source.write({"title": title, **fields})
        try:
            with act_on(self.topic, by=by, verb="cite", late_too=True) as act:
                now = self.fresh_to_work_on(act)
                act.refuse_late(now)
                source.save(force_insert=True)
                act.record(statement=now, after=source.as_recorded())
        except (IntegrityError, Refused):
            before = Source.objects.filter(added_by=by, key=key).first() if key else None
            if before is None:
                raise
            return same_again(before, was=before.as_sent(), sent=source.as_sent())
        return source

    def cite_all(self: Statement, rows: list[dict[str, str]], *, by: User) -> list[Source]:  # type: ignore[misc]
        """Add a source for each of `rows`, the columns of source cards: all of them or none, a change for each."""
        sources = [Source(statement=self, added_by=by) for _row in rows]
        for source, row in zip(sources, rows, strict=True):
            source.write(row)
        with act_on(self.topic, by=by, verb="cite") as act:
            now = self.fresh_to_work_on(act)
            for source in sources:
                source.save(force_insert=True)
                act.record(statement=now, after=source.as_recorded())
        return sources

    def recite(self: Statement, source: Source, *, by: User, version: int | None = None, **fields: str) -> Source:  # type: ignore[misc]
        """Change a source. `version` is the one that was read: another one now is a Conflict. Raises Refused, Gone."""
        with act_on(self.topic, by=by, verb="recite") as act:
            found = self.fresh_to_work_on(act).sources.filter(pk=source.pk).first()
            if found is None:
                raise Gone(_("This source was taken away meanwhile."))
            found.set(act, fields, version=version)
        return found

    def uncite(self: Statement, source: Source, *, by: User) -> None:  # type: ignore[misc]
        """Take a source away."""
        with act_on(self.topic, by=by, verb="uncite") as act:
            for found in self.fresh_to_work_on(act).sources.filter(pk=source.pk):
                found.take_away(act)

    def quote(self: Statement, essay: Essay, start: int, end: int, *, by: User) -> Passage:  # type: ignore[misc]
        """Rest this statement on `essay.text[start:end]`; the passage that is there where it rests on it already.

        Where the essay was edited since `essay` was read, the same words are meant, if they stand there once.
        Raises Refused, Gone, Conflict.
        """
        passage_of(self, essay, start, end)
        with act_on(self.topic, by=by, verb="quote", late_too=True) as act:
            now = self.fresh_to_work_on(act)
            act.refuse_late(now)
            passage = passage_of(now, *essay.now(act, start, end))
            stored = passage.stored()
            if stored is None:
                passage.save(force_insert=True)
                act.record(statement=now, after=passage.as_recorded())
        return stored or passage

    def unquote(self: Statement, passage: Passage, *, by: User) -> None:  # type: ignore[misc]
        """Take a passage away from this statement; the essay keeps it."""
        with act_on(self.topic, by=by, verb="unquote") as act:
            for found in self.fresh_to_work_on(act).passages.filter(pk=passage.pk):
                found.take_away(act)
