"""DOT: what we write, and that Graphviz reads and draws it."""

from __future__ import annotations

from collections import Counter
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings

from debates.formats.document import Document, Line
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import TRAPS, documents, small_document
from tests.debates.formats.graphs import relations, statements

DOT = FORMATS["dot"]


def test_write_gives_whole_lines_for_because_and_broken_ones_for_but() -> None:
    body = DOT.write(small_document()).decode().partition("arrowsize=0.7];\n")[2]

    assert body == (
        '  label="School mornings";\n'
        '  n1 [label="School should begin at nine.", penwidth=2];\n'
        '  n2 [label="Teenagers sleep late."];\n'
        '  n3 [label="They sleep late by choice."];\n'
        '  n4 [label="Parents begin at eight."];\n'
        '  n5 [label="School should stay as it is.", penwidth=2];\n'
        "  n2 -> n1 [style=solid];\n"
        "  n3 -> n2 [style=dashed, arrowhead=empty];\n"
        "  n4 -> n1 [style=dashed, arrowhead=empty];\n"
        "  n4 -> n5 [style=solid, constraint=false];\n"
        "}\n"
    )


def test_write_protects_what_graphviz_would_read() -> None:
    document = Document(lines=[Line("a", text='\\N "x" &lt; \\')])

    assert 'n1 [label="\\\\N \\"x\\" &amp;lt; \\\\", penwidth=2];' in DOT.write(document).decode()


def test_write_breaks_long_words_into_lines() -> None:
    document = Document(
        lines=[Line("a", text="Teenagers who sleep until nine learn more than those who get up at six.")]
    )

    assert "\\n" in DOT.write(document).decode()


def as_graphviz_reads(document: Document) -> Any:
    pygraphviz = pytest.importorskip("pygraphviz")
    return pygraphviz.AGraph(DOT.write(document).decode())


def plain(label: str) -> str:
    """The words of a label, without blanks: lines may be broken between words or within."""
    lines = label.replace("\\\\", "\0").replace("\\n", "").replace("\0", "\\")
    return "".join(unescape(lines).split())


@settings(max_examples=20, deadline=None)
@given(documents(DOT.keeps))
def test_graphviz_reads_the_same_statements_and_relations(document: Document) -> None:
    graph = as_graphviz_reads(document)

    words = {str(node): plain(node.attr["label"]) for node in graph.nodes()}
    stances = {"solid": "supports", "dashed": "opposes"}
    found = Counter((words[edge[0]], stances[edge.attr["style"]], words[edge[1]]) for edge in graph.edges())
    assert Counter(words.values()) == Counter("".join(text.split()) for text in statements(document).elements())
    assert found == Counter(
        ("".join(a.split()), stance, "".join(b.split())) for a, stance, b in relations(document).elements()
    )


def test_graphviz_draws_the_words_of_every_trap() -> None:
    document = Document("Traps", lines=[Line(str(number), text=text) for number, text in enumerate(TRAPS)])

    drawing = as_graphviz_reads(document).draw(format="svg", prog="dot").decode()

    drawn = "".join(unescape(part.partition(">")[2].partition("</text>")[0]) for part in drawing.split("<text ")[1:])
    bare = "".join(drawn.split()).replace("\N{NO-BREAK SPACE}", "")
    assert [text for text in TRAPS if "".join(text.split()) not in bare] == []
