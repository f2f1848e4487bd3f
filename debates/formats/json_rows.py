"""JSON that people and version control can read: an entry of a list on a line of its own."""

from __future__ import annotations

from typing import Any

import orjson

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC
# Objects down to this depth are opened, so that the lists in them are seen.
_OPENED = 2


def by_row(content: dict[str, Any]) -> bytes:
    """`content` as JSON in UTF-8, with a line for each entry of the lists at the top and one level below it."""
    return _value(content, 0) + b"\n"


def _value(value: object, depth: int) -> bytes:
    if isinstance(value, dict) and value and depth < _OPENED:
        members = (orjson.dumps(name) + b":" + _value(each, depth + 1) for name, each in value.items())
        return b"{" + b",\n".join(members) + b"}"
    if isinstance(value, list) and value and depth <= _OPENED:
        return b"[\n" + b",\n".join(orjson.dumps(each, option=_OPTIONS) for each in value) + b"\n]"
    return orjson.dumps(value, option=_OPTIONS)
