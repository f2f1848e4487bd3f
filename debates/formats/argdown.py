"""Argdown: argument maps as text. Claims are statements, arguments are arguments, links are references.

The syntax is that of Argdown's core 1.7.5. Claims are called C1, C2, …, arguments A1, A2, …; everything else of a line
is data behind it. Data of a link stands under "here", for Argdown gives a reference's data to what it refers to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.formats.argdown_data import encoded, front_matter
from debates.formats.argdown_prose import escaped
from debates.formats.argdown_reading import read
from debates.formats.features import GONE_TEXT
from debates.formats.own_records import KEY, record_of, topic_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.formats.document import Document, Line

__all__ = ["names_of", "read", "write"]

SIGNS = {"supports": "+", "opposes": "-"}
# Argdown's parser is recursive and ends between 250 and 300 levels.
DEEPEST = 100


def write(document: Document) -> bytes:
    """`document` as Argdown."""
    record = {name: value for name, value in topic_record(document).items() if name not in ("title", "version")}
    parts = [front_matter({"title": document.title} | ({KEY: record} if record else {}))]
    if document.title:
        parts.append(f"# {escaped(document.title)} {encoded({'isGroup': False})}\n\n")
    parts.append("\n".join(_blocks(document)))
    return "".join(parts).encode()


def names_of(document: Document) -> dict[str, str]:
    """What each line is called: its number among the claims or among the arguments; a link as its target."""
    names: dict[str, str] = {}
    counts = {"C": 0, "A": 0}
    for line in document.lines:
        if not line.is_link:
            sort = "C" if line.parent is None else "A"
            counts[sort] += 1
            names[line.id] = f"{sort}{counts[sort]}"
    return names | {line.id: names[line.refers_to] for line in document.lines if line.refers_to is not None}


def _blocks(document: Document) -> Iterator[str]:
    """A block for each claim. What is deeper than DEEPEST levels goes on in a block of its own."""
    names = names_of(document)
    rows: dict[str, list[str]] = {}
    place: dict[str, tuple[str, int]] = {}
    for line in document.lines:
        if line.parent is None:
            place[line.id] = line.id, 0
            rows[line.id] = [_row(line, names)]
            continue
        block, level = place[line.parent]
        if level == DEEPEST:
            block, level = line.parent, 0
            rows.setdefault(block, [_reference(names[block])])
        place[line.id] = block, level + 1
        rows[block].append(f"{'  ' * (level + 1)}{SIGNS[line.stance]} {_row(line, names)}")
    for block_rows in rows.values():
        yield "".join(f"{row}\n" for row in block_rows)


def _row(line: Line, names: dict[str, str]) -> str:
    title, record = _reference(names[line.id]), record_of(line)
    if line.is_link:
        return f"{title} {encoded({'here': record})}"
    data = f" {encoded(record)}" if record else ""
    return f"{title}: {escaped(line.text or GONE_TEXT)}{data}"


def _reference(name: str) -> str:
    return f"[{name}]" if name[0] == "C" else f"<{name}>"
