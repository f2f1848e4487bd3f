"""Who belongs to a topic, the links that invite, and joining by one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.response import Response

from debates.api import queries
from debates.api.endpoint import Endpoint, created, done
from debates.api.idempotence import once
from debates.api.names import name_of
from debates.api.pagination import answer_page, page_of
from debates.api.problems import Problem
from debates.api.schema import KEY, PAGED, operation
from debates.api.serializers import inputs, outputs
from debates.models import Membership, Pseudonym, ShareLink, Topic
from debates.permissions import MANAGE, share_link_for, topic_by_pk

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request

    from debates.models.act import Actor

    type Row = dict[str, Any]


def _members(topic: Topic) -> QuerySet[Membership]:
    """Pseudonyms only of guests: beside a name they would give it away."""
    pseudonym = Pseudonym.objects.filter(topic=topic, user=OuterRef("user"), user__is_guest=True).values("name")[:1]
    return Membership.objects.filter(topic=topic).select_related("user").annotate(pseudonym=Subquery(pseudonym))


def member_row(member: Membership, user: Actor) -> Row:
    person = member.user
    pseudonym = member.pseudonym  # type: ignore[attr-defined]
    return {
        "id": member.pk, "name": person.shown_name or pseudonym or str(_("Guest")), "guest": person.is_guest,
        "role": member.role, "joined": member.joined, "you": member.user_id == user.pk,
    }  # fmt: skip


class Members(Endpoint):
    group = "People"

    @operation("List members", "As an owner, by their names.", gives=outputs.listed(outputs.Member), asks=PAGED)
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "cursor", "limit")
        topic = topic_by_pk(request.user, pk, may=MANAGE)
        page = page_of(request, _members(topic), ["pk"])
        return answer_page(page, lambda members: [member_row(member, request.user) for member in members])


class OneMember(Endpoint):
    group = "People"

    @operation("Give a member a role", "As an owner.", takes=inputs.RoleChoice, gives=outputs.Member)
    def patch(self, request: Request, pk: int, member: int) -> Response:
        topic = topic_by_pk(request.user, pk, may=MANAGE)
        found = _member(topic, member)
        found.change_role(self.read(inputs.RoleChoice)["role"])
        return Response(member_row(found, request.user))

    @operation("Let a member go", "As an owner. What they wrote stays.", status=204, also=[422])
    def delete(self, request: Request, pk: int, member: int) -> Response:
        _member(topic_by_pk(request.user, pk, may=MANAGE), member).end()
        return done()


def _member(topic: Topic, pk: int) -> Membership:
    found = _members(topic).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


class MyMembership(Endpoint):
    group = "People"

    @operation("Leave a topic", "What you wrote stays. Its only owner cannot leave.", status=204, also=[422])
    def delete(self, request: Request, pk: int) -> Response:
        topic = topic_by_pk(request.user, pk)
        mine = Membership.objects.filter(topic=topic, user=self.person()).first()
        if mine is not None:
            mine.end()
        return done()


# -- share links -----------------------------------------------------------------------------------------------


def link_row(link: ShareLink, request: Request) -> Row:
    return {
        "id": link.pk, "topic": link.topic_id, "role": link.role, "token": link.token,
        "url": request.build_absolute_uri(link.get_absolute_url()), "created": link.created, "expires": link.expires,
    }  # fmt: skip


class ShareLinks(Endpoint):
    group = "People"

    @operation(
        "List share links", "As an owner: those not revoked.", gives=outputs.listed(outputs.ShareLink), asks=PAGED
    )
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "cursor", "limit")
        topic = topic_by_pk(request.user, pk, may=MANAGE)
        page = page_of(request, ShareLink.objects.filter(topic=topic, revoked=None), ["pk"])
        return answer_page(page, lambda links: [link_row(link, request) for link in links])

    @operation(
        "Make a share link", "As an owner. Whoever has it becomes a member with its role.",
        takes=inputs.NewShareLink, gives=outputs.ShareLink, status=201, asks=[KEY],
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        topic = topic_by_pk(request.user, pk, may=MANAGE)
        by, data = self.person(), self.read(inputs.NewShareLink)

        def make() -> Response:
            expires = timezone.now() + timedelta(days=data["days"]) if data["days"] else None
            link = topic.share(data["role"], by=by, expires=expires)
            return created(link_row(link, request), reverse("api-share-link", args=[link.pk]))

        return once(request, by, make)


class OneShareLink(Endpoint):
    group = "People"

    @operation("Read a share link", "As an owner of its topic.", gives=outputs.ShareLink)
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request)
        return Response(link_row(_link(request, pk), request))

    @operation("Revoke a share link", "It works no more; who joined through it stays.", status=204)
    def delete(self, request: Request, pk: int) -> Response:
        _link(request, pk).revoke()
        return done()


def _link(request: Request, pk: int) -> ShareLink:
    link = ShareLink.objects.filter(pk=pk, revoked=None).first()
    if link is None:
        raise Http404
    topic_by_pk(request.user, link.topic_id, may=MANAGE)
    return link


class Joins(Endpoint):
    group = "People"

    @operation(
        "Join by a share link", "A member keeps the higher of two roles.",
        takes=inputs.Join, gives=outputs.Joined, also=[404],
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        person, data = self.person(), self.read(inputs.Join)
        link = share_link_for(data["token"])
        if not link.works:
            raise Problem(410, _("This link no longer works. Ask the person who gave it to you for a new one."))
        member = link.topic.join(person, link=link)
        pseudonym = Pseudonym.objects.give(link.topic, person)
        name = name_of(person, pseudonym, link.topic)
        return Response({"topic": link.topic_id, "role": member.role, "name": name})
