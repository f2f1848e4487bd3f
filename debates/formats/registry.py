"""Every format by its name in addresses and commands: what it keeps, and the module that writes and reads it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from debates.formats.drafts import MOST_LINES, Unreadable
from debates.formats.features import ALL, Feature, Loss, counts_of, kept, losses
from debates.formats.glyphs import unshown_in
from debates.formats.mending import mend
from debates.formats.settling import settle

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from debates.formats.document import Document
    from debates.formats.drafts import Draft

# A file that is read, in bytes.
MOST_BYTES = 10_000_000
# Beyond these many lines a format is refused rather than written for minutes.
MANY, SOME, FEW = MOST_LINES, 20_000, 3_000
MERMAID = 500  # it refuses more arrows in one diagram, and no diagram can ask for more

SET_IN_OUR_FONTS = {"pdf", "png"}

_TREE = frozenset({Feature.SUPPORTS, Feature.LINKS})
_CARDS = frozenset({Feature.SOURCES, Feature.SOURCE_DETAILS})
_PEOPLE = frozenset({Feature.AUTHORS, Feature.DATES})
_ABOUT = frozenset({Feature.QUESTION, Feature.BACKGROUND, Feature.LANGUAGE})
_TABLE = _TREE | _PEOPLE | _ABOUT | {
    Feature.SOURCES, Feature.NOTES, Feature.GROUPS, Feature.TALLIES, Feature.TAKEN_BACK,
}  # fmt: skip
_DRAWN = frozenset({Feature.SUPPORTS, Feature.TAKEN_BACK})
_PAGE = _TREE | _CARDS | _ABOUT | {Feature.NOTES, Feature.AUTHORS, Feature.TAKEN_BACK}


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is called, what it keeps, who writes and reads it.

    `module` holds write(Document) -> bytes and read(bytes) -> Draft, as far as `writes` and `reads` say.
    """

    name: str
    title: StrOrPromise
    purpose: StrOrPromise
    extension: str
    media_type: str
    keeps: frozenset[Feature]
    module: str
    writes: bool = True
    reads: bool = False
    most_lines: int = MANY

    def write(self, document: Document) -> bytes:
        """`document` as a file of this format, as far as the format can hold it. See `losses`."""
        content: bytes = self._code("write")(kept(document, self.keeps))
        return content

    def read(self, data: bytes, *, most_bytes: int = MOST_BYTES) -> Draft:
        """What the file says, as a tree that can be stored. Raises Unreadable.

        `most_bytes` is for who reads their own file on their own machine.
        """
        if len(data) > most_bytes:
            raise Unreadable(_("The file is larger than 10 MB."))
        draft: Draft = self._code("read")(data)
        if len(draft.document.lines) > MANY:
            raise Unreadable(_("The file has more than 200,000 lines."))
        settle(draft)
        mend(draft)
        return draft

    def losses(self, document: Document) -> tuple[Loss, ...]:
        """What of `document` this format has no place for."""
        return losses(counts_of(document), self.keeps) + self._unshown(document)

    def _unshown(self, document: Document) -> tuple[Loss, ...]:
        """The characters that our fonts have no glyph for, where the format is set in them."""
        if self.name not in SET_IN_OUR_FONTS:
            return ()
        count, sentence = unshown_in(kept(document, self.keeps))
        return (Loss(Feature.CHARACTERS, count, sentence),) if count else ()

    def _code(self, name: str) -> Any:
        # Imported when asked for: some of the libraries behind are large.
        return getattr(import_module(f"debates.formats.{self.module}"), name)


_ALL_FORMATS = (
    Format("json", "Counterpoint", _("everything; read back without loss"), "json", "application/json", ALL, "native",
           reads=True),
    Format("kialo", "Kialo", _("text as Kialo exports it since 2023"), "txt", "text/plain",
           _TREE | {Feature.SOURCES, Feature.QUESTION}, "kialo", reads=True),
    Format("kialo-v1", "Kialo (until 2022)", _("text as Kialo exported it until 2022; arguebuf reads it"), "txt",
           "text/plain", _TREE, "kialo_v1", reads=True),
    Format("argdown", "Argdown", _("argument maps as readable text"), "argdown", "text/plain",
           ALL - {Feature.BALLOTS}, "argdown", reads=True),
    Format("argdown-json", _("Argdown as JSON"), _("what Argdown’s own tools make of a map"), "json",
           "application/json",
           ALL - _ABOUT - {Feature.BALLOTS, Feature.ESSAYS}, "argdown_json"),
    Format("aif", "AIF (AIFdb)", _("the Argument Interchange Format, as corpora use it"), "json", "application/json",
           ALL - {Feature.BALLOTS}, "aif", reads=True),
    Format("xaif", "xAIF (OVA3)", _("AIF with a layout, for the OVA editor"), "json", "application/json",
           ALL - {Feature.BALLOTS}, "xaif", reads=True),
    Format("jsonld", "AIF as JSON-LD", _("AIF as linked data"), "jsonld", "application/ld+json",
           _TREE | _PEOPLE | {Feature.QUESTION, Feature.LANGUAGE, Feature.SOURCES, Feature.NOTES, Feature.GROUPS},
           "jsonld"),
    Format("sadface", "SADFace", _("argument analysis of the Open Argumentation project"), "json", "application/json",
           ALL - {Feature.BALLOTS}, "sadface", reads=True),
    Format("csv", "CSV", _("a table with a row per line, for spreadsheets"), "csv", "text/csv",
           _TABLE, "csv_table", reads=True),
    Format("xlsx", "Excel", _("the same table as a workbook"), "xlsx",
           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
           _TABLE, "xlsx"),
    Format("markdown", "Markdown", _("an outline to read, edit and paste"), "md", "text/markdown",
           _TREE | {Feature.QUESTION, Feature.BACKGROUND, Feature.SOURCES, Feature.NOTES}, "markdown_outline",
           reads=True),
    Format("opml", "OPML", _("for outliners"), "opml", "text/x-opml",
           _TABLE, "opml", reads=True),
    Format("mindmup", "MindMup", _("mind maps with groups of reasons"), "mup", "application/json",
           _TREE | {Feature.NOTES, Feature.GROUPS, Feature.QUESTION, Feature.BACKGROUND}, "mindmup", reads=True),
    Format("freemind", "FreeMind", _("mind maps of FreeMind and Freeplane"), "mm", "application/x-freemind",
           _TABLE, "freemind", reads=True),
    Format("graphml", "GraphML", _("for tools that draw and count graphs"), "graphml", "application/graphml+xml",
           ALL - _CARDS - {Feature.ESSAYS, Feature.COMMENTS, Feature.BALLOTS}, "graphml"),
    Format("dot", "Graphviz", _("for drawing with Graphviz"), "dot", "text/vnd.graphviz", _TREE, "dot",
           most_lines=SOME),
    Format("mermaid", "Mermaid", _("a diagram for documents and wikis"), "mmd", "text/plain", _TREE, "mermaid",
           most_lines=MERMAID),
    Format("apx", "ASPARTIX", _("attacks alone, for solvers of abstract argumentation"), "apx", "text/plain",
           frozenset({Feature.LINKS}), "apx"),
    Format("tgf", "Trivial Graph", _("attacks alone, as a list of edges"), "tgf", "text/plain",
           frozenset({Feature.LINKS}), "tgf"),
    Format("i23", "ICCMA 2023", _("attacks alone, numbered, as in the competition of 2023"), "af", "text/plain",
           frozenset({Feature.LINKS}), "i23"),
    Format("svg", "SVG", _("the map as a drawing"), "svg", "image/svg+xml", _DRAWN | {Feature.QUESTION}, "svg",
           most_lines=FEW),
    Format("png", "PNG", _("the map as a picture"), "png", "image/png", _DRAWN, "png",
           most_lines=FEW // 10),
    Format("docx", "Word", _("the outline as a document to hand in"), "docx",
           "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _PAGE, "docx_outline",
           most_lines=FEW),
    Format("pdf", "PDF", _("the outline to print and to hand in, tagged for screen readers"), "pdf",
           "application/pdf", _PAGE, "pdf", most_lines=FEW),
    Format("html", _("Web page"), _("the outline as one page that opens offline"), "html", "text/html",
           _PAGE | {Feature.DATES, Feature.TALLIES}, "html_page", most_lines=SOME),
)  # fmt: skip
FORMATS: dict[str, Format] = {each.name: each for each in _ALL_FORMATS}
READERS = {name: each for name, each in FORMATS.items() if each.reads}
