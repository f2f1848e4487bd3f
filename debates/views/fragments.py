"""The whole htmx protocol of the site. One URL and one view serve the page and the fragment.

A request wants a fragment if and only if it says `HX-Request-Type: partial`; restoring history asks for a page.
Without JavaScript every write answers with a redirect to the place where the reader was.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate
from urllib.parse import urldefrag

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from debates.forms.fields import KeyedForm
from debates.models import Conflict, Refused

if TYPE_CHECKING:
    from django.forms import Form

type Context = dict[str, Any]


def wants_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request-Type") == "partial"


def answer(request: HttpRequest, page: str, fragment: str, context: Context, *, status: int = 200) -> HttpResponse:
    """`fragment` to a script that asks for it, the whole `page` to everyone else."""
    template = fragment if wants_fragment(request) else page
    response = render(request, template, context, status=status)
    response.headers["Vary"] = "HX-Request-Type, Cookie"
    return response


def answer_or_redirect(request: HttpRequest, fragment: str, context: Context, *, to: str) -> HttpResponse:
    """After a write: the altered `fragment`, or back `to` the place on the page (see Post/Redirect/Get)."""
    if wants_fragment(request):
        return render(request, fragment, context)
    return see_other(to)


def unprocessable(request: HttpRequest, page: str, fragment: str, context: Context) -> HttpResponse:
    """The form with what was typed and the sentence at its field."""
    return answer(request, page, fragment, context, status=422)


def see_other(to: str) -> HttpResponse:
    """A redirect that is followed with GET."""
    response = HttpResponseRedirect(to)
    response.status_code = 303
    return response


def go(request: HttpRequest, to: str) -> HttpResponse:
    """Lead the browser to another page, whether a script or the reader asked.

    To a part of the page that it shows a browser only scrolls: a script of ours loads that page again (status.js).
    """
    if wants_fragment(request):
        here, fragment = urldefrag(request.headers.get("HX-Current-URL", ""))[0], urldefrag(to)[1]
        if fragment and here == request.build_absolute_uri(urldefrag(to)[0]):
            return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"again": to})})
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return see_other(to)


def refuse(form: Form, refused: Refused) -> None:
    """Put a verb's refusal at the field it is about; the answer has its status."""
    if isinstance(refused, Conflict) and isinstance(form, KeyedForm):
        form.renew(refused.current)
    form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
    form.refused_with = refused.status  # type: ignore[attr-defined]


def status_of(form: Form) -> int:
    """200 for a form that is still to be filled in; else what a verb refused it with, or 422."""
    return getattr(form, "refused_with", 422) if form.is_bound else 200


def refusals_as_pages[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For views without a form: a verb's refusal is a page, or a sentence for the script, with the verb's status."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return refusal(request, refused)

    return guarded


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    context = {"sentence": refused.message, "back": back}
    return answer(request, "debates/refused.html", "debates/_refused.html", context, status=refused.status)
