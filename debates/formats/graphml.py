"""GraphML: a node for each statement, an edge from each to what it bears on; a link is one more edge.

The specification is GraphML 1.0 of graphdrawing.org, with typed keys and without extensions.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from debates.drawing.wrapping import xml_safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.formats.document import Document, Line

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
)
# Of the topic; of a line, which stands on its node or, for a link, on its edge; of a place, which is an edge.
_TOPIC = {"title": "string", "question": "string", "background": "string", "language": "string"}
_LINE = {
    "kind": "string", "label": "string", "note": "string", "status": "string", "author": "string",
    "created": "string", "updated": "string", "version": "int",
    **{f"votes_{value}": "int" for value in range(5)},
}  # fmt: skip
_PLACE = {"position": "int", "stance": "string", "group": "int", "link": "boolean"}


def write(document: Document) -> bytes:
    """A document as a directed graph. `position` gives the author's order, `label` what a line says."""
    return "\n".join(_rows(document)).encode() + b"\n"


def _rows(document: Document) -> Iterator[str]:
    yield _HEAD
    keys = [("graph", _TOPIC), ("node", {"position": "int"} | _LINE), ("edge", _PLACE | _LINE)]
    for owner, fields in keys:
        for name, kind in fields.items():
            yield f'<key id="{owner}-{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>'
    yield '<graph id="topic" edgedefault="directed">'
    yield _data("graph", {name: getattr(document, name) for name in _TOPIC})
    ids = {line.id: f"n{number}" for number, line in enumerate(document.lines)}
    for number, line in enumerate(document.lines):
        if not line.is_link:
            kind = "argument" if line.parent else "claim"
            facts = _data("node", {"position": number, "kind": kind, "label": line.text} | _facts(line))
            yield f'<node id="{ids[line.id]}">{facts}</node>'
    for number, line in enumerate(document.lines):
        if line.parent is not None:
            source, target = ids[line.refers_to or line.id], ids[line.parent]
            place = {"position": number, "stance": line.stance, "group": line.group}
            facts = _data("edge", place | ({"link": True} | _facts(line) if line.is_link else {}))
            yield f'<edge id="e{number}" source="{source}" target="{target}">{facts}</edge>'
    yield "</graph>\n</graphml>"


def _facts(line: Line) -> dict[str, object]:
    facts: dict[str, object] = {
        "note": line.note, "status": line.status if line.gone else "", "author": line.author,
        "created": line.created.isoformat() if line.created else "",
        "updated": line.updated.isoformat() if line.updated else "",
        "version": line.version if line.version > 1 else None,
    }  # fmt: skip
    return facts | {f"votes_{value}": count for value, count in enumerate(line.tally or ())}


def _data(owner: str, facts: dict[str, object]) -> str:
    said = {name: value for name, value in facts.items() if value not in ("", None)}
    return "".join(f'<data key="{owner}-{name}">{_value(value)}</data>' for name, value in said.items())


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else escape(xml_safe(str(value)))
