"""The change feed: the changes after a number, enough to keep a copy in step, and no more than the history shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from rest_framework.response import Response

from debates.api import queries
from debates.api.endpoint import Endpoint, created
from debates.api.etags import unless_known
from debates.api.idempotence import once
from debates.api.names import name_of
from debates.api.schema import IF_NONE_MATCH, KEY, number, operation
from debates.api.serializers import outputs
from debates.history import Lines, changes_for
from debates.models import Change, Pseudonym
from debates.permissions import change_of, statement_for, topic_by_pk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from rest_framework.request import Request

    from debates.models import Statement, Topic
    from debates.models.act import Actor

    type Row = dict[str, Any]

CHANGES, MOST = 100, 500
ASKS = [
    number("since", "The number of the last change that you know.", least=0, most=2**31 - 1),
    number("limit", "Changes in an answer.", most=MOST),
]
# What may be told of every change: where a line stands and whether it shows, but not what it says.
STRUCTURE = frozenset({
    "parent", "stance", "position", "behind", "status", "refers_to", "statements", "source", "passage", "comment",
    "essay", "kind", "first", "last", "hidden_before", "lost",
})  # fmt: skip
ABOUT_COMMENTS = frozenset({"comment", "uncomment"})
# Without words of a statement: the settings of a topic and the titles of its texts are for all who read it.
ABOUT_TOPICS = frozenset({
    "topic-created", "topic-revised", "topic-closed", "topic-reopened", "essay-added", "essay-revised", "essay-removed",
})  # fmt: skip


def change_rows(changes: Iterable[Change], topic: Topic, user: Actor) -> list[Row]:
    """`changes` as the reader may hear them. Two queries, whatever their number."""
    known = list(changes)
    lines = Lines.around(known, topic, user)
    return [_row(change, topic, lines) for change in known]


def _row(change: Change, topic: Topic, lines: Lines) -> Row:
    tells = _may_hear(change, lines)
    before, after = (told if tells else _structure(told) for told in (change.before, change.after))
    return {
        "number": change.number, "verb": change.verb, "statement": change.statement_id, "before": before,
        "after": after, "hidden": before != change.before or after != change.after,
        "actor": name_of(change.actor, change.pseudonym, topic),  # type: ignore[attr-defined]
        "at": change.at, "undoes": change.undoes.number if change.undoes else None,
    }  # fmt: skip


def _may_hear(change: Change, lines: Lines) -> bool:
    """Whether the words in it are for this reader; debates/sentences.py asks the same."""
    if change.verb in ABOUT_TOPICS:
        return True
    if change.verb in ABOUT_COMMENTS:
        told = change.after or change.before
        return lines.may_read_comment(told.get("comment"), change.statement_id)
    return lines.may_read(change.statement_id)


def _structure(told: Row) -> Row:
    return {name: value for name, value in told.items() if name in STRUCTURE}


def loaded(changes: QuerySet[Change], topic: Topic) -> QuerySet[Change]:
    named = Pseudonym.objects.filter(topic_id=topic.pk, user=OuterRef("actor")).values("name")[:1]
    return changes.select_related("actor", "undoes").annotate(pseudonym=Subquery(named)).order_by("number")


def _feed(request: Request, topic: Topic, statement: Statement | None = None) -> Response:
    queries.allow(request, "since", "limit")
    since = queries.whole_number(request, "since", otherwise=0, least=0, most=2**31 - 1)
    limit = queries.whole_number(request, "limit", otherwise=CHANGES, most=MOST) or CHANGES

    def build() -> Row:
        told = changes_for(topic, request.user)
        changes = told if statement is None else told.filter(statement=statement)
        found = list(loaded(changes.filter(number__gt=since), topic)[: limit + 1])
        rows = change_rows(found[:limit], topic, request.user)
        following = f"{request.path}?since={rows[-1]['number']}&limit={limit}" if len(found) > limit else None
        after = request.build_absolute_uri(following) if following else None
        return {"changes": rows, "last": topic.last_change, "next": after}

    return unless_known(request, topic, build)


class Changes(Endpoint):
    group = "Changes"

    @operation(
        "Follow a topic",
        "Its changes after the number `since`, in order. Numbers have gaps only where somebody suggests what no editor"
        " has accepted: that is told to its author and the editors. `before` and `after` hold what a change"
        " altered; where `hidden` is true there were words that you may not read. Ask again from the last number that"
        " you have, with If-None-Match. Votes are no changes.",
        gives=outputs.Feed, asks=[*ASKS, IF_NONE_MATCH],
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        return _feed(request, topic_by_pk(request.user, pk))


class StatementChanges(Endpoint):
    group = "Changes"

    @operation(
        "Follow a statement", "What was done to it. The numbers are those of the topic, so they have gaps here.",
        gives=outputs.Feed, asks=[*ASKS, IF_NONE_MATCH],
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        statement = statement_for(request.user, pk)
        return _feed(request, statement.topic, statement)


class Undoing(Endpoint):
    group = "Changes"

    @operation(
        "Take a change back",
        "By one more change, which is the answer: one's own, or any as an editor. What followed may stand in the way:"
        " 409.",
        gives=outputs.Change, status=201, also=[422], asks=[KEY],
    )  # fmt: skip
    def post(self, request: Request, pk: int, number: int) -> Response:
        topic = topic_by_pk(request.user, pk)
        change = change_of(topic, number)
        by = self.person()

        def make() -> Response:
            made = change.undo(by=by)
            (row,) = change_rows(loaded(topic.changes.filter(pk=made.pk), topic), topic, request.user)
            return created(row, f"{request.path.partition('changes/')[0]}changes/?since={made.number - 1}&limit=1")

        return once(request, by, make)
