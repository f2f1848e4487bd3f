"""A Word document (Office Open XML) of the outline: headings are claims, numbered paragraphs their arguments.

“Because” and “But” are written out, so that the paper reads aloud. A link names the number of the line it repeats.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from django.utils.translation import gettext as _
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt

from debates.drawing.wrapping import xml_safe
from debates.formats.docx_language import speak
from debates.formats.outline import described, outline_of, see_words

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

    from debates.formats.document import Document, SourceCard
    from debates.formats.outline import Entry

# Beyond this level lines are indented no further: there would be no room for words.
LEVELS_INDENTED = 12
STEP = Cm(0.6)
NUMBER_WIDTH = Cm(1.6)
# The same document makes the same bytes.
MADE = datetime(2000, 1, 1)


def write(document: Document) -> bytes:
    """The paper of `document`."""
    writing = _Writing(document)
    outline = outline_of(document)
    writing.introduce(document)
    for entry in outline.entries:
        writing.add(entry)
    if outline.sources:
        writing.list_sources(outline.sources)
    out = BytesIO()
    writing.paper.save(out)
    return undated(out)


class _Writing:
    """A paper while it is being written."""

    def __init__(self, document: Document) -> None:
        self.paper = docx.Document()
        # The name of each style in the file: to look it up for every paragraph takes most of the time.
        self.styles = {name: self.paper.styles[name].style_id for name in ("Title", "Subtitle", "Heading 1")}
        self._name(document)
        speak(self.paper, document.language)
        self._make_styles()

    # -- the paper itself ----------------------------------------------------------------------------------------------

    def _name(self, document: Document) -> None:
        core = self.paper.core_properties
        core.title, core.subject = xml_safe(document.title)[:255], xml_safe(document.question)[:255]
        core.language, core.author, core.comments = document.language, "", ""
        core.created = core.modified = MADE
        core.last_modified_by, core.revision = "", 1

    def _make_styles(self) -> None:
        for level in range(1, LEVELS_INDENTED + 1):
            style = self._style(f"Argument {level}", indent=STEP * (level - 1) + NUMBER_WIDTH)
            style.paragraph_format.first_line_indent = -NUMBER_WIDTH
            style.paragraph_format.tab_stops.add_tab_stop(STEP * (level - 1) + NUMBER_WIDTH)
            self._style(f"Note {level}", indent=STEP * (level - 1) + NUMBER_WIDTH).font.size = Pt(10)
        self._style("Note 0", indent=0).font.size = Pt(10)
        source = self._style("Source", indent=Cm(1))
        source.paragraph_format.first_line_indent = -Cm(1)
        source.paragraph_format.tab_stops.add_tab_stop(Cm(1))
        self._style("Quotation", indent=Cm(1)).font.italic = True

    def _style(self, name: str, *, indent: int) -> Any:
        style: Any = self.paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self.paper.styles["Normal"]
        style.paragraph_format.left_indent = indent
        style.paragraph_format.space_after = Pt(4)
        self.styles[name] = style.style_id
        return style

    # -- what stands on it ---------------------------------------------------------------------------------------------

    def introduce(self, document: Document) -> None:
        self._paragraph(document.title, "Title")
        if document.question:
            self._paragraph(document.question, "Subtitle")
        self._paragraphs(document.background, "Note 0")

    def add(self, entry: Entry) -> None:
        """A heading or a numbered paragraph, and the note below."""
        level = min(entry.depth, LEVELS_INDENTED)
        made = self._paragraph(f"{entry.number}\t", f"Argument {level}" if level else "Heading 1")
        if entry.word:
            made.add_run(f"{entry.word} ").bold = True
        text = made.add_run(xml_safe(entry.text))
        text.italic = entry.line.gone or None
        after = "".join(f" [{mark}]" for mark in entry.marks) + (f" ({see_words(entry.see)})" if entry.see else "")
        if after:
            made.add_run(after)
        if entry.line.author:
            made.add_run(f" – {xml_safe(entry.line.author)}").font.size = Pt(9)
        self._paragraphs(entry.line.note, f"Note {level}")

    def list_sources(self, sources: list[SourceCard]) -> None:
        self._paragraph(_("Sources"), "Heading 1")
        for mark, card in enumerate(sources, 1):
            made = self._paragraph(f"[{mark}]\t{described(card)}", "Source")
            if card.url and described(card) != card.url:
                self._link(made, card.url)
            self._paragraphs(card.quotation, "Quotation")

    def _paragraph(self, text: str, style: str) -> Paragraph:
        made = self.paper.add_paragraph(xml_safe(text))
        made._p.style = self.styles[style]
        return made

    def _paragraphs(self, text: str, style: str) -> None:
        for paragraph in filter(None, text.split("\n\n")):
            self._paragraph(paragraph, style)

    def _link(self, paragraph: Paragraph, url: str) -> None:
        """The address, to follow where it is one of the web."""
        paragraph.add_run(" ")
        run = paragraph.add_run(xml_safe(url))
        if url.startswith(("http://", "https://")):
            link = OxmlElement("w:hyperlink")
            link.set(
                qn("r:id"), self.paper.part.relate_to(xml_safe(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            )
            run.font.underline = True
            link.append(run._r)
            paragraph._p.append(link)


def undated(file: BytesIO) -> bytes:
    """The same archive without the time at which it was made."""
    out = BytesIO()
    with ZipFile(file) as made, ZipFile(out, "w", ZIP_DEFLATED) as plain:
        for name in made.namelist():
            info = ZipInfo(name)  # of 1980
            info.compress_type = ZIP_DEFLATED
            plain.writestr(info, made.read(name))
    return out.getvalue()
