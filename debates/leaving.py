"""People who leave some topics without a trace of who they were: what they wrote stays, as by former participants.

Unlike debates/erasure.py, by which somebody takes their own words back, this keeps every line that shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Model, QuerySet

from debates.erasure import blank
from debates.models import (
    Change,
    Comment,
    Essay,
    EssayVersion,
    Membership,
    Pseudonym,
    Role,
    ShareLink,
    Source,
    Statement,
    Status,
    Topic,
    Visit,
    Vote,
)

if TYPE_CHECKING:
    from collections.abc import Collection

# What stays without them, and what goes with them: the column that names them, and how the row knows its topic.
UNNAMED: tuple[tuple[type[Model], str, str], ...] = (
    (Statement, "author", "topic"), (Comment, "author", "statement__topic"), (Source, "added_by", "statement__topic"),
    (Essay, "added_by", "topic"), (EssayVersion, "by", "topic"), (Change, "actor", "topic"),
    (ShareLink, "created_by", "topic"),
)  # fmt: skip
GONE: tuple[tuple[type[Model], str, str], ...] = (
    (Vote, "voter", "statement__topic"), (Pseudonym, "user", "topic"), (Visit, "user", "topic"),
)  # fmt: skip


@transaction.atomic
def leave_topics(people: Collection[int], topics: QuerySet[Topic]) -> None:
    """Take `people`, by their numbers, out of `topics`: no row says any more who wrote there, and their votes go.

    What they withdrew, or nobody accepted, loses its words. Their drafts stay theirs. Owners stay members: a topic
    needs one. The topics are locked in the order in which verbs over several lock them.
    """
    locked = list(topics.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    blank(Statement.objects.filter(topic__in=locked, author__in=people).exclude(status=Status.VISIBLE))
    for model, column, topic in UNNAMED:
        model._default_manager.filter(**{f"{topic}__in": locked, f"{column}__in": people}).update(**{column: None})
    for model, column, topic in GONE:
        model._default_manager.filter(**{f"{topic}__in": locked, f"{column}__in": people}).delete()
    Membership.objects.filter(topic__in=locked, user__in=people).exclude(role=Role.OWNER).delete()
    Topic.objects.filter(pk__in=locked).update(touched=F("touched") + 1)
