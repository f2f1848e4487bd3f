"""The blocks of a draft that was put together, each piece with where it comes from; and the same as Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from debates.drafting.escaping import escaped, started

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Kind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTATION = "quotation"
    REFERENCE = "reference"


class Origin(StrEnum):
    """Where words come from."""

    LINE = "line"  # a statement says them
    POINTER = "pointer"  # the beginning of a statement that stands elsewhere in the text
    JOINING = "joining"  # our small set of joining words and headings, and full stops
    CITATION = "citation"  # the style's words for a source
    PASSAGE = "passage"  # a text beside the map says them, or they tell where


class Run(NamedTuple):
    """Some words. `statement` is what they come from; 0 where that is none. Markdown is ready to be used as it is."""

    text: str
    origin: Origin
    statement: int = 0
    markdown: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or the like. `level` is that of a heading, 2 and more, or how deep an item stands, 1 and more.

    A block other than an item that belongs to an item has its level too.
    """

    kind: Kind
    runs: tuple[Run, ...]
    level: int = 0
    statement: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def to_markdown(blocks: Sequence[Block]) -> str:
    """`blocks` as CommonMark. What people wrote is escaped where it would be markup."""
    made: list[str] = []
    margins: list[str] = []  # what stands before the words of the item at each level
    counts: list[int] = []
    for block in blocks:
        if block.kind == Kind.ITEM:
            del counts[block.level :], margins[block.level - 1 :]
            counts += [0] * (block.level - len(counts))
            counts[-1] += 1
            margins += [""] * (block.level - 1 - len(margins))
            mark = f"{counts[-1]}. "
            made.append("".join(margins) + mark + markdown_of(block.runs))
            margins.append(" " * len(mark))
        elif block.level and block.kind == Kind.QUOTATION:
            made.append(_indented(_quoted(block), "".join(margins[: block.level])))
        else:
            counts, margins = [], []
            made.append(_written(block))
    gaps = ["" if not at else _gap(blocks[at - 1], block) for at, block in enumerate(blocks)]
    return "".join(gap + text for gap, text in zip(gaps, made, strict=True))


def _gap(before: Block, after: Block) -> str:
    return "\n" if before.kind == after.kind == Kind.ITEM else "\n\n"


def _written(block: Block) -> str:
    if block.kind == Kind.HEADING:
        return f"{'#' * block.level} {markdown_of(block.runs).replace('#', chr(92) + '#')}"
    return _quoted(block) if block.kind == Kind.QUOTATION else markdown_of(block.runs)


def _quoted(block: Block) -> str:
    lines = "".join(run.text for run in block.runs).split("\n")
    return "\n".join(f"> {started(escaped(line.strip()))}".rstrip() for line in lines)


def markdown_of(runs: Iterable[Run]) -> str:
    """`runs` as a paragraph."""
    return started("".join(run.markdown or escaped(run.text) for run in runs))


def _indented(text: str, margin: str) -> str:
    return "\n".join(margin + line if line else line for line in text.split("\n"))
