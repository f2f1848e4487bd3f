"""Full-text search over statements: one function, two indexes. SQLite has FTS5, PostgreSQL a GIN index.

Both index `search_text`, which is folded in Python (no accents, no case), so both engines find the same.
Every word must begin a word of the text: "prize" finds "prizes".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models.expressions import RawSQL

from debates.models import Statement, Status
from debates.text import fold

if TYPE_CHECKING:
    from debates.models.statement import StatementQuerySet

MOST_WORDS = 12

_SQLITE = "SELECT rowid FROM debates_statement_fts WHERE debates_statement_fts MATCH %s"
# MATERIALIZED: else PostgreSQL, which expects far more hits than there are, walks all statements in order instead.
_POSTGRESQL = (
    "WITH found AS MATERIALIZED (SELECT id FROM debates_statement"
    " WHERE to_tsvector('simple', search_text) @@ to_tsquery('simple', %s)) SELECT id FROM found"
)


def statements_matching(query: str, *, any_word: bool = False) -> StatementQuerySet:
    """Visible statements that hold every word of `query` (or any), newest first."""
    words = fold(query).split()[:MOST_WORDS]
    found = Statement.objects.get_queryset().filter(status=Status.VISIBLE)
    if not words:
        return found.none()
    if connection.vendor == "sqlite":
        condition, term = _SQLITE, (" OR " if any_word else " ").join(f'"{word}"*' for word in words)
    else:
        condition, term = _POSTGRESQL, (" | " if any_word else " & ").join(f"{word}:*" for word in words)
    return found.filter(pk__in=RawSQL(condition, [term])).order_by("-pk")  # noqa: S611 - the term is a parameter


SQLITE_INDEX = (
    "CREATE VIRTUAL TABLE debates_statement_fts USING fts5("
    "search_text, content='debates_statement', content_rowid='id', tokenize='unicode61 remove_diacritics 0',"
    " prefix='2 3')",
    "CREATE TRIGGER debates_statement_fts_insert AFTER INSERT ON debates_statement BEGIN"
    " INSERT INTO debates_statement_fts(rowid, search_text) VALUES (new.id, new.search_text); END",
    "CREATE TRIGGER debates_statement_fts_delete AFTER DELETE ON debates_statement BEGIN"
    " INSERT INTO debates_statement_fts(debates_statement_fts, rowid, search_text)"
    " VALUES ('delete', old.id, old.search_text); END",
    "CREATE TRIGGER debates_statement_fts_update AFTER UPDATE OF search_text ON debates_statement BEGIN"
    " INSERT INTO debates_statement_fts(debates_statement_fts, rowid, search_text)"
    " VALUES ('delete', old.id, old.search_text);"
    " INSERT INTO debates_statement_fts(rowid, search_text) VALUES (new.id, new.search_text); END",
    "INSERT INTO debates_statement_fts(debates_statement_fts) VALUES ('rebuild')",
)
POSTGRESQL_INDEX = (
    "CREATE INDEX debates_statement_search ON debates_statement USING gin (to_tsvector('simple', search_text))",
)
