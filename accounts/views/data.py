"""My data, to take along: one JSON file for machines, one HTML file that opens without this site."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import personal_data
from accounts.people import PersonRequest

FORMAT = {"format": "counterpoint-personal-data", "version": 1}


@require_safe
@login_required
def data_download(request: PersonRequest) -> HttpResponse:
    held = {
        name: {section.key: {"columns": dict(section.columns), "rows": list(section.rows)} for section in sections}
        for name, sections in personal_data.export(request.user).items()
    }
    content = FORMAT | {"exported": timezone.now().isoformat()} | held
    return as_file(JsonResponse(content, json_dumps_params={"indent": 1, "ensure_ascii": False}), "json")


@require_safe
@login_required
def data_download_html(request: PersonRequest) -> HttpResponse:
    sections = [section for held in personal_data.export(request.user).values() for section in held]
    page = render_to_string("accounts/data.html", {"sections": sections, "now": timezone.now()})
    return as_file(HttpResponse(page), "html")


def as_file(response: HttpResponse, suffix: str) -> HttpResponse:
    """An attachment whose name says nothing about whose it is."""
    response["Content-Disposition"] = f'attachment; filename="counterpoint-my-data.{suffix}"'
    return response
