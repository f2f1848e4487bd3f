"""A draft as plain text, without any mark of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.drafting.paper import paper_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debates.drafting.files import Written
    from debates.drafting.paper import Piece

STEP = "    "


def write(draft: Written) -> bytes:
    """The file: blocks stand apart by an empty line, what stands in a quotation or a list is indented."""
    blocks = "\n\n".join(_blocks(paper_of(draft.text)))
    return f"{draft.title}\n\n{blocks}\n".encode()


def _blocks(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if piece.kind == "list":
            yield _list(piece)
        elif piece.kind == "quote":
            yield _indented("\n\n".join(_blocks(piece.within)))
        else:
            yield "* * *" if piece.kind == "rule" else piece.text


def _list(piece: Piece) -> str:
    made = []
    for number, item in enumerate(piece.items, piece.start):
        mark = f"{number}. " if piece.ordered else "– "
        made.append(mark + _indented("\n".join(_blocks(item))).lstrip())
    return "\n".join(made)


def _indented(text: str) -> str:
    return "\n".join(STEP + line if line else line for line in text.split("\n"))
