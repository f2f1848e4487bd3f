"""XML from outside, as light elements that know their line. Entities are refused, so none can swell or fetch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from debates.formats.drafts import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Element:
    """An element with its attributes and children; `text` is all that stands between its tags, children's included."""

    name: str
    attributes: dict[str, str]
    at: int
    children: list[Element] = field(default_factory=list)
    parts: list[str | Element] = field(default_factory=list)

    def named(self, name: str) -> Iterator[Element]:
        return (child for child in self.children if child.name == name)

    def all_parts(self) -> Iterator[str | Element]:
        """Every piece of text and every element below, in the order of the file. No recursion."""
        stack: list[str | Element] = self.parts[::-1]
        while stack:
            part = stack.pop()
            yield part
            if isinstance(part, Element):
                stack.extend(reversed(part.parts))

    @property
    def text(self) -> str:
        return "".join(part for part in self.all_parts() if isinstance(part, str))


class _Builder:
    """What the parser calls: it keeps the open elements on a stack of its own, however deep they are."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self.parser: Any = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(element)
            self.open[-1].parts.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, _name: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        self.open[-1].parts.append(text)

    def close(self) -> Element | None:
        return self.root


def parsed(data: bytes, *, root: str) -> Element:
    """The root element of an XML text, which must be called `root`. Raises Unreadable, which names the line."""
    builder = _Builder()
    parser = DefusedXMLParser(target=builder)
    builder.parser = parser.parser
    try:
        # A byte order mark is no part of the text, and some tools leave blank lines above the declaration.
        parser.feed(data.lstrip(b" \t\r\n") if data[:1] in b" \t\r\n" else data)
        parser.close()
    except DefusedXmlException:
        raise Unreadable(_("The file defines entities of its own, which this site does not read.")) from None
    except ParseError as error:
        sentence = _("This is no XML, or only a part of it. Export the file again.")
        raise Unreadable(sentence, at=error.position[0]) from None
    except (ValueError, LookupError):
        raise Unreadable(_("The encoding of this file is unknown. Save it as UTF-8 and try again.")) from None
    found = builder.root
    if found is None or found.name != root:
        raise Unreadable(_("This file must begin with “<%(name)s>”.") % {"name": root}, at=1)
    return found
