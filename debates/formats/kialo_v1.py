"""Kialo's text export as it was until 2022: a line for each node. arguebuf reads it, and no link that looks ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.formats.first_places import first_places, without_forward_links
from debates.formats.kialo import KINDS, indices, words
from debates.formats.kialo_prose import escaped
from debates.formats.kialo_reading import V1_TITLE, read

if TYPE_CHECKING:
    from debates.formats.document import Document

__all__ = ["read", "write"]


def write(document: Document) -> bytes:
    """`document` with its claim as the root; several claims stand without a stance under the title as the root."""
    document = without_forward_links(first_places(document))
    several = sum(1 for line in document.lines if line.parent is None) != 1
    rows = [f"{V1_TITLE} {document.title}", ""]
    if several:
        rows.append(f"1. {escaped(document.title)}")
    index = indices(document, under_question=several)
    for line in document.lines:
        stance = f"{KINDS[line.stance]}: " if line.stance else ""
        rows.append(f"{index[line.id]} {stance}{words(line, index)}")
    return "\n".join([*rows, ""]).encode()
