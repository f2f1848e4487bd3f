"""CSV (RFC 4180) as spreadsheets read and write it: UTF-8 with a byte order mark, a header, a row per line.

A cell that a spreadsheet would take for a formula begins with an apostrophe, which is taken off again when the file
is read. The columns are those of debates.formats.table.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from debates.formats.table import COLUMNS, rows
from debates.formats.table_reading import draft_from
from debates.formats.texts import decoded

if TYPE_CHECKING:
    from debates.formats.document import Document
    from debates.formats.drafts import Draft
    from debates.formats.table import Cell

# As OWASP lists them; the wide ones are what East Asian keyboards give, and count as well.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def write(document: Document) -> bytes:
    """The table of `document`, with commas and CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in row] for row in rows(document))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read(data: bytes) -> Draft:
    """The draft of a table with a header, separated by commas, semicolons or tabs. Raises Unreadable."""
    return draft_from(decoded(data), unguarded)


def guarded(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from calculating it."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
