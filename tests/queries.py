"""Counting what a request asks of the database."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

if TYPE_CHECKING:
    from collections.abc import Iterator

# They open, close and nest transactions, and carry no data.
TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK", "SET CONSTRAINTS")


@contextmanager
def data_queries() -> Iterator[list[str]]:
    """The SQL of what runs inside, transaction statements left out; complete once the block has ended."""
    asked: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield asked
    asked += [query["sql"] for query in captured if not query["sql"].upper().startswith(TRANSACTION)]
