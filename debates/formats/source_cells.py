"""Sources as a few lines of text, for a cell of a table or an attribute: `[1] Title <address>`, then `> quotation`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debates.formats.document import SourceCard

if TYPE_CHECKING:
    from collections.abc import Iterable

_CARD = re.compile(r"\[\d+\] (.*?) ?<([^<>]*)>")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def cell_of(sources: Iterable[SourceCard]) -> str:
    """The sources as text. `sources_of` gives them back as they were, but for the details beside the address."""
    lines = []
    for number, card in enumerate(sources, 1):
        lines.append(f"[{number}] {card.title} <{_escaped(card.url)}>")
        lines += [f"> {line}".rstrip() for line in card.quotation.split("\n")] if card.quotation else []
    return "\n".join(lines)


def sources_of(cell: str) -> list[SourceCard]:
    """The sources in a cell that `cell_of` or a person wrote: a line each, an address alone or within words."""
    found: list[SourceCard] = []
    quoting = False
    for line in cell.split("\n"):
        if line.startswith(">") and found:
            card = found[-1]
            said = line.removeprefix(">").removeprefix(" ")
            card.quotation = f"{card.quotation}\n{said}" if quoting else said
            quoting = True
        elif line.strip():
            found += _cards(line.strip())
            quoting = False
    return found


def _cards(line: str) -> list[SourceCard]:
    written = _CARD.fullmatch(line)
    if written:
        return [SourceCard(title=written[1], url=written[2].replace("%3C", "<").replace("%3E", ">"))]
    addresses = [_without_brackets(address) for address in _ADDRESS.findall(line)]
    if len(addresses) == 1:
        title = " ".join(line.replace(addresses[0], " ").split()).strip("<>()–-,;: ")
        return [SourceCard(title=title or addresses[0], url=addresses[0])]
    # Several in one line are a list of them.
    return [SourceCard(title=address, url=address) for address in addresses] or [SourceCard(title=line)]


def _without_brackets(address: str) -> str:
    """An address without the signs around it that belong to the sentence it stands in."""
    plain = address.rstrip(".,;")
    return plain.rstrip(")") if plain.count(")") > plain.count("(") else plain


def _escaped(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E")
