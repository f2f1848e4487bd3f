"""A Markdown outline (CommonMark, with the footnotes of GitHub and Pandoc): headings are claims, lists their arguments.

Sources are footnotes. A background and a note are Markdown themselves: they stand in block quotes, as they are. What is
linked to has an anchor.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from debates.formats.markdown_blocks import Reading
from debates.formats.stances import WORDS, stance_of
from debates.formats.texts import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.formats.document import Document, Line, SourceCard
    from debates.formats.drafts import Draft

INDENT = "    "
_SIGNS = re.compile(r"[\\`*_\[\]<>#&~|]")
# What begins a block at the start of a line.
_MARKER = re.compile(r"(?:[-+=!]|(?P<number>\d{1,9})(?P<dot>[.)]))")


# -- writing -----------------------------------------------------------------------------------------------------------


def write(document: Document) -> bytes:
    """The outline of `document`, a blank line between any two blocks."""
    blocks = [f"# {escaped(document.title)}"]
    if document.question:
        blocks.append(f"**Question:** {escaped(document.question)}")
    if document.background:
        blocks.append(_quoted(document.background))
    writing = _Writing(document)
    blocks += [block for line in document.lines for block in writing.blocks(line)]
    blocks += [_footnote(number, card) for number, card in writing.footnotes]
    return ("\n\n".join(blocks) + "\n").encode()


class _Writing:
    """A document while it is being written."""

    def __init__(self, document: Document) -> None:
        numbers, targets = document.numbers(), {line.refers_to for line in document.lines}
        self.words, self.depths = document.words(), document.depths()
        self.anchors = {key: "s-" + ".".join(map(str, number)) for key, number in numbers.items() if key in targets}
        self.numbers = count(1)
        self.footnotes: list[tuple[int, SourceCard]] = []

    def blocks(self, line: Line) -> Iterator[str]:
        """The heading or the item of a line, then its note."""
        text = escaped(self.words[line.id])
        if line.refers_to:
            text = f"[→ {text}](#{self.anchors[line.refers_to]})"
        if line.id in self.anchors:
            text += f' <a id="{self.anchors[line.id]}"></a>'
        marks = [self._mark(card) for card in line.sources]
        text = f"{text} {''.join(marks)}".rstrip()
        depth = self.depths[line.id]
        if depth:
            yield _indented(f"- **{WORDS[line.stance]}:** {text}", depth - 1)
        else:
            # A heading that only says “Pros” would be one over arguments.
            yield f"## **Claim:** {text}" if stance_of(line.text) else f"## {text}"
        if line.note:
            yield _indented(_quoted(line.note), depth)

    def _mark(self, card: SourceCard) -> str:
        number = next(self.numbers)
        self.footnotes.append((number, card))
        return f"[^{number}]"


def escaped(text: str) -> str:
    """One line of text so that Markdown shows it as it is."""
    plain = _SIGNS.sub(lambda sign: "\\" + sign[0], text)
    marker = _MARKER.match(plain)
    if marker is None:
        return plain
    at = marker.start("dot") if marker["dot"] else 0
    return f"{plain[:at]}\\{plain[at:]}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _indented(block: str, depth: int) -> str:
    return "\n".join(INDENT * depth + line for line in block.split("\n"))


def _footnote(number: int, card: SourceCard) -> str:
    title = escaped(card.title)
    lines = [
        f"[^{number}]: [{title}](<{re.sub(r'[\\<>&]', r'\\\g<0>', card.url)}>)" if card.url else f"[^{number}]: {title}"
    ]
    if card.quotation:
        said = "\n".join(escaped(line) for line in card.quotation.split("\n"))
        lines.append(_indented(_quoted(said), 1))
    return "\n".join(lines)


# -- reading -----------------------------------------------------------------------------------------------------------


def read(data: bytes) -> Draft:
    """The draft of an outline of headings, lists or both. Raises Unreadable."""
    return Reading(decoded(data)).run()
