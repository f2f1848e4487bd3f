"""Pieces as they come from a parser, in the cells of tables or outside them."""

from __future__ import annotations

from debates.essays.readers.pieces import Piece, row

# Tables within each other lay out a page: only the outermost few are told apart, so that the time stays in proportion.
_MOST_TABLES = 8


class Flow:
    """The pieces so far. Tables, rows and cells must be begun and ended in pairs, as parsers do.

    `tables` is how many had a row of several cells.
    """

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.tables = 0
        self._open: list[bool] = []  # of each open table, whether it has a row of several cells
        self._rows: list[list[list[Piece]]] = []
        self._outside: list[list[Piece]] = []  # the pieces around each open cell

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)

    @property
    def is_in_cell(self) -> bool:
        return bool(self._outside)

    def begin_table(self) -> None:
        self._open.append(False)

    def end_table(self) -> None:
        self.tables += self._open.pop()

    def begin_row(self) -> None:
        if len(self._open) <= _MOST_TABLES:
            self._rows.append([])

    def end_row(self) -> None:
        if len(self._open) > _MOST_TABLES:
            return
        cells = self._rows.pop()
        pieces = row(cells)
        if self._open and len(pieces) < sum(map(len, cells)):
            self._open[-1] = True
        self.pieces += pieces

    def begin_cell(self) -> None:
        if len(self._open) <= _MOST_TABLES:
            self._outside.append(self.pieces)
            self.pieces = []

    def end_cell(self) -> None:
        if len(self._open) > _MOST_TABLES:
            return
        cell, self.pieces = self.pieces, self._outside.pop()
        if self._rows:
            self._rows[-1].append(cell)
        else:
            self.pieces += cell
