"""Mermaid: what we write, and that Mermaid itself reads the same diagram."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from debates.formats.document import Document, Line
from debates.formats.mermaid import escaped
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import TRAPS, documents, small_document
from tests.debates.formats.graphs import many, relations, statements

if TYPE_CHECKING:
    from tests.debates.formats.conftest import Ask

MERMAID = FORMATS["mermaid"]


def test_write_gives_a_flow_chart_with_a_word_on_every_arrow() -> None:
    assert MERMAID.write(small_document()).decode() == (
        '---\ntitle: "School mornings"\n---\n'
        "flowchart BT\n"
        '  n1["School should begin at nine."]:::claim\n'
        '  n2["Teenagers sleep late."]\n'
        '  n3["They sleep late by choice."]\n'
        '  n4["Parents begin at eight."]\n'
        '  n5["School should stay as it is."]:::claim\n'
        '  n2 -->|"because"| n1\n'
        '  n3 -.->|"but"| n2\n'
        '  n4 -.->|"but"| n1\n'
        '  n4 -->|"because"| n5\n'
        "  classDef claim stroke-width:3px\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('say "x"', "say #34;x#34;"),
        ("a#b;", "a#35;b;"),
        ("<b>&amp;", "#60;b#62;#38;amp;"),
        ("%%{init: {}}%%", "#37;#37;#123;init#58; #123;#125;#125;#37;#37;"),
        ("`code` $$x$$", "#96;code#96; #36;#36;x#36;#36;"),
        ("style a:#x;", "style a#58;#35;x;"),
        ("1. one", "1#46; one"),
        ("- a - b", "#45; a - b"),
        ("3.14", "3#46;14"),
        ("It is 5. Or 6.", "It is 5. Or 6."),
    ],
)
def test_write_gives_signs_as_numbers(text: str, written: str) -> None:
    assert escaped(text) == written


def test_write_gives_the_title_as_yaml() -> None:
    title = 'a: "b" # c \\ 학교'

    assert json.loads(MERMAID.write(Document(title)).decode().splitlines()[1].removeprefix("title: ")) == title


# -- Mermaid itself, started once for all -----------------------------------------------------------------------------

MOST = MERMAID.most_lines


@pytest.fixture(scope="module")
def documents_and_answers(
    ask_outside: Ask, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Document, dict[str, Any]]]:
    """Documents with every trap, random ones, and two with as many arrows as we write and one more."""
    written = [Document()]
    for trap in TRAPS:
        written.append(Document(trap, lines=[Line("a", text=trap), Line("b", "a", "opposes", f"x {trap}")]))
    written += many(documents(MERMAID.keeps), 25)
    for count in (MOST, MOST + 1):
        arrows = [Line(str(number), "a", "supports", "It warms.") for number in range(count)]
        written.append(Document(lines=[Line("a", text="Tea."), *arrows]))
    folder = tmp_path_factory.mktemp("mermaid")
    for number, document in enumerate(written):
        (folder / str(number)).write_bytes(MERMAID.write(document))
    read = ask_outside("mermaid", folder)
    return [(document, read[str(number)]) for number, document in enumerate(written)]


def test_mermaid_reads_the_same_statements_and_relations(
    documents_and_answers: list[tuple[Document, dict[str, Any]]],
) -> None:
    stances = {"normal": "supports", "dotted": "opposes"}
    for document, answer in documents_and_answers[:-1]:
        assert answer["ok"], answer["error"]
        words = dict(answer["vertices"])
        assert Counter(words.values()) == statements(document)
        edges = ((words[a], stances[stroke], words[b]) for a, b, stroke, _word in answer["edges"])
        assert Counter(edges) == relations(document)


def test_mermaid_takes_as_many_arrows_as_we_write_and_no_more(
    documents_and_answers: list[tuple[Document, dict[str, Any]]],
) -> None:
    assert [answer["ok"] for _document, answer in documents_and_answers[-2:]] == [True, False]
