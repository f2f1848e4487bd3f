"""The statements and arguments of an Argdown file while its lines are read: each goes to the node of its title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.formats.argdown_data import YamlReader
from debates.formats.argdown_model import Model, Node
from debates.formats.argdown_prose import words_of
from debates.formats.drafts import NoteKind

if TYPE_CHECKING:
    from debates.formats.argdown_data import Row as Data
    from debates.formats.argdown_lines import Row
    from debates.formats.argdown_model import Bond
    from debates.formats.drafts import Draft

HEAD = re.compile(r"\s*(?:\[([^\[\]]+)\]|<(?![-+_!])([^<>]+)>)(?:(:)|(?!\())")
_INCLUDE = re.compile(r"@include\(([^()\n]{0,500})\)")


@dataclass(slots=True)
class Member:
    """A statement or an argument in one place."""

    key: str
    at: int
    defines: bool
    words: list[str]
    data: list[str] = field(default_factory=list)
    bond: Bond | None = None

    def add(self, row: Row) -> None:
        """Another line of it."""
        self.words.append(row.text)
        self.data += row.data


class Members:
    """Makes the nodes of `model`. One member is open at a time, and gathers lines until it is closed."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.model = Model()
        self.open: Member | None = None
        self._yaml = YamlReader()
        self._untitled = 0

    def front_matter(self, text: str) -> None:
        found = self._yaml.front_matter(text)
        self.model.front_matter = found or {}
        if found is None:
            self.draft.note(NoteKind.SKIPPED, _("The front matter is no YAML that this site reads."), at=1)

    def begin(self, text: str, row: Row) -> Member:
        """Open the member that `text`, which is part of `row`, begins."""
        if head := HEAD.match(text):
            title = (head[1] or head[2]).strip()
            key, rest = f"[{title}]" if head[1] else f"<{title}>", text[head.end() :]
        else:
            title, key, rest = "", self.untitled("["), text
        self.node(key, title, row.at)
        self.open = Member(key, row.at, head is None or head[3] is not None, [rest], list(row.data))
        return self.open

    def untitled(self, bracket: str) -> str:
        """A key that no title gives: it has two brackets."""
        self._untitled += 1
        return f"{bracket}{bracket}{self._untitled}"

    def node(self, key: str, title: str, at: int) -> Node:
        if key not in self.model.nodes:
            self.model.nodes[key] = Node(key, title, at)
        return self.model.nodes[key]

    def close(self) -> None:
        """Give what the open member has gathered to its node."""
        member, self.open = self.open, None
        if member is None:
            return
        node = self.model.nodes[member.key]
        node.uses += 1
        raw = " ".join(member.words)
        found = words_of(raw)
        node.tags += [tag for tag in found.tags if tag not in node.tags]
        node.cards += found.cards
        data = self._data(member)
        if member.bond is not None and isinstance(data.get("here"), dict):
            member.bond.here = data.pop("here")
        node.data |= data
        if found.text:
            self._define(node, member, found.text, canonical=data.get("isCanonical") is True)
        for include in _INCLUDE.findall(raw):
            sentence = _("The file “%(name)s” is not included: put its text into this one.") % {"name": include[:60]}
            self.draft.note(NoteKind.SKIPPED, sentence, at=member.at)

    def _define(self, node: Node, member: Member, text: str, *, canonical: bool) -> None:
        """The last text counts, or the one that is said to be canonical."""
        if not member.defines:
            self.draft.note(NoteKind.REPAIRED, _("A colon is missing behind the title."), at=member.at)
        if not node.defined:
            node.at, node.defined = member.at, True
        elif text != node.text:
            sentence = _("“%(title)s” is said in several ways: one of them is kept.") % {"title": node.title[:60]}
            self.draft.note(NoteKind.MERGED, sentence, at=member.at)
        if canonical or not node.chosen:
            node.text, node.chosen = text, canonical

    def _data(self, member: Member) -> Data:
        found: Data = {}
        for text in member.data:
            row = self._yaml.data(text)
            if row is None:
                sentence = _("The data is no YAML that this site reads, or more than it reads in one file.")
                self.draft.note(NoteKind.SKIPPED, sentence, at=member.at)
            found |= row or {}
        return found
