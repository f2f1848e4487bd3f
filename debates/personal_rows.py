"""What a section of somebody's data is made of: rows with the names that they have there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.models import QuerySet

    type Row = dict[str, Any]
    # The key of a section, its title, the heading of each column, and the rows.
    type Told = tuple[str, str, Mapping[str, str], Iterator[Row]]


def rows_of(found: QuerySet[Any], **columns: str) -> Iterator[Row]:
    """One row for each of `found`: what its columns are called here, and in the database."""
    for values in found.values_list(*columns.values()).iterator(chunk_size=2_000):
        yield dict(zip(columns, values, strict=True))


def worded(rows: Iterator[Row], name: str, words: Mapping[Any, Any]) -> Iterator[Row]:
    """`rows` with one coded value in the words of the interface."""
    return (row | {name: str(words.get(row[name], row[name]))} for row in rows)
