"""AIF as linked data, in JSON-LD 1.1: the classes and properties of the AIF ontology, with Dublin Core for the rest.

There is no context of AIF's own, so each file carries its context. Names are URNs, as a file does not know its address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.formats.identities import identity
from debates.formats.inferences import inferences
from debates.formats.json_rows import by_row

if TYPE_CHECKING:
    from debates.formats.document import Document, Line, SourceCard
    from debates.formats.inferences import Inference
    from debates.formats.own_records import Row

# The name space of the specification and of the files that are about; AIFdb's exporter has another.
AIF = "http://www.arg.dundee.ac.uk/aif#"
_DATE = "http://www.w3.org/2001/XMLSchema#dateTime"
CONTEXT: Row = {
    "@version": 1.1,
    "aif": AIF,
    "dct": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "I-node": "aif:I-node",
    "RA-node": "aif:RA-node",
    "CA-node": "aif:CA-node",
    "claimText": "aif:claimText",
    "premise": {"@id": "aif:Premise", "@type": "@id"},
    "conclusion": {"@id": "aif:Conclusion", "@type": "@id"},
    "created": {"@id": "aif:creationDate", "@type": _DATE},
    "modified": {"@id": "dct:modified", "@type": _DATE},
    "author": "aif:source",
    "note": "rdfs:comment",
    "partOf": {"@id": "dct:isPartOf", "@type": "@id"},
    "source": "dct:source",
    "title": "dct:title",
    "question": "dct:description",
    "language": "dct:language",
    "address": "dct:identifier",
    "quotation": "dct:bibliographicCitation",
}


def write(document: Document) -> bytes:
    """A document as a graph: the topic, an I-node for each statement, an RA- or CA-node for each inference."""
    topic = _urn(identity(document))
    names = {line.id: _urn(identity(document, "line", line.id)) for line in document.lines}
    nodes = [_topic(document, topic)]
    nodes += [_statement(line, names[line.id], topic) for line in document.lines if not line.is_link]
    for inference in inferences(document):
        name = _urn(identity(document, "scheme", inference.places[0].id))
        nodes.append(_scheme(inference, name, names))
    return by_row({"@context": CONTEXT, "@graph": nodes})


def _urn(name: str) -> str:
    return f"urn:uuid:{name}"


def _topic(document: Document, name: str) -> Row:
    return _said({"@id": name}, title=document.title, question=document.question, language=document.language)


def _statement(line: Line, name: str, topic: str) -> Row:
    node = {"@id": name, "@type": "I-node", "claimText": line.text, "partOf": topic}
    return node | _facts([line])


def _scheme(inference: Inference, name: str, names: dict[str, str]) -> Row:
    premises = list(dict.fromkeys(names[premise] for premise in inference.premises))
    node = {
        "@id": name, "@type": "RA-node" if inference.supports else "CA-node", "premise": premises,
        "conclusion": names[inference.conclusion],
    }  # fmt: skip
    # A link has an author and sources of its own, and no node but this one.
    return node | _facts([place for place in inference.places if place.is_link])


def _facts(lines: list[Line]) -> Row:
    """What is known of lines that share a node, beside their words."""
    plain = {
        "author": [line.author for line in lines],
        "created": [line.created.isoformat() for line in lines if line.created],
        "modified": [line.updated.isoformat() for line in lines if line.updated],
        "note": [line.note for line in lines],
    }
    facts = {name: _one_or_many(values) for name, values in plain.items()}
    return _said({}, **facts, source=[_source(card) for line in lines for card in line.sources])


def _source(card: SourceCard) -> Row:
    return _said({}, title=card.title, address=card.url, quotation=card.quotation)


def _one_or_many(values: list[str]) -> list[str] | str:
    said = [value for value in dict.fromkeys(values) if value]
    return said[0] if len(said) == 1 else said


def _said(node: Row, **values: object) -> Row:
    """`node` with those values that say something."""
    return node | {name: value for name, value in values.items() if value}
