"""From the lines of an Argdown file to its statements, arguments and relations.

Follows the grammar of Argdown's core 1.7.5, and forgives what that refuses where it is plain what was meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.formats.argdown_members import HEAD, Members
from debates.formats.argdown_model import Bond, Step, Structure
from debates.formats.argdown_prose import words_of
from debates.formats.drafts import NoteKind

if TYPE_CHECKING:
    from debates.formats.argdown_lines import Lines, Row
    from debates.formats.argdown_members import Member
    from debates.formats.argdown_model import Model
    from debates.formats.drafts import Draft

_HEADING = re.compile(r"(#+) (.*)")
_NUMBERED = re.compile(r"[ \t]*\(([0-9]+)\)(.*)")
_RELATION = re.compile(r"([ \t]*)(\+>|->|<\+|<-(?!-)|<_(?!_)|><|_>|\+|-|_(?=\s))(.*)")
_ITEM = re.compile(r"([ \t]*)(?:[0-9]+\.|\*)(?=\s)(.*)")
_DASHES = re.compile(r"[ \t]*--")
# Whether what stands below bears on what stands above or the other way round, and how.
_MEANINGS = {
    "+": (True, "supports"), "<+": (True, "supports"), "+>": (False, "supports"),
    "-": (True, "opposes"), "<-": (True, "opposes"), "->": (False, "opposes"),
    "_": (True, "opposes"), "<_": (True, "opposes"), "_>": (False, "opposes"), "><": (True, "opposes"),
}  # fmt: skip


def model_of(lines: Lines, draft: Draft) -> Model:
    """What the lines say. What cannot be taken as it stands is noted in `draft`."""
    return _Blocks(draft).model_of(lines)


class _Blocks:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.members = Members(draft)
        self.model = self.members.model
        # The key of the member at each depth of the block, and the indents that make the depths.
        self.above: list[str] = []
        self.indents: list[int] = [0]
        self.structure: Structure | None = None
        self.argument: str | None = None  # of the block before, whose reconstruction may follow
        self.rules: list[str] | None = None  # of an inference that goes on

    def model_of(self, lines: Lines) -> Model:
        if lines.front_matter.strip():
            self.members.front_matter(lines.front_matter)
        for row in lines:
            self._row(row)
        self.members.close()
        return self.model

    def _row(self, row: Row) -> None:
        if self.rules is not None:
            self._rules(row, self.rules)
        elif not row.text.strip():
            self._empty(row)
        elif _DASHES.match(row.text):
            self._inference(row)
        elif heading := _HEADING.fullmatch(row.text):
            self._heading(heading, row)
        elif numbered := _NUMBERED.fullmatch(row.text):
            self._numbered(numbered, row)
        elif relation := _RELATION.fullmatch(row.text):
            self._relation(relation, row)
        elif item := _ITEM.fullmatch(row.text):
            self._level(len(item[1]) + 1)
            self._begin(item[2], row, depth=len(self.indents) - 1)
        else:
            self._words(row)

    # -- blocks --------------------------------------------------------------------------------------------------

    def _empty(self, row: Row) -> None:
        """An empty line ends a block; one with nothing but data belongs to what stands above."""
        if row.data and self.members.open:
            self.members.open.add(row)
            return
        self.members.close()
        self.above, self.indents = [], [0]

    def _heading(self, heading: re.Match[str], row: Row) -> None:
        self.members.close()
        self.above, self.argument, self.structure = [], None, None
        title = words_of(heading[2]).text
        if len(heading[1]) == 1 and not self.model.title:
            self.model.title = title
        else:
            sentence = _("The heading “%(title)s” is left out; what stands below it is not.") % {"title": title[:60]}
            self.draft.note(NoteKind.SKIPPED, sentence, at=row.at)

    def _words(self, row: Row) -> None:
        """A line that begins a block, or goes on with what stands above."""
        head = HEAD.match(row.text)
        begins = head is not None and head[3] is not None and not row.text[0].isspace()
        if self.members.open and not begins:
            self.members.open.add(row)
            return
        self.structure, self.indents = None, [0]
        key = self._begin(row.text, row, depth=0).key
        self.argument = key if key.startswith("<") else None

    def _relation(self, relation: re.Match[str], row: Row) -> None:
        indent, sign, rest = relation.groups()
        self._level(len(indent))
        if not self.above:
            self.draft.note(NoteKind.REPAIRED, _("There is nothing above that this line bears on."), at=row.at)
            self._begin(rest, row, depth=0)
            return
        depth = min(max(len(self.indents) - 1, 1), len(self.above))
        parent = self.above[depth - 1]
        member = self._begin(rest, row, depth=depth)
        child_bears, stance = _MEANINGS[sign]
        pair = (member.key, parent) if child_bears else (parent, member.key)
        member.bond = Bond(*pair, stance, row.at)
        self.model.bonds.append(member.bond)
        if "_" in sign:
            sentence = _("That an inference does not hold is read as an objection to the argument.")
            self.draft.note(NoteKind.REPAIRED, sentence, at=row.at)
        elif sign == "><":
            sentence = _("A contradiction is read as an objection of the lower statement to the upper one.")
            self.draft.note(NoteKind.REPAIRED, sentence, at=row.at)

    def _level(self, indent: int) -> None:
        """Argdown's own count: deeper is one more, and less goes back to the last that is not deeper."""
        if indent > self.indents[-1]:
            self.indents.append(indent)
        while len(self.indents) > 1 and indent < self.indents[-1]:
            self.indents.pop()

    def _begin(self, text: str, row: Row, *, depth: int) -> Member:
        self.members.close()
        member = self.members.begin(text, row)
        # The members of a list stand deeper than their block, with nothing above them.
        self.above += [member.key] * (depth - len(self.above))
        self.above[depth:] = [member.key]
        return member

    # -- reconstructions -----------------------------------------------------------------------------------------

    def _numbered(self, numbered: re.Match[str], row: Row) -> None:
        """A premise or a conclusion."""
        self.members.close()
        if self.structure is None or (numbered[1] == "1" and self.structure.steps):
            argument = self.argument or self.members.untitled("<")
            self.members.node(argument, "", row.at)
            self.structure, self.argument = Structure(argument, row.at), None
            self.model.structures.append(self.structure)
        self.indents = [0]
        member = self._begin(numbered[2], row, depth=0)
        self.structure.steps.append(Step(member.key, row.at))

    def _inference(self, row: Row) -> None:
        """`----`, `-- rules --`, or `--` with the rules in the lines that follow."""
        self.members.close()
        if self.structure is None:
            self.draft.note(NoteKind.SKIPPED, _("A line of dashes stands outside of a reconstruction."), at=row.at)
            return
        self.structure.steps.append(Step(None, row.at))
        # What is indented below an inference undercuts the argument.
        self.above, self.indents = [self.structure.argument], [0]
        line = row.text.strip()
        if len(line) > 2 and line.endswith("--"):
            self._add_rules([line.strip("-")])
        elif line.strip("-") or len(line) == 2:
            self.rules = [line.lstrip("-")]

    def _rules(self, row: Row, rules: list[str]) -> None:
        """The lines between `--` and `--`. Where the second is forgotten, the next statement ends them."""
        line = row.text.strip()
        if _NUMBERED.fullmatch(row.text) or not (line or row.data):
            self.rules = None
            self._row(row)
        elif line.endswith("--"):
            self._add_rules([*rules, line.strip("-")])
            self.rules = None
        else:
            rules.append(line)

    def _add_rules(self, rules: list[str]) -> None:
        words = words_of(" ".join(rules)).text
        if self.structure and words:
            self.model.nodes[self.structure.argument].rules.append(words)
