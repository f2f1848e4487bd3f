"""Whether a statement shows: taken back by its author, removed or accepted by an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rest_framework.response import Response

from debates.api.endpoint import Endpoint
from debates.api.problems import Problem
from debates.api.schema import operation
from debates.api.serializers import outputs
from debates.api.statement_rows import statement_row
from debates.models import Status
from debates.permissions import CHANGE, EDIT, demand, statement_for

if TYPE_CHECKING:
    from rest_framework.request import Request

    from debates.models import Statement, Topic


class Withdrawal(Endpoint):
    group = "Statements"

    @operation("Take a statement back", "As its author. Its place and the replies stay.", gives=outputs.Statement)
    def put(self, request: Request, pk: int) -> Response:
        statement, topic = _loaded(request, pk, CHANGE)
        if statement.author_id != request.user.pk:
            raise PermissionDenied(_("Only its author takes a line back. As an editor you can remove it."))
        statement.withdraw(by=self.person())
        return _answer(request, statement, topic)

    @operation("Bring it back", "What an editor removed, only an editor brings back.", gives=outputs.Statement)
    def delete(self, request: Request, pk: int) -> Response:
        statement, topic = _loaded(request, pk, CHANGE)
        if statement.status == Status.REMOVED:
            demand(topic, EDIT)
        # Asked again by the verb: an editor may remove it before the topic is locked.
        statement.restore(by=self.person(), removed_too=topic.standing.may(EDIT))
        return _answer(request, statement, topic)


class Removal(Endpoint):
    group = "Statements"

    @operation(
        "Remove a statement", "As an editor; a suggestion is declined so. Its place and the replies stay.",
        gives=outputs.Statement,
    )  # fmt: skip
    def put(self, request: Request, pk: int) -> Response:
        statement, topic = _loaded(request, pk, EDIT)
        if statement.status == Status.SUGGESTED:
            statement.decline(by=self.person())
            _refuse_decided(statement, Status.REMOVED)
        else:
            statement.remove(by=self.person())
        return _answer(request, statement, topic)

    @operation("Bring a removed statement back", "As an editor.", gives=outputs.Statement)
    def delete(self, request: Request, pk: int) -> Response:
        statement, topic = _loaded(request, pk, EDIT)
        statement.restore(by=self.person())
        return _answer(request, statement, topic)


class Acceptance(Endpoint):
    group = "Statements"

    @operation("Accept a suggestion", "As an editor: it stands in the tree from now on.", gives=outputs.Statement)
    def put(self, request: Request, pk: int) -> Response:
        statement, topic = _loaded(request, pk, EDIT)
        statement.accept(by=self.person())
        _refuse_decided(statement, Status.VISIBLE)
        return _answer(request, statement, topic)


def _loaded(request: Request, pk: int, right: str) -> tuple[Statement, Topic]:
    """The statement, and its topic with what the reader may do, which reading the statement anew would lose."""
    statement = statement_for(request.user, pk, may=right)
    return statement, statement.topic


def _refuse_decided(statement: Statement, wanted: Status) -> None:
    if statement.status != wanted:
        raise Problem(409, _("Somebody has decided on this suggestion already."))


def _answer(request: Request, statement: Statement, topic: Topic) -> Response:
    statement.topic = topic
    return Response(statement_row(statement, request.user))
