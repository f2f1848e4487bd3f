"""Reading answers as a browser does: parsed, never matched as strings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import html5lib

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    type Response = HttpResponse | Any


# What a script of the site says when it wants a fragment: client.get(url, headers=PARTIAL).
PARTIAL = {"hx-request-type": "partial"}
BLOCKS = {"p", "div", "li", "ol", "ul", "dl", "dt", "dd", "h1", "h2", "h3", "section", "form", "button", "blockquote"}


def dom(response: Response) -> Element:
    """The answer as a tree; a fragment stands in its body."""
    tree: Element = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return tree


def by_id(response: Response, name: str) -> Element:
    found = dom(response).find(f".//*[@id='{name}']")
    assert found is not None, f"nothing has the id {name!r}"
    return found


def box_of(response: Response) -> Element:
    """The one box for an argument or a claim that is open in the answer."""
    (box,) = [form for form in dom(response).iter("form") if form.get("id", "").startswith("write-")]
    return box


def by_class(tree: Element, name: str) -> list[Element]:
    return [each for each in tree.iter() if name in each.get("class", "").split()]


def is_fragment(response: Response) -> bool:
    """Whether the answer is a part of a page, without the frame of the site around it."""
    return dom(response).find(".//main") is None


def texts(tree: Element, name: str) -> list[str]:
    """What is read in each element of a class, in order."""
    return [text(each) for each in by_class(tree, name)]


def text(element: Element) -> str:
    """What is read, with every run of spaces as one; blocks stand apart."""
    return " ".join("".join(_parts(element)).split())


def _parts(element: Element) -> Iterator[str]:
    if element.tag in {"script", "style"}:
        return
    gap = " " if element.tag in BLOCKS else ""
    yield gap + (element.text or "")
    for child in element:
        yield from _parts(child)
        yield child.tail or ""
    yield gap
