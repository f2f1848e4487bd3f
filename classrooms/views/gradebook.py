"""The gradebook, and what a teacher takes home: grades as files, and the class’s maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people import person_of
from classrooms.forms.gradebook import FillForm
from classrooms.gradebook.files import XLSX, as_workbook, csv_response, file_response
from classrooms.gradebook.filling import fill
from classrooms.gradebook.maps import archive, formats_of
from classrooms.gradebook.presets import PRESETS
from classrooms.gradebook.reading import gradebook_of
from classrooms.models import Look, LookKind
from classrooms.permissions import TEACH, classroom_for
from debates.formats.registry import FORMATS
from debates.models import Refused
from debates.views.fragments import refuse, status_of

if TYPE_CHECKING:
    from classrooms.gradebook.presets import Preset
    from classrooms.gradebook.reading import Gradebook

DRAFTS = "drafts"


@require_safe
@never_cache
def gradebook(request: HttpRequest, pk: int) -> HttpResponse:
    """Pupils × assignments."""
    classroom = classroom_for(request.user, pk, may=TEACH)
    Look.objects.note(classroom, LookKind.GRADES, by=person_of(request))
    before, _number, after = reverse("seat-grading", args=[0]).partition("0")
    context = {
        "classroom": classroom, "book": gradebook_of(classroom), "presets": PRESETS.values(),
        "before": before, "after": after,  # around the number of a seat: a large class has thousands of addresses
        "formats": [each for each in FORMATS.values() if each.writes],
    }  # fmt: skip
    return render(request, "classrooms/gradebook.html", context)


@require_safe
@never_cache
def gradebook_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The gradebook for another system: what was released, and with `?grades=drafts` what was not, too."""
    classroom = classroom_for(request.user, pk, may=TEACH)
    preset = PRESETS.get(name)
    if preset is None:
        raise Http404
    Look.objects.note(classroom, LookKind.EXPORT, by=person_of(request))
    return _file(preset, gradebook_of(classroom), drafts=request.GET.get("grades") == DRAFTS)


def _file(preset: Preset, book: Gradebook, *, drafts: bool) -> HttpResponse:
    rows, name = preset.rows(book, drafts), f"gradebook-{book.classroom.pk}-{preset.name}"
    if preset.extension == "csv":
        return csv_response(rows, name)
    return file_response(as_workbook(rows, title=_("Gradebook")), f"{name}.{preset.extension}", XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def gradebook_filling(request: HttpRequest, pk: int) -> HttpResponse:
    """Canvas’s own table with the grades in it. Who is not found there is told first."""
    classroom = classroom_for(request.user, pk, may=TEACH)
    form, missing = FillForm(*_sent(request)), list[str]()
    if form.is_bound and form.is_valid():
        try:
            filled = fill(form.cleaned_data["file"], gradebook_of(classroom), drafts=form.cleaned_data["drafts"])
        except Refused as refused:
            refuse(form, refused)
        else:
            missing = [] if form.cleaned_data["anyway"] else filled.missing
    if form.is_bound and form.is_valid() and not missing:
        Look.objects.note(classroom, LookKind.EXPORT, by=person_of(request))
        return csv_response(filled.rows, f"gradebook-{pk}-canvas-filled")
    context = {"classroom": classroom, "form": form, "missing": missing}
    return render(request, "classrooms/gradebook_filling.html", context, status=status_of(form))


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@require_safe
@never_cache
def class_maps(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every map of the class in every format, or those of `?format=`, in one archive. It names no pupil."""
    classroom = classroom_for(request.user, pk, may=TEACH)
    pieces = archive(classroom, formats_of(request.GET.getlist("format")), user=person_of(request))
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="maps-{pk}.zip"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
