"""Who belongs to a topic: its owners see and change it, everyone else sees how many there are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from debates.models import Membership, Pseudonym, Refused, Role, Topic
from debates.permissions import MANAGE, topic_for
from debates.views.fragments import answer_or_redirect, go, refusals_as_pages, unprocessable
from debates.views.sharing import links_of

PAGE, MEMBERS = "debates/people.html", "debates/_members.html"
MEMBERS_PER_PAGE = 50


@require_safe
def topic_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Members, and the links that invite."""
    topic = topic_for(request.user, slug)
    return render(request, PAGE, _context(request, topic))


@require_POST
def member_role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give a member another role."""
    topic = topic_for(request.user, slug, may=MANAGE)
    member = _member(topic, pk)
    try:
        member.change_role(request.POST.get("role", ""))
    except Refused as refused:
        return unprocessable(request, PAGE, MEMBERS, _context(request, topic) | {"refused": refused.message})
    if member.user_id == request.user.pk and member.role != Role.OWNER:
        return go(request, _people_of(topic))
    messages.success(request, _("The role is changed."))
    return _answer(request, topic)


@require_POST
def member_removal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let a member go; what they wrote stays."""
    topic = topic_for(request.user, slug, may=MANAGE)
    member = _member(topic, pk)
    try:
        member.end()
    except Refused as refused:
        return unprocessable(request, PAGE, MEMBERS, _context(request, topic) | {"refused": refused.message})
    if member.user_id == request.user.pk:
        return go(request, reverse("topic-list"))
    messages.success(request, _("This person is no member any more. What they wrote stays."))
    return _answer(request, topic)


@require_POST
@refusals_as_pages
def topic_departure(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a topic that one belongs to."""
    topic = topic_for(request.user, slug)
    mine = Membership.objects.filter(topic=topic, user_id=request.user.pk or 0).first()
    if mine is not None:
        mine.end()
        messages.success(request, _("You have left “%(title)s”. What you wrote there stays.") % {"title": topic.title})
    return go(request, reverse("topic-list"))


def _member(topic: Topic, pk: int) -> Membership:
    member = Membership.objects.filter(topic=topic, pk=pk).first()
    if member is None:
        raise Http404
    return member


def _context(request: HttpRequest, topic: Topic) -> dict[str, Any]:
    """What the page shows: names and links to owners alone."""
    context: dict[str, Any] = {"topic": topic, "view": "people", **_counted(topic)}
    if topic.standing.may(MANAGE):
        context |= _members(request, topic) | links_of(request, topic)
    return context


def _counted(topic: Topic) -> dict[str, Any]:
    """How many members there are of each role, from most to least."""
    rows = Membership.objects.filter(topic=topic).order_by().values_list("role").annotate(count=Count("pk"))
    counts = dict(rows)
    only_owner = topic.standing.role == Role.OWNER and counts[Role.OWNER] == 1
    return {"counts": [(role, counts[role]) for role in reversed(Role) if role in counts], "only_owner": only_owner}


def _members(request: HttpRequest, topic: Topic) -> dict[str, Any]:
    """A page of the members for an owner. Pseudonyms only of guests: beside a name they would give it away."""
    page = Paginator(_named(topic), MEMBERS_PER_PAGE).get_page(request.GET.get("page"))
    roles = [(value, str(label).partition(":")[0], label) for value, label in Role.choices]
    return {"members": page, "roles": roles}


def _named(topic: Topic) -> QuerySet[Membership]:
    pseudonym = Pseudonym.objects.filter(topic=topic, user=OuterRef("user"), user__is_guest=True).values("name")[:1]
    members = Membership.objects.filter(topic=topic).select_related("user")
    return members.annotate(pseudonym=Subquery(pseudonym)).order_by("user__is_guest", "user__username", "pk")


def _people_of(topic: Topic) -> str:
    return reverse("topic-people", args=[topic.slug])


def _answer(request: HttpRequest, topic: Topic) -> HttpResponse:
    context = {"topic": topic, "oob": True, **_counted(topic), **_members(request, topic)}
    return answer_or_redirect(request, MEMBERS, context, to=f"{_people_of(topic)}#members")
