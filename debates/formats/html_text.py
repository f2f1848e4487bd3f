"""What a piece of HTML says, as plain text: outliners and mind maps keep their texts in it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debates.formats.xml_reading import Element

# Those that begin a new line, and those whose text is not for readers.
BLOCKS = {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "table"}
UNSEEN = {"head", "style", "script", "title"}
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,10})(?:\s[^<>]{0,500})?/?>")
_HIDDEN = re.compile(r"<(head|style|script)\b[^<>]{0,500}>[^<]*</\1>", re.IGNORECASE)
_KNOWN = BLOCKS | {"a", "b", "i", "u", "em", "strong", "span", "font", "html", "body", "img", "s", "sub", "sup", "code"}


def plain(text: str) -> str:
    """`text` without tags and with its entities resolved, where it is HTML; as it is where it is not."""
    names = [found[1].lower() for found in _TAG.finditer(text)]
    if not any(name in _KNOWN for name in names) and "&" not in text:
        return text
    shown = _TAG.sub(_instead, _HIDDEN.sub("", text))
    return "\n".join(" ".join(line.split()) for line in unescape(shown).split("\n")).strip()


def _instead(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    if name in BLOCKS and not tag[0].startswith("</"):
        return "\n"
    return "" if name in _KNOWN or name in UNSEEN else tag[0]


def text_of(element: Element) -> str:
    """The same of HTML that was parsed with the XML around it."""
    pieces: list[str] = []
    stack: list[str | Element] = element.parts[::-1]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            pieces.append(re.sub(r"\s+", " ", part))
        elif part.name.lower() not in UNSEEN:
            pieces.append("\n" if part.name.lower() in BLOCKS else "")
            stack.extend(reversed(part.parts))
    return "\n".join(line.strip() for line in "".join(pieces).split("\n")).strip()
