"""From an argument graph back to lines and relations: AIF and SADFace join statements by nodes for schemes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.formats.document import Line
from debates.formats.drafts import NoteKind, Relation
from debates.formats.own_records import restore, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.formats.drafts import Draft
    from debates.formats.own_records import Row

# A scheme that joins more pairs of statements than this is read with its first conclusion alone.
MOST_PAIRS = 100


@dataclass(slots=True)
class Scheme:
    """An inference of a file. `premises` are ids of statements, `conclusions` of statements or of other schemes.

    `links` is what our own writers say of it, as debates.formats.inferences gives it.
    """

    id: str
    stance: str
    links: list[Row] = field(default_factory=list)
    premises: list[str] = field(default_factory=list)
    conclusions: list[str] = field(default_factory=list)


class ArgumentGraph:
    """A graph while it is read: add statements and schemes, then edges, then `finish`."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.atoms: dict[str, Line] = {}
        self.schemes: dict[str, Scheme] = {}
        self.left_out: set[str] = set()  # nodes that are known and say nothing here: their edges are no loss
        self.links: list[tuple[int, Line]] = []
        self.dangling = self.direct = self.joined = 0

    def add_atom(self, line: Line) -> None:
        """A statement. Where two have one id, edges mean the first."""
        self.atoms.setdefault(line.id, line)
        self.draft.document.lines.append(line)

    def add_scheme(self, scheme: Scheme) -> None:
        if scheme.id in self.schemes or scheme.id in self.atoms:
            sentence = _("“%(id)s” names two nodes; the second is left out.")
            self.draft.note(NoteKind.SKIPPED, sentence % {"id": scheme.id[:60]})
        else:
            self.schemes[scheme.id] = scheme

    def add_edge(self, source: str, target: str) -> None:
        if source in self.schemes and (target in self.atoms or target in self.schemes):
            self.schemes[source].conclusions.append(target)
        elif source in self.atoms and target in self.schemes:
            self.schemes[target].premises.append(source)
        elif source in self.atoms and target in self.atoms:
            self.direct += 1
            self.draft.relations.append(Relation(source, target, "supports"))
        elif not {source, target} & self.left_out:
            self.dangling += 1

    def finish(self) -> None:
        """Put the relations and links into the draft, and say what could not be taken as it stood."""
        for scheme in self.schemes.values():
            self._relate(scheme)
        self.draft.document.lines = _woven(self.draft.document.lines, self.links)
        self._report()

    # -- one scheme ----------------------------------------------------------------------------------------------

    def _relate(self, scheme: Scheme) -> None:
        conclusions = list(self._conclusions(scheme))
        if not scheme.premises and len(conclusions) == 2 and scheme.stance == "opposes":
            self._disagree(scheme, conclusions)
            return
        if not scheme.premises or not conclusions:
            self._say(NoteKind.SKIPPED, _("The scheme “%(id)s” lacks a premise or a conclusion."), id=scheme.id)
            return
        if len(scheme.premises) * len(conclusions) > MOST_PAIRS:
            conclusions = conclusions[:1]
        together = len(scheme.premises) > 1
        self.joined += together
        links: defaultdict[str, list[Row]] = defaultdict(list)
        for record in reversed(scheme.links):
            links[str(record.get("of"))].append(record)
        for premise in scheme.premises:
            if links[premise]:
                self._add_link(scheme, conclusions[0], links[premise].pop())
            else:
                self._add_relations(scheme, premise, conclusions, self.joined if together else None)

    def _conclusions(self, scheme: Scheme) -> Iterator[str]:
        """The statements that a scheme bears on; for a scheme that is attacked itself, its first premise."""
        for target in scheme.conclusions:
            if target in self.atoms:
                yield target
            elif self.schemes[target].premises and target != scheme.id:
                sentence = _("“%(id)s” bears on an inference: it stands under the premise of that.")
                self._say(NoteKind.REPAIRED, sentence, id=scheme.id)
                yield self.schemes[target].premises[0]

    def _add_relations(self, scheme: Scheme, premise: str, conclusions: list[str], group: int | None) -> None:
        own = self.atoms[premise].group
        for conclusion in conclusions:
            # A scheme between two that conflict has both as premise and as conclusion.
            if conclusion != premise or len(conclusions) == 1:
                number = own if own is not None else group
                self.draft.relations.append(Relation(premise, conclusion, scheme.stance, number))

    def _add_link(self, scheme: Scheme, parent: str, record: Row) -> None:
        position = whole(record.get("position")) or 0
        name = f"{scheme.id}/{len(self.links) + 1}"
        link = Line(id=name, parent=parent, stance=scheme.stance, refers_to=str(record["of"]))
        restore(link, record)
        self.links.append((position, link))

    def _disagree(self, scheme: Scheme, ends: list[str]) -> None:
        """A conflict that points at two statements from neither side: each is linked under the other."""
        for target, parent in zip(ends, reversed(ends), strict=True):
            name = f"{scheme.id}/{len(self.links) + 1}"
            self.links.append((len(self.atoms), Line(name, parent, scheme.stance, refers_to=target)))

    # -- what was done --------------------------------------------------------------------------------------------

    def _say(self, kind: NoteKind, sentence: str, **values: str) -> None:
        self.draft.note(kind, sentence % {name: value[:60] for name, value in values.items()})

    def _report(self) -> None:
        if self.dangling:
            sentence = _("%(count)s edges name a node that is not in the file.")
            self.draft.note(NoteKind.SKIPPED, sentence % {"count": self.dangling})
        if self.direct:
            sentence = _("%(count)s edges join two statements without a scheme: they are read as “because”.")
            self.draft.note(NoteKind.REPAIRED, sentence % {"count": self.direct})


def _woven(lines: list[Line], links: list[tuple[int, Line]]) -> list[Line]:
    """`lines` with the links among them, each where it says how many lines stand before it."""
    rest = iter(lines)
    woven: list[Line] = []
    for position, link in sorted(links, key=lambda each: each[0]):
        woven.extend(islice(rest, max(0, position - len(woven))))
        woven.append(link)
    woven.extend(rest)
    return woven
