"""The essay: a text beside the map, with what rests on it in the margin."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debates.models import Essay
from debates.permissions import topic_for
from debates.reading import read
from debates.views.topic import statements_root

MOST_ESSAYS = 50


@require_safe
def essay(request: HttpRequest, slug: str) -> HttpResponse:
    """The essays of a topic, one at a time: the first, or the one that `?essay=` names."""
    topic = topic_for(request.user, slug)
    essays = list(Essay.objects.filter(topic=topic).defer("text").order_by("pk")[:MOST_ESSAYS])
    context = {"topic": topic, "view": "essay", "essays": essays, "statements": statements_root()}
    if essays or "essay" in request.GET:
        shown = _chosen(request, essays)
        context |= {"essay": shown, "reading": read(shown, topic, request.user)}
    return render(request, "debates/essay.html", context)


def _chosen(request: HttpRequest, essays: list[Essay]) -> Essay:
    asked = request.GET.get("essay")
    for essay in essays:
        if asked is None or str(essay.pk) == asked:
            return essay
    raise Http404
