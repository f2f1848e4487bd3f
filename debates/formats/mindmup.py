"""MindMup .mup, version 3 (mapjs, content.js): a root per claim, and a node “group” between a line and its reasons.

A group supports or opposes what it hangs on; what stands together in one is a set of co-premises. A link is an idea
with the words of its target, from which a connector leads there. What MindMup has no place for stands in attributes
named “counterpoint”, which it keeps.
"""

from __future__ import annotations

import json
from itertools import count, groupby
from typing import TYPE_CHECKING, Any

from debates.formats.mindmup_ideas import GROUP_KINDS, Reading
from debates.formats.strict_json import load_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.formats.document import Document, Line
    from debates.formats.drafts import Draft

type Idea = dict[str, Any]


def write(document: Document) -> bytes:
    """The map of `document`, in the theme that MindMup has for argument maps."""
    content = _Writing(document).content()
    return (json.dumps(content, ensure_ascii=False) + "\n").encode()


class _Writing:
    """A document while it is being written. Ideas are made top down, so no depth is too deep."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = document.words()
        self.ids = count(1)
        self.ideas: dict[str, Idea] = {}

    def content(self) -> Idea:
        below = self.document.below()
        roots = [self._idea(line) for line in below[None]]
        for line in self.document.lines:
            if line.id in below:
                groups = [self._group(members) for members in _together(below[line.id])]
                self.ideas[line.id]["ideas"] = _ranked(groups)
        about = {"question": self.document.question, "background": self.document.background}
        attributes = {"theme": "argMappingSimple", "counterpoint": {name: text for name, text in about.items() if text}}
        return {
            "id": "root", "formatVersion": 3, "title": self.document.title, "attr": attributes,
            "ideas": _ranked(roots), "links": list(self._connectors()),
        }  # fmt: skip

    def _idea(self, line: Line) -> Idea:
        idea: Idea = {"id": next(self.ids), "title": self.words[line.id]}
        if line.note:
            idea["attr"] = {"note": {"text": line.note, "index": 1}}
        self.ideas[line.id] = idea
        return idea

    def _group(self, members: list[Line]) -> Idea:
        first = members[0]
        attributes: Idea = {"group": GROUP_KINDS[first.stance], "contentLocked": True}
        if first.group is not None:
            attributes["counterpoint"] = {"group": first.group}
        group: Idea = {"id": next(self.ids), "title": "group", "attr": attributes}
        return group | {"ideas": _ranked([self._idea(each) for each in members])}

    def _connectors(self) -> Iterator[Idea]:
        for line in self.document.lines:
            if line.refers_to:
                source, target = self.ideas[line.id], self.ideas[line.refers_to]["id"]
                source["attr"] = source.get("attr", {}) | {"counterpoint": {"link": target}}
                yield {"ideaIdFrom": source["id"], "ideaIdTo": target, "attr": {"style": {"lineStyle": "dashed"}}}


def _together(siblings: list[Line]) -> Iterator[list[Line]]:
    """Each line alone, and neighbours that are co-premises together."""
    for (group, _stance), members in groupby(siblings, lambda line: (line.group, line.stance)):
        if group is None:
            yield from ([line] for line in members)
        else:
            yield list(members)


def _ranked(ideas: list[Idea]) -> dict[str, Idea]:
    return {str(rank): idea for rank, idea in enumerate(ideas, 1)}


def read(data: bytes) -> Draft:
    """The draft of a map in any version of the format. Raises Unreadable."""
    return Reading(load_object(data)).run()
