"""Tables as files: CSV whose cells no spreadsheet calculates, and workbooks in which text stays text."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import HttpResponse
from xlsxwriter import Workbook

from debates.drawing.wrapping import xml_safe
from debates.formats.csv_table import guarded
from debates.formats.sending import POLICY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from classrooms.gradebook.presets import Cell

    type Rows = Iterable[list[Cell]]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The same grades make the same bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def as_csv(rows: Rows) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark. Numbers are written as they are, without zeros at the end."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return "" if cell is None else str(guarded(cell))


def as_workbook(rows: Rows, *, title: str) -> bytes:
    """One sheet, whose head and first column stay in sight."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, options)
    book.set_properties({"title": xml_safe(title)[:255], "created": _MADE})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    sheet.set_column(0, 0, 28)
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            _put(sheet, (at, place), cell, bold if at == 0 else None)
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()


def _put(sheet: Worksheet, place: tuple[int, int], cell: Cell, look: Format | None) -> None:
    if isinstance(cell, int | Decimal):
        sheet.write_number(*place, float(cell))
    elif cell:
        sheet.write_string(*place, xml_safe(cell), look)


def file_response(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Always an attachment, of which no cache keeps a copy."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def csv_response(rows: Rows, name: str) -> HttpResponse:
    return file_response(as_csv(rows), f"{name}.csv", "text/csv; charset=utf-8")
