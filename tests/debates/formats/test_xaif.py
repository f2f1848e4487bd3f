"""xAIF: what OVA 3 needs to load it, what arguebuf reads, and the quirks of real files."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from debates.formats.document import Document, Line, Span
from debates.formats.drafts import Unreadable
from debates.formats.features import kept
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, full_document, shape, small_document
from tests.debates.formats.graphs import as_arguebuf_reads, graph, node, outline, relations, statements

XAIF = FORMATS["xaif"]
type Row = dict[str, Any]

# -- writing -----------------------------------------------------------------------------------------------------------


def test_write_gives_aif_with_a_place_for_every_node() -> None:
    content = json.loads(XAIF.write(small_document()))

    assert content["AIF"]["nodes"] == json.loads(FORMATS["aif"].write(small_document()))["nodes"]
    assert content["text"] == "School mornings"
    assert [(place["nodeID"], place["x"], place["y"]) for place in content["OVA"]["nodes"]] == [
        ("1", 180, 50), ("2", 50, 330), ("3", 50, 610), ("4", 310, 330), ("5", 570, 50),
        ("6", 50, 190), ("7", 50, 470), ("8", 310, 190), ("9", 570, 190),
    ]  # fmt: skip


def ova_3_loads(content: Row) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """What the loader of OVA 3 makes of a file: the nodes that it draws with their words, and the edges.

    It fails where a part that it asks for is missing, as this does.
    """
    assert content["OVA"]
    assert isinstance(content["text"], str)
    words = {
        each["nodeID"]: each["text"] for each in content["AIF"]["nodes"] if each["type"] in ("I", "RA", "CA", "MA")
    }
    places = {each["nodeID"]: (each["x"] + 0, each["y"] + 0) for each in content["OVA"]["nodes"] if each["visible"]}
    assert len(set(places.values())) == len(places)
    assert content["AIF"]["nodes"][0]["nodeID"] in words
    assert all(each["nodeID"] in words for each in content["AIF"]["schemefulfillments"])
    edges = {(each["fromID"], each["toID"]) for each in content["OVA"]["edges"]}
    drawn = {name: text for name, text in words.items() if name in places}
    return drawn, {(source, target) for source, target in edges if source in drawn and target in drawn}


@settings(max_examples=20, deadline=None)
@given(documents(XAIF.keeps))
def test_ova_draws_every_node_and_edge_and_reading_gives_all_back(document: Document) -> None:
    data = XAIF.write(document)
    content = json.loads(data)

    drawn, edges = ova_3_loads(content)
    assert drawn == {each["nodeID"]: each["text"] for each in content["AIF"]["nodes"]}
    assert edges == {(each["fromID"], each["toID"]) for each in content["AIF"]["edges"]}
    draft = XAIF.read(data)
    assert draft.notes == []
    assert shape(draft.document) == shape(document)


def test_reading_gives_back_everything_that_xaif_keeps() -> None:
    draft = XAIF.read(XAIF.write(full_document()))

    assert shape(draft.document) == shape(kept(full_document(), XAIF.keeps))


def test_write_gives_ova_no_html_of_ours() -> None:
    document = Document("<img src=x onerror=alert(1)>", lines=[Line("a", text="Tea.")])

    assert json.loads(XAIF.write(document))["text"] == "&lt;img src=x onerror=alert(1)&gt;"
    assert XAIF.read(XAIF.write(document)).document.title == document.title


def test_write_gives_an_empty_topic_no_layout() -> None:
    content = json.loads(XAIF.write(Document("Tea")))

    assert "OVA" not in content  # OVA would look for its first node
    assert XAIF.read(XAIF.write(Document("Tea"))).document.title == "Tea"


def test_arguebuf_reads_the_same_statements_and_relations() -> None:
    arguebuf = pytest.importorskip("arguebuf", reason="arguebuf 3 needs Python 3.13")

    loaded = arguebuf.load.xaif(json.loads(XAIF.write(full_document())))

    document = kept(full_document(), XAIF.keeps)
    assert as_arguebuf_reads(loaded) == (statements(document), relations(document))


# -- reading -----------------------------------------------------------------------------------------------------------

TEA = graph([node("1_99", "Tea is good."), node("2_99", "It warms."), node("3_99", "", "RA")],
            [("2_99", "3_99"), ("3_99", "1_99")])  # fmt: skip


def read(content: Row) -> Any:
    return XAIF.read(json.dumps(content).encode())


def test_read_takes_a_file_without_layout_and_with_an_empty_one() -> None:
    layouts: list[Row] = [{}, {"ova": []}, {"OVA": None, "dialog": True}]
    for further in layouts:
        draft = read({"AIF": TEA | {"schemefulfillments": None}, "text": "", **further})

        assert outline(draft) == ["Tea is good.", "  + It warms."]
        assert draft.notes == []


def test_read_takes_edges_from_the_layout_where_aif_has_none() -> None:
    content = {"AIF": TEA | {"edges": []}, "text": "", "OVA": {"edges": TEA["edges"], "nodes": []}}

    assert outline(read(content)) == ["Tea is good.", "  + It warms."]


def test_read_makes_the_text_an_essay_with_its_passages() -> None:
    html = (
        '<div>Ann: <span class="highlighted" id="node1_99">Tea &amp; milk <b>is</b> good.</span></div>'
        '<div><span id="4_99">It</span> warms.<br>Always.</div>'
    )
    content = {"AIF": TEA, "text": {"txt": html, "url": ""}}
    content["AIF"] = TEA | {
        "nodes": [*TEA["nodes"], node("4_99", "Ann: It warms.", "L"), node("5_99", "Asserting", "YA")],
        "edges": [*TEA["edges"], {"fromID": "4_99", "toID": "5_99"}, {"fromID": "5_99", "toID": "2_99"}],
    }

    document = read(content).document

    assert document.essays[0].text == "Ann: Tea & milk is good.\nIt warms.\nAlways.\n"
    assert [line.passages for line in document.lines] == [
        [Span("text", 5, 24, "Tea & milk is good.")], [Span("text", 25, 27, "It")],
    ]  # fmt: skip


def test_read_survives_a_text_that_is_no_html() -> None:
    html = "<" * 200_000 + "span" + "</span>" * 1_000

    assert read({"AIF": TEA, "text": html}).document.essays[0].text.startswith("<<<")


@pytest.mark.parametrize("content", [{"AIF": []}, {"AIF": {"nodes": None}}, {"AIF": {}, "text": "x"}])
def test_read_refuses_what_has_no_nodes(content: Row) -> None:
    with pytest.raises(Unreadable, match="“nodes” is missing"):
        read(content)
