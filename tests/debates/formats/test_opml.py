"""OPML: outlines for and from outliners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from debates.formats.document import Document, Line
from debates.formats.drafts import NoteKind, Unreadable
from debates.formats.features import kept
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import TRAPS, documents, full_document, shape, small_document

if TYPE_CHECKING:
    from pathlib import Path

    from tests.debates.formats.conftest import Ask

OPML = FORMATS["opml"]


def outline(body: str, head: str = "<title>T</title>") -> bytes:
    return f'<?xml version="1.0"?>\n<opml version="2.0"><head>{head}</head><body>\n{body}\n</body></opml>'.encode()


def lines_of(body: str) -> list[tuple[str | None, str, str]]:
    document = OPML.read(outline(body)).document
    words = document.words()
    return [(words[line.parent] if line.parent else None, line.stance, line.text) for line in document.lines]


def test_write_gives_nested_outlines() -> None:
    document = small_document()
    document.lines = document.lines[:3]

    assert OPML.write(document).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<opml version="2.0" xmlns:topic="urn:counterpoint:topic">\n'
        "  <head>\n"
        "    <title>School mornings</title>\n"
        '    <topic:about version="1" question="When should school begin?" language="en"/>\n'
        "  </head>\n"
        "  <body>\n"
        '    <outline text="School should begin at nine." _id="1">\n'
        '      <outline text="Pro: Teenagers sleep late." _id="2" _stance="supports">\n'
        '        <outline text="Con: They sleep late by choice." _id="3" _stance="opposes">\n'
        "        </outline>\n"
        "      </outline>\n"
        "    </outline>\n"
        "  </body>\n"
        "</opml>\n"
    )


@settings(max_examples=25)
@given(documents(OPML.keeps))
def test_read_gives_back_what_was_written(document: Document) -> None:
    draft = OPML.read(OPML.write(document))

    assert shape(draft.document) == shape(kept(document, OPML.keeps))
    assert draft.notes == []


def test_read_takes_stances_from_attributes_prefixes_and_sections() -> None:
    assert lines_of(
        '<outline text="We should"><outline text="it helps" _stance="pro"/><outline text="Con: it costs"/>'
        '<outline text="+ it is fun"/><outline text="Pros"><outline text="cheap"/></outline></outline>'
    ) == [
        (None, "", "We should"),
        ("We should", "supports", "it helps"),
        ("We should", "opposes", "it costs"),
        ("We should", "supports", "it is fun"),
        ("We should", "supports", "cheap"),
    ]


def test_read_takes_the_title_for_the_claim_where_arguments_stand_at_the_top() -> None:
    assert lines_of('<outline text="Pro: a"/><outline text="Con: b"/>')[0] == (None, "", "T")


def test_read_takes_html_as_text_and_a_title_for_a_missing_text() -> None:
    html = '<outline text="&lt;b&gt;Bold&lt;/b&gt; &amp;amp; more"/>'
    found = lines_of(html + '<outline title="From the title"/><outline text="5 &lt; 6"/>')

    assert [text for _above, _stance, text in found] == ["Bold & more", "From the title", "5 < 6"]


def test_read_keeps_addresses_leaves_comments_out_and_says_so() -> None:
    draft = OPML.read(outline(
        '<outline text="a" type="link" url="https://a.org/"/>\n<outline text="b" type="include" url="https://b.org/x.opml"/>\n'
        '<outline text="c" isComment="true"><outline text="d"/></outline>\n<outline text="e" created="yesterday"/>'
    ))  # fmt: skip

    assert [(line.text, [card.url for card in line.sources]) for line in draft.document.lines] == [
        ("a", ["https://a.org/"]), ("b", ["https://b.org/x.opml"]), ("e", []),
    ]  # fmt: skip
    assert [(note.kind, note.at) for note in draft.notes] == [(NoteKind.SKIPPED, at) for at in (4, 5, 6)]


def test_read_takes_a_date_of_rfc_822() -> None:
    document = OPML.read(outline('<outline text="a" created="Tue, 12 Mar 2024 10:00:00 -0500"/>')).document

    assert str(document.lines[0].created) == "2024-03-12 15:00:00+00:00"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_read_takes_the_encoding_that_the_file_says(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?>\r\n<opml><body><outline text="é"/></body></opml>'

    assert OPML.read(text.encode(encoding)).document.lines[0].text == "é"


@pytest.mark.parametrize(
    ("data", "at", "words"),
    [
        (b"", 1, "no XML"),
        (outline('<outline text="a">'), 4, "no XML"),
        (b"<html/>", 1, "<opml>"),
        (b"<opml/>", 1, "body"),
        (b'<!DOCTYPE o [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><opml><body>&b;</body></opml>', 0, "entities"),
        (b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/hosts">]><opml><body>&a;</body></opml>', 0, "entities"),
        (b'<?xml version="1.0" encoding="klingon"?><opml/>', 0, "encoding"),
        (b"<opml><body>\xff</body></opml>", 1, "no XML"),
    ],
)
def test_read_says_what_is_wrong_and_where(data: bytes, at: int, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        OPML.read(data)

    assert caught.value.at == at
    assert words in str(caught.value.sentence)


@pytest.mark.parametrize("name", ["opml", "freemind"])
def test_read_survives_thousands_of_levels(name: str) -> None:
    tag, before, after = {
        "opml": ("outline text", "<opml><body>", "</body></opml>"), "freemind": ("node TEXT", "<map>", "</map>"),
    }[name]  # fmt: skip
    opening = f'<{tag}="a">' * 10_000
    text = f"{before}{opening}{f'</{tag.split()[0]}>' * 10_000}{after}"

    draft = FORMATS[name].read(text.encode())

    assert len(draft.document.lines) > 9_990
    assert any("50 levels" in note.sentence for note in draft.notes)


def test_the_format_s_own_reader_finds_the_same_outline(ask_outside: Ask, tmp_path: Path) -> None:
    traps = Document(title="<T> & “t”", lines=[Line(str(at), text=text) for at, text in enumerate(TRAPS)])
    (tmp_path / "full.opml").write_bytes(OPML.write(full_document()))
    (tmp_path / "traps.opml").write_bytes(OPML.write(traps))

    answers = ask_outside("opml", tmp_path)

    assert answers["full.opml"]["title"] == "School mornings"
    assert answers["full.opml"]["outline"] == [
        ["School should begin at nine.", [
            ["Pro: Teenagers sleep late.", [["Con: They sleep late by choice.", []]]],
            ["Pro: Who sleeps late is tired at eight.", []],
            ["Con: [taken back]", []],
        ]],
        ["School should stay as it is.", [["Pro: [taken back]", []]]],
    ]  # fmt: skip
    texts: list[Any] = answers["traps.opml"]["outline"]
    assert [text for text, _below in texts] == list(TRAPS)
