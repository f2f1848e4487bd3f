"""Search over all that one may read in lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter

from debates.api import queries
from debates.api.endpoint import Endpoint
from debates.api.pagination import answer_page, page_of
from debates.api.problems import bad_query
from debates.api.schema import PAGED, operation
from debates.api.serializers import outputs
from debates.models import Topic
from debates.search import statements_matching

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from rest_framework.request import Request
    from rest_framework.response import Response

    from debates.models import Statement


def _rows(statements: Sequence[Statement]) -> list[dict[str, Any]]:
    return [
        {
            "id": found.pk, "topic": found.topic_id, "topic_title": found.topic.title, "parent": found.parent_id,
            "stance": found.stance or None, "depth": found.depth, "text": found.text,
        }
        for found in statements
    ]  # fmt: skip


WORDS = OpenApiParameter(
    "q", {"type": "string", "minLength": 1, "maxLength": 200}, description="The words.", required=True
)


class Search(Endpoint):
    group = "Statements"

    @operation(
        "Search",
        "Statements that hold every word, or a longer one that begins with it, newest first: in public topics and in"
        " yours. Case and accents do not matter. For topics, see their list.",
        gives=outputs.listed(outputs.SearchHit), asks=[WORDS, *PAGED],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        queries.allow(request, "q", "cursor", "limit")
        words = queries.words(request)
        if not words:
            raise bad_query("q", _("Say what to look for."))
        readable = Topic.objects.visible_to(request.user).values("pk")
        found = statements_matching(words).filter(topic__in=readable).select_related("topic")
        return answer_page(page_of(request, found, ["-pk"]), _rows)
