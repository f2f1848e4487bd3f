"""The words of a statement, which nobody overwrites unread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework.response import Response

from debates.api import queries
from debates.api.endpoint import Endpoint
from debates.api.etags import demand_version
from debates.api.problems import Problem
from debates.api.schema import IF_MATCH, operation
from debates.api.serializers import inputs, outputs
from debates.models import Conflict, Statement
from debates.permissions import CHANGE, statement_for

if TYPE_CHECKING:
    from rest_framework.request import Request

    from accounts.models import User


def wording_row(statement: Statement) -> dict[str, Any]:
    return {"text": statement.text, "note": statement.note, "version": statement.version}


def revise(request: Request, statement: Statement, *, by: User, fields: dict[str, Any]) -> None:
    """The verb, if the version that was read is still the one that is stored; else both texts in the problem."""
    fresh = demand_version(request, statement.version)
    words = {"text": statement.text} | fields
    if not fresh:
        raise _meanwhile(statement, words)
    topic = statement.topic
    try:
        statement.revise(by=by, version=statement.version, **words)
    except Conflict as conflict:
        raise _meanwhile(conflict.current, words) from conflict
    statement.topic = topic  # with what the reader may do, which reading the statement anew has lost


def _meanwhile(current: Statement, words: dict[str, Any]) -> Problem:
    sentence = _("Someone changed this while you were writing. Both texts are below.")
    return Problem(412, sentence, more={"yours": words, "current": wording_row(current)})


class OneWording(Endpoint):
    group = "Statements"

    @operation(
        "Read its words", "To change them, as its author or an editor. The ETag is the version of the wording.",
        gives=outputs.WordingNow,
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request)
        return _answer(statement_for(request.user, pk, may=CHANGE))

    @operation(
        "Replace its words",
        "With If-Match and the ETag of the wording that you read. Whoever was faster is not overwritten: the problem"
        " then holds both texts.",
        takes=inputs.Wording, gives=outputs.WordingNow, also=[412, 428], asks=[IF_MATCH],
    )  # fmt: skip
    def put(self, request: Request, pk: int) -> Response:
        statement = statement_for(request.user, pk, may=CHANGE)
        revise(request, statement, by=self.person(), fields=self.read(inputs.Wording))
        return _answer(statement)


def _answer(statement: Statement) -> Response:
    headers = {"ETag": f'"{statement.version}"', "Cache-Control": "private, no-cache"}
    return Response(wording_row(statement), headers=headers)
