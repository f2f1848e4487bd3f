"""From nodes and edges of AIF to a draft: files of AIFdb and of OVA 2 and 3, and what corpora make of them.

Dialogue is read for who said what and left out otherwise. A premise of an RA-node or MA-node supports, one of a
CA-node opposes; what bears on such a node stands under its premise.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.formats.aif_rows import ends_of, kind_of, name_of, rows
from debates.formats.aif_speakers import Speakers
from debates.formats.aif_text import marked_text
from debates.formats.document import Line, Span, Text
from debates.formats.drafts import Draft, NoteKind, Unreadable
from debates.formats.own_records import KEY, moment, restore, restore_topic
from debates.formats.schemes import ArgumentGraph, Scheme

if TYPE_CHECKING:
    from debates.formats.own_records import Row

STANCES = {"RA": "supports", "MA": "supports", "CA": "opposes"}
DIALOGUE = frozenset({"L", "TA", "YA"})
# UTF-8 that was taken for Windows-1252: "â€™" for an apostrophe, "Ã©" for é.
_MOJIBAKE = re.compile("[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def draft_of(content: Row) -> Draft:
    """The draft of a file of AIFdb, xAIF or OVA 2. Raises Unreadable."""
    inner = content.get("AIF")
    aif = inner if isinstance(inner, dict) else content
    if not isinstance(aif.get("nodes"), list):
        raise Unreadable(_("This JSON holds no argument graph: “nodes” is missing. Choose another format."))
    draft = _Reading(content, aif).run()
    if aif["nodes"] and not draft.document.lines:
        raise Unreadable(_("No node of this file is a statement (an I-node with “nodeID” and “text”)."))
    return draft


class _Reading:
    """One file while it is read."""

    def __init__(self, content: Row, aif: Row) -> None:
        self.content = content
        self.aif = aif
        own = content.get(KEY)
        self.own: Row | None = own if isinstance(own, dict) else None
        self.draft = Draft()
        self.graph = ArgumentGraph(self.draft)
        self.counts: Counter[str] = Counter()

    def run(self) -> Draft:
        self.edges = self._edges()
        self.speakers = Speakers(self.aif, self.edges)
        for node in rows(self.aif, "nodes"):
            self._add(node)
        for source, target in self.edges:
            self.graph.add_edge(source, target)
        self.graph.finish()
        if self.own is not None:
            restore_topic(self.draft.document, self.own)
        else:
            self._read_text()
        self._report()
        return self.draft

    def _edges(self) -> list[tuple[str, str]]:
        found = rows(self.aif, "edges")
        layout = self.content.get("OVA")
        if not found and isinstance(layout, dict):  # OVA 3 itself takes them from there
            found = rows(layout, "edges")
        return [ends_of(edge) for edge in found]

    # -- nodes ----------------------------------------------------------------------------------------------------

    def _add(self, node: Row) -> None:
        name, kind = name_of(node), kind_of(node)
        if not name:
            self.counts["unnamed"] += 1
        elif kind == "I":
            self.graph.add_atom(self._line(name, node))
        elif kind in STANCES:
            self.counts["rephrased"] += kind == "MA"
            own = node.get(KEY)
            links = rows(own, "links") if isinstance(own, dict) else []
            self.graph.add_scheme(Scheme(name, STANCES[kind], links))
        else:
            self.counts["dialogue" if kind in DIALOGUE else "unknown"] += 1
            self.graph.left_out.add(name)

    def _line(self, name: str, node: Row) -> Line:
        text = node.get("text")
        line = Line(name, text=text if isinstance(text, str) else "")
        line.created = moment(node.get("timestamp"))
        own = node.get(KEY)
        if self.own is None:
            line.text = self._plain(line.text)
            line.author = self.speakers.of(name)
        elif isinstance(own, dict):
            restore(line, own)
        return line

    def _plain(self, text: str) -> str:
        """`text` without the marks of the tools it came through."""
        if _ENTITY.search(text):
            self.counts["entities"] += 1
            text = unescape(text)
        if _MOJIBAKE.search(text):
            repaired = _decoded_again(text)
            self.counts["mojibake"] += repaired != text
            text = repaired
        return text

    # -- the text that was analysed -----------------------------------------------------------------------------------

    def _read_text(self) -> None:
        text = self.content.get("text")
        if isinstance(analysis := self.content.get("analysis"), dict):
            text = analysis
        if isinstance(text, dict):
            text = text.get("txt")
        if not isinstance(text, str) or not text.strip():
            return
        essay, marks = marked_text(text)
        if not essay.strip():
            return
        self.draft.document.essays = [Text("text", "", essay)]
        for line in self.draft.document.lines:
            name = line.id if line.id in marks else self.speakers.locution_of.get(line.id, "")
            if name in marks:
                start, end = marks[name]
                line.passages.append(Span("text", start, end, essay[start:end]))

    # -- what was done ------------------------------------------------------------------------------------------------

    def _report(self) -> None:
        sentences = {
            "unnamed": (NoteKind.SKIPPED, _("%(count)s nodes without an id are left out.")),
            "dialogue": (NoteKind.SKIPPED, _("%(count)s nodes of the dialogue are left out; who said what is kept.")),
            "unknown": (NoteKind.SKIPPED, _("%(count)s nodes that neither state, infer nor contradict are left out.")),
            "rephrased": (NoteKind.REPAIRED, _("%(count)s rephrasings are read as “because”.")),
            "entities": (NoteKind.REPAIRED, _("%(count)s texts hold characters written as HTML, read as themselves.")),
            "mojibake": (NoteKind.REPAIRED, _("%(count)s texts were in a wrong encoding: they are repaired.")),
        }  # fmt: skip
        for name, (kind, sentence) in sentences.items():
            if self.counts[name]:
                self.draft.note(kind, sentence % {"count": self.counts[name]})
        if not self.draft.document.lines:
            self.draft.note(NoteKind.SKIPPED, _("The graph is empty."))


def _decoded_again(text: str) -> str:
    """`text`, whose UTF-8 was taken for Windows-1252; as it is where that cannot be."""
    try:
        # What Windows-1252 leaves undefined was taken for the control characters of Latin-1.
        return b"".join(char.encode("latin-1" if char < "\u0100" else "cp1252") for char in text).decode("utf-8")
    except UnicodeError:
        return text
