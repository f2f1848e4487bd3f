"""Where the lines of a tree stand side by side, when each stands over the middle of what is below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debates.formats.document import Document


def columns(document: Document) -> dict[str, float]:
    """The column of each line, in units of one line's width, from 0. Lines with nothing below them take one each."""
    below = document.below()
    found: dict[str, float] = {}
    leaves = [line.id for line in document.lines if line.id not in below]
    for number, name in enumerate(leaves):
        found[name] = float(number)
    for line in reversed(document.lines):
        if line.id in below:
            children = below[line.id]
            found[line.id] = (found[children[0].id] + found[children[-1].id]) / 2
    return found
