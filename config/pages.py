"""The pages that tell about the site itself. They need no one and no data."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.views import defaults
from django.views.decorators.http import require_safe


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/help.html")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The site's handler400. What is larger than a form may be is told from what makes no sense."""
    if not isinstance(exception, RequestDataTooBig):
        return defaults.bad_request(request, exception)
    # Without the request: its context would read the form that is too large.
    return HttpResponse(render_to_string("413.html"), status=413)


urlpatterns: list[URLPattern] = [
    path("help/", help_page, name="help"),
    path("about/", about, name="about"),
    path("accessibility/", accessibility, name="accessibility"),
    path("privacy/", privacy, name="privacy"),
]
