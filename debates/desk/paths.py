"""Which of some statements hang on a claim by lines that all show: walked upwards in the database, never read whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence

# What debates.analysis counts hangs on lines that show. What is only read needs lines that were once accepted: the
# place of one that was taken back stays, with its replies.
COUNTED, READ = "p.status = 'visible'", "p.status <> 'suggested'"

_HANGING = """
WITH RECURSIVE up(topic_id, about, above) AS (
 {found}
 UNION ALL
 SELECT up.topic_id, up.about, p.parent_id FROM up JOIN debates_statement p ON p.id = up.above WHERE {passes})
SELECT topic_id, about FROM up WHERE above IS NULL ORDER BY about DESC"""


class Candidates(NamedTuple):
    """SQL that selects the topic, the id of what is asked about, and the line above it; with its parameters."""

    sql: str
    params: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Hanging:
    """`ids` are newest first; `by_topic` counts them."""

    ids: Sequence[int]
    by_topic: Counter[int]


def hanging(candidates: Candidates, passes: str) -> Hanging:
    """Those of the candidates above which every line `passes`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_HANGING.format(found=candidates.sql, passes=passes), candidates.params)
        rows = cursor.fetchall()
    return Hanging([about for _topic, about in rows], Counter(topic for topic, _about in rows))


def marks(values: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"
