"""The essay: a text beside the map, with what rests on it in the margin, or the lines of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debates.branches import branch_page
from debates.essays.layout import lay_out
from debates.essays.reading import lost_passages, read
from debates.forms.selection import LINES, NOTES, SHOWN, SelectionForm
from debates.models import Essay
from debates.permissions import SUGGEST, former_essay_for, topic_for
from debates.views.fragments import answer, refusals_as_pages
from debates.views.making import blank_box, essay_address, kinds_for, making_for
from debates.views.topic import statements_root

if TYPE_CHECKING:
    from debates.essays.reading import Reading
    from debates.models import Topic
    from debates.views.making import Making

MOST_ESSAYS = 50


@require_safe
@refusals_as_pages
def essay(request: HttpRequest, slug: str) -> HttpResponse:
    """The essays of a topic, one at a time: the first, or the one that `?essay=` names.

    `?sentence=` opens the box to make something of that sentence, `&to=` of all up to another one.
    """
    topic = topic_for(request.user, slug)
    shown = _chosen(request, topic)
    if shown is None:
        return render(request, "debates/essay.html", {"topic": topic, "view": "essay"})
    shown.topic, making = topic, None
    if "sentence" in request.GET and topic.standing.may(SUGGEST):
        making = making_for(shown, SelectionForm(request.GET, lay_out(shown), makes=False))
    return show_essay(request, shown, making=making)


def _chosen(request: HttpRequest, topic: Topic) -> Essay | None:
    """The essay that is asked for, else the first. Raises Http404, and Gone for one that was taken away."""
    asked, essays = request.GET.get("essay", ""), Essay.objects.filter(topic=topic).order_by("pk")
    if not asked:
        return essays.first()
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    shown = essays.filter(pk=int(asked)).first()
    if shown is None:
        former_essay_for(request.user, int(asked))
    return shown


def show_essay(request: HttpRequest, shown: Essay, *, making: Making | None = None, status: int = 200) -> HttpResponse:
    """The page of an essay, with a box open where there is one, and its words marked in the text."""
    show = request.GET.get("show", "") or (making.show if making else "")
    layout, chosen = (making.form.layout, making.span) if making else (None, None)
    context = beside(request, shown, show=show, reading=read(shown, request.user, layout=layout, chosen=chosen))
    context |= {
        "view": "essay", "shows": SHOWN, "making": making, "kinds": kinds_for(shown.topic), "blank": blank_box(shown),
        "essays": Essay.objects.filter(topic=shown.topic).only("title", "topic").order_by("pk")[:MOST_ESSAYS],
        "lost": lost_passages(shown), "changes": shown.topic.standing.may_change(shown.added_by_id),
    }  # fmt: skip
    return answer(request, "debates/essay.html", "debates/essay.html", context, status=status)


def beside(request: HttpRequest, shown: Essay, *, show: str, reading: Reading) -> dict[str, Any]:
    """The text as it is read, and what stands beside it: notes, the lines of the map, or what is not used yet."""
    topic, show = shown.topic, show if show in dict(SHOWN) else NOTES
    context: dict[str, Any] = {
        "topic": topic, "essay": shown, "reading": reading, "show": show, "statements": statements_root(),
        "makes": topic.standing.may(SUGGEST), "address": essay_address(shown, show),
    }  # fmt: skip
    if show == LINES:
        context["branch"] = branch_page(topic, request.user, None)
    return context
