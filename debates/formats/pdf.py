"""The outline as PDF/UA-1 (ISO 14289-1): tagged, with its title and language, set by Typst in fonts that we keep.

What people wrote goes to a fixed template as data. None of it is ever read as Typst's own markup.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst
from django.utils.translation import gettext as _

from debates.formats.glyphs import FAMILIES, FOLDER, Glyphs
from debates.formats.outline import described, is_right_to_left, outline_of, see_words

if TYPE_CHECKING:
    from debates.formats.document import Document, SourceCard
    from debates.formats.outline import Entry

TEMPLATE = Path(__file__).parent / "outline.typ"
# Longer than this, an address is text on the page and no link.
LONGEST_LINK = 2_000
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.IGNORECASE)


def write(document: Document) -> bytes:
    """The paper of `document`. What no font can show is a white square, and said at the end."""
    return typeset(TEMPLATE, "topic", _topic(document), format="pdf", pdf_standards="ua-1")


def typeset(template: Path, name: str, data: dict[str, Any], **options: Any) -> bytes:
    """`template` with `data` as its input `name`, in our fonts alone; see `typst.compile` for the options."""
    inputs = {name: json.dumps(data, ensure_ascii=False)}
    made: bytes = typst.compile(
        template.read_bytes(), font_paths=[str(FOLDER)], ignore_system_fonts=True, sys_inputs=inputs, **options
    )
    return made


def _topic(document: Document) -> dict[str, Any]:
    outline, glyphs = outline_of(document), Glyphs()
    said = _LANGUAGE.match(document.language)
    topic = {
        "families": FAMILIES, "title": document.title or _("Untitled"), "question": document.question,
        "language": said[0].lower() if said else "en", "rtl": is_right_to_left(document.language),
        "background": _paragraphs(document.background),
        "entries": [_entry(entry) for entry in outline.entries],
        "sources": [_source(card) for card in outline.sources],
    }  # fmt: skip
    shown: dict[str, Any] = glyphs.shown_in(topic)
    return shown | {"words": {"sources": _("Sources"), "missing": glyphs.missing_words()}}


def _entry(entry: Entry) -> dict[str, Any]:
    line = entry.line
    return {
        "number": entry.number, "depth": entry.depth, "word": entry.word, "text": entry.text,
        "supports": line.stance == "supports", "gone": line.gone, "author": line.author, "marks": entry.marks,
        "see": see_words(entry.see) if entry.see else "", "note": _paragraphs(line.note),
    }  # fmt: skip


def _source(card: SourceCard) -> dict[str, Any]:
    words = described(card)
    return {
        "described": words, "url": card.url if card.url != words else "",
        "web": card.url.startswith(("http://", "https://")) and len(card.url) < LONGEST_LINK,
        "quotation": _paragraphs(card.quotation),
    }  # fmt: skip


def _paragraphs(text: str) -> list[str]:
    return [each for each in text.split("\n\n") if each.strip()]
