"""Lists a page at a time, by the last row of the page before: the thousandth page costs what the first one does."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.response import Response

from debates.api.problems import bad_query
from debates.api.queries import whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import Model, QuerySet
    from rest_framework.request import Request

PAGE, MOST = 50, 100


class Page[Row](NamedTuple):
    rows: Sequence[Row]
    next: str | None


def page_of[M: Model](request: Request, found: QuerySet[M], order: Sequence[str]) -> Page[M]:
    """One page of `found` in `order`, whose last column must tell every two rows apart. One query."""
    limit = whole_number(request, "limit", otherwise=PAGE, most=MOST) or PAGE
    cursor = request.query_params.get("cursor")
    if cursor is not None:
        found = found.filter(_behind(order, cursor))
    rows = list(found.order_by(*order)[: limit + 1])
    if len(rows) <= limit:
        return Page(rows, None)
    return Page(rows[:limit], _next(request, order, rows[limit - 1]))


def answer_page[M: Model](page: Page[M], render: Callable[[Sequence[M]], Sequence[Any]], **more: Any) -> Response:
    """The page as the API gives all lists: `results`, and where the next ones are (RFC 8288)."""
    headers = {"Link": f'<{page.next}>; rel="next"'} if page.next else {}
    return Response({"results": render(page.rows), "next": page.next, **more}, headers=headers)


def _next(request: Request, order: Sequence[str], last: Model) -> str:
    values = [getattr(last, column.removeprefix("-")) for column in order]
    cursor = base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")
    params = request.query_params.copy()
    params["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")


def _behind(order: Sequence[str], cursor: str) -> Q:
    """What stands behind the row of `cursor`: a later first column, or the same and a later second one, and so on."""
    try:
        values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        known = [_value(column, value) for column, value in zip(order, values, strict=True)]
    except (binascii.Error, ValueError, TypeError, OverflowError, ValidationError):
        raise bad_query("cursor", _("This cursor is none of ours. Follow `next`, or begin without one.")) from None
    condition = Q()
    same = Q()
    for column, value in zip(order, known, strict=True):
        name = column.removeprefix("-")
        condition |= same & Q(**{f"{name}__{'lt' if column.startswith('-') else 'gt'}": value})
        same &= Q(**{name: value})
    return condition


# The columns that are no whole numbers.
MOMENTS = {"changed_at", "created"}
WORDS = {"folded"}


def _value(column: str, value: Any) -> Any:
    name = column.removeprefix("-")
    if name in MOMENTS:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError
        return moment.astimezone(UTC)  # raises where no calendar has the day
    kind = str if name in WORDS else int
    if type(value) is not kind:
        raise TypeError
    return value
