"""A list of references for a page or a file: each work with what it lacks and the sources that cite it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debates.citing.bibliography import bibliography
from debates.citing.csl_files import write
from debates.citing.lacking import missing
from debates.citing.works import works_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debates.citing.bibliography import Entry
    from debates.citing.styles import Style
    from debates.models import Source


@dataclass(frozen=True, slots=True)
class Listed:
    """One work of a list: its reference, and what it lacks."""

    entry: Entry[Source]
    lacks: list[str]


def listed(sources: Iterable[Source], style: Style, *, language: str) -> list[Listed]:
    """`sources` as the works of a reference list, in its order."""
    entries = bibliography(sources, style, language=language)
    return [Listed(entry, missing(entry.work.card, style)) for entry in entries]


def in_words(sources: Iterable[Source], style: Style, *, language: str) -> str:
    """The list as text: the heading of its style, and a paragraph for each work."""
    entries = bibliography(sources, style, language=language)
    return "\n\n".join([style.heading, *(entry.text for entry in entries)]) + "\n"


def in_markdown(sources: Iterable[Source], style: Style, *, language: str) -> str:
    """The same as Markdown."""
    entries = bibliography(sources, style, language=language)
    return "\n\n".join([f"## {style.heading}", *(entry.markdown for entry in entries)]) + "\n"


def as_csl(sources: Iterable[Source]) -> bytes:
    """The works as a file of CSL-JSON. One that is cited once keeps its quotation and its page."""
    works = works_of(sources)
    return write(
        (f"source-{work.sources[0].pk}", work.sources[0] if len(work.sources) == 1 else work.card) for work in works
    )
