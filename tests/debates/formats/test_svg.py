"""SVG and PNG: the map as a drawing and as a picture."""

from __future__ import annotations

import struct
from xml.etree import ElementTree as ET

from hypothesis import given, settings

from debates.formats.document import Document, Line, reading_order
from debates.formats.png import MOST_PIXELS
from debates.formats.registry import FORMATS
from debates.formats.svg import map_of
from tests.debates.formats.documents import TRAPS, documents, full_document, small_document

SVG, PNG = FORMATS["svg"], FORMATS["png"]
SPACE = "{http://www.w3.org/2000/svg}"


def drawing(document: Document) -> ET.Element:
    return ET.fromstring(SVG.write(document))  # noqa: S314 - written just now


def texts(root: ET.Element) -> list[str]:
    """The words of every box, put together from their lines."""
    return [" ".join(part.strip() for part in each.itertext() if part.strip()) for each in root.iter(f"{SPACE}text")]


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def many(count: int, *, wide: int = 3) -> Document:
    lines = [Line("0", text="Claim")]
    lines += [Line(str(at), str((at - 1) // wide), "supports", f"This is argument {at}") for at in range(1, count)]
    return Document(title="Many", lines=reading_order(lines))


def test_drawing_has_every_claim_with_its_arguments() -> None:
    assert texts(drawing(small_document())) == [
        "School should begin at nine.", "Because", "Teenagers sleep late.", "But", "Parents begin at eight.", "But",
        "They sleep late by choice.", "School should stay as it is.", "Because", "Parents begin at eight.",
    ]  # fmt: skip


def test_drawing_names_the_topic_and_asks_its_question() -> None:
    root = drawing(small_document())

    assert root.findtext(f"{SPACE}title") == "School mornings"
    assert root.findtext(f"{SPACE}desc") == "When should school begin?"


def test_drawing_says_that_a_line_was_taken_back() -> None:
    assert texts(drawing(full_document())).count("[taken back]") == 2


def test_drawing_joins_for_with_solid_and_against_with_broken_lines() -> None:
    edges = [each for each in drawing(small_document()).iter(f"{SPACE}path") if each.get("stroke-width") == "1.75"]

    assert [bool(each.get("stroke-dasharray")) for each in edges] == [False, True, True, False]


def test_drawing_puts_claims_below_each_other_within_its_frame() -> None:
    found = map_of(small_document())
    (first, top), (second, below) = found.drawings

    assert (top, below > first.height, found.height) == (0, True, below + second.height)
    assert found.width == max(first.width, second.width)


@settings(max_examples=20)
@given(documents(SVG.keeps))
def test_drawing_is_xml_whatever_is_in_it(document: Document) -> None:
    root = drawing(document)

    assert len(list(root.iter(f"{SPACE}rect"))) == len(document.lines) + 1
    assert {each.tag.removeprefix(SPACE) for each in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "g",
        "rect",
        "path",
        "text",
        "tspan",
    }


def test_drawing_escapes_every_trap() -> None:
    root = drawing(Document(title="</title>", lines=[Line(str(at), text=trap) for at, trap in enumerate(TRAPS)]))

    assert "</text>" in texts(root)
    assert root.findtext(f"{SPACE}title") == "</title>"


def test_drawing_of_an_empty_topic_is_an_empty_sheet() -> None:
    root = drawing(Document(title="Empty"))

    assert (root.get("width"), root.get("height")) == ("320", "80")
    assert texts(root) == []


def test_picture_has_two_pixels_for_a_unit() -> None:
    found = map_of(small_document())

    assert size_of(PNG.write(small_document())) == (found.width * 2, found.height * 2)


def test_picture_of_a_large_map_has_fewer() -> None:
    found = map_of(many(250, wide=40))
    width, height = size_of(PNG.write(many(250, wide=40)))

    assert found.width * found.height * 4 > MOST_PIXELS
    assert 0.98 * MOST_PIXELS < width * height < 1.02 * MOST_PIXELS


def test_picture_is_the_same_whenever_it_is_written() -> None:
    document = Document(title="한국어", lines=[Line("1", text="학교 😀 <b>")])

    assert PNG.write(document) == PNG.write(document)
