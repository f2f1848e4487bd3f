"""A source as an item of CSL-JSON, and back (the Citation Style Language 1.0.2, schema csl-data.json)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from debates.citing.dates import csl_date, date_from
from debates.citing.identifiers import doi_in, tidy_address
from debates.citing.names import author_from, csl_names
from debates.models.source import Source, SourceKind, SourceMedium
from debates.text import clean_line, clean_text

if TYPE_CHECKING:
    from debates.citing.cards import Citable

type Row = dict[str, Any]

OWN = "counterpoint"
_PLAIN = {
    "title": "title", "container-title": "container", "volume": "volume", "issue": "issue", "page": "pages",
    "edition": "edition", "publisher": "publisher", "URL": "url", "DOI": "doi",
}  # fmt: skip
_DATES = {"issued": "published", "accessed": "accessed"}
_OURS = ("kind", "locator", "quotation")  # what CSL has no variable for
# Types of CSL that a source has no choice for, and the choice nearest to them.
_NEAREST = {
    "article": "article-journal", "review": "article-journal", "review-book": "article-journal",
    "paper-conference": "chapter", "entry": "chapter", "entry-dictionary": "chapter", "entry-encyclopedia": "chapter",
    "post-weblog": "webpage", "software": "webpage", "periodical": "book", "collection": "book", "classic": "book",
    "pamphlet": "report", "standard": "report", "bill": "legislation", "legal_case": "legislation",
    "regulation": "legislation", "treaty": "legislation", "hearing": "legislation", "performance": "speech",
}  # fmt: skip
_RICH = re.compile(r"</?(?:i|b|sub|sup|sc|span)(?:\s[^<>]*)?>", re.IGNORECASE)  # the markup that CSL allows in titles

_COLUMNS = {column.name: column for column in Source._meta.fields}


@dataclass(slots=True)
class Read:
    """What an item says, as the columns of a source, and what was not taken as it stood."""

    fields: dict[str, str]
    notes: list[str] = field(default_factory=list)


def item_of(source: Citable, identity: str) -> Row:
    """`source` as an item. What CSL has no variable for stands in `custom`, under our name."""
    row: Row = {"id": identity, "type": source.medium or SourceMedium.DOCUMENT.value}
    row |= {name: said for name, column in _PLAIN.items() if (said := getattr(source, column))}
    row |= {"author": names} if (names := csl_names(source.author)) else {}
    row |= {name: said for name, column in _DATES.items() if (said := csl_date(getattr(source, column)))}
    own = {name: said for name in _OURS if (said := getattr(source, name, ""))}
    return row | ({"custom": {OWN: own}} if own else {})


def fields_of(item: Row) -> Read | None:
    """The columns of a source for `item`, tidied and as long as they may be; None where it has no title."""
    said = {column: _words(item.get(name)) for name, column in _PLAIN.items()}
    if not said["title"]:
        return None
    read = Read(said | {column: date_from(item.get(name)) for name, column in _DATES.items()})
    read.fields["author"] = author_from(item.get("author")) or author_from(item.get("editor"))
    if not author_from(item.get("author")) and read.fields["author"]:
        read.notes.append(_("It has no author; its editors stand in their place."))
    read.fields["medium"] = _medium(item, read)
    read.fields |= _ours(item)
    _settle_address(read)
    _measure(read)
    return read


def _words(value: Any) -> str:
    """A text or a number as a line, without the markup of titles."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return clean_line(_RICH.sub("", str(value)))


def _medium(item: Row, read: Read) -> str:
    kind = str(item.get("type", ""))
    if kind in SourceMedium.values:
        return kind
    nearest = _NEAREST.get(kind, SourceMedium.DOCUMENT.value)
    if kind:
        told = {"kind": kind[:60], "nearest": SourceMedium(nearest).label}
        read.notes.append(_("There is no choice for “%(kind)s” here: it is kept as “%(nearest)s”.") % told)
    return nearest


def _ours(item: Row) -> dict[str, str]:
    custom = item.get("custom")
    own = custom.get(OWN) if isinstance(custom, dict) else None
    said = {name: own[name] for name in _OURS if isinstance(own.get(name), str)} if isinstance(own, dict) else {}
    kind = said.get("kind", "")
    return {
        "kind": kind if kind in SourceKind.values else SourceKind.DOCUMENT.value,
        "locator": clean_line(said.get("locator", "")), "quotation": clean_text(said.get("quotation", "")),
    }  # fmt: skip


def _settle_address(read: Read) -> None:
    url = tidy_address(read.fields["url"])
    if url and not re.match(r"https?://[^\s/]", url):
        read.notes.append(_("Its address is left out, for it does not begin with http:// or https://."))
        url = ""
    read.fields |= {"url": url, "doi": doi_in(read.fields["doi"]) or read.fields["doi"]}


def _measure(read: Read) -> None:
    """Cut what is longer than its column, and say so. An address that is cut leads nowhere, and is left out."""
    for name, said in read.fields.items():
        column = _COLUMNS[name]
        longest = column.max_length or 0
        if len(said) <= longest:
            continue
        read.fields[name] = "" if name in ("url", "doi") else said[: longest - 1].rstrip() + "…"
        told = {"field": column.verbose_name, "count": longest}
        read.notes.append(_("“%(field)s” is longer than %(count)s characters; the rest is left out.") % told)
