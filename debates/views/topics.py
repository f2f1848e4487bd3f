"""The list of topics, where the site begins, and a new topic."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people import has_account, person_of
from debates.forms.starting import topic_form
from debates.forms.topic import BeginForm
from debates.models import Refused, Topic
from debates.starting import STARTS
from debates.starting.beginning import begin
from debates.topic_list import LINES_SHOWN, SHOWS, SORTS, Choice, entries_of
from debates.views.account_needed import account_needed
from debates.views.done import say_done
from debates.views.fragments import answer, go, refuse, status_of
from debates.views.once import once

if TYPE_CHECKING:
    from debates.forms.starting import TopicForm
    from debates.models import Essay

DEMO_SLUG = "bts-at-the-amas"
PER_PAGE = 20
# What a visitor wrote into the form before they had an account.
BEGUN = "begun_topic"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A stranger meets a debate; everyone else their topics."""
    if not request.user.is_authenticated:
        demo = Topic.objects.visible_to(request.user).filter(slug=DEMO_SLUG).first()
        if demo is not None:
            return redirect(demo)
    return redirect("topic-list")


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """Topics that may be read, or those that match with the lines that do."""
    choice = Choice.of(request.GET)
    page = Paginator(choice.topics(request.user), PER_PAGE).get_page(request.GET.get("page"))
    before = request.GET.get("before", "")
    lines = choice.lines(request.user, before=int(before) if before.isdecimal() and len(before) < 19 else None)
    context = {
        "choice": choice,
        "page": page,
        "entries": entries_of(list(page.object_list)),
        "lines": lines[:LINES_SHOWN],
        "more_before": str(lines[LINES_SHOWN - 1].pk) if len(lines) > LINES_SHOWN else "",
        "shows": SHOWS,
        "sorts": tuple(SORTS),
        "begin": BeginForm(initial=_kept(request, "")),
    }
    return answer(request, "debates/topics.html", "debates/_topic_results.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def topic_create(request: HttpRequest) -> HttpResponse:
    """A new topic, by the template that `?start=` names. Words typed without an account are kept until there is one."""
    start = request.GET.get("start", "")
    start = start if start in STARTS else ""
    if not has_account(request):
        if request.method == "POST":
            request.session[BEGUN] = {"start": start} | _typed(request, start)
        return account_needed(request, _("Beginning a topic needs an account: it is yours to look after."))
    posted = request.method == "POST"
    form = topic_form(start, request.POST) if posted else topic_form(start, initial=_kept(request, start))
    if form.is_bound and form.is_valid():
        try:
            return _begun(request, start, form)
        except Refused as refused:
            refuse(form, refused)
    context = {"form": form, "start": STARTS.get(start), "starts": STARTS.values()}
    return answer(request, "debates/topic_create.html", "debates/_topic_form.html", context, status=status_of(form))


def _begun(request: HttpRequest, start: str, form: TopicForm) -> HttpResponse:
    """Begin what the form asks for, and go there. Raises Refused, and then nothing is begun."""
    address = once(request, lambda: _address(start, *begin(form.beginning(), by=person_of(request))))
    request.session.pop(BEGUN, None)
    settings = reverse("topic-edit", kwargs=resolve(urlsplit(address).path).kwargs)
    say_done(request, render_to_string("debates/_begun.html", {"settings": settings}), draft=f"new-topic{start}")
    return go(request, address)


def _address(start: str, topic: Topic, essay: Essay | None) -> str:
    """Where the work goes on: at the text, or where one is laid beside the map."""
    if essay is not None:
        return essay.get_absolute_url()
    return reverse("essay-create", args=[topic.slug]) if start == "essay" else topic.get_absolute_url()


def _kept(request: HttpRequest, start: str) -> dict[str, str]:
    """What was typed into the same form before there was an account."""
    kept: dict[str, str] = request.session.get(BEGUN, {})
    return kept if kept.get("start", "") == start else {}


def _typed(request: HttpRequest, start: str) -> dict[str, str]:
    """What was typed, no more of it than the form takes."""
    return {
        name: request.POST.get(name, "")[: getattr(field, "max_length", None) or 40]
        for name, field in topic_form(start).fields.items()
        if request.POST.get(name)
    }
