"""The work list: what is still open in a topic, in one branch of it, or in the reader's own part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debates.permissions import SUGGEST, WRITE, topic_for
from debates.views.outline import asked_page
from debates.views.topic import statements_root
from debates.working.loading import MOST_STATEMENTS, load
from debates.working.worklist import LISTS, Asked, part_of, work_list

if TYPE_CHECKING:
    from debates.models import Topic
    from debates.working.loading import Loaded


@require_safe
def work(request: HttpRequest, slug: str) -> HttpResponse:
    """The list for the whole topic, for `?branch=`, for `?mine=1`, or both; with `?list=` one list in full."""
    topic = topic_for(request.user, slug)
    context: dict[str, Any] = {"topic": topic, "view": "work", "statements": statements_root()}
    loaded = load(topic, most=MOST_STATEMENTS)
    if loaded is not None:
        context |= _found(request, topic, loaded)
    return render(request, "debates/work.html", context | {"most": MOST_STATEMENTS})


def _found(request: HttpRequest, topic: Topic, loaded: Loaded) -> dict[str, Any]:
    mine = request.GET.get("mine") == "1" and request.user.is_authenticated
    only = request.GET.get("list", "")
    asked = Asked(
        branch=branch_in(request, loaded, "branch"),
        author=request.user.pk if mine else None,
        only=only if only in LISTS else "",
        page=asked_page(request),
    )
    found, part = work_list(topic, loaded, asked), part_of(loaded, request.user.pk)
    may = {"may_add": topic.standing.may(SUGGEST), "may_cite": topic.standing.may(WRITE)}
    return {"asked": asked, "mine": mine, "found": found, "part": part} | may


def branch_in(request: HttpRequest, loaded: Loaded, name: str) -> int | None:
    """The statement that the address names: for a link its target. Raises Http404 for what is in no count."""
    asked = request.GET.get(name, "")
    if not asked:
        return None
    root = loaded.root(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    if root is None:
        raise Http404
    return root
