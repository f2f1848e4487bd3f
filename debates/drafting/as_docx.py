"""A draft as a Word document (Office Open XML): real headings, lists, block quotations and hanging references."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt

from debates.drafting.docx_lists import Lists
from debates.drafting.paper import paper_of
from debates.drawing.wrapping import xml_safe
from debates.formats.docx_language import speak
from debates.formats.docx_outline import MADE, undated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.text.paragraph import Paragraph

    from debates.drafting.files import Written
    from debates.drafting.paper import Piece, Span

STEP = Cm(1)
LINE_SPACING = 1.5
LONGEST_LINK = 2_000
MOST_HEADINGS = 9


def write(draft: Written) -> bytes:
    """The document. The same draft makes the same bytes."""
    writing = _Writing(draft)
    writing.add(paper_of(draft.text))
    out = BytesIO()
    writing.paper.save(out)
    return undated(out)


class _Writing:
    def __init__(self, draft: Written) -> None:
        self.paper = docx.Document()
        core = self.paper.core_properties
        core.title, core.language, core.author, core.comments = xml_safe(draft.title)[:255], draft.language, "", ""
        core.created = core.modified = MADE
        core.last_modified_by, core.revision = "", 1
        speak(self.paper, draft.language)
        self.lists = Lists(self.paper)
        self.styles: dict[str, str] = {}
        self._make_styles()
        self._paragraph("Title").add_run(xml_safe(draft.title))

    def _make_styles(self) -> None:
        """The looks of what an essay has; a person changes them in one place."""
        styles: Any = self.paper.styles
        styles["Normal"].paragraph_format.line_spacing = LINE_SPACING
        styles["Normal"].paragraph_format.space_after = Pt(8)
        quote = styles["Quote"]
        quote.font.italic, quote.font.color.rgb = False, None
        quote.paragraph_format.left_indent = quote.paragraph_format.right_indent = STEP
        reference = styles.add_style("Reference", WD_STYLE_TYPE.PARAGRAPH)
        reference.base_style = styles["Normal"]
        reference.paragraph_format.left_indent, reference.paragraph_format.first_line_indent = STEP, -STEP
        code = styles.add_style("Code", WD_STYLE_TYPE.PARAGRAPH)
        code.base_style, code.font.name = styles["Normal"], "Courier New"
        for style in styles:
            self.styles[style.name] = style.style_id

    # -- blocks --------------------------------------------------------------------------------------------------------

    def add(self, pieces: Sequence[Piece], *, quoted: int = 0, listed: int = 0) -> None:
        """`pieces`, `quoted` quotations and `listed` lists deep."""
        for piece in pieces:
            if piece.kind == "quote":
                self.add(piece.within, quoted=quoted + 1, listed=listed)
            elif piece.kind == "list":
                self._list(piece, quoted=quoted, listed=listed)
            else:
                self._write(piece, quoted=quoted, listed=listed)

    def _write(self, piece: Piece, *, quoted: int, listed: int) -> Paragraph:
        made = self._paragraph(self._style_of(piece, quoted))
        depth = listed + quoted
        if piece.kind not in ("heading", "reference") and depth and (listed or quoted > 1):
            made.paragraph_format.left_indent = STEP * depth
        self._runs(made, piece.spans)
        return made

    def _style_of(self, piece: Piece, quoted: int) -> str:
        if piece.kind == "heading":
            return f"Heading {min(piece.level - 1, MOST_HEADINGS)}"
        if piece.kind in ("code", "reference"):
            return piece.kind.title()
        return "Quote" if quoted else "Normal"

    def _list(self, piece: Piece, *, quoted: int, listed: int) -> None:
        number = self.lists.begin(ordered=piece.ordered, start=piece.start, level=listed)
        for item in piece.items:
            first, rest = (item[:1], item[1:]) if item and item[0].kind == "paragraph" else ([], item)
            made = self._paragraph("List Paragraph")
            for each in first:
                self._runs(made, each.spans)
            self.lists.put(made, number, level=listed)
            self.add(rest, quoted=quoted, listed=listed + 1)

    def _paragraph(self, style: str) -> Paragraph:
        made = self.paper.add_paragraph()
        made._p.style = self.styles[style]
        return made

    # -- words ---------------------------------------------------------------------------------------------------------

    def _runs(self, paragraph: Paragraph, spans: Sequence[Span]) -> None:
        for span in spans:
            run = paragraph.add_run(xml_safe(span.text))
            run.bold, run.italic = span.bold or None, span.italic or None
            if span.code:
                run.font.name = "Courier New"
            if span.url.startswith(("http://", "https://")) and len(span.url) < LONGEST_LINK:
                link = OxmlElement("w:hyperlink")
                target = self.paper.part.relate_to(xml_safe(span.url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                link.set(qn("r:id"), target)
                run.font.underline = True
                link.append(run._r)
                paragraph._p.append(link)
