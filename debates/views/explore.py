"""The explore panel: how far one accepts the leaves of a branch, and what follows for the claim above them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debates.analysis.excerpt import MOST_LEAVES
from debates.permissions import topic_for
from debates.views.topic import statements_root
from debates.views.work import branch_in
from debates.working.exploring import explore, ratings_in
from debates.working.loading import MOST_STATEMENTS, load


@require_safe
def topic_explore(request: HttpRequest, slug: str) -> HttpResponse:
    """The panel of a claim or another line (`?claim=`, `?branch=`), with the ratings that the address holds."""
    topic = topic_for(request.user, slug)
    context: dict[str, Any] = {"topic": topic, "view": "explore", "statements": statements_root()}
    loaded = load(topic, most=MOST_STATEMENTS)
    if loaded is not None:
        first = next(iter(loaded.forest.records), None)
        root = branch_in(request, loaded, "branch") or branch_in(request, loaded, "claim") or first
        if root is not None:
            context["found"] = explore(loaded.forest, root, ratings_in(request.GET))
    context |= {"most": MOST_STATEMENTS, "most_leaves": MOST_LEAVES, "too_large": loaded is None}
    return render(request, "debates/explore.html", context)
