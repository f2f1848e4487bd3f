"""The pieces that a text is put together from, whichever file they come from: paragraphs, headings, items, rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A longer “heading” is a paragraph that somebody made large.
LONGEST_HEADING = 300
DEEPEST_HEADING = 6
# Cells with longer texts, or with several paragraphs, lay out a page; they are no rows of a table.
LONGEST_CELL = 200
BULLET = "-"
BAR = " | "
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Piece(NamedTuple):
    """A paragraph (level 0), or a heading of a level from 1 to 6."""

    text: str
    level: int = 0


def joined(pieces: Iterable[Piece]) -> str:
    """The text of an essay: `pieces` apart by empty lines, headings marked with "#"."""
    return "\n\n".join(said for said in map(_said, pieces) if said)


def _said(piece: Piece) -> str:
    lines = [" ".join(line.split()) for line in piece.text.split("\n")]
    text = "\n".join(lines).strip("\n")
    if not text or not piece.level or len(text) > LONGEST_HEADING:
        return text
    return f"{'#' * min(piece.level, DEEPEST_HEADING)} {' '.join(text.split())}"


def heading_of(pieces: Sequence[Piece], *, within: int = 1) -> str:
    """The heading of level 1 among the first pieces, which is the title of the text; nothing where there is none."""
    headings = (piece.text for piece in pieces[:within] if piece.level == 1 and len(piece.text) <= LONGEST_HEADING)
    return next(headings, "")


def item(marker: str, text: str) -> str:
    """An item of a list: "- it" or "1) it". A number with a full stop would end a sentence."""
    return f"{marker} {text.strip()}" if text.strip() else ""


def number(count: int, kind: str) -> str:
    """The marker of an item: its number as "decimal", "letter" or "roman"."""
    if kind == "letter" and 1 <= count <= 26:
        return f"{chr(ord('a') + count - 1)})"
    if kind == "roman" and 1 <= count < 40:
        return f"{_roman(count)})"
    return f"{count})"


def _roman(count: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        said, count = said + letters * (count // value), count % value
    return said


def row(cells: Sequence[Sequence[Piece]]) -> list[Piece]:
    """The pieces of a row of a table: one with a bar between the cells, or as they are where they lay out a page."""
    filled = [[piece for piece in cell if piece.text.strip()] for cell in cells]
    pieces = [piece for cell in filled for piece in cell]
    is_table = all(len(cell) <= 1 for cell in filled) and all(len(piece.text) <= LONGEST_CELL for piece in pieces)
    if len(pieces) > 1 and is_table:
        return [Piece(BAR.join(" ".join(piece.text.split()) for piece in pieces))]
    return pieces


def left_out(*, pictures: int = 0, footnotes: int = 0) -> str:
    """The sentence that says what is not in the text, or nothing."""
    counted = [
        ngettext("%(count)s picture", "%(count)s pictures", pictures) % {"count": pictures} if pictures else "",
        ngettext("%(count)s footnote", "%(count)s footnotes", footnotes) % {"count": footnotes} if footnotes else "",
    ]
    things = [thing for thing in counted if thing]
    if not things:
        return ""
    listed = _("%(one)s and %(other)s") % {"one": things[0], "other": things[1]} if things[1:] else things[0]
    return _("Left out: %(things)s.") % {"things": listed}


def tables_kept(tables: int) -> str:
    """The sentence that says how tables were read, or nothing."""
    if not tables:
        return ""
    return (
        ngettext(
            "%(count)s table is read as text, a row to a paragraph.",
            "%(count)s tables are read as text, a row to a paragraph.",
            tables,
        )
        % {"count": tables}
    )  # fmt: skip
