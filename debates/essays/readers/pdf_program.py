"""Run as a program of its own: a PDF comes in, its lines go out as JSON, each with its place and its size.

A PDF can be made so that reading it takes hours or gigabytes, in more ways than a library can foresee. So it is read
in a process that is given so much time and memory, and no more; it imports nothing of the site.
"""

from __future__ import annotations

import json
import logging
import sys
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError
from pypdf.generic import DictionaryObject

MOST_PAGES = 300
# Beyond so many characters the text is refused anyway.
MOST_CHARACTERS = 500_000
SECONDS = 10
MEMORY = 1_000_000_000
# The bytes that one stream of a page may unpack to: a page that is full of text has 50,000.
MOST_UNPACKED = 20_000_000
# Operators and operands of a page: a full page of a browser, which places every letter by itself, has 30,000.
MOST_PARTS = 200_000
MOST_FORMS = 500
MOST_PICTURES = 200

type Line = tuple[str, float, float, float, bool]  # text, left, up, size, whether it is bold


def main() -> None:
    limit()
    logging.disable(logging.CRITICAL)
    json.dump(report(sys.stdin.buffer.read()), sys.stdout)


def limit() -> None:
    """Give this process little time and memory, and no file to write. Windows has no such limits, only our patience."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def report(data: bytes) -> dict[str, Any]:
    """What the PDF holds: its `pages`, each a list of lines, or an `error`."""
    try:
        with apply_configuration(
            zlib_maximum_output_length=MOST_UNPACKED, lzw_maximum_output_length=MOST_UNPACKED,
            run_length_maximum_output_length=MOST_UNPACKED, array_based_stream_maximum_output_length=MOST_UNPACKED,
            stream_parsing_work_maximum_count=MOST_PARTS, xform_maximum_invocations_per_extraction=MOST_FORMS,
        ):  # fmt: skip
            return _opened(PdfReader(BytesIO(data)))
    except (FileNotDecryptedError, DependencyError):
        return {"error": "encrypted"}
    except Exception:
        # A broken PDF raises whatever it likes: see the documentation of pypdf.errors.
        return {"error": "damaged"}


def _opened(reader: PdfReader) -> dict[str, Any]:
    if reader.is_encrypted and not reader.decrypt(""):
        return {"error": "encrypted"}
    if len(reader.pages) > MOST_PAGES:
        return {"error": "pages", "pages": len(reader.pages)}
    return _read(reader)


def _read(reader: PdfReader) -> dict[str, Any]:
    pages: list[list[Line]] = []
    pictures: list[list[int]] = []
    broken: list[int] = []
    characters = 0
    for number, page in enumerate(reader.pages, 1):
        lines = _Lines()
        pictures.append(_pictures(page))
        try:
            page.extract_text(visitor_text=lines.hear)
        except Exception:
            broken.append(number)
        pages.append(lines.ended())
        characters += sum(len(line[0]) for line in pages[-1])
        if characters > MOST_CHARACTERS:
            break
    about = reader.metadata
    return {
        "pages": pages, "pictures": pictures, "broken": broken,
        "title": str(about.title or "") if about else "", "author": str(about.author or "") if about else "",
    }  # fmt: skip


def _pictures(page: PageObject) -> list[int]:
    """The numbers of the pictures on a page, as far as its own resources say."""
    found: Any = page
    for name in ("/Resources", "/XObject"):
        found = found.get(name, DictionaryObject()).get_object()
        if not isinstance(found, DictionaryObject):
            return []
    things = [(found.raw_get(name), found[name]) for name in list(found)[:MOST_PICTURES]]
    return [
        getattr(raw, "idnum", 0)
        for raw, thing in things
        if isinstance(thing, DictionaryObject) and thing.get("/Subtype") == "/Image"
    ]


class _Lines:
    """The lines of a page while its pieces of text are heard."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._place: tuple[float, float, float] | None = None
        self._bold = True

    # As pypdf calls it: the matrix of the page and that of the text, then the font.
    def hear(self, text: str, cm: list[float], tm: list[float], font: dict[str, Any] | None, size: float) -> None:
        for number, words in enumerate(text.split("\n")):
            if number:
                self._end()
            if words.strip() and self._place is None:
                self._place = _place(cm, tm, size)
            if words.strip() and self._bold:
                self._bold = bool(font) and "bold" in str((font or {}).get("/BaseFont", "")).lower()
            self._words.append(words)

    def _end(self) -> None:
        if self._place is not None:
            self.lines.append(("".join(self._words), *self._place, self._bold))
        self._words, self._place, self._bold = [], None, True

    def ended(self) -> list[Line]:
        self._end()
        return self.lines


def _place(cm: list[float], tm: list[float], size: float) -> tuple[float, float, float]:
    """Where text begins on its page and how large it is, in points: the text matrix within that of the page."""
    left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    up = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    tall = ((tm[2] * cm[0] + tm[3] * cm[2]) ** 2 + (tm[2] * cm[1] + tm[3] * cm[3]) ** 2) ** 0.5
    return round(left, 1), round(up, 1), round(abs(size) * tall, 1)


if __name__ == "__main__":
    main()
