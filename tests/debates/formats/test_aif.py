"""AIF as AIFdb has it: what we write, and what we and arguebuf read of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from debates.formats.document import Document, Line
from debates.formats.features import kept
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, full_document, shape, small_document
from tests.debates.formats.graphs import as_arguebuf_reads, relations, statements

AIF = FORMATS["aif"]

# -- writing -----------------------------------------------------------------------------------------------------------

SMALL = """\
{"nodes":[
{"nodeID":"1","text":"School should begin at nine.","type":"I"},
{"nodeID":"2","text":"Teenagers sleep late.","type":"I"},
{"nodeID":"3","text":"They sleep late by choice.","type":"I"},
{"nodeID":"4","text":"Parents begin at eight.","type":"I"},
{"nodeID":"5","text":"School should stay as it is.","type":"I"},
{"nodeID":"6","text":"Default Inference","type":"RA","scheme":"Default Inference","schemeID":"72"},
{"nodeID":"7","text":"Default Conflict","type":"CA","scheme":"Default Conflict","schemeID":"71"},
{"nodeID":"8","text":"Default Conflict","type":"CA","scheme":"Default Conflict","schemeID":"71"},
{"nodeID":"9","text":"Default Inference","type":"RA","scheme":"Default Inference","schemeID":"72",\
"counterpoint":{"links":[{"of":"4","position":5}]}}
],
"edges":[
{"edgeID":"1","fromID":"2","toID":"6","formEdgeID":null},
{"edgeID":"2","fromID":"6","toID":"1","formEdgeID":null},
{"edgeID":"3","fromID":"3","toID":"7","formEdgeID":null},
{"edgeID":"4","fromID":"7","toID":"2","formEdgeID":null},
{"edgeID":"5","fromID":"4","toID":"8","formEdgeID":null},
{"edgeID":"6","fromID":"8","toID":"1","formEdgeID":null},
{"edgeID":"7","fromID":"4","toID":"9","formEdgeID":null},
{"edgeID":"8","fromID":"9","toID":"5","formEdgeID":null}
],
"schemefulfillments":[
{"nodeID":"6","schemeID":"72"},
{"nodeID":"7","schemeID":"71"},
{"nodeID":"8","schemeID":"71"},
{"nodeID":"9","schemeID":"72"}
],
"participants":[],
"locutions":[],
"counterpoint":{"version":1,
"title":"School mornings",
"question":"When should school begin?",
"language":"en"}}
"""


def test_write_gives_statements_schemes_and_edges() -> None:
    assert AIF.write(small_document()).decode() == SMALL


def test_write_lets_premises_of_one_group_share_a_scheme() -> None:
    content = json.loads(AIF.write(full_document()))

    ends = [(edge["fromID"], edge["toID"]) for edge in content["edges"]]
    names = {node["text"]: node["nodeID"] for node in content["nodes"] if node["type"] == "I"}
    together = {names["Teenagers sleep late."], names["Who sleeps late is tired at eight."]}
    [scheme] = {target for source, target in ends if source in together}
    assert {source for source, target in ends if target == scheme} == together


def test_write_names_authors_as_participants_with_locutions() -> None:
    moment = datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)
    document = Document("Tea", lines=[Line("a", text="Tea is good.", author="Mary Ann Evans", created=moment)])

    content = json.loads(AIF.write(document))

    assert content["participants"] == [{"participantID": "1", "firstname": "Mary Ann", "surname": "Evans"}]
    assert content["locutions"] == [
        {"nodeID": "1", "personID": "1", "timestamp": "2024-05-06 07:08:09", "start": None, "end": None, "source": None}
    ]
    assert content["nodes"][0]["timestamp"] == "2024-05-06 07:08:09"


def test_write_leaves_no_statement_without_words() -> None:
    document = Document("Tea", lines=[Line("a", status="withdrawn"), Line("b", "a", "opposes", "It is not.")])

    assert [node["text"] for node in json.loads(AIF.write(document))["nodes"][:2]] == ["[taken back]", "It is not."]


@settings(max_examples=20, deadline=None)
@given(documents(AIF.keeps))
def test_reading_gives_back_what_was_written(document: Document) -> None:
    draft = AIF.read(AIF.write(document))

    assert draft.notes == []
    assert shape(draft.document) == shape(document)


def test_reading_gives_back_everything_that_aif_keeps() -> None:
    draft = AIF.read(AIF.write(full_document()))

    assert shape(draft.document) == shape(kept(full_document(), AIF.keeps))
    assert draft.notes == []


def test_another_tool_may_drop_what_is_ours() -> None:
    content = json.loads(AIF.write(small_document()))
    del content["counterpoint"]
    for node in content["nodes"]:
        node.pop("counterpoint", None)

    draft = AIF.read(json.dumps(content).encode())

    assert relations(draft.document) == relations(small_document())
    assert statements(draft.document) == statements(small_document())


# -- arguebuf ----------------------------------------------------------------------------------------------------------


@settings(max_examples=10, deadline=None)
@given(documents(AIF.keeps))
def test_arguebuf_reads_the_same_statements_and_relations(document: Document) -> None:
    arguebuf = pytest.importorskip("arguebuf", reason="arguebuf 3 needs Python 3.13")

    graph = arguebuf.load.aif(json.loads(AIF.write(document)))

    assert as_arguebuf_reads(graph) == (statements(document), relations(document))
    assert {each.name for each in graph.participants.values()} == {
        line.author for line in document.lines if line.author and not line.is_link
    }
