"""The parts of a Word document around its text: where they are, its styles, how it numbers, and what it is called.

After ISO/IEC 29500-1 (WordprocessingML). Each class is what the XML parser calls while it reads one part.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from debates.essays.readers.packages import Listening, hear, local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debates.essays.readers.packages import Package

_DIGIT = re.compile(r"[0-9]")
_HEADING = re.compile(r"heading ([1-9])")
_MOST_BASES = 20
# What programs write where nobody gave a name.
_NO_NAMES = {"user", "admin", "windows user", "microsoft office user", "python-docx", "unknown author", "author"}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. `level` is that of its heading, from 1; None where the style says nothing."""

    name: str = ""
    base: str = ""
    level: int | None = None
    numbers: str = ""
    depth: int = 0


def level_of(outline: str) -> int | None:
    """The level of a heading from an outline level, which counts from 0; 9 is the text itself, of level 0."""
    return (int(outline) + 1) % 10 if _DIGIT.fullmatch(outline) else None


def digit(text: str) -> int:
    """A depth from 0 to 9."""
    return int(text) if _DIGIT.fullmatch(text) else 0


class Parts(Listening):
    """Where the parts are that belong to `of`, by the last word of their type."""

    def __init__(self, package: Package, of: str) -> None:
        self.folder, name = posixpath.split(of)
        self.places: dict[str, str] = {}
        content = package.part(posixpath.join(self.folder, "_rels", f"{name}.rels"))
        if content:
            hear(content, self)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if attributes.get("TargetMode") == "External" or "Target" not in attributes:
            return
        place = posixpath.normpath(posixpath.join("/", self.folder, attributes["Target"])).lstrip("/")
        self.places.setdefault(attributes.get("Type", "").rpartition("/")[2], place)

    def place(self, kind: str) -> str:
        return self.places.get(kind, "")


class Styles(Listening):
    """The styles of a document by their ids."""

    def __init__(self, content: bytes) -> None:
        self.styles: dict[str, Style] = {}
        self._whole: dict[str, Style] = {}
        self._id = ""
        self._style = Style()
        if content:
            hear(content, self)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        values = {local(name): value for name, value in attributes.items()}
        value = values.get("val", "")
        match local(tag):
            case "style":
                self._id, self._style = values.get("styleId", ""), Style()
            case "name":
                self._style = replace(self._style, name=value.lower())
            case "basedOn":
                self._style = replace(self._style, base=value)
            case "outlineLvl":
                self._style = replace(self._style, level=level_of(value))
            case "numId":
                self._style = replace(self._style, numbers=value)
            case "ilvl":
                self._style = replace(self._style, depth=digit(value))

    def end(self, tag: str) -> None:
        if local(tag) == "style" and self._id:
            self.styles[self._id] = self._style

    def get(self, style_id: str) -> Style:
        """The style with what it has from those it is based on."""
        if style_id not in self._whole:
            style = found = self.styles.get(style_id, Style())
            for _step in range(_MOST_BASES):
                level = style.level if found.level is None else found.level
                if level is None and (named := _HEADING.fullmatch(style.name)):
                    level = int(named[1])
                found = replace(found, level=level, numbers=found.numbers or style.numbers)
                if style.base not in self.styles:
                    break
                style = self.styles[style.base]
            self._whole[style_id] = found
        return self._whole[style_id]


class Numbering(Listening):
    """How lists count: the format of each level of each list, by the id that paragraphs name."""

    def __init__(self, content: bytes) -> None:
        self._formats: dict[tuple[str, int], str] = {}
        self._abstract: dict[str, str] = {}
        self._kind = self._list = ""
        self._depth = 0
        if content:
            hear(content, self)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        values = {local(name): value for name, value in attributes.items()}
        match local(tag):
            case "abstractNum":
                self._kind, self._list = "abstract", values.get("abstractNumId", "")
            case "num":
                self._kind, self._list = "list", values.get("numId", "")
            case "abstractNumId" if self._kind == "list":
                self._abstract[self._list] = values.get("val", "")
            case "lvl":
                self._depth = digit(values.get("ilvl", ""))
            case "numFmt" if self._kind == "abstract":
                self._formats.setdefault((self._list, self._depth), values.get("val", ""))

    def list_of(self, numbers: str) -> str:
        """What counts together: lists of one kind go on counting."""
        return self._abstract.get(numbers, numbers)

    def format_of(self, numbers: str, depth: int) -> str:
        return self._formats.get((self.list_of(numbers), depth), "bullet")


class About(Listening):
    """The title and the author in a document's properties."""

    def __init__(self, content: bytes) -> None:
        self.title = self.author = ""
        self._words: list[str] = []
        if content:
            hear(content, self)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._words = []

    def data(self, text: str) -> None:
        self._words.append(text)

    def end(self, tag: str) -> None:
        words = "".join(self._words).strip()
        if local(tag) == "title":
            self.title = words
        elif local(tag) == "creator" and words.lower() not in _NO_NAMES:
            self.author = words
