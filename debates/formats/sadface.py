"""SADFace, the Simple Argument Description Format of the Open Argumentation project: written in its version 0.2.

Atoms are statements, schemes named `support` and `conflict` stand between them, resources are texts that atoms come
from. Essays and sources are resources; what has no place stands in `metadata` under our key.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from debates.formats.features import GONE_TEXT
from debates.formats.identities import identity
from debates.formats.inferences import inferences, link_records, places_in_order
from debates.formats.json_rows import by_row
from debates.formats.own_records import KEY, VERSION, card_record, record_of, span_record
from debates.formats.sadface_reading import draft_of
from debates.formats.strict_json import load_object

if TYPE_CHECKING:
    from debates.formats.document import Document, Line, SourceCard, Span
    from debates.formats.drafts import Draft
    from debates.formats.inferences import Inference
    from debates.formats.own_records import Row


def write(document: Document) -> bytes:
    """A document as SADFace, with names that are the same in each of its files."""
    return _Writing(document).content()


def read(data: bytes) -> Draft:
    """The draft of a file of any of the three dialects. Raises Unreadable."""
    return draft_of(load_object(data))


class _Writing:
    """One file while it is written."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.names = {line.id: identity(document, "line", line.id) for line in document.lines}
        self.resources: list[Row] = []
        self.edges: list[Row] = []
        self.essays: dict[str, str] = {}

    def content(self) -> bytes:
        for number, essay in enumerate(self.document.essays):
            own = {"title": essay.title, "author": essay.author} | ({"source": essay.source} if essay.source else {})
            self.essays[essay.id] = self._resource(f"essay {number}", essay.text, {"essay": own})
        nodes = [self._atom(line) for line in self.document.lines if not line.is_link]
        order = places_in_order(self.document)
        nodes += [self._scheme(inference, order) for inference in inferences(self.document)]
        return by_row({"metadata": self._metadata(), "resources": self.resources, "nodes": nodes, "edges": self.edges})

    def _metadata(self) -> Row:
        document = self.document
        created = [line.created for line in document.lines if line.created]
        edited = [line.updated or line.created for line in document.lines if line.updated or line.created]
        core = {
            "id": identity(document), "version": "0.2", "analyst_name": "", "analyst_email": "",
            "created": _time(min(created, default=None)), "edited": _time(max(filter(None, edited), default=None)),
            "title": document.title, "description": document.question, "notes": document.background,
        }  # fmt: skip
        return {"core": core, KEY: {"version": VERSION, "language": document.language}}

    def _atom(self, line: Line) -> Row:
        record = {name: value for name, value in record_of(line).items() if name not in ("sources", "passages")}
        sources = [self._source(line, number, card) for number, card in enumerate(line.sources)]
        sources += [self._passage(span) for span in line.passages if not span.lost]
        if lost := [span_record(span) | {"essay": self.essays[span.essay]} for span in line.passages if span.lost]:
            record["passages"] = lost  # no part of a resource that one could point at
        metadata = {KEY: record} if record else {}
        node: Row = {"id": self.names[line.id], "type": "atom", "text": line.text or GONE_TEXT}
        return node | {"sources": sources, "metadata": metadata}

    def _scheme(self, inference: Inference, order: dict[str, int]) -> Row:
        name = identity(self.document, "scheme", inference.places[0].id)
        for place, premise in zip(inference.places, inference.premises, strict=True):
            self._edge(place.id, "premise", self.names[premise], name)
        self._edge(inference.places[0].id, "conclusion", name, self.names[inference.conclusion])
        links = link_records(inference, self.names, order)
        for record in links:
            for span in record.get("passages", ()):
                span["essay"] = self.essays[span["essay"]]
        metadata = {KEY: {"links": links}} if links else {}
        return {
            "id": name, "type": "scheme", "name": "support" if inference.supports else "conflict", "metadata": metadata
        }  # fmt: skip

    def _edge(self, place: str, side: str, source: str, target: str) -> None:
        name = identity(self.document, side, place)
        self.edges.append({"id": name, "source_id": source, "target_id": target})

    # -- resources ------------------------------------------------------------------------------------------------

    def _resource(self, name: str, content: str, own: Row) -> str:
        made = identity(self.document, "resource", name)
        self.resources.append({"id": made, "content": content, "type": "text", "metadata": {KEY: own}})
        return made

    def _source(self, line: Line, number: int, card: SourceCard) -> Row:
        text = card.quotation or card.title or card.url
        resource = self._resource(f"source {number} {line.id}", text, {"source": card_record(card)})
        return {"resource_id": resource, "text": text, "offset": 0, "length": len(text)}

    def _passage(self, span: Span) -> Row:
        start, length = span.start, span.end - span.start
        return {"resource_id": self.essays[span.essay], "text": span.quote, "offset": start, "length": length}


def _time(at: datetime | None) -> str:
    if at is None:
        return ""
    moment = at.astimezone(UTC) if at.tzinfo else at
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")
