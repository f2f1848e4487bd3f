"""Files of CSL-JSON: the sources of a topic for a reference manager, and its items for a topic."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from debates.citing.csl import fields_of, item_of
from debates.formats.drafts import Unreadable
from debates.formats.strict_json import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debates.citing.cards import Citable

MOST_ITEMS = 200


@dataclass(slots=True)
class Items:
    """What a file holds: the columns of each source, and sentences about what was not taken as it stood."""

    rows: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def write(sources: Iterable[tuple[str, Citable]]) -> bytes:
    """A file of the sources, each with the id that it has in the file."""
    items = [item_of(source, identity) for identity, source in sources]
    return json.dumps(items, ensure_ascii=False, indent=1).encode() + b"\n"


def read(data: bytes) -> Items:
    """The items of a file: a list of them, one alone, or the list in an object as Zotero's and Paperpile's web APIs.

    Raises Unreadable where it is no JSON, holds no items, or more than MOST_ITEMS.
    """
    rows = _rows(load(data))
    if len(rows) > MOST_ITEMS:
        raise Unreadable(_("The file has more than %(count)s sources. Bring in fewer at once.") % {"count": MOST_ITEMS})
    items = Items()
    for number, row in enumerate(rows, 1):
        found = fields_of(row) if isinstance(row, dict) else None
        if found is None:
            items.notes.append(_("Number %(number)s has no title, and is left out.") % {"number": number})
            continue
        items.rows.append(found.fields)
        items.notes += [f"{found.fields['title']}: {note}" for note in found.notes]
    return items


def _rows(content: Any) -> list[Any]:
    if isinstance(content, dict):
        content = next((content[name] for name in ("items", "references") if name in content), [content])
    if not isinstance(content, list) or not content:
        raise Unreadable(_("This file holds no sources. Export them as CSL-JSON."))
    return content
