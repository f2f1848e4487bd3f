"""Readers of graphs give a draft or a sentence, whatever the file holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debates.formats.drafts import Unreadable
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import full_document
from tests.debates.formats.graphs import graph, node

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

NAMES = ("aif", "xaif", "sadface")
WORDS = (
    "AIF", "OVA", "text", "txt", "analysis", "nodes", "edges", "locutions", "participants", "nodeID", "id", "type",
    "name", "fromID", "toID", "from", "to", "source_id", "target_id", "counterpoint", "links", "of", "position",
    "metadata", "core",
    "resources", "content", "sources", "resource_id", "offset", "length", "personID", "participantID", "firstname",
    "timestamp", "version", "title", "language", "essays", "passages", "comments", "tally", "group", "created",
    "I", "RA", "CA", "MA", "L", "YA", "TA", "atom", "scheme", "conflict", "support", "attack", "1", "2", "3",
    "<span id='1'>", "</span>", "ANN : x", "2012-04-12 17:22:00", "9999-12-31T23:59:59-23:59", "&amp;", "â€™",
)  # fmt: skip
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.just(10**30), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(WORDS), st.text(max_size=5),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(WORDS), inner, max_size=5)),
    max_leaves=20,
)
WRITTEN = {name: FORMATS[name].write(full_document()) for name in NAMES}


@st.composite
def damaged(draw: DrawFn, name: str) -> bytes:
    """A file of ours in which some values are others."""
    content = json.loads(WRITTEN[name])
    for _time in range(draw(st.integers(1, 6))):
        part = content
        while True:
            key = draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
            if isinstance(part[key], dict | list) and part[key] and draw(st.integers(0, 4)):
                part = part[key]
            else:
                part[key] = draw(VALUES)
                break
        if not content:
            break
    return json.dumps(content).encode()


@st.composite
def cut(draw: DrawFn, name: str) -> bytes:
    """A file of ours that ends early, or has bytes in it that do not belong there."""
    data = WRITTEN[name]
    start, end = sorted(draw(st.tuples(st.integers(0, len(data)), st.integers(0, len(data)))))
    return data[:start] + draw(st.binary(max_size=4)) + data[end:] * draw(st.booleans())


@pytest.mark.parametrize("name", NAMES)
def test_reading_gives_a_draft_or_a_sentence(name: str) -> None:
    anything = st.dictionaries(st.sampled_from(WORDS[:8]), VALUES).map(lambda value: json.dumps(value).encode())

    @settings(max_examples=100, deadline=None)
    @given(st.one_of(st.binary(max_size=40), anything, damaged(name), cut(name)))
    def holds(data: bytes) -> None:
        try:
            document = FORMATS[name].read(data).document
        except Unreadable:
            return
        ids = {line.id for line in document.lines}
        assert all(line.parent is None or line.parent in ids for line in document.lines)

    holds()


def test_read_does_not_multiply_premises_by_conclusions() -> None:
    count = 300
    nodes = [node(number, f"Line {number}") for number in range(2 * count)]
    edges = [(number, "RA") for number in range(count)] + [("RA", count + number) for number in range(count)]
    draft = FORMATS["aif"].read(json.dumps(graph([*nodes, node("RA", "", "RA")], edges)).encode())

    assert len(draft.document.lines) == 2 * count


def test_read_survives_a_chain_of_thousands() -> None:
    count = 5_000
    nodes = [node(f"i{number}", f"Line {number}") for number in range(count)]
    nodes += [node(f"s{number}", "", "RA") for number in range(1, count)]
    edges = [(f"i{number}", f"s{number}") for number in range(1, count)]
    edges += [(f"s{number}", f"i{number - 1}") for number in range(1, count)]
    draft = FORMATS["aif"].read(json.dumps(graph(nodes, edges)).encode())

    assert len(draft.document.lines) == count
    assert max(draft.document.depths().values()) == 50
