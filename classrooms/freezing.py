"""A map as a document of our own format, as teachers read it: suggestions that wait are in it, and what was removed.

What its author took back has no words in it. The same rows serve the whole map, frozen at the cut-off, and one
person's lines of the map as it is now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from debates.formats.sections import topic_row
from debates.models import Essay, Passage, Pseudonym, Source, Statement, Status, Vote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from debates.models import Topic

    type Row = dict[str, Any]
    type Rows = dict[str, Any]


def document_of(topic: Topic, *, author: int | None = None) -> Rows:
    """The map in the sections of debates.formats.native; with `author` that person's lines, which are `own` in it, and
    those right above.

    Six queries, whatever the size. The author of a line is the name that readers of the topic see.
    """
    lines = Statement.objects.filter(topic=topic)
    own = lines
    if author is not None:
        own = lines.filter(author=author)
        lines = lines.filter(Q(author=author) | Q(pk__in=own.values("parent")))
    return {
        "format": "counterpoint", "version": 1, "topic": _written(topic_row(topic)), "essays": _essays(topic, author),
        "statements": _statements(topic, lines, author), "sources": _sources(own), "passages": _passages(own),
        "comments": [], "tallies": _tallies(own),
    }  # fmt: skip


def writers_of(topic: Topic) -> dict[int, int]:
    """Who wrote each line, by numbers."""
    rows = Statement.objects.filter(topic=topic, author__isnull=False).order_by()
    return dict(rows.values_list("pk", "author_id"))


def _written(row: Row) -> Row:
    """A row whose moments are text, as JSON has them."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def _essays(topic: Topic, author: int | None) -> list[Row]:
    fields = ("pk", "title", "author", "source") + (() if author else ("text",))
    rows = Essay.objects.filter(topic=topic).order_by("pk").values(*fields)
    return [{"id": row.pop("pk"), "text": row.pop("text", "")} | row for row in rows]


def _statements(topic: Topic, lines: QuerySet[Statement], author: int | None) -> list[Row]:
    names = dict(Pseudonym.objects.filter(topic=topic).values_list("user_id", "name"))
    fields = (
        "pk", "parent_id", "stance", "text", "note", "refers_to_id", "premise_group", "status", "position", "author_id",
        "created", "updated", "version",
    )  # fmt: skip
    rows = lines.order_by("depth", "position", "pk").values(*fields)
    own = [{} if author is None else {"own": row["author_id"] == author} for row in rows]
    return [_statement(row, names) | more for row, more in zip(rows, own, strict=True)]


def _statement(row: Row, names: dict[int, str]) -> Row:
    row |= {"id": row.pop("pk"), "parent": row.pop("parent_id"), "refers_to": row.pop("refers_to_id")}
    row["author"] = names.get(row.pop("author_id"), "")
    if row["status"] == Status.WITHDRAWN:
        row |= {"text": "", "note": ""}
    return _written(row)


def _sources(own: QuerySet[Statement]) -> list[Row]:
    rows = Source.objects.filter(statement__in=own.values("pk")).order_by("pk")
    return [{"statement": row.pop("statement_id")} | row for row in rows.values("statement_id", *Source.FIELDS)]


def _passages(own: QuerySet[Statement]) -> list[Row]:
    rows = Passage.objects.filter(statement__in=own.values("pk")).order_by("statement", "start", "pk")
    fields = ("statement_id", "essay_id", "start", "end", "quote", "lost")
    return [{"statement": row.pop("statement_id"), "essay": row.pop("essay_id")} | row for row in rows.values(*fields)]


def _tallies(own: QuerySet[Statement]) -> list[Row]:
    counts: defaultdict[int, Counter[int]] = defaultdict(Counter)
    votes: Iterable[tuple[int, int, int]] = (
        Vote.objects.filter(statement__in=own.values("pk"))
        .order_by()
        .values_list("statement_id", "value")
        .annotate(Count("pk"))
    )
    for statement, value, count in votes:
        counts[statement][value] = count
    return [{"statement": pk, "counts": [found[value] for value in range(5)]} for pk, found in counts.items()]
