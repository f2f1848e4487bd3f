"""MindMup: argument maps with groups of reasons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from debates.formats.document import Document, Line
from debates.formats.drafts import NoteKind, Unreadable
from debates.formats.features import kept
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, full_document, shape, small_document

if TYPE_CHECKING:
    from pathlib import Path

    from tests.debates.formats.conftest import Ask

MINDMUP = FORMATS["mindmup"]


def read(content: object) -> Document:
    return MINDMUP.read(json.dumps(content).encode()).document


def lines_of(content: object) -> list[tuple[str | None, str, str, bool]]:
    document = read(content)
    words = document.words()
    return [
        (words[line.parent] if line.parent else None, line.stance, line.text, line.group is not None)
        for line in document.lines
    ]


def group(kind: object, *titles: str) -> dict[str, Any]:
    ideas = {str(rank): {"id": f"{kind}{rank}", "title": title} for rank, title in enumerate(titles, 1)}
    return {"id": f"g{kind}", "title": "group", "attr": {"group": kind, "contentLocked": True}, "ideas": ideas}


def test_write_gives_roots_groups_and_links() -> None:
    document = small_document()
    document.lines = [document.lines[0], document.lines[3], *document.lines[4:]]

    assert json.loads(MINDMUP.write(document)) == {
        "id": "root",
        "formatVersion": 3,
        "title": "School mornings",
        "attr": {"theme": "argMappingSimple", "counterpoint": {"question": "When should school begin?"}},
        "ideas": {
            "1": {"id": 1, "title": "School should begin at nine.", "ideas": {
                "1": {"id": 3, "title": "group", "attr": {"group": "opposing", "contentLocked": True}, "ideas": {
                    "1": {"id": 4, "title": "Parents begin at eight."},
                }},
            }},
            "2": {"id": 2, "title": "School should stay as it is.", "ideas": {
                "1": {"id": 5, "title": "group", "attr": {"group": "supporting", "contentLocked": True}, "ideas": {
                    "1": {"id": 6, "title": "Parents begin at eight.", "attr": {"counterpoint": {"link": 4}}},
                }},
            }},
        },
        "links": [{"ideaIdFrom": 6, "ideaIdTo": 4, "attr": {"style": {"lineStyle": "dashed"}}}],
    }  # fmt: skip


@settings(max_examples=25)
@given(documents(MINDMUP.keeps))
def test_read_gives_back_what_was_written(document: Document) -> None:
    draft = MINDMUP.read(MINDMUP.write(document))

    assert shape(draft.document) == shape(kept(document, MINDMUP.keeps))
    assert draft.notes == []


def test_read_takes_several_ideas_of_a_group_as_co_premises() -> None:
    groups = {"2": group("opposing", "it costs"), "1": group("supporting", "it helps", "help is good")}
    roots = {"1": {"id": 1, "title": "We should\n", "ideas": groups}}
    content = {"formatVersion": 3, "id": "root", "title": "T", "ideas": roots}

    assert lines_of(content) == [
        (None, "", "We should", False),
        ("We should", "supports", "it helps", True),
        ("We should", "supports", "help is good", True),
        ("We should", "opposes", "it costs", False),
    ]


def test_read_orders_ideas_by_rank_right_of_the_middle_first() -> None:
    ideas = {
        "-2": {"title": "e"},
        "10": {"title": "c"},
        "1.5": {"title": "b"},
        "-1": {"title": "d"},
        "1": {"title": "a"},
    }

    assert [line.text for line in read({"formatVersion": 3, "title": "T", "ideas": ideas}).lines] == list("abcde")


@pytest.mark.parametrize("version", [None, 1, 2])
def test_read_takes_the_versions_whose_tree_begins_at_the_top(version: int | None) -> None:
    content = {"formatVersion": version, "id": 1, "title": "We should", "ideas": {"1": group("supporting", "it helps")}}

    assert lines_of(content) == [(None, "", "We should", False), ("We should", "supports", "it helps", False)]


def test_read_takes_the_middle_of_a_plain_mind_map_for_the_topic() -> None:
    argument = {"id": 3, "title": "Con: it costs", "attr": {"note": {"text": "Much."}}}
    claim = {"id": 2, "title": "We should", "ideas": {"1": argument}}
    content = {"formatVersion": 2, "id": 1, "title": "Uniforms", "ideas": [claim]}
    document = read(content)

    assert document.title == "Uniforms"
    assert [(line.stance, line.text, line.note) for line in document.lines] == [
        ("", "We should", ""), ("opposes", "it costs", "Much."),
    ]  # fmt: skip


def test_read_leaves_connectors_out_and_says_so() -> None:
    content = {"formatVersion": 3, "title": "T", "ideas": {"1": {"id": 1, "title": "a"}, "2": {"id": 2, "title": "b"}},
               "links": [{"ideaIdFrom": 1, "ideaIdTo": 2}]}  # fmt: skip

    assert [note.kind for note in MINDMUP.read(json.dumps(content).encode()).notes] == [NoteKind.SKIPPED]


@pytest.mark.parametrize("content", [
    {"title": 3, "ideas": None}, {"ideas": {"x": {"title": None, "attr": []}, "nan": {"title": "a"}, "1e999": []}},
    {"title": "a", "ideas": {"1": {"id": 1, "attr": {"group": True}, "ideas": {"1": {"title": "b"}}}}, "links": {}},
    {"title": "a", "formatVersion": 3, "ideas": {"1": group("?", "b")}, "attr": {"counterpoint": {"question": []}}},
])  # fmt: skip
def test_read_takes_what_other_tools_wrote_amiss(content: dict[str, Any]) -> None:
    assert all(line.text for line in read(content).lines)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"title": "a"', b"[" * 1_000_000, b'{"ideas":' * 100_000])
def test_read_says_what_is_wrong(data: bytes) -> None:
    with pytest.raises(Unreadable):
        MINDMUP.read(data)


def test_mindmup_s_own_model_finds_the_same_map(ask_outside: Ask, tmp_path: Path) -> None:
    (tmp_path / "full.mup").write_bytes(MINDMUP.write(full_document()))
    lines = [Line("0", text="Claim")] + [Line(str(at), str(at - 1), "opposes", f"But {at}") for at in range(1, 51)]
    (tmp_path / "deep.mup").write_bytes(MINDMUP.write(Document(title="Deep", lines=lines)))

    answers = ask_outside("mindmup", tmp_path)

    assert "error" not in answers["deep.mup"]
    assert answers["full.mup"]["title"] == "School mornings"
    assert answers["full.mup"]["ideas"] == [
        ["School should begin at nine.", [
            ["supporting", [
                ["Teenagers sleep late.", [["opposing", [["They sleep late by choice.", []]]]]],
                ["Who sleeps late is tired at eight.", []],
            ]],
            ["opposing", [["[taken back]", []]]],
        ]],
        ["School should stay as it is.", [["supporting", [["[taken back]", []]]]]],
    ]  # fmt: skip
    assert answers["full.mup"]["links"] == [["[taken back]", "[taken back]"]]
