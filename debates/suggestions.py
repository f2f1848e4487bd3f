"""Statements that wait for an editor, with the line that each would answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debates.models import Statement, Status, Topic
from debates.permissions import EDIT
from debates.rows import author_in, chosen_by, rows_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

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
