"""Statements that wait for an editor, with the line that each would answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.expressions import RawSQL

from debates.models import Statement, Status, Topic
from debates.permissions import EDIT
from debates.rows import author_in, chosen_by, rows_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from django.db.models import QuerySet

    from debates.models import Change
    from debates.models.act import Actor

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Suggestion:
    pk: str
    stance: str
    text: str
    note: str
    author: str
    created: datetime
    above: str  # the words of the line that it would answer; "" for a claim, and where they were taken back
    above_pk: str


def waiting(topic: Topic) -> QuerySet[Statement]:
    """The suggestions of `topic` that its reader may see: an editor all of them, everyone else their own."""
    suggested = Statement.objects.filter(topic=topic, status=Status.SUGGESTED)
    return suggested if topic.standing.may(EDIT) else suggested.filter(author_id=topic.standing.user_id or 0)


# The suggestions that no editor has accepted: they wait, or were declined or taken back. Plain SQL, as in debates.rows:
# this is part of every page of the list of topics and of every history.
_NEVER_SHOWN = """
SELECT s.id FROM debates_statement s WHERE s.topic_id IN ({topics}) AND s.status = 'suggested' AND {others}
UNION ALL SELECT s.id FROM debates_change c JOIN debates_statement s ON s.id = c.statement_id
WHERE c.topic_id IN ({topics}) AND c.verb = 'suggest' AND s.status IN ('withdrawn', 'removed') AND {others}
 AND NOT EXISTS (SELECT 1 FROM debates_change a WHERE a.statement_id = s.id AND a.verb IN ('accept', 'restore'))"""
# It starts from the suggestions, which are few: asked of each pseudonym, it took PostgreSQL ten times as long.
_ONLY_SUGGESTING = """
SELECT p.id FROM debates_change c JOIN debates_pseudonym p ON p.topic_id = c.topic_id AND p.user_id = c.actor_id
WHERE c.topic_id IN ({topics}) AND c.verb = 'suggest' AND NOT EXISTS (
 SELECT 1 FROM debates_change d WHERE d.topic_id = c.topic_id AND d.actor_id = c.actor_id
 AND (d.statement_id IS NULL AND d.verb <> 'suggest' OR d.statement_id NOT IN ({never_shown})))
AND NOT EXISTS (SELECT 1 FROM debates_membership m WHERE m.topic_id = c.topic_id AND m.user_id = c.actor_id)
AND NOT EXISTS (SELECT 1 FROM debates_vote v JOIN debates_statement s ON s.id = v.statement_id
 WHERE v.voter_id = c.actor_id AND s.topic_id = c.topic_id)"""


def only_suggesting(topics: Collection[int]) -> RawSQL:
    """The pseudonyms in `topics` of people who suggested, and did nothing else there that others know of."""
    marks = ", ".join(["%s"] * len(topics)) or "NULL"
    never_shown = _NEVER_SHOWN.format(topics=marks, others="1 = 1")
    sql = _ONLY_SUGGESTING.format(topics=marks, never_shown=never_shown)
    return RawSQL(sql, (*topics, *topics, *topics))  # noqa: S611 - only marks are put in


def told_to_others(changes: QuerySet[Change], topic: Topic, *, reader_id: int | None) -> QuerySet[Change]:
    """`changes` of `topic` without those about suggestions of others than the reader that never showed."""
    # Of a suggestion that was erased with its author there is nothing to tell.
    hidden = hidden_from(reader_id, [topic.pk])
    return changes.exclude(statement__in=hidden).exclude(statement=None, verb="suggest")


def hidden_from(reader_id: int | None, topics: Collection[int]) -> RawSQL:
    """The suggestions in `topics` by others than the reader that never showed."""
    marks = ", ".join(["%s"] * len(topics)) or "NULL"
    sql = _NEVER_SHOWN.format(topics=marks, others="(s.author_id IS NULL OR s.author_id <> %s)")
    return RawSQL(sql, (*topics, reader_id or 0) * 2)  # noqa: S611 - only marks are put in


def suggestions_in(topic: Topic, user: Actor) -> list[Suggestion]:
    """What waits, oldest first, at most 100. Two queries."""
    first = waiting(topic).order_by("pk")[:MOST_SHOWN].values("pk")
    chosen = chosen_by(Statement.objects.get_queryset().filter(pk__in=first))
    rows = sorted(rows_of(chosen, user), key=lambda row: row["id"])
    lines = Statement.objects.filter(pk__in={row["parent_id"] for row in rows}, status=Status.VISIBLE)
    above = dict(lines.values_list("pk", "text"))
    return [
        Suggestion(
            pk=str(row["id"]),
            stance=row["stance"],
            text=row["text"],
            note=row["note"],
            author=author_in(row, topic),
            created=row["created"],
            above=above.get(row["parent_id"], ""),
            above_pk=str(row["parent_id"] or ""),
        )
        for row in rows
    ]
