"""The table of debates.formats.csv_table as a workbook (Office Open XML): text stays text, no formula and no link."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from debates.drawing.wrapping import xml_safe
from debates.formats.table import COLUMNS, rows

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from debates.formats.document import Document
    from debates.formats.table import Cell

# What a cell holds at most, by the specification of the program.
LONGEST = 32_767
WIDTHS = {"text": 60, "note": 40, "sources": 40, "author": 18, "created": 26, "updated": 26}
NARROW = 10
# The same document makes the same bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def write(document: Document) -> bytes:
    """One sheet whose header stays in sight and can be filtered by."""
    out = BytesIO()
    # In memory, and plain: nothing that a person typed becomes a number, an address or a formula.
    book = Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": xml_safe(document.title)[:255], "created": _MADE})
    sheet = book.add_worksheet(_("Lines")[:31])
    wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    for place, name in enumerate(COLUMNS):
        sheet.set_column(place, place, WIDTHS.get(name, NARROW), wrapped)
        sheet.write_string(0, place, name, bold)
    last = 0
    for last, row in enumerate(rows(document), 1):
        for place, cell in enumerate(row):
            _put(sheet, last, place, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    book.close()
    return out.getvalue()


def _put(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, xml_safe(cell)[:LONGEST])
