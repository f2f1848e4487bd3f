"""What a reader gives back: a document and what was done to make it one; or a sentence why it could not."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from debates.formats.document import Document

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


# The lines of a document that is read. A reader that makes lines one by one stops behind them.
MOST_LINES = 200_000


class NoteKind(StrEnum):
    REPAIRED = "repaired"  # made to fit
    MERGED = "merged"  # made one with something that says the same
    SKIPPED = "skipped"  # left out
    CUT = "cut"  # an edge that would close a circle


KIND_WORDS = {
    NoteKind.REPAIRED: _("repaired"),
    NoteKind.MERGED: _("merged"),
    NoteKind.SKIPPED: _("left out"),
    NoteKind.CUT: _("cut"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was not taken as it stood. `at` is the line of the file, 0 where it has none."""

    kind: NoteKind
    sentence: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """That one line bears on another. The first that fits makes the place of `child`, each further one a link."""

    child: str
    parent: str
    stance: str
    group: int | None = None
    at: int = 0


@dataclass(slots=True)
class Draft:
    """A document that was read, before anything is stored of it.

    A reader of trees sets `parent` of each line, a reader of graphs leaves it and lists `relations`. What it gives
    need not be whole: settling and mending make it a tree that can be stored, and say what they did.
    """

    document: Document = field(default_factory=Document)
    relations: list[Relation] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def note(self, kind: NoteKind, sentence: StrOrPromise, *, at: int = 0) -> None:
        self.notes.append(Note(kind, str(sentence), at))


class Unreadable(Exception):
    """The file is not what it was said to be. The sentence says what is wrong and what to do; `at` is the line."""

    def __init__(self, sentence: StrOrPromise, *, at: int = 0) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.at = at
