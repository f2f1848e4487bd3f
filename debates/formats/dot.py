"""DOT, the language of Graphviz: claims at the top, whole lines for “because”, broken ones for “but”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.drawing.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.formats.document import Document

# How wide the words of a node are, and how large their type, in points.
WIDTH, SIZE = 200.0, 12.0
_HEAD = f"""digraph topic {{
  charset="UTF-8";
  rankdir=BT;
  fontname="sans-serif";
  labelloc=t;
  node [shape=box, style=rounded, fontname="sans-serif", fontsize={SIZE:g}];
  edge [arrowsize=0.7];"""
_EDGES = {"supports": "style=solid", "opposes": "style=dashed, arrowhead=empty"}


def write(document: Document) -> bytes:
    """A document as a directed graph; a link is one more edge from its target."""
    return "\n".join(_rows(document)).encode() + b"\n"


def _rows(document: Document) -> Iterator[str]:
    yield _HEAD
    if document.title:
        yield f"  label={quoted(document.title)};"
    ids = {line.id: f"n{number}" for number, line in enumerate(document.lines, 1)}
    for line in document.lines:
        if not line.is_link:
            weight = "" if line.parent else ", penwidth=2"
            yield f"  {ids[line.id]} [label={quoted(line.text)}{weight}];"
    for line in document.lines:
        if line.parent is not None:
            source, target = ids[line.refers_to or line.id], ids[line.parent]
            # A link does not move the line that it repeats.
            loose = ", constraint=false" if line.is_link else ""
            yield f"  {source} -> {target} [{_EDGES[line.stance]}{loose}];"
    yield "}"


def quoted(text: str) -> str:
    """`text` as a label, in lines: Graphviz reads backslashes, quotation marks and entities of HTML in it."""
    lines = wrap(text, width=WIDTH, size=SIZE)
    escaped = (line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'
