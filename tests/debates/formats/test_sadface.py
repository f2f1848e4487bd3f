"""SADFace: the version that we write, the three that are about, and how far arguebuf reads ours."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings

from debates.formats.document import Document, Span
from debates.formats.drafts import NoteKind, Unreadable
from debates.formats.features import kept
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, full_document, shape, small_document
from tests.debates.formats.graphs import kinds, outline, relations, statements

SADFACE = FORMATS["sadface"]
type Row = dict[str, Any]

# -- writing -----------------------------------------------------------------------------------------------------------


def test_write_gives_atoms_schemes_and_edges_of_version_0_2() -> None:
    content = json.loads(SADFACE.write(small_document()))

    words = {node["id"]: node.get("text", node.get("name")) for node in content["nodes"]}
    assert [(node["type"], words[node["id"]]) for node in content["nodes"]] == [
        ("atom", "School should begin at nine."), ("atom", "Teenagers sleep late."),
        ("atom", "They sleep late by choice."), ("atom", "Parents begin at eight."),
        ("atom", "School should stay as it is."),
        ("scheme", "support"), ("scheme", "conflict"), ("scheme", "conflict"), ("scheme", "support"),
    ]  # fmt: skip
    assert [(words[edge["source_id"]], words[edge["target_id"]]) for edge in content["edges"]] == [
        ("Teenagers sleep late.", "support"), ("support", "School should begin at nine."),
        ("They sleep late by choice.", "conflict"), ("conflict", "Teenagers sleep late."),
        ("Parents begin at eight.", "conflict"), ("conflict", "School should begin at nine."),
        ("Parents begin at eight.", "support"), ("support", "School should stay as it is."),
    ]  # fmt: skip
    core = content["metadata"]["core"]
    assert (core["version"], core["title"], core["description"]) == (
        "0.2", "School mornings", "When should school begin?"
    )  # fmt: skip


def test_write_names_each_thing_once_and_the_same_every_time() -> None:
    content = json.loads(SADFACE.write(full_document()))

    names = [each["id"] for part in ("nodes", "edges", "resources") for each in content[part]]
    assert len(set(names)) == len(names)
    assert {UUID(name).version for name in names} == {4}
    assert SADFACE.write(full_document()) == SADFACE.write(full_document())


def test_write_makes_sources_and_essays_resources() -> None:
    content = json.loads(SADFACE.write(full_document()))

    texts = {resource["id"]: resource["content"] for resource in content["resources"]}
    assert sorted(texts.values()) == ["Nine hours.\n\nNot eight.", "Teenagers need nine hours."]
    [sources] = [node["sources"] for node in content["nodes"] if node.get("sources")]
    for source in sources:
        start, length = source["offset"], source["length"]
        assert texts[source["resource_id"]][start : start + length] == source["text"]


@settings(max_examples=20, deadline=None)
@given(documents(SADFACE.keeps))
def test_reading_gives_back_what_was_written(document: Document) -> None:
    draft = SADFACE.read(SADFACE.write(document))

    assert draft.notes == []
    assert shape(draft.document) == shape(document)


def test_reading_gives_back_everything_that_sadface_keeps() -> None:
    document = full_document()
    document.lines[-1].passages = [Span("e", 0, 9, "Teenagers")]  # of a link

    draft = SADFACE.read(SADFACE.write(document))

    assert shape(draft.document) == shape(kept(document, SADFACE.keeps))


def test_arguebuf_reads_ours_but_knows_no_conflicts() -> None:
    arguebuf = pytest.importorskip("arguebuf", reason="arguebuf 3 needs Python 3.13")
    document = kept(full_document(), SADFACE.keeps)

    graph = arguebuf.load.sadface(json.loads(SADFACE.write(document)))

    assert sorted(atom.text for atom in graph.atom_nodes.values()) == sorted(statements(document).elements())
    named = {node.id: getattr(node, "text", None) for node in graph.nodes.values()}
    schemes = {edge.target.id: edge for edge in graph.edges.values() if named[edge.target.id] is None}
    known = {name for name in schemes if isinstance(graph.scheme_nodes[name].scheme, arguebuf.Support)}
    supported = {edge.target.text for edge in graph.edges.values() if edge.source.id in known}
    assert supported == {parent for _child, stance, parent in relations(document) if stance == "supports"}
    assert graph.userdata["title"] == "School mornings"


# -- reading: three dialects -----------------------------------------------------------------------------------------


def atom(name: str, text: str, **further: Any) -> Row:
    return {"id": name, "type": "atom", "text": text, "sources": [], "metadata": {}, **further}


def scheme(name: str, kind: str, called: str) -> Row:
    return {"id": name, "type": kind, "name": called, "metadata": {}}


def edges(*ends: tuple[str, str]) -> list[Row]:
    return [{"id": f"e{number}", "source_id": a, "target_id": b} for number, (a, b) in enumerate(ends)]


def read(content: object) -> Any:
    return SADFACE.read(json.dumps(content).encode())


ATOMS = [atom("a", "Tea is good."), atom("b", "It warms."), atom("c", "It burns.")]
JOINED = edges(("b", "s"), ("s", "a"), ("c", "t"), ("t", "b"))
TREE = ["Tea is good.", "  + It warms.", "    - It burns."]


def test_read_takes_version_0_1_with_its_facts_at_the_top() -> None:
    nodes = [*ATOMS, scheme("s", "scheme", "support"), scheme("t", "scheme", "conflict")]
    draft = read({"id": "x", "analyst_name": "Ann", "created": "2017-07-11T16:32:36", "title": "Tea",
                  "metadata": {}, "resources": [], "nodes": nodes, "edges": JOINED})  # fmt: skip

    assert outline(draft) == TREE
    assert draft.document.title == "Tea"
    assert draft.notes == []


def test_read_takes_version_0_2_with_its_facts_in_core() -> None:
    nodes = [*ATOMS, scheme("s", "scheme", "support"), scheme("t", "scheme", "conflict")]
    core = {"title": "Tea", "description": "Is tea good?", "notes": "A long story.", "version": "0.2"}
    draft = read({"metadata": {"core": core}, "resources": [], "nodes": nodes, "edges": JOINED})

    assert outline(draft) == TREE
    document = draft.document
    assert (document.title, document.question, document.background) == ("Tea", "Is tea good?", "A long story.")


def test_read_takes_version_0_5_with_types_of_its_own_and_warns_of_its_attacks() -> None:
    nodes = [*ATOMS, scheme("s", "inference", "support"), scheme("t", "conflict", "attack")]
    draft = read({"metadata": {"core": {"version": "0.5.4"}}, "resources": [], "nodes": nodes, "edges": JOINED})

    assert outline(draft) == TREE
    assert [note.sentence for note in draft.notes] == [
        "Attacks are read from attacker to target. SADFace’s own library writes some the other way."
    ]


def test_read_takes_a_disagreement_as_a_conflict_of_both() -> None:
    nodes = [ATOMS[0], ATOMS[2], scheme("t", "conflict", "disagree")]
    draft = read({"nodes": nodes, "edges": edges(("t", "a"), ("t", "c"))})

    assert outline(draft) == ["Tea is good.", "  - = It burns.", "It burns.", "  - = Tea is good."]


def test_read_takes_a_scheme_that_it_does_not_know_as_support() -> None:
    nodes = [*ATOMS[:2], scheme("s", "scheme", "Expert opinion"), scheme("t", "scheme", "preference"), {"type": "atom"}]
    draft = read({"nodes": nodes, "edges": edges(("b", "s"), ("s", "a"), ("a", "t"), ("t", "b"))})

    assert outline(draft) == ["Tea is good.", "  + It warms."]
    assert kinds(draft) == [NoteKind.SKIPPED]


def test_read_makes_resources_essays_and_sources_passages() -> None:
    text = "Everybody knows: tea is good."
    source = {"resource_id": "r", "text": "tea is good.", "offset": 17, "length": 12}
    lost = {"resource_id": "nowhere", "text": "x", "offset": 0, "length": 1}
    resource = {"id": "r", "content": text, "type": "text", "metadata": {}}
    draft = read({"resources": [resource], "nodes": [atom("a", "Tea is good.", sources=[source, lost])], "edges": []})

    assert [essay.text for essay in draft.document.essays] == [text]
    assert draft.document.lines[0].passages == [Span("r", 17, 29, "tea is good.")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"nodes": []}, "“nodes” and “edges” are missing"),
        ({"nodes": {}, "edges": []}, "“nodes” and “edges” are missing"),
        ({"nodes": [{"nodeID": "1", "type": "I", "text": "Tea."}], "edges": []}, "No node of this file is a statement"),
        ([1], "must hold one JSON object"),
    ],
)
def test_read_refuses_with_a_sentence(content: object, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(content)
