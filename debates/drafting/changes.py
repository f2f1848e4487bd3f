"""What is different between two states of a draft, without the pages between that stayed the same."""

from __future__ import annotations

from debates.diff import KEPT, Piece, differences

# So much of what stayed the same is shown on each side of a change.
AROUND = 120


def changes_between(old: str, new: str) -> list[Piece]:
    """The pieces that turn `old` into `new`; of a long stretch that both have only its ends, with “…” between.

    Nothing where the two are the same.
    """
    pieces = differences(old, new)
    if all(piece.op == KEPT for piece in pieces):
        return []
    last = len(pieces) - 1
    return [
        Piece(KEPT, _ends(piece.text, first=at == 0, last=at == last)) if piece.op == KEPT else piece
        for at, piece in enumerate(pieces)
    ]


def _ends(text: str, *, first: bool, last: bool) -> str:
    """What of a kept stretch stands beside a change: not the beginning of the text, and not its end."""
    if len(text) <= 2 * AROUND:
        return text
    before = "" if first else text[:AROUND].rsplit(" ", 1)[0]
    after = "" if last else text[-AROUND:].split(" ", 1)[-1]
    return f"{before} … {after}" if before else f"… {after}"
