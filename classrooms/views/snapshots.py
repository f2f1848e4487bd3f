"""The map of a group as it was when its time was over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from classrooms.models import Snapshot
from classrooms.permissions import group_for
from debates.formats.native import document_from
from debates.formats.outline import outline_of
from debates.formats.registry import FORMATS
from debates.formats.sending import file_of
from debates.formats.taking import Taken

if TYPE_CHECKING:
    from classrooms.models import Group
    from debates.formats.document import Document

FILES = ("json", "html", "docx", "csv")


@require_safe
@never_cache
def group_snapshot(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The frozen map in reading order, or with `?format=` as a file. 404 before the cut-off."""
    group = group_for(request.user, pk)
    snapshot = Snapshot.objects.at_cutoff(group)
    if snapshot is None:
        return _not_yet(request, group)
    document = document_from(snapshot.document["topic"], snapshot.document)
    chosen = request.GET.get("format", "")
    if chosen:
        return _as_file(document, group, chosen)
    context = {
        "group": group, "assignment": group.assignment, "classroom": group.assignment.classroom, "snapshot": snapshot,
        "document": document, "outline": outline_of(document), "files": [FORMATS[name] for name in FILES],
    }  # fmt: skip
    return render(request, "classrooms/snapshot.html", context)


def _not_yet(request: HttpRequest, group: Group) -> HttpResponse:
    context = {"group": group, "assignment": group.assignment, "classroom": group.assignment.classroom}
    return render(request, "classrooms/snapshot_not_yet.html", context)


def _as_file(document: Document, group: Group, chosen: str) -> HttpResponseBase:
    if chosen not in FILES:
        raise Http404
    form = FORMATS[chosen]
    name = f"map-{group.assignment_id}-{group.number}-at-the-cut-off.{form.extension}"
    return file_of(Taken(iter([form.write(document)]), name, form.losses(document)), form)
