"""Votes: mine on a statement, and the tally as the topic shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.response import Response

from debates.api import queries
from debates.api.endpoint import Endpoint, done
from debates.api.schema import operation
from debates.api.serializers import inputs, outputs
from debates.api.statement_rows import tally_row
from debates.permissions import READ, VOTE, statement_for
from debates.tree import node_of

if TYPE_CHECKING:
    from rest_framework.request import Request

    from debates.models import Statement
    from debates.models.act import Actor


def _vote_row(statement: Statement, user: Actor) -> dict[str, Any]:
    node = node_of(statement, user)
    return {"value": node.my_vote, "tally": tally_row(node.tally)}


class OneVote(Endpoint):
    group = "Votes"

    @operation("Read my vote", "Null where you have not voted.", gives=outputs.MyVote)
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request)
        return Response(_vote_row(statement_for(request.user, pk, may=READ), request.user))

    @operation(
        "Vote",
        "How much it matters to the line above, or, for a claim, how far you accept it: 0 (not at all) to 4"
        " (decisive). Sent again, the last value counts. Nobody votes on their own lines.",
        takes=inputs.VoteValue, gives=outputs.MyVote,
    )  # fmt: skip
    def put(self, request: Request, pk: int) -> Response:
        statement = statement_for(request.user, pk, may=VOTE)
        voter, data = self.person(), self.read(inputs.VoteValue)
        statement.cast_vote(voter=voter, value=data["value"])
        return Response(_vote_row(statement, request.user))

    @operation("Take my vote back", "As if it had never been given.", status=204)
    def delete(self, request: Request, pk: int) -> Response:
        statement = statement_for(request.user, pk, may=VOTE)
        statement.retract_vote(voter=self.person())
        return done()


class TallyOf(Endpoint):
    group = "Votes"

    @operation("Read the tally", "Null while the topic hides it from you.", gives=outputs.TallyNow)
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request)
        return Response({"tally": _vote_row(statement_for(request.user, pk), request.user)["tally"]})
