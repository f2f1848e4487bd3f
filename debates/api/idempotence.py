"""`Idempotency-Key` on creations (draft-ietf-httpapi-idempotency-key-header): sent twice, made once, answered alike."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import orjson
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.response import Response

from debates.api.encoding import encoded
from debates.api.problems import Problem, bad_query
from debates.models import Conflict, IdempotentAnswer
from debates.models.idempotent_answer import KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rest_framework.request import Request

    from accounts.models import User

MOST_CHARACTERS = 200
KEY_LENGTH = 36
REPLAYED = {"Idempotent-Replayed": "true"}


def key_of(request: Request) -> str:
    """The key of this request as it is stored, "" without one. Long ones are stored as their digest."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > MOST_CHARACTERS or not key.isprintable():
        raise bad_query("Idempotency-Key", _("A key has at most 200 characters that can be printed."))
    return key if len(key) <= KEY_LENGTH else hashlib.sha256(key.encode()).hexdigest()[:KEY_LENGTH]


def other_request() -> Problem:
    sentence = _("This Idempotency-Key was sent with another request before. Give every creation a key of its own.")
    return Problem(422, sentence, [("Idempotency-Key", sentence)])


@contextmanager
def one_request_a_key() -> Iterator[None]:
    """For verbs that keep keys themselves: another request under an old key is the same problem as everywhere."""
    try:
        yield
    except Conflict as conflict:
        raise other_request() from conflict


def once(request: Request, by: User, make: Callable[[], Response]) -> Response:
    """What `make` answers, or answered when this request came the first time. Failures are not kept."""
    key = key_of(request)
    if not key:
        return make()
    digest = _digest(request)
    try:
        with transaction.atomic():
            IdempotentAnswer.objects.filter(created__lt=timezone.now() - KEPT).delete()
            # First of all: a second request with this key waits here until the first is through.
            with transaction.atomic():
                kept = IdempotentAnswer.objects.create(user=by, key=key, request=digest)
            response = make()
            _keep(kept, response)
            return response
    except IntegrityError:
        found = IdempotentAnswer.objects.filter(user=by, key=key).first()
        if found is None:
            raise
        return _again(found, digest)


def _digest(request: Request) -> str:
    data = request.data
    body = data if isinstance(data, bytes) else orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
    start = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(start + body).hexdigest()


def _keep(kept: IdempotentAnswer, response: Response) -> None:
    kept.status, kept.location = response.status_code, response.headers.get("Location", "")
    kept.body = encoded(response.data).decode()
    kept.save(update_fields=["status", "location", "body"])


def _again(found: IdempotentAnswer, digest: str) -> Response:
    if found.request != digest:
        raise other_request()
    body: Any = json.loads(found.body)
    return Response(body, found.status, headers={"Location": found.location, **REPLAYED})
