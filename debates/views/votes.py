"""Votes: one answer from 0 to 4, given, changed or taken back with one click."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.people import person_of
from debates.forms.statement import VoteForm
from debates.models import Refused, Statement, Status
from debates.permissions import VOTE, statement_for
from debates.tree import node_of
from debates.views.fragments import answer_or_redirect, refusal, refuse, unprocessable, wants_fragment
from debates.views.statements import statement_page
from debates.views.who import ask_who


@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer how much a statement matters to the line above, or how far one accepts a claim."""
    statement = statement_for(request.user, pk, may=VOTE)
    form = VoteForm(request.POST)
    if form.is_valid() and not request.user.is_authenticated:
        return ask_who(request, statement.topic, text=_("Your vote"), above=statement.words)
    try:
        if form.is_valid():
            statement.cast_vote(voter=person_of(request), value=form.cleaned_data["value"])
    except Refused as refused:
        if statement.status != Status.VISIBLE:
            return refusal(request, refused)
        refuse(form, refused)
    return _voted(request, statement, form)


@require_POST
def vote_retraction(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's vote back, as if it had never been given."""
    statement = statement_for(request.user, pk, may=VOTE)
    if request.user.is_authenticated:
        statement.retract_vote(voter=person_of(request))
    return _voted(request, statement, VoteForm())


def _voted(request: HttpRequest, statement: Statement, form: VoteForm) -> HttpResponse:
    """The control as it stands now: with the totals, if the topic shows them to this reader."""
    if form.errors and not wants_fragment(request):
        return statement_page(request, statement, status=422, vote_form=form)
    node = node_of(statement, request.user)
    context = {"node": node, "topic": statement.topic, "vote_form": form, "statements": "", "said": True}
    if form.errors:
        return unprocessable(request, "debates/_vote.html", "debates/_vote.html", context)
    return answer_or_redirect(request, "debates/_vote.html", context, to=f"{statement.get_absolute_url()}#vote")
