"""The list of topics, where the site begins, and a new topic."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people import has_account, person_of
from debates.forms.topic import BeginForm
from debates.models import Refused, Topic
from debates.topic_list import LINES_SHOWN, SHOWS, SORTS, Choice, entries_of
from debates.views.account_needed import account_needed
from debates.views.done import say_done
from debates.views.fragments import answer, go, refuse, status_of
from debates.views.once import once

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
        "begin": BeginForm(initial=request.session.get(BEGUN)),
    }
    return answer(request, "debates/topics.html", "debates/_topic_results.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def topic_create(request: HttpRequest) -> HttpResponse:
    """A new topic. The words of somebody without an account are kept until they have one."""
    if not has_account(request):
        if request.method == "POST":
            request.session[BEGUN] = _typed(request)
        return account_needed(request, _("Beginning a topic needs an account: it is yours to look after."))
    form = BeginForm(request.POST) if request.method == "POST" else BeginForm(initial=request.session.get(BEGUN))
    if form.is_bound and form.is_valid():
        try:
            address = once(request, lambda: _begin(request, form))
            request.session.pop(BEGUN, None)
            sentence = render_to_string("debates/_begun.html", {"settings": f"{address}settings/"})
            say_done(request, sentence, draft="new-topic")
            return go(request, address)
        except Refused as refused:
            refuse(form, refused)
    page, fragment = "debates/topic_create.html", "debates/_topic_form.html"
    return answer(request, page, fragment, {"form": form}, status=status_of(form))


def _begin(request: HttpRequest, form: BeginForm) -> str:
    """The topic with its first claim, or neither: its address. Raises Refused."""
    fields = dict(form.cleaned_data)
    claim, _key = fields.pop("claim"), fields.pop("key")
    with transaction.atomic():
        topic = Topic.objects.begin(by=person_of(request), **fields)
        if claim:
            topic.add_claim(claim, by=person_of(request))
        return topic.get_absolute_url()


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed, no more of it than the form takes."""
    fields = BeginForm().fields
    return {
        name: request.POST.get(name, "")[: getattr(field, "max_length", None) or 40]
        for name, field in fields.items()
        if request.POST.get(name)
    }
