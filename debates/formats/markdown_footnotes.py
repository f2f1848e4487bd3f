"""The footnotes of a Markdown file, which are an extension of it: taken out before the parser sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from debates.formats.document import SourceCard
from debates.formats.markdown_inline import said

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ \t]?(.*)")
_FENCE = re.compile(r"\s*(```|~~~)")


@dataclass(slots=True)
class Footnote:
    """One footnote: its own lines, and those that it quotes."""

    lines: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        line = line.strip()
        if line.startswith(">"):
            self.quoted.append(line[1:].strip())
        elif line:
            self.lines.append(line)

    def card(self, markdown: MarkdownIt, env: dict[str, Any]) -> SourceCard:
        """The source that it names: the first address in it, what it says, what it quotes."""
        text = said("\n".join(self.lines), markdown, env)
        quotation = "\n".join(said(line, markdown, env).words if line else "" for line in self.quoted)
        web = text.sources
        return SourceCard(title=text.words, url=web[0].url if web else "", quotation=quotation)


def taken_out(source: str) -> tuple[str, dict[str, Footnote]]:
    """`source` with blank lines where its footnotes stood, and the footnotes by label; the first of a label counts."""
    kept: list[str] = []
    found: dict[str, Footnote] = {}
    within: Footnote | None = None
    fence = ""
    for line in source.split("\n"):
        definition = None if fence else _DEFINITION.match(line)
        if definition:
            within = Footnote()
            within.add(definition[2])
            found.setdefault(definition[1], within)
        elif within is not None and (line.startswith(("    ", "\t")) or not line.strip()):
            within.add(line)
        else:
            within = None
            fence = _fence_after(line, fence)
            kept.append(line)
            continue
        kept.append("")
    return "\n".join(kept), found


def _fence_after(line: str, fence: str) -> str:
    """The sign of the block of code that is open below `line`."""
    sign = _FENCE.match(line)
    if sign is None or (fence and sign[1] != fence):
        return fence
    return "" if fence else sign[1]
