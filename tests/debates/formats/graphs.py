"""What tests of graph formats ask: files by hand, random documents, and who says what for or against whom."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from debates.formats.document import Document
    from debates.formats.drafts import Draft, NoteKind

type Row = dict[str, Any]
type Relations = Counter[tuple[str, str, str]]


def many[Example](strategy: SearchStrategy[Example], count: int) -> list[Example]:
    """The same `count` examples every time: for readers that are started once for all of them."""
    found: list[Example] = []

    @settings(max_examples=count, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
    @given(strategy)
    def collect(example: Example) -> None:
        found.append(example)

    collect()
    return found


def relations(document: Document) -> Relations:
    """Each place in words: what stands there, its stance, and the line it stands under."""
    words = document.words()
    return Counter(
        (words[line.id], line.stance, words[line.parent]) for line in document.lines if line.parent is not None
    )


def statements(document: Document) -> Counter[str]:
    return Counter(line.text for line in document.lines if not line.is_link)


def as_arguebuf_reads(graph: Any) -> tuple[Counter[str], Relations]:
    """The atoms of a graph of arguebuf, and its relations in words."""
    support = pytest.importorskip("arguebuf").Support
    found: Relations = Counter()
    for scheme in graph.scheme_nodes.values():
        stance = "supports" if isinstance(scheme.scheme, support) else "opposes"
        sources = [edge.source for edge in graph.edges.values() if edge.target.id == scheme.id]
        targets = [edge.target for edge in graph.edges.values() if edge.source.id == scheme.id]
        found.update((source.text, stance, target.text) for source in sources for target in targets)
    return Counter(atom.text for atom in graph.atom_nodes.values()), found


# -- files by hand -----------------------------------------------------------------------------------------------------


def node(name: str | int, text: str, kind: str = "I", **further: Any) -> Row:
    return {"nodeID": name, "text": text, "type": kind, **further}


def graph(nodes: list[Row], edges: list[tuple[Any, Any]], **further: Any) -> Row:
    rows = [{"edgeID": number, "fromID": source, "toID": target} for number, (source, target) in enumerate(edges)]
    return {"nodes": nodes, "edges": rows, **further}


def outline(draft: Draft) -> list[str]:
    """The lines of a draft, indented; = is a link, with what it repeats."""
    words, depths = draft.document.words(), draft.document.depths()
    signs = {"": "", "supports": "+ ", "opposes": "- "}
    return [
        "  " * depths[line.id] + signs[line.stance] + "= " * line.is_link + words[line.id]
        for line in draft.document.lines
    ]


def kinds(draft: Draft) -> list[NoteKind]:
    return [note.kind for note in draft.notes]
