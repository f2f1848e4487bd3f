"""The map as a picture (PNG): the SVG drawing, set by Typst in fonts that we keep."""

from __future__ import annotations

from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from debates.formats.glyphs import FAMILIES, Glyphs
from debates.formats.pdf import typeset
from debates.formats.svg import map_of, render

if TYPE_CHECKING:
    from debates.formats.document import Document

TEMPLATE = Path(__file__).parent / "picture.typ"
SCALE = 2.0  # pixels for a unit of the drawing
# A larger map has fewer pixels for a unit: this is what a server can spare, and what viewers open.
MOST_PIXELS = 32_000_000
POINTS_PER_INCH = 72


def write(document: Document) -> bytes:
    """The picture of `document`. What no font can show is a white square."""
    drawn = map_of(document)
    scale = min(SCALE, sqrt(MOST_PIXELS / (drawn.width * drawn.height)))
    svg = Glyphs().shown_in(render(document, drawn, ", ".join(FAMILIES)))
    data = {"svg": svg, "width": drawn.width, "height": drawn.height}
    return typeset(TEMPLATE, "map", data, format="png", ppi=scale * POINTS_PER_INCH)
