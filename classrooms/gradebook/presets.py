"""The gradebook as the tables that other systems read. Grades stay numbers; the headers are theirs, letter by letter.

Canvas finds pupils by the columns Student to Section and overwrites what is there; empty cells change nothing. Moodle
asks at the import which column is which. Google Classroom reads no file: its table is laid out as the one it gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal

    from django_stubs_ext import StrOrPromise

    from classrooms.gradebook.reading import Gradebook, Line

    type Cell = str | int | Decimal | None
    type Table = Iterator[list[Cell]]


@dataclass(frozen=True, slots=True)
class Preset:
    """A file: how it is called, for whom, and its rows. `drafts` has what no pupil has seen yet in it."""

    name: str
    title: StrOrPromise
    purpose: StrOrPromise
    rows: Callable[[Gradebook, bool], Table]
    extension: str = "csv"


def canvas(book: Gradebook, drafts: bool) -> Table:
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *book.titles()]
    yield ["    Points Possible", "", "", "", "", *_possible(book)]
    for line in book.lines:
        yield [str(line.pupil), "", "", "", book.classroom.name, *_grades(line, drafts)]


def moodle(book: Gradebook, drafts: bool) -> Table:
    yield ["First name", "Last name", "ID number", "Email address", *(f"{each} (Real)" for each in book.titles())]
    for line in book.lines:
        first, last = split_name(str(line.pupil))
        yield [first, last, "", "", *_grades(line, drafts)]


def google(book: Gradebook, drafts: bool) -> Table:
    yield ["Last Name", "First Name", "Email Address", *book.titles()]
    yield ["Points", "", "", *_possible(book)]
    for line in book.lines:
        first, last = split_name(str(line.pupil))
        yield [last, first, "", *_grades(line, drafts)]


def plain_table(book: Gradebook, drafts: bool) -> Table:
    yield [_("Name"), *book.titles()]
    yield [_("Points that can be had"), *_possible(book)]
    for line in book.lines:
        yield [str(line.pupil), *_grades(line, drafts)]


def _possible(book: Gradebook) -> list[Cell]:
    return [assignment.points for assignment in book.assignments]


def _grades(line: Line, drafts: bool) -> list[Cell]:
    return [entry.told(drafts=drafts) for entry in line.entries]


def split_name(name: str) -> tuple[str, str]:
    """First and last name of “Ada Lovelace” or “Lovelace, Ada”. One word is a first name."""
    last, comma, first = name.partition(",")
    if comma:
        return first.strip(), last.strip()
    first, _space, last = name.rpartition(" ")
    return (first, last) if first else (last, "")


_ALL = (
    Preset("canvas", "Canvas", gettext_lazy("the columns of Canvas, without its IDs"), canvas),
    Preset("moodle", "Moodle", gettext_lazy("to import there: Moodle asks which column is which"), moodle),
    Preset("google", "Google Classroom", gettext_lazy("laid out as its own table, to copy from"), google),
    Preset("plain", "CSV", gettext_lazy("names and points, for any spreadsheet"), plain_table),
    Preset("xlsx", "Excel", gettext_lazy("the same as a workbook"), plain_table, "xlsx"),
)
PRESETS: dict[str, Preset] = {each.name: each for each in _ALL}
