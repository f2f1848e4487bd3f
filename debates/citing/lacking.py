"""What a source lacks for a reference list: sentences that ask for it. Nothing is ever filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.citing.dates import read_date
from debates.citing.identifiers import doi_in
from debates.citing.styles import Style, style_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debates.citing.cards import Citable

_IN_SOMETHING = frozenset({"chapter", "article-journal", "article-newspaper", "article-magazine"})
_PUBLISHED = frozenset({"book", "chapter", "report", "thesis"})
_WITH_PAGES = frozenset({"chapter", "article-journal"})
_ON_THE_WEB = frozenset({"webpage", "post"})
# Laws have no author; who speaks in a letter or an interview is its author, and who made a data set.
_WITHOUT_AUTHOR = frozenset({"legislation"})


def missing(source: Citable, style: str = Style.APA) -> list[str]:
    """What a reference in `style` would have and `source` does not say, a sentence each. Empty where nothing lacks."""
    return [*_who_and_when(source), *_where(source), *_on_the_web(source, style_named(style))]


def _who_and_when(source: Citable) -> Iterator[str]:
    if not source.author and source.medium not in _WITHOUT_AUTHOR:
        yield _("No author. A person, or the organisation that stands behind it?")
    dated = read_date(source.published)
    if not dated.is_known:
        yield _("No date: the list has to say that there is none.")
    elif dated.raw and any(char.isdecimal() for char in dated.raw):
        yield _("The date stands in the list as you typed it. Year, month, day is sure: 2026-11-25.")


def _where(source: Citable) -> Iterator[str]:
    kind = source.medium
    if kind in _IN_SOMETHING and not source.container:
        yield {
            "chapter": _("The title of the book that the chapter is in is missing."),
            "article-journal": _("The title of the journal is missing."),
        }.get(kind, _("The name of the paper or magazine is missing."))
    if kind == "article-journal" and not source.volume:
        yield _("The volume of the journal is missing.")
    if kind in _WITH_PAGES and not (source.pages or source.doi):
        yield _("The first and the last page are missing.")
    if kind in _PUBLISHED and not source.publisher:
        yield _("The university is missing.") if kind == "thesis" else _("The publisher is missing.")


def _on_the_web(source: Citable, style: Style) -> Iterator[str]:
    if source.doi and not doi_in(source.doi):
        yield _("This is no DOI: one begins with 10. and has a slash, as in 10.1000/182.")
    if source.medium in _ON_THE_WEB and not (source.url or source.doi):
        yield _("The address is missing.")
    undated = not read_date(source.published).is_known
    if source.medium == "webpage" and source.url and not source.accessed and (undated or style == Style.MLA):
        yield _("The day on which you read it is missing: a page may change.")
