"""Trees of elements, both ways: lines to nested tags, and nested things of any kind to lines. No recursion."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from debates.drawing.wrapping import xml_safe
from debates.formats.stances import stance_of, without_prefix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from debates.formats.document import Document, Line
    from debates.formats.drafts import Draft


def nested(document: Document, opening: Callable[[Line], str], closing: str, *, indent: int = 0) -> Iterator[str]:
    """A line of XML for each line of `document`, and one that closes it after all that stands below it."""
    depths = document.depths()
    still_open = 0
    for line in document.lines:
        depth = depths[line.id]
        for level in range(still_open, depth, -1):
            yield "  " * (indent + level - 1) + closing
        yield "  " * (indent + depth) + opening(line)
        still_open = depth + 1
    for level in range(still_open, 0, -1):
        yield "  " * (indent + level - 1) + closing


def tag(name: str, attributes: Mapping[str, str | int | None], *, end: str = ">") -> str:
    """An opening tag with those attributes that say something."""
    said = [f" {key}={quoteattr(xml_safe(str(value)))}" for key, value in attributes.items() if value not in (None, "")]
    return f"<{name}{''.join(said)}{end}"


def lay_out[T](
    draft: Draft,
    tops: Sequence[T],
    line_of: Callable[[T], Line | None],
    below: Callable[[T], Sequence[T]],
    *,
    under: str | None = None,
    prefixes: bool = True,
    sections: bool = True,
) -> None:
    """Append the lines of nested things to `draft`, `tops` under the line `under`, or as claims.

    `line_of` gives None for what is left out with all that is below it. With `prefixes`, “Con: …” says the stance of
    an argument and is no part of its words; with `sections`, a thing that only says “Pros” stands for no line, and
    what is below it points that way.
    """
    stack = [(each, under, "") for each in reversed(tops)]
    while stack:
        each, parent, inherited = stack.pop()
        line = line_of(each)
        if line is None:
            continue
        children = below(each)
        section = stance_of(line.text) if sections and children and not line.stance else ""
        if section and parent is not None:
            stack.extend((child, parent, section) for child in reversed(children))
            continue
        said, rest = without_prefix(line.text) if prefixes and parent is not None else ("", line.text)
        line.parent, line.text, line.stance = parent, rest, said or line.stance or inherited
        draft.document.lines.append(line)
        stack.extend((child, line.id, "") for child in reversed(children))


def points(text: str) -> bool:
    """Whether `text` says which way it points: what it stands under is then a claim."""
    return bool(stance_of(text) or without_prefix(text)[0])
