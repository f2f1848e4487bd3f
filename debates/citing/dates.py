"""Dates as people write them, in English or in numbers. What is not sure is kept as it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SHORT = {"sept": 9}
_SEASONS = {"1": "Spring ", "2": "Summer ", "3": "Autumn ", "4": "Winter "}
_YEAR = 4
# "3/5/2024" is two days, one on either side of the Atlantic: nobody can tell which, so it is none of these.
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?\.?")
_KOREAN = re.compile(r"(\d{4})년(?: ?(\d{1,2})월(?: ?(\d{1,2})일)?)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\.? )?([a-z]+)\.?,? (\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_ABOUT = re.compile(r"(?:c|ca|circa|about|around)\.? ?(?=\d)|~ ?", re.IGNORECASE)
_NONE = re.compile(r"\W*(?:n\.? ?d\.?|no date|undated|unknown)\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date: year, month and day as far as they are sure; else `raw`, the words. Nothing at all is no date."""

    parts: tuple[int, ...] = ()
    about: bool = False
    raw: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.parts or self.raw)


def read_date(text: str) -> Dated:
    """What "2026", "2026-11-25", "25 November 2026", "Nov. 2026" or "c. 1999" says. "n.d." says nothing.

    Anything else is `raw`: a day that no calendar has, a season, a span of years, a month as two numbers.
    """
    said = " ".join(text.split())
    if not said or _NONE.fullmatch(said):
        return Dated()
    plain = _ABOUT.sub("", said, count=1) if _ABOUT.match(said) else said
    parts = _parts(plain.lower())
    return Dated(parts, about=plain != said) if parts else Dated(raw=said)


def _parts(text: str) -> tuple[int, ...]:
    if found := _ISO.fullmatch(text) or _KOREAN.fullmatch(text):
        return _sure(*(int(part) for part in found.groups() if part))
    if found := _MONTH_FIRST.fullmatch(text):
        return _sure(int(found[3]), _month(found[1]), int(found[2]))
    if found := _DAY_FIRST.fullmatch(text):
        return _sure(int(found[3]), _month(found[2]), *([int(found[1])] if found[1] else []))
    return ()


def _month(word: str) -> int:
    """The number of a month by its name or by the first three letters of it; 0 for another word."""
    full = (number for number, name in enumerate(_MONTHS, 1) if word in (name, name[:3]))
    return _SHORT.get(word) or next(full, 0)


def _sure(*numbers: int) -> tuple[int, ...]:
    """Year, month and day as far as they are given, if a calendar has them."""
    year, month, day = (*numbers, 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return ()
    return numbers


# -- in CSL-JSON -----------------------------------------------------------------------------------------------------


def csl_date(text: str) -> dict[str, Any]:
    """The date as a date variable of CSL-JSON; empty where there is none."""
    dated = read_date(text)
    if dated.raw:
        return {"literal": dated.raw}
    parts: dict[str, Any] = {"date-parts": [list(dated.parts)]} if dated.parts else {}
    return parts | ({"circa": True} if dated.about else {})


def date_from(value: Any) -> str:
    """The date of a date variable as it is written here: 2026-11-25, or the words; "" where there is none."""
    row = value if isinstance(value, dict) else {}
    spans = [_written(each) for each in _rows(row.get("date-parts"))][:2]
    if not any(spans):
        said = next((row[key] for key in ("literal", "raw") if isinstance(row.get(key), str)), "")
        return " ".join(said.split())
    about = "c. " if row.get("circa") not in (None, False, 0, "0", "false", "") else ""
    season = _SEASONS.get(str(row.get("season", "")), "")
    return about + season + "/".join(spans)


def _rows(value: Any) -> list[list[Any]]:
    return [each for each in value if isinstance(each, list)] if isinstance(value, list) else []


def _written(parts: list[Any]) -> str:
    """Year, month and day with hyphens. What no calendar has is written as it came."""
    said = [str(part).strip() for part in parts if part not in (None, "", 0, "0")][:3]
    numbers = [int(part) for part in said if part.isdecimal() and len(part) <= _YEAR]
    if len(numbers) < len(said) or not numbers or not _sure(*numbers):
        return "-".join(said)
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])])
