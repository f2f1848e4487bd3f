"""The outline: the whole tree as nested lists, one branch of it, and the lines that ask for something."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from debates.analysis import unanswered
from debates.branches import Branch, branch_page, side_of
from debates.drawing.score import score
from debates.filters import FILTERS, found_page
from debates.models import Topic
from debates.permissions import SUGGEST, statement_for, topic_for
from debates.tree import DEFAULT_SORT, SORTS, Node, claims_of, glance, path_to
from debates.views.fragments import answer, wants_fragment
from debates.views.topic import statements_root

LEVELS = {"1": 1, "2": 2, "3": 3, "all": 99}
DEFAULT_LEVELS = "3"


@require_safe
def outline(request: HttpRequest, slug: str) -> HttpResponse:
    """The tree of a topic, or of one of its claims (`?claim=`); with `?show=` the lines that match a filter."""
    topic = topic_for(request.user, slug)
    context = _choices(request, topic)
    if context["show"]:
        return _found(request, topic, context)
    if "claim" not in request.GET:
        branch = branch_page(topic, request.user, None, sort=context["sort"], page=asked_page(request))
        return answer(request, "debates/outline.html", "debates/_outline.html", context | _all_claims(branch))
    claims = claims_of(topic, request.user)
    claim = chosen_claim(request, claims)
    branch = branch_page(topic, request.user, claim.id, sort=context["sort"], page=asked_page(request))
    context |= _one_claim(claim, topic) | {"claims": claims, "number": claims.index(claim) + 1, "branch": branch}
    return answer(request, "debates/outline.html", "debates/_outline.html", context)


@require_safe
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands below one statement: a page of its own, and the list that the outline asks for."""
    top = statement_for(request.user, pk)
    context = _choices(request, top.topic)
    below = branch_page(
        top.topic, request.user, top.refers_to_id or top.pk, sort=context["sort"], page=asked_page(request)
    )
    depth = top.depth + (1 if wants_fragment(request) else context["depth"])
    context |= {"branch": below, "top": top, "depth": depth, "side": side_of(top)}
    if not wants_fragment(request):
        *context["above"], context["node"] = path_to(top, request.user)
    return answer(request, "debates/branch.html", "debates/_outline_branch.html", context)


def _choices(request: HttpRequest, topic: Topic) -> dict[str, Any]:
    """What the reader chose, each from a closed list."""
    sort, show, levels = (request.GET.get(name, "") for name in ("sort", "show", "levels"))
    levels = levels if levels in LEVELS else DEFAULT_LEVELS
    return {
        "topic": topic, "view": "outline", "statements": statements_root(), "may_add": topic.standing.may(SUGGEST),
        "sort": sort if sort in SORTS else DEFAULT_SORT, "show": show if show in FILTERS else "",
        "levels": levels, "depth": LEVELS[levels], "all_levels": list(LEVELS), "filters": FILTERS,
    }  # fmt: skip


def _all_claims(branch: Branch) -> dict[str, Any]:
    return {"claims": branch.nodes, "claim": None, "branch": branch}


def _one_claim(claim: Node, topic: Topic) -> dict[str, Any]:
    """A claim with its score and what can be counted at a glance; nothing is counted where it is too large."""
    shape = glance(claim.id, topic.pk) or []
    return {
        "claim": claim, "score": score(shape), "arguments": max(0, len(shape) - 1),
        "deepest": max((depth for _pk, _parent, _stance, depth in shape), default=0),
        "objections": unanswered(shape),
    }  # fmt: skip


def _found(request: HttpRequest, topic: Topic, context: dict[str, Any]) -> HttpResponse:
    claims = claims_of(topic, request.user)
    claim = chosen_claim(request, claims) if "claim" in request.GET else None
    below = claim.id if claim else None
    found = found_page(context["show"], topic, request.user, claim=below, page=asked_page(request))
    context |= {"claims": claims, "claim": claim, "found": found}
    return answer(request, "debates/outline_found.html", "debates/_outline_found.html", context)


def chosen_claim(request: HttpRequest, claims: list[Node]) -> Node:
    """The claim that `?claim=` names, or the first. Raises Http404 for what is not among them."""
    asked = request.GET.get("claim")
    for claim in claims:
        if asked is None or claim.pk == asked:
            return claim
    raise Http404


def asked_page(request: HttpRequest) -> int:
    """The page that was asked for; the first one for what is no number."""
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
