"""What others answered to somebody's lines, newest first, in every topic they take part in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from debates.desk.paths import READ, Candidates, hanging, marks
from debates.models import Change, Statement
from debates.permissions import SUGGEST
from debates.rows import among, author_in, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from accounts.models import User
    from debates.desk.places import Mine
    from debates.models import Topic
    from debates.rows import Row

SHOWN = 10
# Verbs that bring a line before its readers.
ARRIVING = ("add", "link", "accept", "restore")

_REPLIES = """
SELECT s.topic_id, s.id, s.parent_id FROM debates_statement m JOIN debates_statement s ON s.parent_id = m.id
LEFT JOIN debates_statement t ON t.id = s.refers_to_id
WHERE m.author_id = %s AND m.status = 'visible' AND m.topic_id IN ({topics})
 AND s.status = 'visible' AND (s.author_id IS NULL OR s.author_id <> %s) AND (t.id IS NULL OR t.status = 'visible')"""


@dataclass(frozen=True, slots=True)
class Reply:
    """An argument by somebody else under a line of the reader's. `answers` is where it is answered, as text."""

    pk: str
    topic: Topic
    stance: str
    text: str
    author: str  # "" for a former participant
    created: datetime
    above: str
    answers: str
    is_new: bool
    may_answer: bool


def replies_to(user: User, mine: Sequence[Mine]) -> tuple[Reply, ...]:
    """The newest few. Four queries."""
    known = {each.topic.pk: each for each in mine}
    candidates = Candidates(_REPLIES.format(topics=marks(list(known))), (user.pk, *known, user.pk))
    ids = hanging(candidates, READ).ids[:SHOWN] if known else ()
    if not ids:
        return ()
    rows = sorted(rows_of(among(ids), user), key=lambda row: -row["id"])
    placed = Statement.objects.filter(pk__in=ids).values_list("pk", "topic_id", "parent__text")
    above = {pk: (known[topic], words or "") for pk, topic, words in placed}
    arrived = _arrivals(ids)
    return tuple(_reply(row, *above[row["id"]], arrived.get(row["id"], 0)) for row in rows)


def _arrivals(ids: Iterable[int]) -> dict[int, int]:
    """The number of the change that brought each line before its readers."""
    changes = Change.objects.filter(statement__in=ids, verb__in=ARRIVING).order_by()
    newest = changes.values("statement").annotate(newest=Max("number"))
    return {pk: number for pk, number in newest.values_list("statement", "newest") if pk is not None}


def _reply(row: Row, place: Mine, above: str, arrived: int) -> Reply:
    return Reply(
        pk=str(row["id"]),
        topic=place.topic,
        stance=row["stance"],
        text=row["text"] or row["refers_to__text"] or "",
        author=author_in(row, place.topic),
        created=row["created"],
        above=above,
        answers=str(row["branch_id"]),
        is_new=place.seen is not None and arrived > place.seen,
        may_answer=place.may(SUGGEST),
    )
