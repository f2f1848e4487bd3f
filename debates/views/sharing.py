"""Share links: an address that makes whoever follows it a member, its QR code, and the page where one joins."""

from __future__ import annotations

from typing import Any

import segno
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.people import person_of
from debates.forms.topic import ShareForm
from debates.models import Membership, NamesShown, Pseudonym, Role, ShareLink, Topic
from debates.permissions import MANAGE, share_link_for, topic_for
from debates.views.fragments import answer_or_redirect, go, refusals_as_pages, see_other, unprocessable
from debates.views.once import once
from debates.views.who import BACKEND


def links_of(request: HttpRequest, topic: Topic, form: ShareForm | None = None) -> dict[str, Any]:
    """What the list of links shows: those not revoked, with their addresses, the newest first."""
    links = ShareLink.objects.filter(topic=topic, revoked=None).order_by("-pk")
    return {"links": [(link, _address(request, link)) for link in links], "share_form": form or ShareForm()}


@require_http_methods(["GET", "HEAD", "POST"])
def topic_links(request: HttpRequest, slug: str) -> HttpResponse:
    """The share links of a topic: GET leads to them, POST makes one more."""
    topic = topic_for(request.user, slug, may=MANAGE)
    if request.method != "POST":
        return see_other(_links_page(topic))
    form = ShareForm(request.POST)
    if form.is_valid():
        role, expires = form.cleaned_data["role"], form.expires()
        once(request, lambda: topic.share(role, by=person_of(request), expires=expires).get_absolute_url())
        return _answer(request, topic, _("The link is ready. Whoever has it can join."))
    context = {"topic": topic, **links_of(request, topic, form)}
    return unprocessable(request, "debates/share_link_create.html", "debates/_share_links.html", context)


@require_safe
def share_link(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One link, large enough for the back row."""
    topic = topic_for(request.user, slug, may=MANAGE)
    link = _link(topic, pk)
    address = _address(request, link)
    context = {"topic": topic, "link": link, "address": address, "qr": qr(address)}
    return render(request, "debates/share_link.html", context)


@require_POST
def share_link_revocation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The link works no more; who joined through it stays."""
    topic = topic_for(request.user, slug, may=MANAGE)
    _link(topic, pk).revoke()
    return _answer(request, topic, _("The link works no more. Who joined through it stays."))


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Where a share link leads: GET says to what and as what one is asked in, POST joins."""
    link = share_link_for(token)
    topic = link.topic
    if not link.works:
        return render(request, "debates/join_over.html", {"link": link}, status=410)
    if request.method != "POST":
        member = Membership.objects.filter(topic=topic, user_id=request.user.pk or 0).first()
        more = member is not None and Role(link.role).rank > Role(member.role).rank
        return render(request, "debates/join.html", {"topic": topic, "link": link, "member": member, "more": more})
    if not request.user.is_authenticated:
        if (too_many := ratelimit.consume_or_429(request, action="guest")) is not None:
            return too_many  # type: ignore[no-any-return]
        login(request, User.objects.create_guest(), backend=BACKEND)
    person = person_of(request)
    topic.join(person, link=link)
    messages.success(request, _("Welcome. In this topic you are %(name)s.") % {"name": _name_in(topic, person)})
    return go(request, topic.get_absolute_url())


def _name_in(topic: Topic, user: User) -> str:
    """How others will see a new member. Everyone who joins has a pseudonym, should the topic turn to them later."""
    pseudonym = Pseudonym.objects.give(topic, user)
    return user.shown_name if topic.names_shown == NamesShown.NAMES and not user.is_guest else pseudonym


def qr(address: str) -> SafeString:
    """The address as an SVG drawing, dark on light whatever the page's colours: cameras need it so."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(drawing)  # noqa: S308 - rectangles and numbers; the address is not in it as text


def _address(request: HttpRequest, link: ShareLink) -> str:
    return request.build_absolute_uri(link.get_absolute_url())


def _link(topic: Topic, pk: int) -> ShareLink:
    link = ShareLink.objects.filter(topic=topic, pk=pk, revoked=None).first()
    if link is None:
        raise Http404
    return link


def _links_page(topic: Topic) -> str:
    return f"{reverse('topic-people', args=[topic.slug])}#share-links"


def _answer(request: HttpRequest, topic: Topic, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    context = {"topic": topic, "oob": True, **links_of(request, topic)}
    return answer_or_redirect(request, "debates/_share_links.html", context, to=_links_page(topic))
