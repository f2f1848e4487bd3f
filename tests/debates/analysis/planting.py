"""Forests for tests, from an indented text in which the tree can be seen; nothing here touches the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from debates.analysis.forest import Forest, Record, forest_of
from debates.analysis.scope import scope_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debates.analysis.scope import Scope

STANCES = {"+": "supports", "-": "opposes"}
PEOPLE = {"alice": 1, "bob": 2}


@dataclass
class Planted:
    """The records of a text, and the ids of its lines by their words."""

    records: list[Record] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def forest(self) -> Forest:
        return forest_of(self.records)

    def scope(self, root: str = "", author: str = "") -> Scope:
        return scope_of(self.forest, root=self.ids[root] if root else None, author=PEOPLE.get(author))

    def words(self, ids: Iterable[int]) -> list[str]:
        names = {pk: words for words, pk in self.ids.items()}
        return [names[pk] for pk in ids]


def plant(text: str) -> Planted:
    """A line is `+` or `-` (a claim has neither), its words, and what is special about it:

    `=words` after the sign makes a link to an earlier line; then `source`, `passage`, `by bob` after a bar.
    """
    planted = Planted()
    path: list[tuple[int, Record]] = []
    for line in filter(str.strip, text.splitlines()):
        indent = len(line) - len(line.lstrip())
        while path and path[-1][0] >= indent:
            path.pop()
        words, _bar, more = (part.strip() for part in line.partition("|"))
        record = _record(planted, words, more, path[-1][1] if path else None)
        planted.records.append(record)
        path.append((indent, record))
    return planted


def _record(planted: Planted, words: str, more: str, above: Record | None) -> Record:
    stance = ""
    if above is not None:
        sign, words = words.split(" ", 1)
        stance = STANCES[sign]
    pk = len(planted.records) + 1
    planted.ids[words if words not in planted.ids else f"{words}#{pk}"] = pk
    target = planted.ids[words[1:]] if words.startswith("=") else None
    author = PEOPLE[more.split("by ")[1].split()[0]] if "by " in more else PEOPLE["alice"]
    depth = above.depth + 1 if above else 0
    parent = above.id if above else None
    return Record(pk, parent, target, stance, depth, pk, author, more.count("source"), more.count("passage"))
