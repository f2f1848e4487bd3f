"""Remarks on the wording of statements, and open questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.response import Response

from debates.api import queries
from debates.api.endpoint import Endpoint, created, done
from debates.api.evidence import demand_shown, evidence_shows
from debates.api.idempotence import once
from debates.api.names import name_of
from debates.api.pagination import answer_page, page_of
from debates.api.problems import invalid
from debates.api.schema import KEY, PAGED, operation
from debates.api.serializers import inputs, outputs
from debates.models import Comment, Pseudonym, Topic
from debates.permissions import COMMENT, EDIT, bearer_for, statement_for

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request

    from debates.models.act import Actor

    type Row = dict[str, Any]


def _comments(topic: Topic) -> QuerySet[Comment]:
    """With their authors and how these are called in `topic`."""
    pseudonym = Pseudonym.objects.filter(topic_id=topic.pk, user=OuterRef("author")).values("name")[:1]
    return Comment.objects.select_related("author").annotate(pseudonym=Subquery(pseudonym))


def comment_row(comment: Comment, topic: Topic, user: Actor) -> Row:
    return {
        "id": comment.pk, "statement": comment.statement_id, "reply_to": comment.reply_to_id, "kind": comment.kind,
        "text": None if comment.removed else comment.text,
        "author": name_of(comment.author, comment.pseudonym, topic),  # type: ignore[attr-defined]
        "mine": user.pk is not None and comment.author_id == user.pk, "created": comment.created,
    }  # fmt: skip


class Comments(Endpoint):
    group = "Comments"

    @operation(
        "List comments", "The oldest first. One that was taken back stays, without its words, while it has answers.",
        gives=outputs.listed(outputs.Comment), asks=PAGED,
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "cursor", "limit")
        statement = bearer_for(request.user, pk)
        topic = statement.topic
        if not evidence_shows(statement):
            return answer_page(page_of(request, Comment.objects.none(), ["pk"]), list)
        answered = Comment.objects.filter(statement=statement, removed=False, reply_to__isnull=False).values("reply_to")
        found = _comments(topic).filter(Q(removed=False) | Q(pk__in=answered), statement=statement)
        page = page_of(request, found, ["pk"])
        return answer_page(page, lambda rows: [comment_row(each, topic, request.user) for each in rows])

    @operation(
        "Comment, or ask a question", "An answer to an answer stands beside it.",
        takes=inputs.NewComment, gives=outputs.Comment, status=201, asks=[KEY],
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        statement = bearer_for(request.user, pk, may=COMMENT)
        by, data = self.person(), self.read(inputs.NewComment)
        topic = statement.topic
        reply_to = None
        if data.get("reply_to"):
            reply_to = Comment.objects.filter(pk=data["reply_to"], statement=statement).first()
            if reply_to is None:
                raise invalid("reply_to", _("The comment you answer is not here any more."))

        def make() -> Response:
            made = statement.comment(data["text"], by=by, kind=data["kind"], reply_to=reply_to)
            row = comment_row(_comments(topic).get(pk=made.pk), topic, request.user)
            return created(row, reverse("api-comment", args=[made.pk]))

        return once(request, by, make)


class OneComment(Endpoint):
    group = "Comments"

    @operation("Read a comment", gives=outputs.Comment)
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request)
        comment = get_object_or_404(Comment, pk=pk, removed=False)
        statement = statement_for(request.user, comment.statement_id)
        demand_shown(statement)
        topic = statement.topic
        return Response(comment_row(_comments(topic).get(pk=pk), topic, request.user))

    @operation("Take a comment back", "As its author or an editor. Answers to it stay.", status=204)
    def delete(self, request: Request, pk: int) -> Response:
        comment = get_object_or_404(Comment, pk=pk, removed=False)
        mine = comment.author_id is not None and comment.author_id == request.user.pk
        statement = statement_for(request.user, comment.statement_id, may=COMMENT if mine else EDIT)
        statement.uncomment(comment, by=self.person())
        return done()
