"""AIF as JSON-LD: what we write, and that rdflib finds the triples that we count."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from debates.formats.document import Document
from debates.formats.features import kept
from debates.formats.inferences import inferences
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, full_document, small_document
from tests.debates.formats.graphs import relations, statements

# rdflib's own parser still uses what rdflib itself calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

JSONLD = FORMATS["jsonld"]
AIF = "PREFIX aif: <http://www.arg.dundee.ac.uk/aif#> PREFIX dct: <http://purl.org/dc/terms/> "


def test_write_gives_the_topic_its_statements_and_inferences() -> None:
    content = json.loads(JSONLD.write(small_document()))

    assert content["@context"]["aif"] == "http://www.arg.dundee.ac.uk/aif#"
    topic, *nodes = content["@graph"]
    assert topic == {
        "@id": topic["@id"], "title": "School mornings", "question": "When should school begin?", "language": "en"
    }  # fmt: skip
    assert topic["@id"].startswith("urn:uuid:")
    names = {node["@id"]: node.get("claimText") for node in nodes}
    assert [node["@type"] for node in nodes] == ["I-node"] * 5 + ["RA-node", "CA-node", "CA-node", "RA-node"]
    assert [([names[each] for each in node["premise"]], names[node["conclusion"]]) for node in nodes[5:]] == [
        (["Teenagers sleep late."], "School should begin at nine."),
        (["They sleep late by choice."], "Teenagers sleep late."),
        (["Parents begin at eight."], "School should begin at nine."),
        (["Parents begin at eight."], "School should stay as it is."),
    ]


def test_write_says_everything_that_it_keeps() -> None:
    document = full_document()
    document.lines[-1].author = "Green Otter"  # of a link

    content = json.loads(JSONLD.write(document))

    claim, because = content["@graph"][1:3]
    assert (claim["author"], claim["created"], claim["modified"], claim["note"]) == (
        "Azure Heron", "2024-02-29T23:59:58+00:00", "2024-03-01T23:59:58+00:00", "Nine sharp.\n\nEvery day.",
    )  # fmt: skip
    assert because["source"] == [
        {
            "title": "Sleep and school", "address": "https://example.org/sleep_(2020)",
            "quotation": "Nine hours.\n\nNot eight.",
        }
    ]  # fmt: skip
    assert (content["@graph"][-1]["author"], content["@graph"][-1]["note"]) == ("Green Otter", "Here too.")


def triples(document: Document) -> int:
    """How many triples a document has, counted without the file."""
    count = bool(document.title) + bool(document.question) + 1  # the language
    for line in document.lines:
        count += 0 if line.is_link else 3  # type, words, topic
    for inference in inferences(document):
        count += 2 + len(set(inference.premises))
    nodes = [[line] for line in document.lines if not line.is_link]
    nodes += [[line for line in inference.places if line.is_link] for inference in inferences(document)]
    for lines in nodes:
        for name in ("author", "created", "updated", "note"):
            count += len({value for line in lines if (value := getattr(line, name))})
        cards = [card for line in lines for card in line.sources]
        count += len(cards) + sum(bool(each.title) + bool(each.url) + bool(each.quotation) for each in cards)
    return count


@settings(max_examples=15, deadline=None)
@given(documents(JSONLD.keeps))
def test_rdflib_finds_the_triples_statements_and_relations(document: Document) -> None:
    rdflib = pytest.importorskip("rdflib")

    graph: Any = rdflib.Graph().parse(data=JSONLD.write(document), format="json-ld")

    assert len(graph) == triples(document)
    found = graph.query(AIF + "SELECT ?text WHERE { ?node a aif:I-node ; aif:claimText ?text }")
    assert sorted(str(row.text) for row in found) == sorted(statements(document).elements())
    for kind, stance in (("RA-node", "supports"), ("CA-node", "opposes")):
        query = f"""SELECT ?child ?parent WHERE {{ ?scheme a aif:{kind} ; aif:Premise ?a ; aif:Conclusion ?b .
                    ?a aif:claimText ?child . ?b aif:claimText ?parent }}"""
        rows = sorted((str(row.child), str(row.parent)) for row in graph.query(AIF + query))
        assert rows == sorted((a, b) for a, said, b in relations(document).elements() if said == stance)


def test_rdflib_reads_dates_as_dates() -> None:
    rdflib = pytest.importorskip("rdflib")

    graph: Any = rdflib.Graph().parse(data=JSONLD.write(kept(full_document(), JSONLD.keeps)), format="json-ld")

    [row] = graph.query(AIF + "SELECT ?at WHERE { ?node aif:creationDate ?at }")
    assert row.at.toPython() == full_document().lines[0].created
