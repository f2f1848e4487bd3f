"""Where a statement stands, and how it stands to the line above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from rest_framework.response import Response

from debates.api.endpoint import Endpoint
from debates.api.schema import operation
from debates.api.serializers import inputs, outputs
from debates.api.statement_rows import statement_row
from debates.api.statements import line_of
from debates.models.places import place_of
from debates.permissions import CHANGE, statement_for

if TYPE_CHECKING:
    from rest_framework.request import Request

    from accounts.models import User
    from debates.models import Statement


class Place(Endpoint):
    group = "Statements"

    @operation(
        "Move a statement",
        "With its branch: under another parent (null makes it a claim), behind a sibling, or both. Votes, comments and"
        " sources go with it. What is so already is no change.",
        takes=inputs.Place, gives=outputs.Statement,
    )  # fmt: skip
    @transaction.atomic
    def put(self, request: Request, pk: int) -> Response:
        moved = statement_for(request.user, pk, may=CHANGE)
        topic = moved.topic
        _put(moved, self.read(inputs.Place), by=self.person())
        moved.topic = topic  # with what the reader may do
        return Response(statement_row(moved, request.user))


def _put(moved: Statement, data: dict[str, Any], *, by: User) -> None:
    topic = moved.topic
    parent = line_of(topic, data["parent"], "parent") if data["parent"] else None
    after = line_of(topic, data["after"], "after") if data.get("after") else None
    stance = data.get("stance", "")
    if data["parent"] != moved.parent_id:
        moved.move_under(parent, by=by, stance=stance, after=after)
    elif stance:
        moved.turn(by=by, to=stance)
    # Read from the place, not from what was sent: the move may have put it there.
    if "after" in data and place_of(moved)["behind"] != data["after"]:
        moved.reorder(by=by, after=after)


class StanceOf(Endpoint):
    group = "Statements"

    @operation(
        "Turn a statement", "Say how it stands to its parent. What is so already is no change.",
        takes=inputs.StanceChoice, gives=outputs.Statement,
    )  # fmt: skip
    def put(self, request: Request, pk: int) -> Response:
        statement = statement_for(request.user, pk, may=CHANGE)
        topic = statement.topic
        statement.turn(by=self.person(), to=self.read(inputs.StanceChoice)["stance"])
        statement.topic = topic  # with what the reader may do
        return Response(statement_row(statement, request.user))
