"""A pasted roster: names one a line, a table from a spreadsheet, or a CSV file. Nothing in it is more than a text."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from classrooms.models.pupil import NAME_LENGTH
from classrooms.models.roster import MOST_PUPILS
from debates.models import Refused
from debates.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Lists are pasted by people: longer than this is something else.
LONGEST = 200_000
# Columns by the words that schools write over them, in the languages that the site may meet.
WHOLE = frozenset(
    {"name", "names", "full name", "student", "student name", "pupil", "schüler", "nom complet", "alumno"}
)
GIVEN = frozenset({"first", "first name", "firstname", "given", "given name", "vorname", "prénom", "prenom", "nombre"})
FAMILY = frozenset({
    "last", "last name", "lastname", "family", "family name", "surname", "nachname", "nom", "apellido", "apellidos",
})  # fmt: skip
HEADS = WHOLE | GIVEN | FAMILY
DELIMITERS = "\t;,"
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Row:
    """One name, and the line it stood on."""

    line: int
    name: str

    @property
    def is_formula(self) -> bool:
        return self.name.startswith(FORMULA)

    @property
    def is_too_long(self) -> bool:
        return len(self.name) > NAME_LENGTH


@dataclass
class Roster:
    """What a list comes to: who is new, who is there already, and what a person has to decide."""

    new: list[Row] = field(default_factory=list)
    known: list[Row] = field(default_factory=list)
    repeated: list[Row] = field(default_factory=list)
    too_long: list[Row] = field(default_factory=list)
    blank: int = 0

    @property
    def formulas(self) -> list[Row]:
        return [row for row in self.new if row.is_formula]

    @property
    def is_clear(self) -> bool:
        """Whether it can be stored as it is."""
        return bool(self.new) and not self.repeated and not self.too_long

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.new]

    @property
    def lines(self) -> str:
        """Every name once more, one a line, to be mended."""
        rows = sorted([*self.new, *self.known, *self.repeated, *self.too_long], key=lambda row: row.line)
        return "\n".join(row.name for row in rows)


def read_roster(text: str, known: Iterable[str] = ()) -> Roster:
    """Sort the names in `text`; `known` are those that are on the roster already. Raises Refused.

    Two who have the same name, whatever its case, are told apart by a person: the second is `repeated`.
    """
    if len(text) > LONGEST:
        raise Refused(_("This is more than a list of names. Paste at most 1,000 names."), field="names")
    rows, blank = _rows(text)
    if len(rows) > MOST_PUPILS:
        raise Refused(
            _("These are %(count)d names, and a class has at most 1,000 pupils. Paste fewer.") % {"count": len(rows)},
            field="names",
        )
    roster = Roster(blank=blank)
    there, seen = {name.casefold() for name in known}, set[str]()
    for row in rows:
        key = row.name.casefold()
        _place(roster, row, known=key in there, seen=key in seen).append(row)
        seen.add(key)
    return roster


def _place(roster: Roster, row: Row, *, known: bool, seen: bool) -> list[Row]:
    if row.is_too_long:
        return roster.too_long
    if seen:
        return roster.repeated
    return roster.known if known else roster.new


def _rows(text: str) -> tuple[list[Row], int]:
    """The names with their lines, and how many lines had none."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = _head(lines)
    delimiter, columns = head if head else ("\t" if any("\t" in line for line in lines) else "", None)
    rows: list[Row] = []
    blank = 0
    for number, line in enumerate(lines, 1):
        if head and number == 1:
            continue
        name = clean_line(_name(_cells(line, delimiter), columns))
        if name:
            rows.append(Row(number, name))
        else:
            blank += bool(number < len(lines) or line.strip())
    return rows, blank


def _head(lines: Sequence[str]) -> tuple[str, list[int]] | None:
    """The delimiter, and the columns in the order in which they make a name, if the first line is a heading."""
    first = lines[0]
    for delimiter in (*DELIMITERS, ""):
        cells = [clean_line(cell).casefold() for cell in _cells(first, delimiter)]
        found = [[index for index, cell in enumerate(cells) if cell in heads] for heads in (GIVEN, FAMILY)]
        if all(found):
            return delimiter, [found[0][0], found[1][0]]
        whole = next((index for index, cell in enumerate(cells) if cell in HEADS), None)
        if whole is not None and (delimiter or len(cells) == 1):
            return delimiter, [whole]
    return None


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line. A quotation mark that is never closed is a character like others."""
    if not delimiter:
        return [line]
    return next(csv.reader([line], delimiter=delimiter), [])


def _name(cells: Sequence[str], columns: list[int] | None) -> str:
    """A name from its cells: those of the columns that were headed, or all of them."""
    chosen = cells if columns is None else [cells[column] for column in columns if column < len(cells)]
    return " ".join(filter(None, (cell.strip() for cell in chosen)))
