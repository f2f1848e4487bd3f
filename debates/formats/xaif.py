"""xAIF: AIF with participants, text and the layout of the OVA editor, version 3, which loads what is written here.

OVA 3 wants a true `OVA` with a place for every node, takes edges from there, and puts `text` into its page as HTML.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from debates.formats.aif_nodes import AifGraph
from debates.formats.aif_reading import draft_of
from debates.formats.json_rows import by_row
from debates.formats.outline_columns import columns
from debates.formats.own_records import KEY
from debates.formats.strict_json import load_object

if TYPE_CHECKING:
    from debates.formats.document import Document
    from debates.formats.drafts import Draft
    from debates.formats.own_records import Row

# The room of a node in OVA's drawing, and the margin around all of them.
WIDTH, HEIGHT, MARGIN = 260, 140, 50


def write(document: Document) -> bytes:
    """A document for OVA: its claims at the top, what bears on a line below it."""
    graph = AifGraph(document)
    content: Row = {
        "AIF": graph.content() | {"descriptorfulfillments": [], "cqdescriptorfulfillments": []},
        "text": escape(document.title),
        "dialog": False,
        KEY: graph.topic(),
    }
    if document.lines:  # OVA looks at the first node of what it loads
        content["OVA"] = _layout(document, graph)
    return by_row(content)


def read(data: bytes) -> Draft:
    """The draft of a file. Raises Unreadable."""
    return draft_of(load_object(data))


def _layout(document: Document, graph: AifGraph) -> Row:
    column, depths = columns(document), document.depths()
    nodes = [_place(graph.names[line.id], column[line.id], 2 * depths[line.id]) for line in graph.lines]
    for name, inference in graph.schemes:
        first = column[inference.places[0].id]
        nodes.append(_place(name, first, 2 * depths[inference.conclusion] + 1))
    edges = [{"fromID": source, "toID": target, "visible": True} for source, target in graph.joints()]
    return {"firstname": "", "surname": "", "url": "", "nodes": nodes, "edges": edges}


def _place(name: str, column: float, row: int) -> Row:
    place = {"x": MARGIN + round(column * WIDTH), "y": MARGIN + row * HEIGHT}
    return {"nodeID": name, "visible": True, **place, "timestamp": ""}
