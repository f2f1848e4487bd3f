"""A web page to its text: the main part, without menus, scripts and what is hidden. Nothing it names is fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from lxml import etree

from debates.essays.readers.encodings import decoded
from debates.essays.readers.essay_file import Found
from debates.essays.readers.html_blocks import Blocks
from debates.essays.readers.packages import feed
from debates.essays.readers.pieces import heading_of, joined, left_out, tables_kept

if TYPE_CHECKING:
    from debates.essays.readers.pieces import Piece

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_WHERE_SAID = 4_096
# The main part is taken for the whole where it holds at least so much of the text.
_SHARE = 0.5


def read(data: bytes) -> Found:
    """The text of a .html file, its title and its author."""
    said = _CHARSET.search(data[:_WHERE_SAID])
    source, note = decoded(data, declared=said[1].decode("ascii") if said else "")
    blocks = pieces_of(source)
    pieces = _main_part(blocks)
    notes = (
        note,
        _("Only the main part of the page is read.") if len(pieces) < len(blocks.flow.pieces) else "",
        left_out(pictures=blocks.pictures),
        tables_kept(blocks.flow.tables),
    )
    title = blocks.about.title(heading_of(pieces, within=len(pieces)))
    return Found(joined(pieces), title=title, author=blocks.about.author, notes=notes)


def pieces_of(source: str) -> Blocks:
    """The blocks of a page or of a part of one."""
    blocks = Blocks()
    heard: Any = blocks  # the stubs ask for more than the parser does
    # It never builds a tree: a hundred thousand elements within each other are as good as any other.
    parser = etree.HTMLParser(target=heard, encoding="utf-8", no_network=True)
    feed(parser, source.encode("utf-8", "replace") or b" ")
    parser.close()
    return blocks


def _main_part(blocks: Blocks) -> list[Piece]:
    """The pieces of the longest article, or of the main part, if that is most of the page; otherwise all."""
    pieces = within = blocks.flow.pieces
    for parts in (blocks.mains, blocks.articles):
        longest = max((pieces[start:end] for start, end in parts), key=_length, default=[])
        if _length(longest) >= _SHARE * _length(within):
            within = longest
    return within


def _length(pieces: list[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)
