"""{% essay_pieces part %}: a paragraph with its passages. No space may come between two pieces, so no loop stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString

from debates.stencil import fill

if TYPE_CHECKING:
    from debates.reading import Part, Piece

register = template.Library()

PIECE, ANCHOR, NUMBER = "debates/_essay_piece.html", "debates/_essay_anchor.html", "debates/_essay_number.html"


@register.simple_tag
def essay_pieces(part: Part) -> SafeString:
    return SafeString("".join([_piece(piece) for piece in part.pieces]))


def _piece(piece: Piece) -> SafeString:
    first, *further = piece.anchors or [""]
    kind = (
        ("marked", piece.marked), ("stance", piece.stance), ("anchored", bool(first)), ("unused", bool(piece.unused)),
    )  # fmt: skip
    numbers = [fill(NUMBER, (("stance", number.stance),), {"number": str(number.number)}) for number in piece.numbers]
    blanks = {
        "text": piece.text, "anchor": first, "sentence": str(piece.unused), "numbers": SafeString("".join(numbers)),
        "further": SafeString("".join([fill(ANCHOR, (), {"anchor": anchor}) for anchor in further])),
    }  # fmt: skip
    return fill(PIECE, kind, blanks)
