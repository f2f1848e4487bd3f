"""The text that was analysed, as OVA keeps it: HTML in which the spans of the nodes are marked."""

from __future__ import annotations

import re
from html import unescape

# What is taken is not given back: else a tag that never ends costs the square of its length.
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+)([^<>]*+)>")
_ID = re.compile(r"""\bid\s*=\s*["']?(?:node)?([^"'\s>]+)""")
_BREAKS = frozenset({"br", "div", "p", "li", "tr"})


def marked_text(html: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text of `html`, and for the id of each node that is marked in it from where to where, end exclusive."""
    pieces: list[str] = []
    marks: dict[str, tuple[int, int]] = {}
    open_spans: list[tuple[str, int]] = []
    length = at = 0
    for tag in _TAG.finditer(html):
        length += _add(pieces, unescape(html[at : tag.start()]))
        at = tag.end()
        closing, name = tag[1], tag[2].lower()
        if name in _BREAKS and (not closing) == (name == "br"):
            length += _add(pieces, "\n")
        elif name == "span" and closing and open_spans:
            node, start = open_spans.pop()
            if start < length:
                marks.setdefault(node, (start, length))
        elif name == "span" and not closing:
            found = _ID.search(tag[3])
            open_spans.append((found[1] if found else "", length))
    _add(pieces, unescape(html[at:]))
    return "".join(pieces), marks


def _add(pieces: list[str], text: str) -> int:
    pieces.append(text)
    return len(text)
