"""A source as plain data, and what counts as one."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debates.formats.document import SourceCard
    from debates.models import Source

    type Citable = Source | SourceCard | Card


@dataclass(frozen=True, slots=True)
class Card:
    """What a reference needs of a source. The fields are columns of debates.models.Source."""

    title: str = ""
    medium: str = "document"
    author: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    doi: str = ""
    accessed: str = ""
    locator: str = ""

    def filled_from(self, other: Card) -> Card:
        """This card, with what it lacks from `other`, another card of the same work."""
        lacking = {name: value for name, value in asdict(other).items() if not getattr(self, name)}
        return replace(self, **lacking)


# What no page can show: controls, halves of pairs, and what Unicode says is no character. It is in no source that was
# stored; a file that is still being looked at may hold it.
_PLANES = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_UNSHOWN = re.compile(rf"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")
NAMES = tuple(each.name for each in fields(Card))


def card_of(source: Citable) -> Card:
    """The card of a source, wherever it is kept."""
    return Card(**{name: _UNSHOWN.sub(" ", getattr(source, name)).strip() for name in NAMES})
