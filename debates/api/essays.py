"""Texts beside the map, what they were before, and the places of passages in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.response import Response

from debates.api import queries
from debates.api.endpoint import Endpoint, created, done
from debates.api.etags import demand_version
from debates.api.evidence import passage_row
from debates.api.idempotence import once
from debates.api.names import name_of
from debates.api.pagination import answer_page, page_of
from debates.api.problems import Problem, invalid
from debates.api.schema import IF_MATCH, KEY, PAGED, operation
from debates.api.serializers import inputs, outputs
from debates.essays.reading import MOST_PASSAGES
from debates.forms.statement import find_words
from debates.models import Conflict, Essay, EssayVersion, Passage, Pseudonym, Status
from debates.permissions import (
    CHANGE,
    READ,
    WRITE,
    essay_for,
    former_essay_for,
    statement_for,
    topic_by_pk,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request

    from debates.models import Topic
    from debates.models.act import Actor

    type Row = dict[str, Any]

FIELDS = ("title", "author", "source")


def essay_row(essay: Essay) -> Row:
    texts = {name: getattr(essay, name) for name in FIELDS}
    about = {"version": essay.version, "created": essay.created, "updated": essay.updated}
    return {"id": essay.pk, "topic": essay.topic_id} | texts | about


def _whole(essay: Essay) -> Row:
    """An essay with its text and the passages that statements which show rest on."""
    resting = Passage.objects.filter(essay=essay, statement__status=Status.VISIBLE).order_by("start", "end", "pk")
    passages = [passage_row(passage) for passage in resting[:MOST_PASSAGES]]
    return essay_row(essay) | {"text": essay.text, "passages": passages}


def _answer(essay: Essay) -> Response:
    return Response(_whole(essay), headers={"ETag": f'"{essay.version}"', "Cache-Control": "private, no-cache"})


def _loaded(user: Actor, pk: int, *, may: str = READ) -> Essay:
    """As essay_for; raises Gone for one that was taken away."""
    try:
        return essay_for(user, pk, may=may)
    except Http404:
        former_essay_for(user, pk)
        raise


class Essays(Endpoint):
    group = "Evidence"

    @operation("List essays", "Without their texts.", gives=outputs.listed(outputs.EssayInList), asks=PAGED)
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "cursor", "limit")
        topic = topic_by_pk(request.user, pk)
        found = Essay.objects.filter(topic=topic).defer("text")
        return answer_page(page_of(request, found, ["pk"]), lambda essays: list(map(essay_row, essays)))

    @operation(
        "Lay an essay beside the map", "At most 200,000 characters.",
        takes=inputs.NewEssay, gives=outputs.Essay, status=201, asks=[KEY],
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        topic = topic_by_pk(request.user, pk, may=WRITE)
        by, fields = self.person(), self.read(inputs.NewEssay)

        def make() -> Response:
            essay = topic.add_essay(by=by, **fields)
            return created(_whole(essay), reverse("api-essay", args=[essay.pk]), ETag=f'"{essay.version}"')

        return once(request, by, make)


class OneEssay(Endpoint):
    group = "Evidence"

    @operation(
        "Read an essay",
        "With the passages that statements rest on, in the order of the text. The ETag is the version of its texts.",
        gives=outputs.Essay, also=[410],
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request)
        return _answer(_loaded(request.user, pk))

    @operation(
        "Change an essay",
        "As who added it or as an editor, with If-Match and the version that you read. Passages go where their words"
        " went; those whose words are gone are `lost`.",
        takes=inputs.EssayChange, gives=outputs.Essay, also=[410, 412, 428], asks=[IF_MATCH],
    )  # fmt: skip
    def patch(self, request: Request, pk: int) -> Response:
        essay = _loaded(request.user, pk, may=CHANGE)
        fields = self.read(inputs.EssayChange)
        if not demand_version(request, essay.version):
            raise _meanwhile(essay, fields)
        try:
            essay.revise(by=self.person(), version=essay.version, **fields)
        except Conflict as conflict:
            raise _meanwhile(conflict.current, fields) from conflict
        return _answer(essay)

    @operation(
        "Take an essay away", "As who added it or as an editor, with its passages. Undo the change to have both back.",
        status=204, also=[410],
    )  # fmt: skip
    def delete(self, request: Request, pk: int) -> Response:
        _loaded(request.user, pk, may=CHANGE).remove(by=self.person())
        return done()


def _meanwhile(current: Essay, fields: Row) -> Problem:
    sentence = _("Someone changed this text while you were writing. Both are below.")
    return Problem(412, sentence, more={"yours": fields, "current": essay_row(current) | {"text": current.text}})


# -- what it was before ------------------------------------------------------------------------------------------------


def _versions(essay: Essay) -> QuerySet[EssayVersion]:
    """With who replaced them and how these are called in the topic."""
    pseudonym = Pseudonym.objects.filter(topic_id=essay.topic_id, user=OuterRef("by")).values("name")[:1]
    found = EssayVersion.objects.filter(topic=essay.topic_id, essay_number=essay.pk).select_related("by")
    return found.annotate(pseudonym=Subquery(pseudonym)).defer("passages")


def version_row(former: EssayVersion, topic: Topic) -> Row:
    texts = {name: getattr(former, name) for name in FIELDS}
    by = name_of(former.by, former.pseudonym, topic)  # type: ignore[attr-defined]
    return {"version": former.version} | texts | {"replaced_by": by, "replaced_at": former.at}


class EssayVersions(Endpoint):
    group = "Evidence"

    @operation(
        "List the former versions of an essay", "The newest first, without their texts.",
        gives=outputs.listed(outputs.EssayVersionInList), asks=PAGED, also=[410],
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "cursor", "limit")
        essay = _loaded(request.user, pk)
        page = page_of(request, _versions(essay).defer("text", "passages"), ["-version", "-pk"])
        return answer_page(page, lambda rows: [version_row(each, essay.topic) for each in rows])


class OneEssayVersion(Endpoint):
    group = "Evidence"

    @operation("Read a former version of an essay", gives=outputs.EssayVersion, also=[410])
    def get(self, request: Request, pk: int, number: int) -> Response:
        queries.allow(request)
        essay = _loaded(request.user, pk)
        former = get_object_or_404(_versions(essay), version=number)
        return Response(version_row(former, essay.topic) | {"text": former.text})


# -- passages ----------------------------------------------------------------------------------------------------------


class PassagePlace(Endpoint):
    group = "Evidence"

    @operation(
        "Put a passage at other words",
        "One that lost its place, or any other; as its statement's author or an editor. Give the words as `quote`, or"
        " `start` and `end`. Where the statement rests on these words already, that passage is answered.",
        takes=inputs.PassagePlace, gives=outputs.Passage, also=[409, 410],
    )  # fmt: skip
    def put(self, request: Request, pk: int) -> Response:
        passage = get_object_or_404(Passage.objects.select_related("essay"), pk=pk)
        statement = passage.statement = statement_for(request.user, passage.statement_id, may=CHANGE)
        placed = passage.place(*_place(passage.essay, self.read(inputs.PassagePlace)), by=self.person())
        same = Passage.objects.placed().filter(statement=statement, essay=passage.essay_id, start=placed.start)
        return Response(passage_row(same.get(end=placed.end)))


def _place(essay: Essay, data: Row) -> tuple[int, int]:
    if "quote" not in data:
        return data["start"], data["end"]
    found = find_words(data["quote"], [essay]) if data["quote"].strip() else None
    if found is None:
        raise invalid("quote", _("These words are not in the essay. Copy them from it exactly."))
    return found[1], found[2]
