"""A file that is a zip of XML, opened with limits: what counts is the bytes that come out, not what it says."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.utils.translation import gettext as _
from lxml import etree

from debates.essays.readers.essay_file import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

# An essay has a part for each of its pictures.
_MOST_PARTS = 2_000
_ENTRY = b"PK\x01\x02"
# Bytes of all parts that are read, inflated. A text of 200,000 characters takes about 5 MB with its marks.
_MOST_INFLATED = 20_000_000
# Words inflate to twenty times their size, rarely to fifty. Below a megabyte it does not matter.
_MOST_RATIO = 100
_FREE = 1_000_000
_CHUNK = 65_536
# What zipfile raises where places, sizes or names in a zip are wrong, or its compression is one that it lacks.
_BROKEN = (BadZipFile, ValueError, NotImplementedError, EOFError, struct.error)


def _damaged() -> str:
    return _("This Word document is damaged. Open it in your word processor, save it again as .docx, and try again.")


class Listening:
    """What the parser calls; a reader listens to what it needs, perhaps also to `data`, the text between the tags."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        pass

    def end(self, tag: str) -> None:
        pass

    def doctype(self, *_names: str | None) -> None:
        """Word defines nothing in its documents. Entities would be expanded, whatever the parser is told."""
        refuse(_damaged())

    def close(self) -> None:
        pass


class Package:
    """The parts of a zip. Raises Refused where it is damaged, or a bomb."""

    def __init__(self, data: bytes) -> None:
        # Counted in the bytes: the zip's own count may lie, and to list a hundred thousand takes seconds.
        if data.count(_ENTRY) > _MOST_PARTS:
            refuse(_("This document holds more than 2,000 files. Copy its text, and paste that."))
        try:
            self.zip = ZipFile(BytesIO(data))
        except _BROKEN:
            refuse(_damaged())
        self.names = set(self.zip.namelist())
        self.inflated = 0

    def part(self, name: str) -> bytes:
        """The bytes of a part, nothing where there is none."""
        if name not in self.names:
            return b""
        info = self.zip.getinfo(name)
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            refuse(_damaged())
        most = min(_MOST_INFLATED - self.inflated, max(_FREE, info.compress_size * _MOST_RATIO))
        try:
            content = self._inflated(name, most)
        except (*_BROKEN, zlib.error, RuntimeError, OSError):
            refuse(_damaged())
        self.inflated += len(content)
        return content

    def _inflated(self, name: str, most: int) -> bytes:
        chunks, size = [], 0
        with self.zip.open(name) as part:
            while chunk := part.read(_CHUNK):
                chunks.append(chunk)
                size += len(chunk)
                if size > most:
                    refuse(_("This document unpacks to far more than its size. Copy its text, and paste that."))
        return b"".join(chunks)


def feed(parser: etree.XMLParser | etree.HTMLParser, content: bytes) -> None:
    """Let `parser` hear `content` in pieces, as it refuses more than ten megabytes at a time."""
    for start in range(0, len(content), _CHUNK):
        parser.feed(content[start : start + _CHUNK])


def hear(content: bytes, target: Listening) -> None:
    """Let `target` hear the XML of a part, which fetches nothing."""
    heard: Any = target  # the stubs ask for more than the parser does
    parser = etree.XMLParser(target=heard, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        feed(parser, content)
        parser.close()
    except etree.XMLSyntaxError:
        refuse(_damaged())


def local(name: str) -> str:
    """The name of an element or attribute without its namespace: there are two, and they name the same things."""
    return name.rpartition("}")[2]
