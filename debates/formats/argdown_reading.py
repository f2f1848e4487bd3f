"""An Argdown file as a draft: one place for each statement and argument, links for its others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.formats.argdown_blocks import model_of
from debates.formats.argdown_folding import fold
from debates.formats.argdown_lines import Lines
from debates.formats.document import Line, SourceCard
from debates.formats.drafts import Draft, NoteKind, Unreadable
from debates.formats.own_records import KEY, restore, restore_topic
from debates.formats.texts import decoded

if TYPE_CHECKING:
    from debates.formats.argdown_model import Bond, Model, Node

# A title that is a number, as those of our own writer are, says nothing.
_NUMBER = re.compile(r"[A-Za-z]{0,2}[0-9]+[a-z]?")
_OURS = frozenset({
    "note", "author", "created", "updated", "group", "status", "version", "sources", "passages", "comments", "tally",
})  # fmt: skip
# What tells Argdown how to draw, and nothing of what is said.
_LOOKS = frozenset({"isCanonical", "isInGroup", "isGroup", "isClosed", "color", "id", "here", "source"})


def read(data: bytes) -> Draft:
    """The draft of an Argdown file, in the loose or the strict sense. Raises Unreadable."""
    draft = Draft()
    model = model_of(Lines(decoded(data)), draft)
    if not model.nodes and not isinstance(model.front_matter.get(KEY), dict):  # our own may be empty
        raise Unreadable(_("The file holds no statement and no argument, only comments or headings."))
    fold(model, draft)
    _topic(draft, model)
    lines = {key: _line(draft, node) for key, node in model.nodes.items()}
    placed = _place(draft, model, lines)
    claims = sorted((line for line in lines.values() if line.parent is None), key=lambda line: line.at)
    draft.document.lines = claims + placed
    return draft


def _topic(draft: Draft, model: Model) -> None:
    front = model.front_matter
    record = front.get(KEY)
    if isinstance(record, dict):
        restore_topic(draft.document, record)
    title = front.get("title")
    draft.document.title = draft.document.title or (title if isinstance(title, str) else model.title)


# -- a line ----------------------------------------------------------------------------------------------------------


def _line(draft: Draft, node: Node) -> Line:
    line = Line(id=node.key, text=node.text, at=node.at)
    restore(line, node.data)
    sources = node.data.get("sources")
    cited = [node.data.get("source"), *(sources if isinstance(sources, list) else [sources])]
    line.sources += [SourceCard(title=each) for each in cited if isinstance(each, str) and each.strip()]
    line.sources += node.cards
    if not line.text:
        line.text = node.title
        draft.note(NoteKind.REPAIRED, _("This is named but never said: its title stands for it."), at=node.at)
    parts = [] if line.text == node.title or _NUMBER.fullmatch(node.title) else [node.title]
    parts += [*node.rules, " ".join(f"#{tag}" if " " not in tag else f"#({tag})" for tag in node.tags), line.note]
    line.note = "\n\n".join(part for part in parts if part)
    unknown = [name for name in node.data if name not in _OURS | _LOOKS]
    if unknown:
        sentence = _("Data that this site has no place for is left out: %(names)s.")
        draft.note(NoteKind.SKIPPED, sentence % {"names": ", ".join(map(str, unknown))[:120]}, at=node.at)
    return line


# -- its places ------------------------------------------------------------------------------------------------------


def _place(draft: Draft, model: Model, lines: dict[str, Line]) -> list[Line]:
    """Give each line the first of its places that closes no circle, and make links of the others. What stands under
    something is returned in the order of the file."""
    roots = _Roots()
    taken: dict[tuple[str, str], str] = {}
    placed: list[Line] = []
    for bond in model.bonds:
        pair = (bond.child, bond.parent)
        if pair in taken:
            if taken[pair] != bond.stance:
                draft.note(NoteKind.MERGED, _("This stands here already, for the other side."), at=bond.at)
            continue
        if bond.child == bond.parent:
            draft.note(NoteKind.CUT, _("This bears on itself: the relation is cut."), at=bond.at)
            continue
        taken[pair] = bond.stance
        child = lines[bond.child]
        if bond.here is None and child.parent is None and roots.of(bond.parent) != bond.child:
            roots.put(bond.child, under=bond.parent)
            child.parent, child.stance = bond.parent, bond.stance
            child.group = child.group if bond.group is None else bond.group
            placed.append(child)
        else:
            placed.append(_link(bond, len(placed)))
    return placed


def _link(bond: Bond, number: int) -> Line:
    link = Line(id=f"{number}:{bond.child}", parent=bond.parent, stance=bond.stance, refers_to=bond.child, at=bond.at)
    restore(link, bond.here or {})
    link.group = link.group if bond.group is None else bond.group
    return link


class _Roots:
    """Which line stands at the top of the tree that a line is in, while trees grow together."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, key: str) -> str:
        path = []
        while key in self._above:
            path.append(key)
            key = self._above[key]
        for passed in path:
            self._above[passed] = key
        return key

    def put(self, child: str, *, under: str) -> None:
        self._above[child] = self.of(under)
