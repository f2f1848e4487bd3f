"""A text laid beside the map: pasted or sent as a file, looked at, and then stored."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.people import person_of
from debates.essays.understanding import understand
from debates.forms.essay import EssayForm
from debates.models import Essay, Refused, Topic
from debates.permissions import WRITE, topic_for
from debates.views.done import say_done
from debates.views.fragments import refuse, see_other, status_of
from debates.views.who import MOST_KEPT, ask_who, become_guest

READ = "read"


@require_http_methods(["GET", "HEAD", "POST"])
def essay_create(request: HttpRequest, slug: str) -> HttpResponse:
    """One more text. `do=read` shows what is understood of it and stores nothing; so does a file."""
    topic = topic_for(request.user, slug, may=WRITE)
    form = EssayForm(request.POST, request.FILES) if request.method == "POST" else EssayForm()
    if not form.is_bound or not form.is_valid():
        return _page(request, topic, form)
    if request.POST.get("do") == READ or form.cleaned_data["file"] is not None:
        return _understood(request, topic, form)
    if not request.user.is_authenticated:
        limited = _speaker(request, topic, form)
        if limited is not None:
            return limited
    return _store(request, topic, form)


def _page(request: HttpRequest, topic: Topic, form: EssayForm, **more: Any) -> HttpResponse:
    storing = request.method == "POST" and request.POST.get("do") != READ
    context = {"topic": topic, "form": form, "view": "", "storing": storing} | more
    return render(request, "debates/essay_create.html", context, status=status_of(form))


def _understood(request: HttpRequest, topic: Topic, form: EssayForm) -> HttpResponse:
    """The form filled in with what was read, and the parts of the text."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="essay_file")
    if limited is not None:
        return limited
    try:
        read = form.understood()
    except Refused as refused:
        refuse(form, refused)
        return _page(request, topic, form)
    understood = understand(read.text, topic.language)
    return _page(request, topic, form.filled_in(read), read=read, understood=understood)


def _store(request: HttpRequest, topic: Topic, form: EssayForm) -> HttpResponse:
    try:
        essay = topic.add_essay(by=person_of(request), key=form.cleaned_data["key"], **form.texts())
    except Refused as refused:
        refuse(form, refused)
        return _page(request, topic, form)
    say_done(request, _("The text lies beside the map."), topic, draft=f"essay-in-{topic.pk}")
    return see_other(essay.get_absolute_url())


# -- who is speaking ---------------------------------------------------------------------------------------------------


def _speaker(request: HttpRequest, topic: Topic, form: EssayForm) -> HttpResponse | None:
    """Lead a visitor to the page that asks who they are, or make them the guest that they chose to be here.

    A long text cannot wait elsewhere until they have said it.
    """
    try:
        Essay(topic=topic).write(form.texts())
    except Refused as refused:
        refuse(form, refused)
        return _page(request, topic, form)
    if len(request.POST.urlencode()) <= MOST_KEPT:
        return ask_who(request, topic, text=form.cleaned_data["title"])
    if request.POST.get("as") == "guest":
        return become_guest(request, topic)
    form.add_error(None, _("You are not signed in, and this text is too long to wait until you are."))
    return _page(request, topic, form, guest_offered=True)
