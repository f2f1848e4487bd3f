"""Files for the readers to read, made in the test that sends them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import typst

from debates.essays.readers import read_file, read_text
from debates.formats.glyphs import FAMILIES, FOLDER
from debates.models.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def refused(name: str, data: bytes) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(Refused) as refusal:
        read_file(name, data)
    assert refusal.value.field == "file"
    return str(refusal.value)


def refused_text(text: str) -> str:
    with pytest.raises(Refused) as refusal:
        read_text(text)
    assert refusal.value.field == "text"
    return str(refusal.value)


def zipped(parts: Mapping[str, str | bytes], *, packing: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", packing) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A Word document with the XML `body`, and other parts by the last word of their type."""
    document = f'<w:document xmlns:w="{_WORDS}"><w:body>{body}</w:body></w:document>'
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in parts
    )  # fmt: skip
    others = {
        f"word/{name}.xml": f'<w:{name} xmlns:w="{_WORDS}">{content}</w:{name}>' for name, content in parts.items()
    }
    return zipped({
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>', "_rels/.rels": RELATIONS,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        "word/document.xml": document, **others,
    })  # fmt: skip


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


# -- PDF ---------------------------------------------------------------------------------------------------------------

PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >> "
    b"stream\nx\nendstream"
)


def lines(*texts: str) -> bytes:
    """The content of a page with these lines on it."""
    return b"BT /F1 12 Tf 60 740 Td 14 TL " + b" ".join(b"(%s) Tj T*" % text.encode() for text in texts) + b" ET"


def pdf(pages: Sequence[tuple[bytes, bytes]], *, things: Sequence[bytes] = (), trailer: bytes = b"") -> bytes:
    """A PDF with the content of each page and how it is packed; `things` are X0, X1 … on every page."""
    first = 4 + 2 * len(pages)
    named = b" ".join(b"/X%d %d 0 R" % (number, first + number) for number in range(len(things)))
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]  # fmt: skip
    for number, (content, packed) in enumerate(pages):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R /Resources "
            b"<< /Font << /F1 3 0 R >> /XObject << %s >> >> >>" % (5 + 2 * number, named),
            b"<< /Length %d %s >> stream\n%s\nendstream" % (len(content), packed, content),
        ]  # fmt: skip
    return _numbered([*objects, *things], trailer)


def _numbered(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, trailer, len(out))
    )


def typeset(source: str) -> bytes:
    """A PDF as Typst sets it, in the fonts of this site."""
    fonts = ", ".join(f'"{family}"' for family in FAMILIES)
    options: dict[str, Any] = {"format": "pdf", "font_paths": [str(FOLDER)], "ignore_system_fonts": True}
    made: bytes = typst.compile(f'#set text(font: ({fonts}), lang: "en")\n{source}'.encode(), **options)
    return made
