"""The topic page: the question, its claims, and the two columns of the claim in focus."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from debates.analysis import unanswered
from debates.drawing.score import score
from debates.models import Stance, Statement, Topic
from debates.permissions import SUGGEST, topic_for
from debates.tree import DEFAULT_SORT, SHOWN_PER_SIDE, SORTS, Node, claims_of, glance, sides_of
from debates.views.composing import composer_for
from debates.views.fragments import answer, see_other

MOST_PER_SIDE = 500


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One claim of the topic with its arguments for and against; the others beside it."""
    shown = topic_for(request.user, slug)
    claims = claims_of(shown, request.user)
    asked = request.GET.get("claim", "")
    claim = next((claim for claim in claims if asked in ("", claim.pk)), None)
    if asked and claim is None:
        return _beyond(shown, asked)
    context: dict[str, Any] = {"topic": shown, "view": "columns", "claims": claims, "claim": claim}
    if claim is not None:
        shape = glance(claim.id, shown.pk)
        context |= {
            "number": claims.index(claim) + 1,
            "score": score(shape) if shape else None,
            "objections": unanswered(shape) if shape else [],
            **columns(request, claim, shown),
        }
    elif "add" in request.GET and shown.standing.may(SUGGEST):
        context["composer"] = composer_for(request, shown, None, "")
    return answer(request, "debates/topic.html", "debates/_columns.html", context)


def _beyond(shown: Topic, asked: str) -> HttpResponse:
    """The page of its own of a claim for which the tabs have no room. Raises Http404 for what is none."""
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 19
    if not is_number or not shown.claims.visible().filter(pk=int(asked)).exists():
        raise Http404
    return see_other(reverse("statement", args=[int(asked)]))


def columns(request: HttpRequest, parent: Node, shown: Topic) -> dict[str, Any]:
    """What the two columns below a statement need: its sides, sorted, and a composer where one is open."""
    parent = replace(parent, id=parent.branch_id)  # what stands under a link is its target's
    sort = request.GET.get("sort", DEFAULT_SORT)
    sort = sort if sort in SORTS else DEFAULT_SORT
    per_side = MOST_PER_SIDE if "all" in request.GET else SHOWN_PER_SIDE
    sides = sides_of(parent.id, shown, request.user, sort=sort, per_side=per_side)
    context: dict[str, Any] = {
        "parent": parent, "sides": sides, "sort": sort, "statements": statements_root(), "new": request.GET.get("new"),
        "many": any(side.total > 1 for side in sides.values()),
    }  # fmt: skip
    if request.GET.get("add") in Stance.values and shown.standing.may(SUGGEST) and not parent.gone:
        context["composer"] = composer_for(request, shown, parent, request.GET["add"])
    return context


def statements_root() -> str:
    """Where the addresses of statements begin, asked once a page instead of once a card."""
    return reverse("statement", args=[0]).removesuffix("0/")


def page_of(statement: Statement) -> str:
    """The address where `statement` is read among its siblings: the topic's page, or its parent's."""
    if statement.parent_id is None:
        return f"{statement.topic.get_absolute_url()}?claim={statement.pk}"
    return f"{reverse('statement', args=[statement.parent_id])}#s{statement.pk}"
