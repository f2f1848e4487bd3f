"""What an analysis is about: the whole topic, one branch of it, one person's lines, or their lines in one branch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debates.analysis.forest import Forest, Record


@dataclass(frozen=True, slots=True)
class Scope:
    """`area` is the topic or the branch, `lines` are those of it that are asked about; both in reading order."""

    forest: Forest
    area: Sequence[Record]
    lines: Sequence[Record]
    root: int | None = None
    author: int | None = None

    @property
    def arguments(self) -> list[Record]:
        """The lines that stand below a claim, or below the branch's root: what is counted for and against."""
        return [line for line in self.lines if line.depth and line.id != self.root]

    def is_top(self, line: Record) -> bool:
        """Whether a line stands right below what the scope begins with."""
        return line.depth == 1 if self.root is None else line.parent == self.root

    def owed(self, objections: Sequence[Record]) -> list[Record]:
        """Those of `objections` in the area that await an answer: for one person, the objections to their lines."""
        if self.author is None:
            return list(objections)
        mine = {line.id for line in self.lines}
        return [objection for objection in objections if objection.parent in mine]


def scope_of(forest: Forest, *, root: int | None = None, author: int | None = None) -> Scope:
    """Raises KeyError where `root` is not in any count."""
    area = list(forest.records.values()) if root is None else forest.branch(root)
    lines = area if author is None else [line for line in area if line.author == author]
    return Scope(forest, area, lines, root, author)
