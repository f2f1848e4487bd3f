"""Our own JSON: exact both ways, as its schema says, and hard to break."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from debates.formats import native
from debates.formats.document import Document, Span, Text
from debates.formats.drafts import MOST_LINES, Unreadable
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, full_document, shape

FORMAT = FORMATS["json"]
SCHEMA = json.loads((Path(native.__file__).parent / "schemas" / "counterpoint-1.json").read_text())


def problems(data: bytes) -> list[str]:
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(json.loads(data))]


@settings(max_examples=25)
@given(documents())
def test_our_json_comes_back_exactly(document: Document) -> None:
    draft = FORMAT.read(FORMAT.write(document))

    assert draft.document == document
    assert draft.notes == []


def test_our_json_comes_back_with_everything_a_topic_can_hold() -> None:
    document = full_document()

    assert FORMAT.read(FORMAT.write(document)).document == document
    assert FORMAT.losses(document) == ()


@settings(max_examples=25)
@given(documents())
def test_our_json_is_as_its_schema_says(document: Document) -> None:
    assert problems(FORMAT.write(document)) == []


def test_schema_is_a_schema_and_refuses_what_is_none() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    assert problems(b'{"format": "counterpoint", "version": 1, "topic": {"title": "T"}, "statements": [{"id": 1}]}')


def test_reader_sorts_siblings_by_position_whatever_their_order_in_the_file() -> None:
    rows = [{"id": 3, "parent": 1, "stance": "supports", "text": "second", "position": 9},
            {"id": 2, "parent": 1, "stance": "opposes", "text": "first", "position": 4},
            {"id": 1, "parent": None, "stance": "", "text": "Claim", "position": 0}]  # fmt: skip

    draft = FORMAT.read(told(statements=rows))

    assert [line.text for line in draft.document.lines] == ["Claim", "first", "second"]


def told(**sections: Any) -> bytes:
    whole = {"format": "counterpoint", "version": 1, "topic": {"title": "T"}, "statements": []} | sections
    return json.dumps(whole).encode()


def test_reader_takes_files_from_before_texts_had_sources_and_passages_were_lost() -> None:
    claim = {"id": 1, "parent": None, "stance": "", "text": "Claim"}
    passage = {"statement": 1, "essay": 1, "start": 0, "end": 3, "quote": "One"}
    essay = {"id": 1, "title": "T", "author": "", "text": "One two"}

    document = FORMAT.read(told(statements=[claim], essays=[essay], passages=[passage])).document

    assert document.essays == [Text("1", "T", "One two")]
    assert document.lines[0].passages == [Span("1", 0, 3, "One", lost=False)]


def test_reader_says_how_many_entries_lack_what_they_need() -> None:
    draft = FORMAT.read(told(statements=[{"text": "no id"}, "no object", {"id": 1, "text": "Claim"}]))

    assert [line.text for line in draft.document.lines] == ["Claim"]
    assert draft.notes[0].sentence == "2 entries of “statements” lack what they need."


@pytest.mark.parametrize(
    ("data", "sentence", "at"),
    [
        (b"", "The file is empty.", 0),
        (b" \n ", "The file is empty.", 0),
        (b'{"format": "counterpoint",\n"version": 1, "topic": {', "no JSON, or only a part", 2),
        (b"[" * 100_000, "nested deeper than 300", 1),
        (b"[" * 10_000_001, "larger than 10 MB", 0),
        (b'{"a": NaN}', "“NaN” is no value", 0),
        (b'{"a": 1, "a": 2}', "“a” occurs twice", 0),
        (b'{"a": "\\ud800"}', "no JSON", 1),
        (b'{"a": ' + b"9" * 5_000 + b"}", "more than 4,000 digits", 0),
        (b"\xff\xfe\x00", "no text in UTF-8", 1),
        (b"ok\nb\xe9", "no text in UTF-8", 2),
        (b"a\0b", "binary", 1),
        (b"[1]", "one JSON object", 0),
        (b'{"format": "other"}', "no topic of Counterpoint", 0),
        (b'{"format": "counterpoint", "version": 2}', "another version", 0),
        (b'{"format": "counterpoint", "version": 1}', "“topic” is missing", 0),
        (b'{"format": "counterpoint", "version": 1, "topic": {}, "statements": 5}', "must be a list", 0),
    ],
)
def test_reader_refuses_what_is_no_topic_with_a_sentence(data: bytes, sentence: str, at: int) -> None:
    with pytest.raises(Unreadable) as refused:
        FORMAT.read(data)

    assert sentence in str(refused.value)
    assert refused.value.at == at


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.text(max_size=9), st.floats(allow_nan=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)),
    max_leaves=8,
)
_ROW = st.dictionaries(
    st.sampled_from(["id", "parent", "stance", "text", "note", "refers_to", "premise_group", "status", "position",
                     "statement", "essay", "start", "end", "quote", "counts", "voter", "value", "reply_to", "created",
                     "title", "url", "version"]),
    _JSON,
)  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from([*native.SECTIONS, "changes", "more"]), st.one_of(st.lists(_ROW, max_size=5), _JSON)
    )
)
def test_reader_gives_a_tree_or_a_sentence_whatever_the_sections_hold(sections: dict[str, Any]) -> None:
    try:
        draft = FORMAT.read(told(**sections))
    except Unreadable:
        return
    assert shape(FORMAT.read(FORMAT.write(draft.document)).document) == shape(draft.document)


@given(st.binary(max_size=60))
def test_reader_gives_a_tree_or_a_sentence_whatever_the_bytes(data: bytes) -> None:
    with pytest.raises(Unreadable):
        FORMAT.read(data)


def test_our_json_refuses_too_many_statements_before_it_makes_lines_of_them() -> None:
    content = {"format": "counterpoint", "version": 1, "topic": {}, "statements": [{"id": "1"}] * (MOST_LINES + 1)}

    with pytest.raises(Unreadable, match="more than 200,000 lines"):
        native.read(json.dumps(content).encode())
