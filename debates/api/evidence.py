"""What a statement rests on: sources, and passages of essays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.response import Response

from debates.api import queries
from debates.api.endpoint import Endpoint, created, done
from debates.api.etags import demand_version
from debates.api.idempotence import once
from debates.api.pagination import answer_page, page_of
from debates.api.problems import Problem, invalid
from debates.api.schema import IF_MATCH, KEY, PAGED, operation
from debates.api.serializers import inputs, outputs
from debates.forms.statement import find_words
from debates.models import Conflict, Essay, Passage, Source, Statement, Status
from debates.permissions import CHANGE, COMMENT, WRITE, bearer_for, statement_for

if TYPE_CHECKING:
    from rest_framework.request import Request

    type Row = dict[str, Any]

GONE = {Status.WITHDRAWN, Status.REMOVED}


def source_row(source: Source) -> Row:
    fields = {name: getattr(source, name) for name in Source.FIELDS}
    about = {"id": source.pk, "statement": source.statement_id}
    return about | fields | {"version": source.version, "created": source.created}


def passage_row(passage: Passage) -> Row:
    names = ("start", "end", "quote", "prefix", "suffix", "lost")
    place = {"id": passage.pk, "statement": passage.statement_id, "essay": passage.essay_id}
    return place | {name: getattr(passage, name) for name in names}


def evidence_shows(statement: Statement) -> bool:
    """What a line rests on, and what is said of it, goes with its words: its author and the editors still see it."""
    return statement.status not in GONE or statement.topic.standing.may_change(statement.author_id)


class Sources(Endpoint):
    group = "Evidence"

    @operation("List sources", gives=outputs.listed(outputs.Source), asks=PAGED)
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "cursor", "limit")
        statement = bearer_for(request.user, pk)
        found = Source.objects.filter(statement=statement) if evidence_shows(statement) else Source.objects.none()
        return answer_page(page_of(request, found, ["pk"]), lambda rows: list(map(source_row, rows)))

    @operation("Add a source", takes=inputs.NewSource, gives=outputs.Source, status=201, asks=[KEY])
    def post(self, request: Request, pk: int) -> Response:
        statement = bearer_for(request.user, pk, may=WRITE)
        by, fields = self.person(), self.read(inputs.NewSource)

        def make() -> Response:
            source = statement.cite(by=by, **fields)
            return created(source_row(source), reverse("api-source", args=[source.pk]))

        return once(request, by, make)


class OneSource(Endpoint):
    group = "Evidence"

    @operation("Read a source", gives=outputs.Source)
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request)
        source = get_object_or_404(Source, pk=pk)
        demand_shown(statement_for(request.user, source.statement_id))
        return Response(source_row(source), headers={"ETag": f'"{source.version}"'})

    @operation(
        "Change a source",
        "As who added it, as the statement's author or as an editor, with If-Match and the version that you read.",
        takes=inputs.SourceChange, gives=outputs.Source, also=[412, 428], asks=[IF_MATCH],
    )  # fmt: skip
    def patch(self, request: Request, pk: int) -> Response:
        source = get_object_or_404(Source, pk=pk)
        right = WRITE if _is_own(request, source) else CHANGE
        statement = statement_for(request.user, source.statement_id, may=right)
        fields = self.read(inputs.SourceChange)
        if not demand_version(request, source.version):
            raise _meanwhile(source, fields)
        try:
            changed = statement.recite(source, by=self.person(), version=source.version, **fields)
        except Conflict as conflict:
            raise _meanwhile(conflict.current, fields) from conflict
        return Response(source_row(changed), headers={"ETag": f'"{changed.version}"'})

    @operation(
        "Take a source away", "As who added it, as the statement's author or as an editor.", status=204, also=[422]
    )
    def delete(self, request: Request, pk: int) -> Response:
        source = get_object_or_404(Source, pk=pk)
        statement = statement_for(
            request.user, source.statement_id, may=COMMENT if _is_own(request, source) else CHANGE
        )
        statement.uncite(source, by=self.person())
        return done()


def _is_own(request: Request, source: Source) -> bool:
    return source.added_by_id is not None and source.added_by_id == request.user.pk


def _meanwhile(current: Source, fields: Row) -> Problem:
    sentence = _("Someone changed this source while you did. Both are below.")
    return Problem(412, sentence, more={"yours": fields, "current": source_row(current)})


def demand_shown(statement: Statement) -> None:
    if not evidence_shows(statement):
        raise Http404


class Passages(Endpoint):
    group = "Evidence"

    @operation("List passages", gives=outputs.listed(outputs.Passage), asks=PAGED)
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "cursor", "limit")
        statement = bearer_for(request.user, pk)
        found = Passage.objects.filter(statement=statement) if evidence_shows(statement) else Passage.objects.none()
        return answer_page(page_of(request, found, ["pk"]), lambda rows: list(map(passage_row, rows)))

    @operation(
        "Rest a statement on a passage",
        "As its author or an editor. Give the words as `quote`, or `essay` with `start` and `end`.",
        takes=inputs.NewPassage, gives=outputs.Passage, status=201, asks=[KEY],
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        statement = bearer_for(request.user, pk, may=CHANGE)
        by = self.person()
        place = _place(statement, self.read(inputs.NewPassage))

        def make() -> Response:
            passage = statement.quote(*place, by=by)
            return created(passage_row(passage), reverse("api-passage", args=[passage.pk]))

        return once(request, by, make)


def _place(statement: Statement, data: Row) -> tuple[Essay, int, int]:
    essays = Essay.objects.filter(topic=statement.topic_id)
    if "quote" in data:
        found = find_words(data["quote"], list(essays))
        if found is None:
            raise invalid("quote", _("These words are not in the essay. Copy them from it exactly."))
        return found
    essay = essays.filter(pk=data["essay"]).first()
    if essay is None:
        raise invalid("essay", _("That essay is not in this topic."))
    return essay, data["start"], data["end"]


class OnePassage(Endpoint):
    group = "Evidence"

    @operation("Read a passage", gives=outputs.Passage)
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request)
        passage = get_object_or_404(Passage, pk=pk)
        demand_shown(statement_for(request.user, passage.statement_id))
        return Response(passage_row(passage))

    @operation(
        "Take a passage away", "From its statement, as its author or an editor. The essay keeps it.",
        status=204, also=[422],
    )  # fmt: skip
    def delete(self, request: Request, pk: int) -> Response:
        passage = get_object_or_404(Passage, pk=pk)
        statement = statement_for(request.user, passage.statement_id, may=CHANGE)
        statement.unquote(passage, by=self.person())
        return done()
