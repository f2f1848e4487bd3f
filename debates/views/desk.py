"""My desk, a topic to practise in, and the mark that says how far somebody has read a topic."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.people import has_account, person_of
from accounts.redirects import next_url
from debates.desk import desk_of
from debates.forms.starting import PracticeForm
from debates.models import Refused, Topic, Visit
from debates.permissions import topic_for
from debates.starting import STARTS
from debates.starting.beginning import begin
from debates.views.account_needed import account_needed
from debates.views.done import say_done
from debates.views.fragments import go, refuse, see_other, status_of, wants_fragment
from debates.views.once import once
from debates.views.topic import statements_root
from debates.views.topics import DEMO_SLUG


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the reader in all their topics; a visitor is told what a desk is."""
    return _page(request, PracticeForm())


def _page(request: HttpRequest, form: PracticeForm) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "starts": STARTS.values(), "statements": statements_root()}
    found = desk_of(request.user) if request.user.is_authenticated else None
    if found is None or not found.places:
        context["demo"] = Topic.objects.visible_to(request.user).filter(slug=DEMO_SLUG).first()
    return render(request, "debates/desk.html", context | {"desk": found}, status=status_of(form))


@require_POST
def practice(request: HttpRequest) -> HttpResponse:
    """A private topic in one press."""
    if not has_account(request):
        return account_needed(request, _("A topic to practise in needs an account: it is yours to look after."))
    form = PracticeForm(request.POST)
    if form.is_valid():
        try:
            address = once(request, lambda: begin(form.beginning(), by=person_of(request))[0].get_absolute_url())
            say_done(request, render_to_string("debates/_practice_begun.html", {"address": address}))
            return go(request, address)
        except Refused as refused:
            refuse(form, refused)
    return _page(request, form)


@require_POST
def topic_visit(request: HttpRequest, slug: str) -> HttpResponse:
    """The reader has seen a topic up to its change `seen`: sent by the page itself once somebody looks at it.

    Nothing is kept about topics in which they take no part.
    """
    topic = topic_for(request.user, slug)
    person, seen = person_of(request), request.POST.get("seen", "")
    if topic.unseen:
        known = seen.isascii() and seen.isdigit() and len(seen) < 10
        Visit.objects.note(topic, person, seen=int(seen) if known else None)
    if wants_fragment(request):
        return HttpResponse(status=204)
    return see_other(next_url(request, otherwise=reverse("desk")))
