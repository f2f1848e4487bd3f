"""A topic as a table, for CSV and workbooks: a row for the topic, its question and background, then a row per line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.formats.source_cells import cell_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from debates.formats.document import Document, Line

VOTES = ("votes_0", "votes_1", "votes_2", "votes_3", "votes_4")
COLUMNS = (
    "id", "parent_id", "link_of", "kind", "stance", "text", "note", "group", "author", *VOTES, "sources", "created",
    "updated", "status",
)  # fmt: skip
# Rows about the topic: what `kind` says, and the field of the document that `text` holds.
ABOUT = {"topic": "title", "question": "question", "background": "background", "language": "language"}

type Cell = str | int


def rows(document: Document) -> Iterator[list[Cell]]:
    """The rows under the header, in the order of COLUMNS: whole numbers as numbers, all else as text.

    A link has the words of its target, so that a reader of the table need not look them up.
    """
    for kind, name in ABOUT.items():
        if text := getattr(document, name):
            yield _row({"kind": kind, "text": text})
    words = document.words()
    for line in document.lines:
        yield _row(_cells(line, words[line.id]))


def _row(cells: dict[str, Cell]) -> list[Cell]:
    return [cells.get(name, "") for name in COLUMNS]


def _cells(line: Line, words: str) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "id": line.id, "parent_id": line.parent or "", "link_of": line.refers_to or "", "kind": _kind(line),
        "stance": line.stance, "text": words, "note": line.note, "group": "" if line.group is None else line.group,
        "author": line.author, "sources": cell_of(line.sources), "created": _moment(line.created),
        "updated": _moment(line.updated), "status": line.status,
    }  # fmt: skip
    return cells | dict(zip(VOTES, line.tally or (), strict=False))


def _kind(line: Line) -> str:
    if line.is_link:
        return "link"
    return "argument" if line.parent else "claim"


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""
