"""From what a file relates to a tree: one place for each line, links for its other places, circles cut."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.formats.document import Line, reading_order
from debates.formats.drafts import NoteKind, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debates.formats.drafts import Draft

QUOTED = 60


def settle(draft: Draft) -> None:
    """Make the lines of `draft` a forest in reading order, in place. Linear in lines and relations.

    Afterwards every parent is a line of the document and no link, no line stands below itself, every link refers to
    a line that is no link and does not stand above it. What had to be changed for that is noted.
    """
    _Settling(draft).run()


class _Settling:
    """One draft while it is being settled."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.lines = draft.document.lines
        self.by_id: dict[str, Line] = {}
        self.targets: dict[str, str] = {}  # what each link was found to refer to
        self.further: defaultdict[str, list[Relation]] = defaultdict(list)

    def run(self) -> None:
        self._name_each_once()
        self._find_targets()
        self._find_parents()
        self._cut_circles()
        self.lines = reading_order(self.lines)
        self._link_the_rest()
        self._drop_links_to_above()
        self.draft.document.lines = reading_order(self.lines)
        self.draft.relations = []

    def _name_each_once(self) -> None:
        numbers: defaultdict[str, count[int]] = defaultdict(lambda: count(2))  # each goes on where it stopped
        for line in self.lines:
            if line.id in self.by_id:
                free = next(name for n in numbers[line.id] if (name := f"{line.id}~{n}") not in self.by_id)
                self._say(NoteKind.REPAIRED, _("“%(id)s” names two lines; the second is kept too."), line, id=line.id)
                line.id = free
            self.by_id[line.id] = line

    # -- links that the file itself has ---------------------------------------------------------------------------

    def _find_targets(self) -> None:
        """Let every link refer to a line with words, and give what stands under a link to its target."""
        for line in self.lines:
            if line.refers_to is not None:
                line.refers_to = self._target_of(line)
        for line in self.lines:
            parent = self.by_id.get(line.parent or "")
            if parent is not None and parent.refers_to:
                line.parent = parent.refers_to
                self._say(NoteKind.REPAIRED, _("“%(line)s” stood under a link, and stands under its target."), line)
        lost = [line for line in self.lines if line.refers_to == ""]
        self._drop(lost, _("A link refers to a line that is not in the file."))

    def _target_of(self, link: Line) -> str:
        """The line with words at the end of a chain of links, "" where there is none. No link is followed twice."""
        path: dict[str, None] = {}
        at: Line | None = link
        while at is not None and at.refers_to is not None and at.id not in path and at.id not in self.targets:
            path[at.id] = None
            at = self.by_id.get(at.refers_to)
        target = "" if at is None or at.id in path else self.targets.get(at.id, at.id)
        self.targets |= dict.fromkeys(path, target)
        return target

    def _drop(self, lines: Iterable[Line], sentence: str) -> None:
        gone = {line.id for line in lines}
        if not gone:
            return
        for line in self.lines:
            if line.id in gone:
                self._say(NoteKind.SKIPPED, sentence, line)
        self.lines = [line for line in self.lines if line.id not in gone]
        self.by_id = {line.id: line for line in self.lines}

    # -- one parent each ------------------------------------------------------------------------------------------

    def _find_parents(self) -> None:
        known = []
        for relation in self.draft.relations:
            if relation.child in self.by_id and relation.parent in self.by_id:
                known.append(relation)
            else:
                self._note(NoteKind.SKIPPED, _("A relation names a line that is not in the file."), at=relation.at)
        for relation in known:
            child = self.by_id[relation.child]
            if child.parent is None and relation.parent != child.id:
                child.parent, child.stance, child.group = relation.parent, relation.stance, relation.group
            else:
                self.further[relation.child].append(relation)
        orphans = []
        for line in self.lines:
            if line.parent is not None and line.parent not in self.by_id:
                line.parent = None
                orphans.append(line)
        for line in orphans:
            self._say(
                NoteKind.REPAIRED, _("“%(line)s” answers a line that is not in the file: it is a claim now."), line
            )
        self._drop([line for line in self.lines if line.is_link and line.parent is None], _("A link is no claim."))

    def _cut_circles(self) -> None:
        """Follow the parents of each line once; the first line of a circle becomes a claim, or finds another parent."""
        place = {line.id: at for at, line in enumerate(self.lines)}
        done: set[str] = set()
        for line in self.lines:
            path: dict[str, None] = {}
            at: str | None = line.id
            while at is not None and at not in done and at not in path:
                path[at] = None
                at = self.by_id[at].parent
            if at in path:
                ids = list(path)
                circle = ids[ids.index(at) :]
                self._cut(self.by_id[min(circle, key=place.__getitem__)])
            done.update(path)

    def _cut(self, line: Line) -> None:
        self._say(NoteKind.CUT, _("“%(line)s” stood below itself: this relation is cut."), line)
        line.parent, line.stance, line.group = None, "", None
        if line.is_link:
            self._drop([line], _("A link is no claim."))

    # -- the other places -----------------------------------------------------------------------------------------

    def _link_the_rest(self) -> None:
        taken = {(line.refers_to or line.id, line.parent) for line in self.lines}
        for child, relations in self.further.items():
            for relation in relations:
                if child == relation.parent:
                    self._say(NoteKind.CUT, _("“%(line)s” bore on itself: this relation is cut."), self.by_id[child])
                elif (child, relation.parent) in taken:
                    self._say(NoteKind.MERGED, _("“%(line)s” stands there already."), self.by_id[child])
                else:
                    taken.add((child, relation.parent))
                    self._link(relation)

    def _link(self, relation: Relation) -> None:
        link = Line(
            id=f"{relation.child}>{relation.parent}", parent=relation.parent, stance=relation.stance,
            refers_to=relation.child, group=relation.group, at=relation.at,
        )  # fmt: skip
        self.lines.append(link)

    def _drop_links_to_above(self) -> None:
        """A line cannot argue for or against itself: a link below its own target closes a circle."""
        first, last = _extents(reading_order(self.lines))
        circles = []
        for line in self.lines:
            if line.refers_to is not None and line.parent is not None:
                target = line.refers_to
                if first[target] <= first[line.parent] <= last[target]:
                    circles.append(line)
        for link in circles:
            link_of = self.by_id[link.refers_to or ""]
            self._say(
                NoteKind.CUT, _("“%(line)s” would argue about itself: this relation is cut."), link_of, at=link.at
            )
        gone = {line.id for line in circles}
        self.lines = [line for line in self.lines if line.id not in gone]

    # -- what was done --------------------------------------------------------------------------------------------

    def _say(self, kind: NoteKind, sentence: str, line: Line, *, at: int = 0, **values: str) -> None:
        named = self.by_id.get(line.refers_to or "", line)
        text = named.text if len(named.text) <= QUOTED else named.text[: QUOTED - 1] + "…"
        self._note(kind, sentence % {"line": text, **values} if "%" in sentence else sentence, at=at or line.at)

    def _note(self, kind: NoteKind, sentence: str, *, at: int) -> None:
        self.draft.note(kind, sentence, at=at)


def _extents(lines: list[Line]) -> tuple[dict[str, int], dict[str, int]]:
    """For lines in reading order: the place of each, and of the last line of its branch."""
    first = {line.id: at for at, line in enumerate(lines)}
    last = dict(first)
    for line in reversed(lines):
        if line.parent is not None:
            last[line.parent] = max(last[line.parent], last[line.id])
    return first, last
