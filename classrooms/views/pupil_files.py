"""What a school hands out about one pupil, or about a class. Who took it is noted, and the pupil reads that."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.people import person_of
from classrooms.models import Look, LookKind
from classrooms.permissions import OWN, classroom_for, pupil_for
from classrooms.pupil_file import as_data, as_page, sections_of, sections_of_class

if TYPE_CHECKING:
    from accounts.personal_data import Section


@never_cache
@require_safe
def pupil_data(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The file of one pupil, for machines (json) or people (html)."""
    pupil = pupil_for(request.user, pk)
    if suffix not in {"json", "html"}:
        raise Http404
    sections = sections_of(pupil)
    content = _json(sections) if suffix == "json" else as_page(sections, f"{pupil} · {pupil.classroom}").encode()
    Look.objects.note(pupil.classroom, LookKind.EXPORT, by=person_of(request), pupil=pupil)
    kind = "application/json" if suffix == "json" else "text/html; charset=utf-8"
    return _attached(content, kind, f"counterpoint-pupil.{suffix}")


@never_cache
@require_safe
def class_data(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of everyone in a class, packed: for its owners."""
    classroom = classroom_for(request.user, pk, may=OWN)
    sections = sections_of_class(classroom)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("class.json", _json(sections))
        files.writestr("class.html", as_page(sections, _("All that is kept of %(name)s") % {"name": classroom.name}))
    Look.objects.note(classroom, LookKind.EXPORT, by=person_of(request))
    return _attached(packed.getvalue(), "application/zip", "counterpoint-class.zip")


def _json(sections: list[Section]) -> bytes:
    return json.dumps(as_data(sections), indent=1, ensure_ascii=False, default=str).encode()


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """An attachment whose name says nothing about whose it is."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kind, headers=headers)
