"""The language of a Word document, which spelling and a screen reader go by, and its direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from debates.formats.outline import is_right_to_left

if TYPE_CHECKING:
    from docx.document import Document as Paper


def speak(paper: Paper, language: str) -> None:
    """Say the language of all text in `paper`, and its direction."""
    normal = paper.styles["Normal"].element
    spoken = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        spoken.set(qn(name), language)
    run = normal.get_or_add_rPr()
    if is_right_to_left(language):
        normal.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run.append(OxmlElement("w:rtl"))
    run.append(spoken)
