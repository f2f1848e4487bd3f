"""A document as nodes and edges of the Argument Interchange Format, in the JSON of AIFdb.

I-nodes say something, an RA-node infers and a CA-node contradicts; edges run from premises through one of these to a
conclusion. Names and numbers of the schemes are AIFdb's. The specification is that of the ARG Dundee of 2011.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from debates.formats.features import GONE_TEXT
from debates.formats.inferences import inferences, link_records, places_in_order
from debates.formats.own_records import KEY, record_of, topic_record

if TYPE_CHECKING:
    from debates.formats.document import Document, Line
    from debates.formats.inferences import Inference
    from debates.formats.own_records import Row

# type, scheme, its number
SUPPORT = ("RA", "Default Inference", "72")
CONFLICT = ("CA", "Default Conflict", "71")


class AifGraph:
    """The parts of an AIF file. `names` are the node ids of lines, `schemes` the inferences with their node ids."""

    def __init__(self, document: Document) -> None:
        self.document = document
        lines = [line for line in document.lines if not line.is_link]
        self.names = {line.id: str(number) for number, line in enumerate(lines, 1)}
        found = enumerate(inferences(document), len(lines) + 1)
        self.schemes = [(str(number), inference) for number, inference in found]
        self.people: dict[str, str] = {}
        for line in lines:
            if line.author:
                self.people.setdefault(line.author, str(len(self.people) + 1))
        self.lines = lines

    def content(self) -> Row:
        """The AIF object, which is a whole file of AIFdb and a part of one of xAIF."""
        order = places_in_order(self.document)
        return {
            "nodes": [self._atom(line) for line in self.lines]
            + [self._scheme(name, inference, order) for name, inference in self.schemes],
            "edges": self._edges(),
            "schemefulfillments": [
                {"nodeID": name, "schemeID": scheme_of(inference)[2]} for name, inference in self.schemes
            ],
            "participants": [self._person(name, number) for name, number in self.people.items()],
            "locutions": [self._locution(line) for line in self.lines if line.author],
        }

    def topic(self) -> Row:
        return topic_record(self.document)

    def joints(self) -> list[tuple[str, str]]:
        """The two ends of every edge."""
        found = []
        for name, inference in self.schemes:
            found += [(self.names[premise], name) for premise in inference.premises]
            found.append((name, self.names[inference.conclusion]))
        return found

    def _atom(self, line: Line) -> Row:
        node: Row = {"nodeID": self.names[line.id], "text": line.text or GONE_TEXT, "type": "I"}
        return node | _timestamp(line.created) | _own(record_of(line))

    def _scheme(self, name: str, inference: Inference, order: dict[str, int]) -> Row:
        kind, scheme, number = scheme_of(inference)
        node: Row = {"nodeID": name, "text": scheme, "type": kind, "scheme": scheme, "schemeID": number}
        links = link_records(inference, self.names, order)
        return node | _timestamp(inference.places[0].created) | _own({"links": links} if links else {})

    def _edges(self) -> list[Row]:
        return [
            {"edgeID": str(number), "fromID": source, "toID": target, "formEdgeID": None}
            for number, (source, target) in enumerate(self.joints(), 1)
        ]

    def _person(self, name: str, number: str) -> Row:
        first, _space, last = name.rpartition(" ")
        return {"participantID": number, "firstname": first or last, "surname": last if first else ""}

    def _locution(self, line: Line) -> Row:
        ends: Row = {"start": None, "end": None, "source": None}
        return {"nodeID": self.names[line.id], "personID": self.people[line.author]} | _timestamp(line.created) | ends


def scheme_of(inference: Inference) -> tuple[str, str, str]:
    return SUPPORT if inference.supports else CONFLICT


def _own(record: Row) -> Row:
    return {KEY: record} if record else {}


def _timestamp(at: datetime | None) -> Row:
    if at is None:
        return {}
    moment = at.astimezone(UTC) if at.tzinfo else at
    return {"timestamp": moment.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")}
