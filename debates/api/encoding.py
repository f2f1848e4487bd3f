"""Bodies of requests and answers: JSON, written by a C encoder and read more strictly than Python reads it."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import orjson
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from debates.api.problems import TooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

MOST_BYTES = 1_000_000
MOST_NESTED = 20
MOST_DIGITS = 18


def encoded(data: Any) -> bytes:
    """`data` as JSON (RFC 8259). Moments are in RFC 3339, in UTC."""
    return orjson.dumps(data, default=_other, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def _other(value: Any) -> Any:
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, dict):  # a subclass, such as the framework's lists of errors
        return dict(value)
    if isinstance(value, list | tuple):
        return list(value)
    raise TypeError


class JSONRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8 without saying so

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else encoded(data)


class StrictJSONParser(BaseParser):
    """What has one meaning only, and costs little to read. The rest is a problem that says why."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise TooLarge
        try:
            orjson.loads(body)  # refuses NaN, half a surrogate pair and broken UTF-8, and nests of more than 1,024
            read = json.loads(body, object_pairs_hook=_once, parse_int=_whole_number)
        except orjson.JSONDecodeError as error:
            raise ParseError(_("The body is no JSON that can be read: %(why)s.") % {"why": error.msg}) from None
        _refuse_nested(read)
        return read


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counted = Counter(name for name, _value in pairs)
        twice = next(name for name, count in counted.items() if count > 1)
        raise ParseError(_("“%(name)s” stands twice in one object.") % {"name": twice[:60]})
    return found


def _whole_number(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ParseError(_("A number has more than %(limit)d digits.") % {"limit": MOST_DIGITS})
    return int(digits)


def _refuse_nested(read: Any) -> None:
    level = [read]
    for _depth in range(MOST_NESTED + 1):
        inner: list[Any] = []
        for value in level:
            inner += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        level = [each for each in inner if isinstance(each, dict | list)]
        if not level:
            return
    raise ParseError(_("The body is nested deeper than %(limit)d levels.") % {"limit": MOST_NESTED})
