"""The history of a draft: its former texts, what is different now, and the way back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from debates.drafting.changes import changes_between
from debates.drafting.page import page_of
from debates.drafting.paper import word_count
from debates.permissions import draft_for
from debates.views.done import say_done
from debates.views.fragments import go

if TYPE_CHECKING:
    from debates.models import Draft, DraftVersion


@require_safe
def draft_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The former texts of a draft, newest first."""
    draft = draft_for(request.user, pk)
    versions = draft.versions.defer("text").annotate(length=Length("text"))
    return render(request, "debates/draft_versions.html", {"topic": draft.topic, "draft": draft, "versions": versions})


@require_http_methods(["GET", "HEAD", "POST"])
def draft_version(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """A former text beside that of now. POST makes it the text of now, which stays in the history."""
    draft = draft_for(request.user, pk)
    former = _former(draft, version)
    if request.method == "POST":
        draft.restore(former)
        say_done(request, _("The former text is back. What it replaced is in the history."))
        return go(request, draft.get_absolute_url())
    context = {
        "topic": draft.topic, "draft": draft, "former": former, "words": word_count(former.text),
        "pieces": changes_between(former.text, draft.text), "paper": page_of(former.text),
    }  # fmt: skip
    return render(request, "debates/draft_version.html", context)


def _former(draft: Draft, version: int) -> DraftVersion:
    former = draft.versions.filter(version=version).first() if version < 2**31 else None
    if former is None:
        raise Http404
    return former
