"""A Word document (Office Open XML) to its text: the words of the paper, as a reader of the printed page has them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from debates.essays.readers.docx_body import Body
from debates.essays.readers.docx_parts import About, Numbering, Parts, Styles
from debates.essays.readers.essay_file import Found, refuse
from debates.essays.readers.packages import Package, hear
from debates.essays.readers.pieces import heading_of, joined, left_out, tables_kept


def read(data: bytes) -> Found:
    """The text of a .docx file; its title is that of its first page, or of its properties."""
    package = Package(data)
    whole = Parts(package, "")
    main = whole.place("officeDocument")
    content = package.part(main)
    if not content:
        refuse(_("This file holds no Word document. Save it as .docx and try again."))
    parts = Parts(package, main)
    styles, numbering = (package.part(parts.place(name)) for name in ("styles", "numbering"))
    body = Body(Styles(styles), Numbering(numbering))
    hear(content, body)
    pieces, about = body.flow.pieces, About(package.part(whole.place("core-properties")))
    notes = (
        left_out(pictures=body.pictures, footnotes=body.footnotes),
        tables_kept(body.flow.tables),
        _("The table of contents is left out.") if body.contents else "",
        _("Tracked changes are read as if they were accepted.") if body.tracked else "",
    )
    title = body.title or heading_of(pieces) or about.title
    return Found(joined(pieces), title=title, author=about.author, notes=notes)
