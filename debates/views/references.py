"""The reference list of a topic: each work once, what it lacks, and the lines that rest on it; and files of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debates.citing.listing import as_csl, in_markdown, in_words, listed
from debates.citing.styles import Style, style_named
from debates.formats.sending import POLICY
from debates.models import Refused, Source, Statement, Status, Topic
from debates.permissions import WRITE, topic_for
from debates.search import statements_matching
from debates.views.fragments import refusal
from debates.views.topic import statements_root

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_SHOWN, MOST_WRITTEN = 500, 2_000
OFFERED = 20
FILES = {"json": "application/vnd.citationstyles.csl+json", "txt": "text/plain", "md": "text/markdown"}


@require_safe
def topic_sources(request: HttpRequest, slug: str) -> HttpResponse:
    """The reference list of a topic: each work once, what it lacks, and the lines that rest on it."""
    topic = topic_for(request.user, slug)
    style, query = style_named(request.GET.get("style", "")), request.GET.get("q", "")[:200]
    found = list(_sources_of(topic)[: MOST_SHOWN + 1])
    works = listed(found[:MOST_SHOWN], style, language=topic.language)
    context = {
        "topic": topic, "view": "sources", "works": works, "style": style, "styles": Style,
        "more": len(found) > MOST_SHOWN, "text": "\n\n".join(work.entry.text for work in works),
        "statements": statements_root(), "query": query,
        "lines": _lines(topic, query) if topic.standing.may(WRITE) else [],
    }  # fmt: skip
    return render(request, "debates/sources.html", context)


def _sources_of(topic: Topic) -> QuerySet[Source]:
    """The sources that readers of `topic` see: those of lines that show."""
    shown = Source.objects.filter(statement__topic=topic, statement__status=Status.VISIBLE)
    return shown.select_related("statement").order_by("pk")


def _lines(topic: Topic, query: str) -> QuerySet[Statement]:
    """Lines that sources can be brought in for: the first ones, or those that match what was typed."""
    lines = statements_matching(query) if query.strip() else Statement.objects.get_queryset().visible()
    return lines.filter(topic=topic, refers_to=None).order_by("depth", "position", "pk")[:OFFERED]


@require_safe
def sources_file(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The list to take along: for a reference manager (CSL-JSON), as text, or as Markdown in a style."""
    topic = topic_for(request.user, slug)
    if extension not in FILES:
        raise Http404
    found, style = list(_sources_of(topic)), style_named(request.GET.get("style", ""))
    if extension == "json":
        content: bytes | str = as_csl(found)
    elif len(found) > MOST_WRITTEN:
        return refusal(request, Refused(_("There are more than 2,000 sources. Take them along as CSL-JSON.")))
    else:
        content = (in_words if extension == "txt" else in_markdown)(found, style, language=topic.language)
    response = HttpResponse(content, content_type=f"{FILES[extension]}; charset=utf-8")
    name = f"{slugify(topic.slug) or 'topic'}-sources.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    return response
