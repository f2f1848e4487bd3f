"""JSON from outside: refused with a sentence where Python would take it, or break."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import orjson
from django.utils.translation import gettext as _

from debates.formats.drafts import Unreadable
from debates.formats.texts import decoded

MOST_NESTED = 300
_OPENING_OR_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?+|[\[\]{}]', re.DOTALL)


def load(data: bytes) -> Any:
    """The value of a JSON text in UTF-8 or UTF-16. Raises Unreadable, which names the line.

    Refused are NaN and infinities, half of a surrogate pair, a name that occurs twice in one object, numbers of more
    than 4,000 digits, and nesting beyond MOST_NESTED, before the parser meets it.
    """
    text = decoded(data)
    _refuse_deep(text)
    try:
        found = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once, parse_int=_number)
        orjson.loads(text)  # refuses half of a surrogate pair, which json takes
    except json.JSONDecodeError as error:
        raise Unreadable(
            _("This is no JSON, or only a part of it: %(what)s. Export the file again.") % {"what": error.msg},
            at=error.lineno,
        ) from None
    return found


def load_object(data: bytes) -> dict[str, Any]:
    """The same, which must be an object at the top."""
    content = load(data)
    if not isinstance(content, dict):
        raise Unreadable(_("The file must hold one JSON object."))
    return content


def _refuse_deep(text: str) -> None:
    depth = 0
    for found in _OPENING_OR_STRING.finditer(text):
        sign = found[0]
        if sign in "[{":
            depth += 1
            if depth > MOST_NESTED:
                line = text.count("\n", 0, found.start()) + 1
                raise Unreadable(_("The file is nested deeper than 300 levels."), at=line)
        elif sign in "]}":
            depth -= 1


def _no_constant(name: str) -> Any:
    raise Unreadable(_("“%(name)s” is no value that JSON knows.") % {"name": name})


def _number(digits: str) -> int:
    if len(digits) > 4_000:
        raise Unreadable(_("A number has more than 4,000 digits."))
    return int(digits)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counted = Counter(name for name, _value in pairs)
        twice = next(name for name, count in counted.items() if count > 1)
        raise Unreadable(_("“%(name)s” occurs twice in one object.") % {"name": twice[:60]})
    return found
