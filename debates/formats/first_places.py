"""For formats in which a line must be written before anything refers to it: links and their targets change places."""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from debates.formats.document import reading_order

if TYPE_CHECKING:
    from debates.formats.document import Document, Line


def first_places(document: Document) -> Document:
    """`document` with each line at the first of its places in reading order, and links at the others. Linear.

    Stance and group belong to the place, everything else to the line. A claim stays a claim, so links to it may still
    come before it. A link that would then stand below its own target becomes a line with the same words.
    """
    places = _Places(document)
    order: list[Line] = []
    written: set[str] = set()
    # Places, not lines: what stands in one may change before it is reached.
    stack = places.under(None)
    while stack:
        line = places.line_at(stack.pop())
        target = places.by_id.get(line.refers_to or "")
        if target is not None and target.id not in written and target.parent is not None:
            places.exchange(line, target)
            line = target
        written.add(line.id)
        order.append(line)
        stack.extend(places.under(line.id))
    return _without(_circles(order), replace(document, lines=order), places.by_id)


class _Places:
    """Which copy of a line stands in which place: the how-manieth under which parent."""

    def __init__(self, document: Document) -> None:
        self.by_id = {line.id: copy(line) for line in document.lines}
        self._below: defaultdict[str | None, list[Line]] = defaultdict(list)
        self._slots: dict[str, int] = {}
        for line in self.by_id.values():
            self._slots[line.id] = len(self._below[line.parent])
            self._below[line.parent].append(line)

    def under(self, parent: str | None) -> list[tuple[str | None, int]]:
        """The places under `parent`, the first one last."""
        return [(parent, slot) for slot in reversed(range(len(self._below.get(parent, ()))))]

    def line_at(self, place: tuple[str | None, int]) -> Line:
        return self._below[place[0]][place[1]]

    def exchange(self, link: Line, target: Line) -> None:
        self._below[link.parent][self._slots[link.id]] = target
        self._below[target.parent][self._slots[target.id]] = link
        self._slots[link.id], self._slots[target.id] = self._slots[target.id], self._slots[link.id]
        link.parent, target.parent = target.parent, link.parent
        link.stance, target.stance = target.stance, link.stance
        link.group, target.group = target.group, link.group


def without_forward_links(document: Document) -> Document:
    """`document` with every link that comes before its target turned into a line with the same words."""
    lines = [copy(line) for line in document.lines]
    seen: set[str] = set()
    forward = []
    for line in lines:
        seen.add(line.id)
        if line.refers_to is not None and line.refers_to not in seen:
            forward.append(line)
    return _without(forward, replace(document, lines=lines), {line.id: line for line in lines})


def _circles(order: list[Line]) -> list[Line]:
    """The links that stand below their own target."""
    first = {line.id: at for at, line in enumerate(order)}
    last = dict(first)
    for line in reversed(order):
        if line.parent is not None:
            last[line.parent] = max(last[line.parent], last[line.id])
    return [
        line for line in order
        if line.refers_to is not None and first[line.refers_to] <= first[line.id] <= last[line.refers_to]
    ]  # fmt: skip


def _without(links: list[Line], document: Document, by_id: dict[str, Line]) -> Document:
    for link in links:
        link.text, link.refers_to = by_id[link.refers_to or ""].text, None
    document.lines = reading_order(document.lines)
    return document
