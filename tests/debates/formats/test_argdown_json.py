"""Argdown's JSON: as Argdown's own command line makes it of our Argdown, and as arguebuf reads it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from debates.formats.document import Document, Line
from debates.formats.features import kept
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, full_document, small_document

ARGDOWN_JSON = FORMATS["argdown-json"]
# Where something stands in a source text, and how it is drawn.
UNSAID = {"startLine", "startColumn", "endLine", "endColumn", "color", "fontColor", "ranges"}


def written(document: Document) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(ARGDOWN_JSON.write(document))
    return content


def test_write_says_statements_arguments_and_relations_by_title() -> None:
    document = Document("Tea", lines=[Line("a", text="Tea is good."), Line("b", "a", "opposes", "It is dear.")])
    relation = {
        "type": "relation", "relationType": "attack", "from": "A1", "fromType": "argument", "to": "C1",
        "toType": "equivalence-class",
    }  # fmt: skip

    content = written(document)

    assert list(content) == ["arguments", "statements", "relations", "map", "sections", "tags"]
    assert content["relations"] == [relation]
    assert content["statements"]["C1"] == {
        "type": "equivalence-class", "title": "C1", "relations": [relation], "section": "s1",
        "isUsedAsTopLevelStatement": True,
        "members": [{
            "type": "statement", "role": "top-level-statement", "isTopLevel": True, "title": "C1",
            "text": "Tea is good.", "section": "s1",
        }],
    }  # fmt: skip
    assert content["map"]["edges"] == [
        {"id": "e1", "type": "map-edge", "relationType": "attack", "from": "n1", "to": "n0"}
    ]


def comparable(content: dict[str, Any]) -> Any:
    """What both say, in one order; data of links left out, which Argdown gives to what they refer to."""

    def clean(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: clean(each) for name, each in value.items() if name not in UNSAID and name != "here"}
        if isinstance(value, list):
            return sorted((clean(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
        return value.strip() if isinstance(value, str) else value

    found = clean({name: value for name, value in content.items() if name != "map"})
    for node in [*found["arguments"].values(), *found["statements"].values()]:
        node["data"] = node.get("data") or {}
        node["members"] = [{name: value for name, value in member.items() if value != {}} for member in node["members"]]
    return found


def test_argdowns_command_line_makes_the_same_of_our_argdown(outside: Path, tmp_path: Path) -> None:
    every = {"small": small_document(), "full": kept(full_document(), ARGDOWN_JSON.keeps)}
    for name, document in every.items():
        (tmp_path / f"{name}.argdown").write_bytes(FORMATS["argdown"].write(document))
    command = [str(outside / "node_modules/.bin/argdown"), "json", "--throwExceptions", "--silent", "*.argdown", "out"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60)

    for name, document in every.items():
        theirs = json.loads((tmp_path / f"out/{name}.json").read_text())
        assert comparable(written(document)) == comparable(theirs)


@settings(max_examples=30, deadline=None)
@given(documents(ARGDOWN_JSON.keeps))
def test_arguebuf_reads_the_same_words_and_relations(document: Document) -> None:
    load = pytest.importorskip("arguebuf.load", reason="arguebuf needs Python 3.13")

    graph = load.argdown(written(document))

    words = document.words()
    said = sorted(line.text for line in document.lines if not line.is_link)
    assert sorted(node.plain_text for node in graph.atom_nodes.values()) == said
    found = []
    for scheme in graph.scheme_nodes.values():
        (child,), (parent,) = graph.incoming_nodes(scheme), graph.outgoing_nodes(scheme)
        stance = "opposes" if type(scheme.scheme).__name__ == "Attack" else "supports"
        found.append((child.plain_text, stance, parent.plain_text))
    assert sorted(found) == sorted(
        (words[line.id], line.stance, words[line.parent]) for line in document.lines if line.parent
    )
