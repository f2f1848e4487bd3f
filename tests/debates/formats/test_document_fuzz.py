"""Readers of tables, outlines and mind maps give a draft or a sentence, whatever the file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debates.formats.drafts import Unreadable
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import full_document

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

NAMES = ("csv", "markdown", "opml", "freemind", "mindmup")
PIECES = (
    b"", b"\0", b"\xff", b"\xef\xbb\xbf", b"\r", b"\n\n", b"    ", b"\t", b'"', b"'", b",", b";", b"<", b">", b"</",
    b"&#0;", b"&amp;", b"&x;", b"]]>", b"<!--", b"<![CDATA[", b"<!DOCTYPE x [", b"{", b"}", b"[", b"]", b"null",
    b"1e999", b"-1", b"- ", b"> ", b"# ", b"```", b"[^1]", b"[^1]: ", b"**Pro:** ", b"](#s-1)", b'<a id="s-1">',
    b"---\n", b"1) ", b"===", b"votes_0", b"id", b"2,2", b"1 2 3 4 5", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80",
)  # fmt: skip
WRITTEN = {name: FORMATS[name].write(full_document()) for name in NAMES}


@st.composite
def damaged(draw: DrawFn, name: str) -> bytes:
    """A file of ours that is cut, repeated, and holds what does not belong there."""
    data = WRITTEN[name]
    for _time in range(draw(st.integers(1, 4))):
        start, end = sorted(draw(st.tuples(st.integers(0, len(data)), st.integers(0, len(data)))))
        end = min(end, start + draw(st.sampled_from([0, 1, 5, 10_000])))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.just(data[start:end] * 2), st.binary(max_size=3)))
        data = data[:start] + piece + data[end:]
    return data


def taken_or_refused(name: str, data: bytes) -> bool:
    """Whether reading gives a whole tree, or says in a sentence why not."""
    try:
        document = FORMATS[name].read(data).document
    except Unreadable as unreadable:
        return str(unreadable.sentence).endswith(".")
    ids = {line.id for line in document.lines}
    return all(line.parent is None or line.parent in ids for line in document.lines)


@pytest.mark.parametrize("name", NAMES)
def test_reading_gives_a_draft_or_a_sentence(name: str) -> None:
    pieces = st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join)

    @settings(max_examples=100, deadline=None)
    @given(st.one_of(st.binary(max_size=40), pieces, damaged(name), damaged(name)))
    def holds(data: bytes) -> None:
        assert taken_or_refused(name, data)

    holds()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "data", [b"", b" \n", b"\0" * 9, b"[" * 1_000_000, b"<" * 1_000_000, "\ud800".encode("utf-8", "surrogatepass")]
)
def test_reading_takes_or_refuses_what_is_no_file(name: str, data: bytes) -> None:
    assert taken_or_refused(name, data)
