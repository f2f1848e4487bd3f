"""What a statement rests on in a text, and remarks on its wording: passages, comments."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.people import person_of
from accounts.redirects import next_url
from debates.forms.statement import CommentForm, find_words
from debates.models import Comment, Essay, Passage, Refused, Statement
from debates.permissions import CHANGE, COMMENT, EDIT, bearer_for, statement_for
from debates.rows import comments_of
from debates.views.done import say_done
from debates.views.fragments import answer, go, refusals_as_pages, refuse, status_of, wants_fragment
from debates.views.statements import statement_page
from debates.views.who import ask_who


@require_POST
def passages(request: HttpRequest, pk: int) -> HttpResponse:
    """Rest a statement on words of an essay of the topic."""
    statement = bearer_for(request.user, pk, may=CHANGE)
    words = request.POST.get("passage", "")[:5_000].strip().strip('“”"')
    found = find_words(words, list(Essay.objects.filter(topic=statement.topic_id))) if words else None
    if found is None:
        sentence = _("These words are not in the essay. Copy them from it exactly.")
        return statement_page(request, statement, status=422, passage_error=sentence, passage_typed=words)
    try:
        statement.quote(*found, by=person_of(request))
    except Refused as refused:
        return statement_page(
            request, statement, status=refused.status, passage_error=refused.message, passage_typed=words
        )
    say_done(request, _("The passage is added."), statement.topic, draft=f"passage-{statement.pk}")
    return go(request, statement.get_absolute_url())


@require_POST
@refusals_as_pages
def passage_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a passage away from its statement; the essay keeps it."""
    passage = get_object_or_404(Passage, pk=pk)
    statement = statement_for(request.user, passage.statement_id, may=CHANGE)
    statement.unquote(passage, by=person_of(request))
    say_done(request, _("The passage is taken away from this argument."), statement.topic)
    return go(request, next_url(request, otherwise=statement.get_absolute_url()))


@require_POST
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about the wording, or ask an open question."""
    statement = bearer_for(request.user, pk, may=COMMENT)
    form = CommentForm(request.POST)
    if form.is_valid() and not request.user.is_authenticated:
        return ask_who(request, statement.topic, text=form.cleaned_data["text"], above=statement.words)
    if form.is_valid():
        try:
            made, to = _comment(request, statement, form.cleaned_data), form.cleaned_data["reply_to"]
            draft = f"answer-{to}" if to else f"comment-{statement.pk}"
            say_done(request, _("Posted."), statement.topic, draft=draft)
            return _comments(request, statement, CommentForm(), 200, made)
        except Refused as refused:
            refuse(form, refused)
    return _comments(request, statement, form, status_of(form))


def _comment(request: HttpRequest, statement: Statement, data: dict[str, Any]) -> Comment:
    reply_to = None
    if data["reply_to"]:
        reply_to = Comment.objects.filter(pk=data["reply_to"], statement=statement, removed=False).first()
        if reply_to is None:
            raise Refused(_("The comment you answer is not here any more."), field="text")
    return statement.comment(data["text"], by=person_of(request), kind=data["kind"], reply_to=reply_to, key=data["key"])


def _comments(
    request: HttpRequest, statement: Statement, form: CommentForm, status: int, made: Comment | None = None
) -> HttpResponse:
    """The remarks with a box for one more. The one just `made` takes the focus."""
    if not form.is_bound and not wants_fragment(request):
        return go(request, f"{statement.get_absolute_url()}#{f'c{made.pk}' if made else 'comments'}")
    if wants_fragment(request):
        context = {
            "statement": statement, "topic": statement.topic, "comment_form": form,
            "comments": comments_of(statement.pk, statement.topic), "made": made and made.pk,
        }  # fmt: skip
        return answer(request, "debates/_comments.html", "debates/_comments.html", context, status=status)
    return statement_page(request, statement, status=status, comment_form=form)


@require_POST
@refusals_as_pages
def comment_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a comment back: its author, or an editor."""
    comment = get_object_or_404(Comment, pk=pk, removed=False)
    mine = comment.author_id is not None and comment.author_id == request.user.pk
    statement = statement_for(request.user, comment.statement_id, may=COMMENT if mine else EDIT)
    statement.uncomment(comment, by=person_of(request))
    say_done(request, _("The comment is taken back."), statement.topic)
    return go(request, f"{statement.get_absolute_url()}#comments")
