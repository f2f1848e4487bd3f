"""The outline for readers: what pages and papers say of each line, with its number, and the list of all sources."""

from __future__ import annotations

from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from debates.citing.names import shown_names
from debates.formats.features import GONE_TEXT
from debates.models import SourceKind, SourceMedium

if TYPE_CHECKING:
    from debates.formats.document import Document, Line, SourceCard

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as it is read aloud: number, word, text."""

    line: Line
    number: str  # as in an outline: 1.2.1
    depth: int
    word: str  # “Because”, “But”, or "" for a claim
    text: str
    see: str  # the number of the line that a link repeats
    marks: tuple[int, ...]  # its sources, as they are numbered in the list


@dataclass(slots=True)
class Outline:
    entries: list[Entry] = field(default_factory=list)
    sources: list[SourceCard] = field(default_factory=list)  # the first is number 1


def outline_of(document: Document) -> Outline:
    """The outline of `document`. A source that several lines have is listed once."""
    made = Outline()
    depths, words = document.depths(), document.words()
    numbers = {key: ".".join(map(str, number)) for key, number in document.numbers().items()}
    by_id = document.by_id()
    known: dict[tuple[str, ...], int] = {}
    for line in document.lines:
        marks = []
        for card in line.sources:
            mark = known.setdefault(astuple(card), len(known) + 1)
            if mark > len(made.sources):
                made.sources.append(card)
            marks.append(mark)
        gone = line.gone or by_id[line.refers_to or line.id].gone
        text = gone_words() if gone else words[line.id]
        see = numbers[line.refers_to] if line.refers_to else ""
        entry = Entry(line, numbers[line.id], depths[line.id], word_of(line), text, see, tuple(dict.fromkeys(marks)))
        made.entries.append(entry)
    return made


def gone_words() -> str:
    """What stands in the place of words that were taken back."""
    return _(GONE_TEXT)


def word_of(line: Line) -> str:
    """The word that joins a line to the one above."""
    if line.parent is None:
        return ""
    return _("Because") if line.stance == "supports" else _("But")


def see_words(number: str) -> str:
    """What a link says beside the words of its target."""
    return _("see %(number)s") % {"number": number}


def described(card: SourceCard) -> str:
    """A source in one line, without its address: all that its card says but the quotation."""
    read = _("read %(day)s") % {"day": card.accessed} if card.accessed else ""
    issue = f"({card.issue})" if card.volume and card.issue else card.issue
    parts = [
        shown_names(card.author), card.title if card.title != card.url else "", card.container, card.volume + issue,
        card.pages, card.edition, card.publisher, card.published, f"doi:{card.doi}" if card.doi else "", read,
        card.locator, _label(card.medium, SourceMedium), _label(card.kind, SourceKind),
    ]  # fmt: skip
    return ". ".join(part.rstrip(".") for part in parts if part) or card.url


def _label(value: str, choices: type[TextChoices]) -> str:
    """The word for a choice; "" for the one that goes without saying."""
    return str(dict(choices.choices).get(value, "")) if value != "document" else ""


def is_right_to_left(language: str) -> bool:
    """Whether texts of a language, as in “ar” or “fa-IR”, run from right to left."""
    return language.partition("-")[0].lower() in _RIGHT_TO_LEFT
