"""What reading a file gives, and the checks that every text passes on its way there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from debates.models.errors import Refused
from debates.models.essay import ESSAY_LENGTH
from debates.text import clean_line, clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable

# The size of a file, in bytes; the same as for files of arguments.
MOST_BYTES = 10_000_000
LONGEST_NAME = 200
# A text is cleaned before it is counted, as marks and hidden characters fall away. One so much longer is not cleaned
# at all: it would take seconds, and nothing that is written shrinks to a quarter.
_MOST_SHRUNK = 4
_AT_ONCE = 100_000
_HEADING = re.compile(r"^(#{1,6} .*)$", re.MULTILINE)
_GAP = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class EssayFile:
    """A text as it was understood, in its stored form: paragraphs apart by an empty line, headings after "#".

    `kind` is how the file was read: "txt", "md", "docx", "pdf", "html", or "pasted". `notes` are sentences for the
    preview: what was understood in a way that may be wrong, and what was left out.
    """

    title: str
    author: str
    text: str
    kind: str
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Found:
    """What a reader found in a file, before it is cleaned and counted."""

    text: str
    title: str = ""
    author: str = ""
    notes: tuple[str, ...] = ()


def refuse(sentence: str, *, field: str = "file") -> NoReturn:
    raise Refused(sentence, field=field)


def essay_file(found: Found, kind: str, *, field: str = "file") -> EssayFile:
    """`found` in its stored form. Raises Refused where there is no text, or too much."""
    refuse_much(found.text, field=field)
    text = _apart(clean_text(found.text))
    if not text:
        refuse(_("There is no text in this. Choose another file, or paste the text."), field=field)
    refuse_long(len(text), field=field)
    title, author = _name(found.title), _name(found.author)
    return EssayFile(title, author, text, kind, tuple(_once(note for note in found.notes if note)))


def _apart(text: str) -> str:
    """`text`, which is clean, with every heading between empty lines."""
    return _GAP.sub("\n\n", _HEADING.sub(r"\n\1\n", text)).strip("\n")


def refuse_much(text: str, *, field: str) -> None:
    """Raise Refused where `text` is so long that it is not worth cleaning."""
    # By and by: ten megabytes of words would be two million objects at once.
    parts = (text[start : start + _AT_ONCE] for start in range(0, len(text), _AT_ONCE))
    length = sum(len(" ".join(part.split())) for part in parts)
    refuse_long(length, most=ESSAY_LENGTH * _MOST_SHRUNK, field=field)


def refuse_long(length: int, *, most: int = ESSAY_LENGTH, field: str = "file") -> None:
    """Raise Refused with the number, where a text of `length` characters has more than `most`."""
    if length > most:
        numbers = {
            "length": number_format(length, force_grouping=True),
            "most": number_format(ESSAY_LENGTH, force_grouping=True),
        }
        sentence = _("This text has %(length)s characters; at most %(most)s are read. Split it into several texts.")
        refuse(sentence % numbers, field=field)


def _name(text: str) -> str:
    """A title or a name on one line, cut behind a word where it is too long."""
    name = clean_line(text[: LONGEST_NAME * 4])
    if len(name) <= LONGEST_NAME:
        return name
    kept = name[: LONGEST_NAME - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip() + "…"


def _once(notes: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(notes)
