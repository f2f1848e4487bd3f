"""Mermaid: a flow chart for documents and wikis, claims at the top, with a word on every arrow."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.formats.document import Document

# Signs of its own, of HTML, Markdown, directives (%%{) and formulas ($$); a colon may begin an icon or end a style.
# A list's mark at the start of a label is taken for Markdown too.
_SIGNS = re.compile(r"""["#<>&`%\\$*_~|^:{}\[\]]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=^\d\d\d)[.)]""")


def write(document: Document) -> bytes:
    """A document as a flow chart; a link is one more arrow from its target."""
    return "\n".join(_rows(document)).encode() + b"\n"


def _rows(document: Document) -> Iterator[str]:
    if document.title:
        # The front matter is YAML, of which JSON is a part.
        yield f"---\ntitle: {json.dumps(document.title, ensure_ascii=False)}\n---"
    yield "flowchart BT"
    ids = {line.id: f"n{number}" for number, line in enumerate(document.lines, 1)}
    for line in document.lines:
        if not line.is_link:
            shape = "" if line.parent else ":::claim"
            yield f'  {ids[line.id]}["{escaped(line.text)}"]{shape}'
    because, but = escaped(_("because")), escaped(_("but"))
    for line in document.lines:
        if line.parent is not None:
            arrow = f'-->|"{because}"|' if line.stance == "supports" else f'-.->|"{but}"|'
            yield f"  {ids[line.refers_to or line.id]} {arrow} {ids[line.parent]}"
    yield "  classDef claim stroke-width:3px"


def escaped(text: str) -> str:
    """`text` as Mermaid shows it and does not read it: its signs as numbers between # and ;."""
    return _SIGNS.sub(lambda found: f"#{ord(found[0])};", text)
