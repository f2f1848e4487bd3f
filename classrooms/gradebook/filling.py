"""The grades put into a table that Canvas itself gave, whose headers, IDs and other cells stay as they are.

Canvas finds people by its own IDs, which only its export has. Pupils are found by their names there, whichever comes
first in them; who is not found, or has a namesake, is told and left as they are. Empty grades change nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from classrooms.gradebook.presets import split_name
from debates.formats.csv_table import unguarded
from debates.models import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classrooms.gradebook.presets import Cell
    from classrooms.gradebook.reading import Gradebook

STUDENT = "Student"
POSSIBLE = "Points Possible"
MOST_ROWS = 5_000
# Canvas writes the number of its assignment after the title.
_NUMBER = re.compile(r"\s*\(\d+\)$")


@dataclass
class Filled:
    """The table, and the pupils with a grade who stand in no row of it."""

    rows: list[list[Cell]]
    missing: list[str] = field(default_factory=list)


def fill(text: str, book: Gradebook, *, drafts: bool) -> Filled:
    """Put the grades of `book` into the table `text`. Raises Refused where that is no export of Canvas."""
    table = _table(text)
    head, rows = table[0], _padded(table)
    places = [_place(rows, title) for title in book.titles()]
    for place, assignment in zip(places, book.assignments, strict=True):
        _note_possible(rows, place, assignment.points)
    by_name = _by_name(rows, head.index(STUDENT))
    namesakes = Counter(_key(str(line.pupil)) for line in book.lines)
    missing = []
    for line in book.lines:
        points = [entry.told(drafts=drafts) for entry in line.entries]
        key = _key(str(line.pupil))
        row = by_name.get(key)
        if row is None or namesakes[key] > 1:
            missing += [str(line.pupil)] if any(each is not None for each in points) else []
            continue
        for place, each in zip(places, points, strict=True):
            row[place] = row[place] if each is None else each
    return Filled(rows, missing)


def _table(text: str) -> list[list[str]]:
    try:
        rows = list(_read(text))
    except csv.Error:
        raise Refused(_("This file cannot be read as CSV."), field="file") from None
    if not rows or STUDENT not in rows[0]:
        raise Refused(_("This is no export of Canvas: no column is called Student."), field="file")
    if len(rows) > MOST_ROWS:
        raise Refused(_("This table has more than 5,000 rows."), field="file")
    return rows


def _read(text: str) -> Iterator[list[str]]:
    for row in csv.reader(io.StringIO(text, newline=""), strict=True):
        if row:
            yield [unguarded(cell) for cell in row]


def _padded(table: list[list[str]]) -> list[list[Cell]]:
    width = max(len(row) for row in table)
    return [[*row, *[""] * (width - len(row))] for row in table]


def _place(rows: list[list[Cell]], title: str) -> int:
    """The column of an assignment; a new one at the end where the table has none of this title."""
    names = [str(cell) for cell in rows[0]]
    found = [at for at, name in enumerate(names) if title in {name, _NUMBER.sub("", name)}]
    if found:
        return found[0]
    for row in rows:
        row.append("")
    rows[0][-1] = title
    return len(names)


def _note_possible(rows: list[list[Cell]], place: int, points: int) -> None:
    """Say how many points there are, where Canvas has a row for it and does not know."""
    for row in rows[1:3]:
        if str(row[0]).strip() == POSSIBLE and not row[place]:
            row[place] = points


def _by_name(rows: list[list[Cell]], column: int) -> dict[tuple[str, ...], list[Cell]]:
    """Rows by the name in them, but for names that stand there twice."""
    people = [row for row in rows[1:] if str(row[column]).strip() not in {"", POSSIBLE}]
    counts = Counter(_key(str(row[column])) for row in people)
    return {key: row for row in people if counts[key := _key(str(row[column]))] == 1}


def _key(name: str) -> tuple[str, ...]:
    """A name as it is compared: “Lovelace, Ada” is “Ada Lovelace”."""
    return tuple(" ".join(split_name(name)).casefold().split())
