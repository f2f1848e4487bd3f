"""A PDF to the text of its pages, as far as it has one. A PDF knows letters and places, no words or paragraphs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debates.essays.readers.essay_file import Found, refuse, refuse_long
from debates.essays.readers.pdf_edges import Line, without_edges
from debates.essays.readers.pdf_paragraphs import RIGHT_TO_LEFT, pieces_of
from debates.essays.readers.pieces import heading_of, joined, left_out
from debates.models.essay import ESSAY_LENGTH

_PROGRAM = Path(__file__).with_name("pdf_program.py")
# It gives up by itself after ten seconds of work; a machine that is busy may take longer over them.
_PATIENCE = 20
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")
# A page with fewer letters and a picture is a picture of a page, with a number perhaps.
_FEWEST_LETTERS = 20
# More letters than this without a meaning, and the fonts hide what they say.
_MOST_UNKNOWN = 0.1


def read(data: bytes) -> Found:
    """The text of a .pdf file with headings by the size of letters; its title and author from its properties."""
    report = _report(data)
    _refuse_unreadable(report)
    pages = [[Line(*line) for line in page] for page in report["pages"]]
    _refuse_textless(pages, report)
    refuse_long(sum(len(line.text) for line in chain.from_iterable(pages)), most=2 * ESSAY_LENGTH)
    body = without_edges(pages)
    pieces = pieces_of(body.pages)
    text = joined(pieces)
    notes = (
        _("Paragraphs and headings of a PDF are guessed from its look: read it through."),
        _pages_without(pages, report),
        body.note,
        left_out(pictures=len(set(chain.from_iterable(report["pictures"]))), footnotes=body.footnotes),
        _("Writing from right to left often comes out of a PDF in disorder: compare it, or paste the text instead.")
        if RIGHT_TO_LEFT.search(text) else "",
    )  # fmt: skip
    title = heading_of(pieces, within=3) or _meant(report["title"])
    return Found(text, title=title, author=report["author"], notes=notes)


def _report(data: bytes) -> dict[str, Any]:
    """What the program says about the PDF. It runs with little time and memory, and knows nothing of the site."""
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    command = [sys.executable, "-I", str(_PROGRAM)]
    try:
        run = subprocess.run(  # noqa: S603 - our own program; what people send goes to its input
            command, input=data, capture_output=True, timeout=_PATIENCE, env=environment, check=True
        )
        report: dict[str, Any] = json.loads(run.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"error": "heavy"}
    return report


def _refuse_unreadable(report: dict[str, Any]) -> None:
    match report.get("error"):
        case "encrypted":
            refuse(_("This PDF is protected with a password. Save it without one, or paste its text."))
        case "pages":
            counted = {"pages": number_format(report["pages"], force_grouping=True)}
            refuse(_("This PDF has %(pages)s pages; at most 300 are read. Save those you need as a PDF.") % counted)
        case "damaged":
            refuse(_("This PDF is damaged. Make it again from the program it was written in, or paste its text."))
        case "heavy":
            refuse(_("This PDF takes too long to read. Save it again without its pictures, or paste its text."))


def _refuse_textless(pages: list[list[Line]], report: dict[str, Any]) -> None:
    """Raise Refused where there is no text, or none that means anything."""
    text = "".join(line.text for page in pages for line in page)
    letters, unknown = sum(map(str.isalnum, text)), sum(map(_is_unknown, text))
    if unknown > _MOST_UNKNOWN * (letters + unknown):
        refuse(_("The letters of this PDF cannot be read: it does not say which they are. Paste its text."))
    if letters < _FEWEST_LETTERS * len(pages) and all(report["pictures"]):
        refuse(
            _("This PDF holds pictures of pages, no text. Let a program recognise the text (OCR), or type or paste it.")
        )
    if not letters:
        _refuse_unreadable({"error": "heavy"} if report["broken"] else {})
        refuse(_("This PDF holds no text. Choose another file, or paste the text."))


def _is_unknown(char: str) -> bool:
    return char == "�" or "\ue000" <= char <= "\uf8ff" or (char < " " and char not in "\t\n\r")


def _pages_without(pages: list[list[Line]], report: dict[str, Any]) -> str:
    """The sentence about the pages that hold a picture and no text, or could not be read."""
    empty = [number for number, page in enumerate(pages, 1) if not page and report["pictures"][number - 1]]
    numbers = sorted({*empty, *report["broken"]})
    if not numbers:
        return ""
    sentence = ngettext(
        "Page %(pages)s has no text that can be read.", "Pages %(pages)s have no text that can be read.", len(numbers)
    )
    shown = ", ".join(map(str, numbers[:10]))
    return sentence % {"pages": f"{shown} …" if numbers[10:] else shown}


def _meant(title: str) -> str:
    """The title in the properties, unless a program wrote the name of a file there."""
    is_name = title.lower().startswith(("microsoft word", "untitled", "document")) or "." in title[-6:-2]
    return "" if is_name else title
