"""The works behind sources: one that several lines cite is listed once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from debates.citing.cards import Card, card_of
from debates.citing.identifiers import doi_in, tidy_address
from debates.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debates.citing.cards import Citable

_SCHEME = ("https://", "http://")


@dataclass(slots=True)
class Work[T]:
    """One work: what its sources say of it together, and those sources."""

    card: Card
    sources: list[T] = field(default_factory=list)
    doi: str = ""
    address: str = ""


def works_of[T: Citable](sources: Iterable[T]) -> list[Work[T]]:
    """The works that `sources` cite, in the order in which each is met first.

    Two sources are one work by their DOI; else by their address, whatever page or paragraph it jumps to; else by title
    and author, unless DOI or address tell them apart.
    """
    works: list[Work[T]] = []
    known: dict[tuple[str, ...], Work[T]] = {}
    for source in sources:
        card = card_of(source)
        doi, address = identity_of(card)
        keys: list[tuple[str, ...]] = [("doi", doi)] if doi else []
        keys += [("address", address)] if address else []
        keys += [("title", fold(card.title), fold(card.author))] if card.author else []
        work = next((found for key in keys if (found := known.get(key)) and _may_be(found, doi, address)), None)
        if work is None:
            work = Work(card, doi=doi, address=address)
            works.append(work)
        work.sources.append(source)
        work.card = work.card.filled_from(card)
        work.doi, work.address = work.doi or doi, work.address or address
        for key in keys:
            known.setdefault(key, work)
    return works


def identity_of(card: Card) -> tuple[str, str]:
    """The DOI of a card, also where it stands as its address; and its address as one is compared with another."""
    doi = doi_in(card.doi) or doi_in(card.url)
    address = urldefrag(tidy_address(card.url))[0]
    for scheme in _SCHEME:
        address = address.removeprefix(scheme)
    return doi, "" if doi_in(card.url) else address.removeprefix("www.").rstrip("/")


def _may_be[T](work: Work[T], doi: str, address: str) -> bool:
    """Whether nothing tells a source with this DOI or address from `work`."""
    if work.doi and doi:
        return work.doi == doi
    return not (work.address and address) or work.address == address
