"""A draft as PDF/UA-1 (ISO 14289-1): tagged, with its title and language, set by Typst in fonts that we keep.

What people wrote goes to a fixed template as data. None of it is ever read as Typst's own markup.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from debates.drafting.paper import paper_of
from debates.formats.glyphs import FAMILIES, Glyphs
from debates.formats.outline import is_right_to_left
from debates.formats.pdf import LONGEST_LINK, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debates.drafting.files import Written
    from debates.drafting.paper import Piece, Span

TEMPLATE = Path(__file__).with_name("draft.typ")
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.IGNORECASE)


def write(draft: Written) -> bytes:
    """The paper. What no font can show is a white square, and said at the end."""
    glyphs, said = Glyphs(), _LANGUAGE.match(draft.language)
    data = {
        "families": FAMILIES, "title": draft.title, "language": said[0].lower() if said else "en",
        "rtl": is_right_to_left(draft.language), "pieces": _pieces(paper_of(draft.text)),
    }  # fmt: skip
    shown: dict[str, Any] = glyphs.shown_in(data)
    return typeset(TEMPLATE, "draft", shown | {"missing": glyphs.missing_words()}, format="pdf", pdf_standards="ua-1")


def _pieces(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    return [_piece(piece) for piece in pieces]


def _piece(piece: Piece) -> dict[str, Any]:
    return {
        "kind": piece.kind, "level": piece.level, "ordered": piece.ordered, "start": piece.start,
        "spans": [_span(span) for span in piece.spans], "within": _pieces(piece.within),
        "items": [_pieces(item) for item in piece.items],
    }  # fmt: skip


def _span(span: Span) -> dict[str, Any]:
    web = span.url.startswith(("http://", "https://")) and len(span.url) < LONGEST_LINK
    return {"text": span.text, "bold": span.bold, "italic": span.italic, "url": span.url if web else ""}
