"""One load of a topic for the analysis: plain rows of all its statements, in three queries whatever their number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from debates.analysis.evidence import PassageRecord
from debates.analysis.forest import Record, forest_of
from debates.models import Passage, Source, Statement, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debates.analysis.forest import Forest
    from debates.models import Topic

    type Row = tuple[int, int | None, int | None, str, int, int, int | None, str, str | None]

# A topic with more is not read whole to answer a page: its outline finds what is open in the database.
MOST_STATEMENTS = 50_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What counts of a topic, and the passages of all statements that readers see."""

    forest: Forest
    passages: Sequence[PassageRecord]

    def root(self, pk: int) -> int | None:
        """The root of the branch that `pk` names: itself, or a link's target. None for what is in no count."""
        found = self.forest.records.get(pk)
        return found.branch if found and found.branch in self.forest.records else None


def load(topic: Topic, *, most: int | None = None) -> Loaded | None:
    """`topic` as the analysis reads it; None where it has more than `most` statements. Three queries."""
    columns = (
        "pk", "parent_id", "refers_to_id", "stance", "depth", "position", "author_id", "status", "refers_to__status",
    )  # fmt: skip
    statements = Statement.objects.get_queryset().filter(topic=topic).order_by().values_list(*columns)
    rows: list[Row] = list(statements if most is None else statements[: most + 1])
    if most is not None and len(rows) > most:
        return None
    visible, seen = _visible(rows), _seen(rows)
    passages = [passage for passage in _passages(topic) if passage.statement in seen]
    sources = Counter(Source.objects.filter(statement__topic=topic).order_by().values_list("statement_id", flat=True))
    resting = Counter(passage.statement for passage in passages)
    return Loaded(forest_of([Record(*row[:7], sources[row[0]], resting[row[0]]) for row in visible]), passages)


def _visible(rows: Sequence[Row]) -> list[Row]:
    """The rows of StatementQuerySet.shown()."""
    return [row for row in rows if row[7] == Status.VISIBLE and row[8] in (None, Status.VISIBLE)]


def _seen(rows: Sequence[Row]) -> set[int]:
    """Ids of the visible statements whose passages an essay shows: all but those below a suggestion."""
    hidden = {row[0] for row in rows if row[7] == Status.SUGGESTED}
    if hidden:
        for row in sorted(rows, key=lambda row: row[4]):
            if row[1] in hidden:
                hidden.add(row[0])
    return {row[0] for row in rows if row[7] == Status.VISIBLE} - hidden


def _passages(topic: Topic) -> list[PassageRecord]:
    """Those that have their place, in every essay of the topic."""
    placed = Passage.objects.placed().filter(essay__topic=topic).order_by()
    return [PassageRecord(*row) for row in placed.values_list("pk", "statement_id", "essay_id", "start", "end")]
