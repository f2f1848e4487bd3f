"""FreeMind .mm 1.0.1 (freemind.xsd), which Freeplane reads too: the topic in the middle, a node per line.

The stance is an icon to see and an attribute to read. What the schema has no place for stands in attributes; a note is
rich text; a link is a node with the words of its target, with an arrow to it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from debates.drawing.wrapping import xml_safe
from debates.formats.drafts import Draft, Unreadable
from debates.formats.freemind_nodes import ABOUT, EPOCH, ICONS, Reading
from debates.formats.nesting import nested, tag
from debates.formats.source_cells import cell_of
from debates.formats.xml_reading import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.formats.document import Document, Line


def write(document: Document) -> bytes:
    """The mind map of `document`, right of the topic."""
    words, names = document.words(), {line.id: f"ID_{number}" for number, line in enumerate(document.lines, 1)}
    about = [_attribute("counterpoint", "1")] + [_attribute(name, getattr(document, name)) for name in ABOUT]
    lines = [
        '<map version="1.0.1">',
        tag("node", {"ID": "ID_0", "TEXT": document.title}) + "".join(about),
        *nested(document, lambda line: _node(line, words[line.id], names), "</node>", indent=1),
        "</node>",
        "</map>",
    ]
    # Without a declaration FreeMind reads the encoding of its machine: plain ASCII is read the same everywhere.
    return ("\n".join(lines) + "\n").encode("ascii", "xmlcharrefreplace")


def _node(line: Line, words: str, names: dict[str, str]) -> str:
    urls = [card.url for card in line.sources if card.url]
    attributes: dict[str, str | int | None] = {
        "ID": names[line.id], "TEXT": words, "POSITION": "" if line.parent else "right",
        "CREATED": _milliseconds(line.created), "MODIFIED": _milliseconds(line.updated), "LINK": next(iter(urls), ""),
    }  # fmt: skip
    return tag("node", attributes) + "".join(_inside(line, names))


def _inside(line: Line, names: dict[str, str]) -> Iterator[str]:
    if line.stance in ICONS:
        yield tag("icon", {"BUILTIN": ICONS[line.stance]}, end="/>")
    if line.refers_to:
        yield tag("arrowlink", {"DESTINATION": names[line.refers_to], "ENDARROW": "Default"}, end="/>")
        yield _attribute("link", names[line.refers_to])
    yield _attribute("stance", line.stance)
    yield _attribute("author", line.author)
    yield _attribute("group", "" if line.group is None else str(line.group))
    yield _attribute("votes", " ".join(map(str, line.tally or ())))
    yield _attribute("status", line.status if line.gone else "")
    yield from (_attribute("source", cell_of([card])) for card in line.sources)
    if line.note:
        paragraphs = "".join(f"<p>{escape(xml_safe(each))}</p>" for each in line.note.split("\n"))
        yield f'<richcontent TYPE="NOTE"><html><head/><body>{paragraphs}</body></html></richcontent>'


def _attribute(name: str, value: str) -> str:
    return tag("attribute", {"NAME": name, "VALUE": value}, end="/>") if value else ""


def _milliseconds(at: datetime | None) -> str:
    return str((at - EPOCH) // timedelta(milliseconds=1)) if at else ""


def read(data: bytes) -> Draft:
    """The draft of a mind map of FreeMind (0.8 to 1.1) or Freeplane. Raises Unreadable."""
    root = parsed(data, root="map")
    top = next(root.named("node"), None)
    if top is None:
        raise Unreadable(_("This mind map is empty: it has no “node”."), at=root.at)
    return Reading(top).run()
