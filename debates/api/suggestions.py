"""What waits for an editor: editors see all of a topic, everyone else their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.api import queries
from debates.api.endpoint import Endpoint
from debates.api.pagination import answer_page, page_of
from debates.api.schema import PAGED, operation
from debates.api.serializers import outputs
from debates.api.statement_rows import rows_in_order
from debates.permissions import topic_by_pk
from debates.suggestions import waiting

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response


class Suggestions(Endpoint):
    group = "Statements"

    @operation(
        "List suggestions",
        "The oldest first. An editor takes one into the tree with its acceptance, and declines it with its removal.",
        gives=outputs.listed(outputs.Statement), asks=PAGED,
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "cursor", "limit")
        topic = topic_by_pk(request.user, pk)
        page = page_of(request, waiting(topic), ["pk"])
        return answer_page(page, lambda found: rows_in_order(found, topic, request.user))
