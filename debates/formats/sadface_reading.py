"""From SADFace to a draft. Three dialects are about: up to 0.1 the facts of the document stand at the top; 0.2 has them
in `metadata.core` and one type of scheme; since 0.5 there are the types `inference` and `conflict`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.formats.aif_rows import id_of, rows
from debates.formats.document import Line, Span, Text
from debates.formats.drafts import Draft, NoteKind, Unreadable
from debates.formats.own_records import KEY, card_from, restore, whole
from debates.formats.schemes import ArgumentGraph, Scheme

if TYPE_CHECKING:
    from debates.formats.document import SourceCard
    from debates.formats.own_records import Row

_STANCES = {
    "support": "supports", "inference": "supports", "rephrase": "supports",
    "conflict": "opposes", "attack": "opposes", "disagree": "opposes", "undercut": "opposes", "rebut": "opposes",
}  # fmt: skip
_CORE = {"title": "title", "description": "question", "notes": "background"}


def draft_of(content: Row) -> Draft:
    """The draft of a file. Raises Unreadable."""
    nodes = content.get("nodes")
    if not isinstance(nodes, list) or not isinstance(content.get("edges"), list):
        raise Unreadable(_("This JSON is no SADFace: “nodes” and “edges” are missing. Choose another format."))
    draft = _Reading(content).run()
    if nodes and not draft.document.lines:
        raise Unreadable(_("No node of this file is a statement (an atom with “id” and “text”)."))
    return draft


class _Reading:
    """One file while it is read."""

    def __init__(self, content: Row) -> None:
        self.content = content
        self.draft = Draft()
        self.graph = ArgumentGraph(self.draft)
        self.cards: dict[str, SourceCard] = {}
        self.unknown = 0
        self.attacks = False

    def run(self) -> Draft:
        self._read_topic()
        for resource in rows(self.content, "resources"):
            self._add_resource(resource)
        self.essays = {essay.id for essay in self.draft.document.essays}
        for node in rows(self.content, "nodes"):
            self._add(node)
        for edge in rows(self.content, "edges"):
            self.graph.add_edge(id_of(edge.get("source_id")), id_of(edge.get("target_id")))
        self.graph.finish()
        self._report()
        return self.draft

    def _read_topic(self) -> None:
        metadata = self.content.get("metadata")
        core = metadata.get("core") if isinstance(metadata, dict) else None
        facts = core if isinstance(core, dict) else self.content
        document = self.draft.document
        for name, field in _CORE.items():
            if isinstance(facts.get(name), str):
                setattr(document, field, facts[name])
        language = _own(self.content).get("language")
        document.language = language if isinstance(language, str) and language else "en"

    # -- nodes ----------------------------------------------------------------------------------------------------

    def _add(self, node: Row) -> None:
        name, kind = id_of(node.get("id")), str(node.get("type", "")).strip().lower()
        scheme = str(node.get("name", "")).strip().lower()
        stance = _STANCES.get(scheme) or _STANCES.get(kind)
        if not name:
            self.unknown += 1
        elif kind == "atom":
            self.graph.add_atom(self._line(name, node))
        elif scheme == "preference" or (kind != "scheme" and stance is None):
            self.unknown += 1
            self.graph.left_out.add(name)
        else:
            self.attacks |= (kind, scheme) == ("conflict", "attack")
            self.graph.add_scheme(Scheme(name, stance or "supports", rows(_own(node), "links")))

    def _line(self, name: str, node: Row) -> Line:
        text = node.get("text")
        line = Line(name, text=text if isinstance(text, str) else "")
        restore(line, _own(node))
        lost, line.passages = line.passages, []
        for source in rows(node, "sources"):
            resource = id_of(source.get("resource_id"))
            if resource in self.cards:
                line.sources.append(replace(self.cards[resource]))
            elif span := self._span(source):
                line.passages.append(span)
        line.passages += lost
        return line

    # -- resources --------------------------------------------------------------------------------------------------

    def _add_resource(self, resource: Row) -> None:
        """A text becomes an essay, unless our own writer says that it is a source."""
        own, content = _own(resource), resource.get("content")
        if isinstance(card := own.get("source"), dict):
            self.cards[id_of(resource.get("id"))] = card_from(card)
        elif isinstance(content, str) and content.strip():
            essay = own.get("essay")
            facts: Row = essay if isinstance(essay, dict) else {}
            title, author, source = (str(facts.get(name, "")) for name in ("title", "author", "source"))
            self.draft.document.essays.append(Text(id_of(resource.get("id")), title, content, author, source))

    def _span(self, source: Row) -> Span | None:
        """The passage that a source of an atom is: `length` characters of a resource, from `offset` on."""
        resource, quote = id_of(source.get("resource_id")), source.get("text")
        if resource not in self.essays:
            return None
        start, length = whole(source.get("offset")) or 0, whole(source.get("length")) or 0
        return Span(resource, start, start + length, quote if isinstance(quote, str) else "")

    # -- what was done ------------------------------------------------------------------------------------------------

    def _report(self) -> None:
        if self.unknown:
            sentence = _("%(count)s nodes that neither state, infer nor contradict are left out.")
            self.draft.note(NoteKind.SKIPPED, sentence % {"count": self.unknown})
        if self.attacks:
            sentence = _("Attacks are read from attacker to target. SADFace’s own library writes some the other way.")
            self.draft.note(NoteKind.REPAIRED, sentence)
        if not self.draft.document.lines:
            self.draft.note(NoteKind.SKIPPED, _("The graph is empty."))


def _own(part: Row) -> Row:
    """What stands under our key in the metadata of a part of the file."""
    metadata = part.get("metadata")
    own = metadata.get(KEY) if isinstance(metadata, dict) else None
    return own if isinstance(own, dict) else {}
