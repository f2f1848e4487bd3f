"""GraphML: what we write, and that networkx reads the same graph."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings

from debates.formats.document import Document, Line
from debates.formats.features import kept
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, full_document
from tests.debates.formats.graphs import relations, statements

GRAPHML = FORMATS["graphml"]


def test_write_gives_nodes_and_edges_with_data() -> None:
    document = Document("Tea", lines=[
        Line("a", text='Tea is <good> & "cheap".'), Line("b", "a", "opposes", "It burns.", note="Ouch.\n\nReally."),
        Line("c", "b", "supports", refers_to="a", group=2),
    ])  # fmt: skip

    graph = GRAPHML.write(document).decode().partition('<graph id="topic" edgedefault="directed">\n')[2]

    assert graph == (
        '<data key="graph-title">Tea</data><data key="graph-language">en</data>\n'
        '<node id="n0"><data key="node-position">0</data><data key="node-kind">claim</data>'
        '<data key="node-label">Tea is &lt;good&gt; &amp; &quot;cheap&quot;.</data></node>\n'
        '<node id="n1"><data key="node-position">1</data><data key="node-kind">argument</data>'
        '<data key="node-label">It burns.</data><data key="node-note">Ouch.\n\nReally.</data></node>\n'
        '<edge id="e1" source="n1" target="n0"><data key="edge-position">1</data>'
        '<data key="edge-stance">opposes</data></edge>\n'
        '<edge id="e2" source="n0" target="n1"><data key="edge-position">2</data>'
        '<data key="edge-stance">supports</data><data key="edge-group">2</data>'
        '<data key="edge-link">true</data></edge>\n'
        "</graph>\n</graphml>\n"
    )


def as_networkx_reads(document: Document) -> Any:
    networkx = pytest.importorskip("networkx")
    return networkx.read_graphml(io.BytesIO(GRAPHML.write(document)), force_multigraph=True)


@settings(max_examples=20, deadline=None)
@given(documents(GRAPHML.keeps))
def test_networkx_reads_the_same_statements_relations_and_facts(document: Document) -> None:
    graph = as_networkx_reads(document)

    words = dict(graph.nodes(data="label"))
    assert Counter(words.values()) == statements(document)
    assert relations(document) == Counter(
        (words[source], facts["stance"], words[target]) for source, target, facts in graph.edges(data=True)
    )
    facts = {each["position"]: each for _name, each in graph.nodes(data=True)}
    facts |= {each["position"]: facts.get(each["position"], each) for _a, _b, each in graph.edges(data=True)}
    groups = {each["position"]: each.get("group") for _a, _b, each in graph.edges(data=True)}
    for number, line in enumerate(document.lines):
        said = facts[number]
        assert said.get("author", "") == line.author
        assert said.get("note", "") == line.note
        assert said.get("created") == (line.created.isoformat() if line.created else None)
        assert said.get("version", 1) == line.version
        assert said.get("status", "visible") == line.status
        assert tuple(said[f"votes_{n}"] for n in range(5) if f"votes_{n}" in said) == (line.tally or ())
        assert groups.get(number) == line.group


def test_networkx_reads_what_the_topic_says() -> None:
    graph = as_networkx_reads(kept(full_document(), GRAPHML.keeps))

    assert {name: value for name, value in graph.graph.items() if "_default" not in name} == {
        "title": "School mornings", "question": "When should school begin?", "language": "ko",
        "background": "The council decides in May.\n\nIt asks for reasons.",
    }  # fmt: skip
