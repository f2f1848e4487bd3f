"""XLSX: a workbook that another library reads, and in which nothing calculates."""

from __future__ import annotations

import csv
import io
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from debates.formats.document import Document, Line, SourceCard
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import TRAPS, full_document

XLSX = FORMATS["xlsx"]


def sheet_of(data: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_workbook_has_the_cells_of_the_table() -> None:
    table = csv.reader(io.StringIO(FORMATS["csv"].write(full_document()).decode("utf-8-sig"), newline=""))
    rows = sheet_of(XLSX.write(full_document())).iter_rows(values_only=True)

    assert [["" if cell is None else str(cell) for cell in row] for row in rows] == list(table)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_workbook_has_no_formula(sign: str) -> None:
    traps = [*TRAPS, f"{sign}1+1", f'{sign}HYPERLINK("https://x.org")', f"{{{sign}1}}"]
    lines = [Line(str(at), text=text, note=text, author=text) for at, text in enumerate(traps)]
    lines[0].sources = [SourceCard(f"{sign}1", "https://x.org")]
    sheet = sheet_of(XLSX.write(Document(title=f"{sign}1", lines=lines)))
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]

    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell for cell in cells if cell.hyperlink] == []
    assert [sheet.cell(row, 6).value for row in range(4, 4 + len(traps))] == traps


def test_workbook_writes_votes_as_numbers() -> None:
    sheet = sheet_of(XLSX.write(full_document()))

    assert [sheet.cell(6, column).value for column in range(10, 15)] == [1, 0, 2, 0, 5]


def test_workbook_keeps_its_header_in_sight() -> None:
    sheet = sheet_of(XLSX.write(full_document()))

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:R12"
    assert sheet.column_dimensions["F"].width > 50


def test_workbook_is_the_same_whenever_it_is_written() -> None:
    dates = {info.date_time for info in ZipFile(io.BytesIO(XLSX.write(full_document()))).infolist()}
    properties = ZipFile(io.BytesIO(XLSX.write(full_document()))).read("docProps/core.xml").decode()

    assert {date[0] for date in dates} == {1980}
    assert properties.count("2000-01-01T00:00:00Z") == 2
