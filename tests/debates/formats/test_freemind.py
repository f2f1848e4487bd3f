"""FreeMind: mind maps for and from FreeMind and Freeplane."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from debates.formats.document import Document
from debates.formats.drafts import NoteKind, Unreadable
from debates.formats.features import kept
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, full_document, shape, small_document

FREEMIND = FORMATS["freemind"]
# What freemind.xsd lets stand in a node, and what its attributes are called.
INSIDE = {"arrowlink", "attribute", "icon", "node", "richcontent"}
ATTRIBUTES = {
    "map": {"version"},
    "node": {"ID", "TEXT", "POSITION", "CREATED", "MODIFIED", "LINK"},
    "attribute": {"NAME", "VALUE"},
    "icon": {"BUILTIN"},
    "arrowlink": {"DESTINATION", "ENDARROW"},
    "richcontent": {"TYPE"},
}  # fmt: skip


def lines_of(nodes: str) -> list[tuple[str | None, str, str]]:
    document = FREEMIND.read(f"<map version='1.0.1'>{nodes}</map>".encode()).document
    words = document.words()
    return [(words[line.parent] if line.parent else None, line.stance, line.text) for line in document.lines]


def test_write_gives_a_node_with_an_icon_per_line() -> None:
    document = small_document()
    document.lines = document.lines[:2]

    assert FREEMIND.write(document).decode() == (
        '<map version="1.0.1">\n'
        '<node ID="ID_0" TEXT="School mornings"><attribute NAME="counterpoint" VALUE="1"/>'
        '<attribute NAME="question" VALUE="When should school begin?"/><attribute NAME="language" VALUE="en"/>\n'
        '  <node ID="ID_1" TEXT="School should begin at nine." POSITION="right">\n'
        '    <node ID="ID_2" TEXT="Teenagers sleep late."><icon BUILTIN="button_ok"/>'
        '<attribute NAME="stance" VALUE="supports"/>\n'
        "    </node>\n"
        "  </node>\n"
        "</node>\n"
        "</map>\n"
    )


@settings(max_examples=25)
@given(documents(FREEMIND.keeps))
def test_read_gives_back_what_was_written(document: Document) -> None:
    draft = FREEMIND.read(FREEMIND.write(document))

    assert shape(draft.document) == shape(kept(document, FREEMIND.keeps))
    assert draft.notes == []


@settings(max_examples=25)
@given(documents(FREEMIND.keeps))
def test_write_keeps_to_the_schema(document: Document) -> None:
    data = FREEMIND.write(document)
    root = ET.fromstring(data)  # noqa: S314 - written just above
    nodes = list(root.iter("node"))

    assert data.isascii()
    assert {child.tag for node in nodes for child in node} <= INSIDE
    for name, known in ATTRIBUTES.items():
        assert {key for element in root.iter(name) for key in element.attrib} <= known
    ids = [node.get("ID") for node in nodes]
    assert len(set(ids)) == len(ids) == len(document.lines) + 1
    assert {arrow.get("DESTINATION") for arrow in root.iter("arrowlink")} <= set(ids)
    assert all((node.get("CREATED") or "0").isdigit() for node in nodes)


def test_write_links_a_node_to_its_first_source() -> None:
    assert b'LINK="https://example.org/sleep_(2020)"' in FREEMIND.write(full_document())


def test_read_takes_stances_from_icons_attributes_and_prefixes() -> None:
    assert lines_of(
        "<node TEXT='Topic'><node TEXT='We should'><node TEXT='a'><icon BUILTIN='yes'/></node>"
        "<node TEXT='b'><icon BUILTIN='idea'/><icon BUILTIN='button_cancel'/></node><node TEXT='Con: c'/>"
        "<node TEXT='d'><attribute NAME='Stance' VALUE='con'/></node></node></node>"
    ) == [
        (None, "", "We should"), ("We should", "supports", "a"), ("We should", "opposes", "b"),
        ("We should", "opposes", "c"), ("We should", "opposes", "d"),
    ]  # fmt: skip


def test_read_takes_the_middle_for_the_claim_where_arguments_stand_around_it() -> None:
    assert lines_of("<node TEXT='We should'><node TEXT='Pros'><node TEXT='a'/></node><node TEXT='- b'/></node>") == [
        (None, "", "We should"), ("We should", "supports", "a"), ("We should", "opposes", "b"),
    ]  # fmt: skip


def test_read_finds_texts_and_notes_wherever_versions_put_them() -> None:
    document = FREEMIND.read(b"""<map version="freeplane 1.11"><unknown/>
        <node LOCALIZED_TEXT="new_mindmap" FOLDED="false"><hook NAME="MapStyle"/><node ID="x">
        <richcontent TYPE="NODE"><html><head><style>p {}</style></head><body>
        <p>Rich <b>text</b></p></body></html></richcontent><richcontent TYPE="NOTE" CONTENT-TYPE="xml/"><html><body>
        <p>One.</p><ul><li>Two.</li></ul></body></html></richcontent></node>
        <node TEXT="&lt;html&gt;&lt;body&gt;Old &lt;i&gt;text&lt;/i&gt;&lt;/body&gt;&lt;/html&gt;" LINK="https://a.org/"/>
        <node TEXT="" LINK="#x"><node TEXT="below"/></node></node></map>""").document  # fmt: skip

    assert document.title == "new_mindmap"
    assert [(line.text, line.note) for line in document.lines] == [
        ("Rich text", "One.\n\nTwo."), ("Old text", ""), ("[no text]", ""), ("below", ""),
    ]  # fmt: skip
    assert [[card.url for card in line.sources] for line in document.lines] == [[], ["https://a.org/"], [], []]


def test_read_leaves_arrows_out_that_say_nothing_and_says_so() -> None:
    draft = FREEMIND.read(
        b"<map><node TEXT='T'>\n<node ID='a' TEXT='a'><arrowlink DESTINATION='a'/></node></node></map>"
    )

    assert [(note.kind, note.at) for note in draft.notes] == [(NoteKind.SKIPPED, 2)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<map/>", "empty"),
        (b"<map><node TEXT='a'>", "no XML"),
        (b"<opml/>", "<map>"),
        (b'<!DOCTYPE m [<!ENTITY a "aa">]><map>&a;</map>', "entities"),
    ],
)
def test_read_says_what_is_wrong(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        FREEMIND.read(data)

    assert words in str(caught.value.sentence)
