"""Conditional requests (RFC 9110): a copy that is still good costs no body, and nobody overwrites the unread."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework.response import Response

from config import __version__
from debates.api.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from rest_framework.request import Request

    from debates.models import Topic

_TAGS = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


def tag_of(request: Request, topic: Topic) -> str:
    """What the answer about `topic` depends on: its changes, the names in it, who reads it as what, what was asked."""
    standing = topic.standing
    parts = (
        __version__, topic.pk, topic.last_change, topic.touched, topic.has_essay, topic.is_open,
        standing.user_id, standing.role, request._request.get_full_path(),
    )  # fmt: skip
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:24]


def unless_known(request: Request, topic: Topic, build: Callable[[], Any], *, lasting: bool = True) -> Response:
    """304 to whoever holds the same answer already; else what `build` makes.

    What is not `lasting` depends on more than the topic's changes, and has no tag.
    """
    if not lasting:
        return Response(build())
    tag = tag_of(request, topic)
    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
    known = request.headers.get("If-None-Match", "")
    if known.strip() == "*" or tag in (value for _weak, value in _TAGS.findall(known)):
        return Response(status=304, headers=headers)
    return Response(build(), headers=headers)


def demand_version(request: Request, version: int) -> bool:
    """Whether `If-Match` names this version of a wording. Raises a problem when it is missing."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        sentence = _("Send If-Match with the ETag of the wording that you read, so that you overwrite nobody.")
        raise Problem(428, sentence)
    return given == "*" or str(version) in (value for weak, value in _TAGS.findall(given) if not weak)
