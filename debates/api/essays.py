"""Texts beside the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from rest_framework.response import Response

from debates.api import queries
from debates.api.endpoint import Endpoint
from debates.api.evidence import passage_row
from debates.api.pagination import answer_page, page_of
from debates.api.schema import PAGED, operation
from debates.api.serializers import outputs
from debates.models import Essay, Passage, Status
from debates.permissions import topic_by_pk
from debates.reading import MOST_PASSAGES

if TYPE_CHECKING:
    from rest_framework.request import Request

    type Row = dict[str, Any]


def essay_row(essay: Essay) -> Row:
    return {
        "id": essay.pk, "topic": essay.topic_id, "title": essay.title, "author": essay.author, "created": essay.created,
    }  # fmt: skip


class Essays(Endpoint):
    group = "Evidence"

    @operation("List essays", "Without their texts.", gives=outputs.listed(outputs.EssayInList), asks=PAGED)
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "cursor", "limit")
        topic = topic_by_pk(request.user, pk)
        found = Essay.objects.filter(topic=topic).defer("text")
        return answer_page(page_of(request, found, ["pk"]), lambda essays: list(map(essay_row, essays)))


class OneEssay(Endpoint):
    group = "Evidence"

    @operation(
        "Read an essay", "With the passages that statements rest on, in the order of the text.", gives=outputs.Essay
    )
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request)
        essay = get_object_or_404(Essay, pk=pk)
        topic_by_pk(request.user, essay.topic_id)
        resting = Passage.objects.filter(essay=essay, statement__status=Status.VISIBLE).order_by("start", "end", "pk")
        passages = [passage_row(passage) for passage in resting[:MOST_PASSAGES]]
        return Response(essay_row(essay) | {"text": essay.text, "passages": passages})
