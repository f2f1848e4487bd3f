"""Statements: the list of a topic's, one of them, and the adding of claims, arguments and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.response import Response

from debates.api import queries
from debates.api.endpoint import Endpoint, created
from debates.api.idempotence import REPLAYED, key_of, one_request_a_key
from debates.api.pagination import answer_page, page_of
from debates.api.problems import invalid
from debates.api.schema import IF_MATCH, KEY, PAGED, flag, number, operation, query
from debates.api.serializers import inputs, outputs
from debates.api.statement_rows import rows_in_order, statement_row
from debates.api.wording import revise
from debates.filters import lines_matching
from debates.models import MAX_DEPTH, Stance, Statement, Status, Topic
from debates.permissions import CHANGE, EDIT, SUGGEST, WRITE, bearer_for, statement_for, topic_by_pk
from debates.search import statements_matching
from debates.suggestions import waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rest_framework.request import Request

    from debates.models.statement import StatementQuerySet

ORDERS = {"id": ("pk",), "-id": ("-pk",), "place": ("depth", "position", "pk")}
STATUSES = ("visible", "suggested", "withdrawn", "removed", "any")
FILTERS = (
    "stance", "parent", "depth", "author", "status", "unanswered", "without_source", "q", "ordering", "cursor", "limit",
)  # fmt: skip


def address_of(statement: Statement) -> str:
    return reverse("api-statement", args=[statement.pk])


def _page(request: Request, topic: Topic, found: StatementQuerySet, order: Sequence[str]) -> Response:
    page = page_of(request, found, order)
    return answer_page(page, lambda statements: rows_in_order(statements, topic, request.user))


class Statements(Endpoint):
    group = "Statements"

    @operation(
        "List statements",
        "Those of a topic that show, or have the `status` asked for; a suggestion is there for its author and the"
        " editors. Five queries of the database, whatever the page holds.",
        gives=outputs.listed(outputs.Statement),
        asks=[
            query("stance", "How they stand to their parent.", *Stance.values),
            query(
                "parent", "The number of the statement they answer, or none for claims.", type="string", maxLength=19
            ),
            number("depth", "How many lines stand above.", least=0, most=MAX_DEPTH),
            query("author", "me: your own.", "me"),
            query("status", "visible without being asked otherwise.", *STATUSES),
            flag("unanswered", "Objections that nothing opposes."),
            flag("without_source", "Arguments that rest on no source and no passage."),
            query("q", "Words that they hold."),
            query("ordering", "id, -id or place (level by level, in the order of the page).", *ORDERS),
            *PAGED,
        ],
    )
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, *FILTERS)
        topic = topic_by_pk(request.user, pk)
        order = ORDERS[queries.one_of(request, "ordering", ORDERS, otherwise="id")]
        return _page(request, topic, _filtered(request, topic), order)


def _filtered(request: Request, topic: Topic) -> StatementQuerySet:
    """The statements of `topic` that are asked for and may be seen."""
    found = _with_status(topic, queries.one_of(request, "status", STATUSES, otherwise="visible"))
    if (depth := queries.whole_number(request, "depth", least=0, most=MAX_DEPTH)) is not None:
        found = found.filter(depth=depth)
    if stance := queries.one_of(request, "stance", Stance.values):
        found = found.filter(stance=stance)
    if queries.one_of(request, "author", ("me",)):
        found = found.filter(author_id=request.user.pk or 0)
    return _asking(request, topic, _below(request, found))


def _with_status(topic: Topic, status: str) -> StatementQuerySet:
    """Suggestions are for their authors and the editors."""
    found = Statement.objects.get_queryset().filter(topic=topic)
    own = Q(pk__in=waiting(topic).values("pk"))
    if status == "any":
        return found.filter(own | ~Q(status=Status.SUGGESTED))
    if status == Status.VISIBLE:
        return found.shown()
    return found.filter(own) if status == Status.SUGGESTED else found.filter(status=status)


def _below(request: Request, found: StatementQuerySet) -> StatementQuerySet:
    """Those right under the parent that is asked for."""
    given = request.query_params.get("parent")
    if given is None:
        return found
    if given == "none":
        return found.filter(depth=0)
    return found.filter(parent=queries.whole_number(request, "parent"))


def _asking(request: Request, topic: Topic, found: StatementQuerySet) -> StatementQuerySet:
    """Those that ask for something, as the filters of the outline have it, or that hold words."""
    for name, show in (("unanswered", "unanswered"), ("without_source", "unsourced")):
        wanted = queries.yes_or_no(request, name)
        if wanted is not None:
            asking = lines_matching(show, topic, request.user, None).order_by().values("pk")
            found = found.filter(pk__in=asking) if wanted else found.exclude(pk__in=asking)
    if "q" in request.query_params:
        found = found.filter(pk__in=statements_matching(queries.words(request)).order_by().values("pk"))
    return found


class OneStatement(Endpoint):
    group = "Statements"

    @operation("Read a statement", "With its votes, as far as you may see them.", gives=outputs.Statement)
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request)
        return Response(statement_row(statement_for(request.user, pk), request.user))

    @operation(
        "Change its words",
        "As its author or an editor, with If-Match as for the wording. What is left out stays.",
        takes=inputs.WordingChange, gives=outputs.Statement, also=[412, 428], asks=[IF_MATCH],
    )  # fmt: skip
    def patch(self, request: Request, pk: int) -> Response:
        statement = statement_for(request.user, pk, may=CHANGE)
        revise(request, statement, by=self.person(), fields=self.read(inputs.WordingChange))
        return Response(statement_row(statement, request.user))


# -- adding ----------------------------------------------------------------------------------------------------


class Claims(Endpoint):
    group = "Statements"

    @operation("List claims", "In the order of the topic's page.", gives=outputs.listed(outputs.Statement), asks=PAGED)
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "cursor", "limit")
        topic = topic_by_pk(request.user, pk)
        claims = Statement.objects.get_queryset().shown().filter(topic=topic, depth=0)
        return _page(request, topic, claims, ("position", "pk"))

    @operation(
        "Make a claim", "From a suggester it is a suggestion, which waits for an editor: see `status`.",
        takes=inputs.NewClaim, gives=outputs.Statement, status=201, asks=[KEY],
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        topic = topic_by_pk(request.user, pk, may=SUGGEST)
        by, data = self.person(), self.read(inputs.NewClaim)
        with one_request_a_key():
            made = topic.add_claim(by=by, key=key_of(request), suggested=not topic.standing.may(WRITE), **data)
        return _added(request, topic, made)


class Arguments(Endpoint):
    group = "Statements"

    @operation(
        "List arguments", "Those right below a statement that show; of a link, those of its target.",
        gives=outputs.listed(outputs.Statement), asks=PAGED,
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "cursor", "limit")
        parent = bearer_for(request.user, pk)
        below = Statement.objects.get_queryset().shown().filter(parent=parent)
        return _page(request, parent.topic, below, ("position", "pk"))

    @operation(
        "Add an argument",
        "It supports or opposes this statement. From a suggester it is a suggestion: see `status`.",
        takes=inputs.NewArgument, gives=outputs.Statement, status=201, asks=[KEY],
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        parent = bearer_for(request.user, pk, may=SUGGEST)
        by, data = self.person(), self.read(inputs.NewArgument)
        topic = parent.topic
        with one_request_a_key():
            made = parent.add_argument(by=by, key=key_of(request), suggested=not topic.standing.may(WRITE), **data)
        return _added(request, topic, made)


class Links(Endpoint):
    group = "Statements"

    @operation(
        "Link a statement",
        "It stands under `parent`, too. Its words and its branch stay in one place; stance and votes are its own.",
        takes=inputs.NewLink, gives=outputs.Statement, status=201, asks=[KEY],
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        target = statement_for(request.user, pk, may=WRITE)
        by, data = self.person(), self.read(inputs.NewLink)
        parent = line_of(target.topic, data["parent"], "parent")
        with one_request_a_key():
            made = target.link_under(parent, stance=data["stance"], by=by, key=key_of(request))
        return _added(request, target.topic, made)


def line_of(topic: Topic, pk: int, field: str) -> Statement:
    """A line of `topic` that the body names. Another topic's, or one that waits unseen, is refused as if not there."""
    found = Statement.objects.filter(pk=pk, topic=topic).first()
    if found is None or _waits_unseen(found, topic):
        raise invalid(field, _("Choose a line of this topic."))
    return found


def _waits_unseen(line: Statement, topic: Topic) -> bool:
    standing = topic.standing
    return line.status == Status.SUGGESTED and line.author_id != standing.user_id and not standing.may(EDIT)


def _added(request: Request, topic: Topic, made: Statement) -> Response:
    """What was made now, or the first time that this key was sent."""
    replayed = topic.just_changed is None
    made.topic = topic  # with what the reader may do
    return created(statement_row(made, request.user), address_of(made), **(REPLAYED if replayed else {}))
