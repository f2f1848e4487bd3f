"""Who wrote a source: one line of a form, and the names that reference lists are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_PARTICLES = ("dropping-particle", "non-dropping-particle")
_BETWEEN_NAMES = re.compile(r";(?![^{}]*\})")
_MOST_COMMAS = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or with `family` alone whoever has one name: an organisation, a band, Plato."""

    family: str
    given: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        if not self.given and ("," in self.family or ";" in self.family):
            return f"{{{self.family}}}"
        return ", ".join(part for part in (self.family, self.given, self.suffix) if part)


def names_in(author: str) -> list[Name]:
    """The names in "Family, Given; Family, Given, Jr.".

    Without a comma a name stays as it stands; so does one in braces, as in "{Ministry of Health, Labour and Welfare}".
    Never fails: what cannot be told apart is one name.
    """
    return [_name(part) for each in _BETWEEN_NAMES.split(author) if (part := each.strip(" ,"))]


def _name(text: str) -> Name:
    if text.startswith("{") and text.endswith("}"):
        return Name(text[1:-1].strip() or text)
    if text.count(",") > _MOST_COMMAS:
        return Name(text)
    return Name(*(part for each in text.split(",") if (part := each.strip())))


def shown_names(author: str) -> str:
    """The line as people read it: without the braces."""
    return "; ".join(name.family if not name.given else str(name) for name in names_in(author)) or author


# -- in CSL-JSON -----------------------------------------------------------------------------------------------------


def csl_names(author: str) -> list[dict[str, str]]:
    """The names as a name variable of CSL-JSON."""
    return [_csl_name(name) for name in names_in(author)]


def _csl_name(name: Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given}
    return parts | ({"suffix": name.suffix} if name.suffix else {})


def author_from(value: Any) -> str:
    """The line for a name variable of CSL-JSON; "" where it holds no names."""
    rows = value if isinstance(value, list) else []
    names = [_from_csl(row) for row in rows if isinstance(row, dict)]
    return "; ".join(str(name) for name in names if name.family)


def _from_csl(row: dict[str, Any]) -> Name:
    said = {key: _plain(value) for key, value in row.items() if isinstance(value, str)}
    if said.get("literal"):
        return Name(said["literal"])
    family = " ".join(part for key in (*_PARTICLES, "family") if (part := said.get(key, "")))
    given, suffix = _part(said.get("given", "")), _part(said.get("suffix", ""))
    return Name(_part(family), given, suffix if given else "") if family and given else Name(family or given)


def _plain(text: str) -> str:
    return " ".join(text.replace("{", " ").replace("}", " ").split())


def _part(text: str) -> str:
    """One of several parts of a name, without the signs that part them here."""
    return _plain(text.replace(";", " ").replace(",", " "))
