"""Kialo's export until 2022, and that arguebuf reads ours."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings

from debates.formats.document import Document, Line
from debates.formats.drafts import NoteKind
from debates.formats.first_places import first_places, without_forward_links
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, shape, small_document
from tests.debates.formats.test_kialo import outline

KIALO_V1 = FORMATS["kialo-v1"]


def test_write_gives_each_line_a_line() -> None:
    document = Document("Tea", lines=[
        Line("a", text="Tea is good."), Line("b", "a", "opposes", "Pro: -> See [1]"),
        Line("c", "b", "opposes", "-> See 1."), Line("d", "a", "supports", refers_to="c"),
    ])  # fmt: skip

    assert KIALO_V1.write(document).decode() == (
        "Discussion Title: Tea\n\n"
        "1. Tea is good.\n"
        "1.1. Con: Pro\\: -> See \\[1\\]\n"
        "1.1.1. Con: \\-> See 1.\n"
        "1.2. Pro: -> See 1.1.1.\n"
    )


def test_write_puts_several_claims_under_the_title() -> None:
    assert KIALO_V1.write(small_document()).decode() == (
        "Discussion Title: School mornings\n\n"
        "1. School mornings\n"
        "1.1. School should begin at nine.\n"
        "1.1.1. Pro: Teenagers sleep late.\n"
        "1.1.1.1. Con: They sleep late by choice.\n"
        "1.1.2. Con: Parents begin at eight.\n"
        "1.2. School should stay as it is.\n"
        "1.2.1. Pro: -> See 1.1.2.\n"
    )


@settings(max_examples=60, deadline=None)
@given(documents(KIALO_V1.keeps))
def test_reading_gives_back_what_was_written(document: Document) -> None:
    draft = KIALO_V1.read(KIALO_V1.write(document))

    assert draft.notes == []
    assert shape(draft.document) == shape(without_forward_links(first_places(document)))


# -- reading: the quirks of real exports -----------------------------------------------------------------------------

OLD = """Discussion Title: Is tea *better*?

1. Tea is *better* than coffee, [studies](https://example.org/a_\\(b\\)) say.
1.1. Pro: It has \\[some\\] \\*zing\\*.
It is also
2. cheaper.
1.1.1. Con: -> See 1.2.
1.2. Con: Coffee wakes.
1.2.1. And it smells.
"""


@pytest.mark.parametrize("text", [OLD, OLD.replace("\n", "\r\n")])
def test_read_understands_links_emphasis_and_lines_that_go_on(text: str) -> None:
    draft = KIALO_V1.read(text.encode())

    claim = "Tea is better than coffee, studies say."
    assert draft.document.title == "Is tea *better*?"
    assert outline(draft) == [
        (None, "", claim),
        (claim, "supports", "It has [some] *zing*. It is also 2. cheaper."),
        ("It has [some] *zing*. It is also 2. cheaper.", "opposes", "Coffee wakes."),
        (claim, "opposes", "Coffee wakes."),
        ("Coffee wakes.", "supports", "And it smells."),
    ]
    assert [(card.title, card.url) for card in draft.document.lines[0].sources] == [
        ("studies", "https://example.org/a_(b)")
    ]
    assert [(note.kind, note.at) for note in draft.notes] == [(NoteKind.REPAIRED, 9)]


def test_read_makes_theses_of_lines_without_a_stance_and_a_question_of_the_root() -> None:
    draft = KIALO_V1.read(b"Discussion Title: T\n\n1. Which?\n1.1. A\n1.1.1. Con: C\n1.2. B\n")

    assert draft.document.question == "Which?"
    assert outline(draft) == [(None, "", "A"), ("A", "opposes", "C"), (None, "", "B")]


def test_read_says_what_stands_before_the_root() -> None:
    draft = KIALO_V1.read(b"Discussion Title: T\n\nHello\n1. A\n")

    assert [(note.kind, note.at) for note in draft.notes] == [(NoteKind.SKIPPED, 3)]


# -- an outside reader -----------------------------------------------------------------------------------------------


def read_by_arguebuf(document: Document) -> Any:
    load = pytest.importorskip("arguebuf.load", reason="arguebuf needs Python 3.13")
    return load.kialo(io.StringIO(KIALO_V1.write(document).decode()))


def relations_in(graph: Any) -> list[tuple[str, str, str]]:
    """Child, what the relation is, parent; by the words of both."""
    found = []
    for scheme in graph.scheme_nodes.values():
        (child,) = graph.incoming_nodes(scheme)
        (parent,) = graph.outgoing_nodes(scheme)
        found.append((child.plain_text, type(scheme.scheme).__name__, parent.plain_text))
    return sorted(found)


def test_arguebuf_reads_the_same_words_and_relations() -> None:
    graph = read_by_arguebuf(small_document())

    assert graph.name == "School mornings"
    assert graph.major_claim.plain_text == "School mornings"
    assert relations_in(graph) == [
        ("Parents begin at eight.", "Attack", "School should begin at nine."),
        ("Parents begin at eight.", "Support", "School should stay as it is."),
        ("School should begin at nine.", "Rephrase", "School mornings"),
        ("School should stay as it is.", "Rephrase", "School mornings"),
        ("Teenagers sleep late.", "Support", "School should begin at nine."),
        ("They sleep late by choice.", "Attack", "Teenagers sleep late."),
    ]


@settings(max_examples=40, deadline=None)
@given(documents(KIALO_V1.keeps))
def test_arguebuf_reads_as_many_nodes_and_relations_of_each_kind(document: Document) -> None:
    graph = read_by_arguebuf(document)

    written = without_forward_links(first_places(document)).lines
    several = sum(line.parent is None for line in written) > 1
    assert len(graph.atom_nodes) == sum(not line.is_link for line in written) + several
    kinds = [kind for _child, kind, _parent in relations_in(graph)]
    assert kinds.count("Support") == sum(line.stance == "supports" for line in written)
    assert kinds.count("Attack") == sum(line.stance == "opposes" for line in written)
    assert kinds.count("Rephrase") == (sum(line.parent is None for line in written) if several else 0)
