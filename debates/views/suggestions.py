"""Suggestions: statements that wait for an editor. Editors see all of a topic, everyone else their own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.people import person_of
from debates.models import Topic
from debates.permissions import EDIT, statement_for, topic_for
from debates.suggestions import suggestions_in
from debates.views.fragments import answer, answer_or_redirect, refusals_as_pages

PAGE, FRAGMENT = "debates/suggestions.html", "debates/_suggestions.html"


@require_safe
def topic_suggestions(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits, oldest first."""
    topic = topic_for(request.user, slug)
    return render(request, PAGE, _waiting(request, topic))


@require_POST
@refusals_as_pages
def suggestion_acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a suggestion into the tree."""
    statement = statement_for(request.user, pk, may=EDIT)
    topic = statement.topic  # with what the reader may do, which reading the statement anew would lose
    statement.accept(by=person_of(request))
    if topic.just_changed is None:
        return _decided(request, topic)
    messages.success(request, _("Accepted: it stands in the topic now."))
    return _answer(request, topic)


@require_POST
@refusals_as_pages
def suggestion_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline a suggestion. It can be brought back from the history."""
    statement = statement_for(request.user, pk, may=EDIT)
    topic = statement.topic
    statement.decline(by=person_of(request))
    if topic.just_changed is None:
        return _decided(request, topic)
    messages.success(request, _("Declined. The history of the topic can bring it back."))
    return _answer(request, topic)


def _decided(request: HttpRequest, topic: Topic) -> HttpResponse:
    """Another editor was faster: what still waits, and a sentence that says so."""
    context = _waiting(request, topic) | {"refused": _("Somebody has decided on this suggestion already.")}
    return answer(request, PAGE, FRAGMENT, context, status=409)


def _waiting(request: HttpRequest, topic: Topic) -> dict[str, Any]:
    return {"topic": topic, "view": "suggestions", "suggestions": suggestions_in(topic, request.user)}


def _answer(request: HttpRequest, topic: Topic) -> HttpResponse:
    to = reverse("topic-suggestions", args=[topic.slug])
    return answer_or_redirect(request, FRAGMENT, _waiting(request, topic) | {"oob": True}, to=to)
