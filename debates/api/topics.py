"""Topics: the list, a new one, its settings, its end, and copies of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.response import Response

from debates.api import queries
from debates.api.endpoint import Endpoint, created, done
from debates.api.etags import unless_known
from debates.api.idempotence import once
from debates.api.pagination import answer_page, page_of
from debates.api.problems import invalid
from debates.api.schema import IF_NONE_MATCH, KEY, PAGED, flag, operation, query
from debates.api.serializers import inputs, outputs
from debates.models import Membership, Topic
from debates.permissions import MANAGE, standing_of, topic_by_pk
from debates.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rest_framework.request import Request

    from debates.models.act import Actor

    type Row = dict[str, Any]

ORDERS = {"changed": ("-changed_at", "-pk"), "newest": ("-created", "-pk"), "title": ("folded", "pk")}
BEGINNING = gettext_lazy("Beginning a topic needs an account: it is yours to look after.")
COPYING = gettext_lazy("Copying a topic needs an account: the copy is yours to look after.")


def topic_row(topic: Topic) -> Row:
    """A topic whose `standing` is set."""
    standing = topic.standing
    return {
        "id": topic.pk, "slug": topic.slug, "url": topic.get_absolute_url(), **topic.settings(),
        "created": topic.created, "changed_at": topic.changed_at, "closed_at": topic.closed_at,
        "last_change": topic.last_change, "you": {"role": standing.role, "may": sorted(standing.rights)},
    }  # fmt: skip


def topic_rows(topics: Sequence[Topic], user: Actor) -> list[Row]:
    """One query for the roles, whatever their number."""
    mine = Membership.objects.filter(user_id=user.pk or 0, topic__in=[topic.pk for topic in topics])
    members = {member.topic_id: member for member in mine}
    for topic in topics:
        topic.standing = standing_of(topic, user, members.get(topic.pk))
    return [topic_row(topic) for topic in topics]


def address_of(topic: Topic) -> str:
    return reverse("api-topic", args=[topic.pk])


class Topics(Endpoint):
    group = "Topics"

    @operation(
        "List topics",
        "Public topics and those you belong to. Unlisted ones are read by their number only.",
        gives=outputs.listed(outputs.Topic),
        asks=[
            flag("mine", "Only those you belong to."),
            query("q", "Words that the title, the question or the background hold."),
            query("slug", "The last part of the address of a topic's page."),
            query("ordering", "changed (newest change first), newest or title.", *ORDERS),
            *PAGED,
        ],
    )
    def get(self, request: Request) -> Response:
        queries.allow(request, "mine", "q", "slug", "ordering", "cursor", "limit")
        found = Topic.objects.visible_to(request.user).annotate(folded=Lower("title"))
        if queries.yes_or_no(request, "mine"):
            found = found.of(request.user)
        if slug := queries.words(request, "slug"):
            found = found.filter(slug=slug)
        if words := queries.words(request):
            found = found.matching(words) if fold(words) else found.none()
        order = ORDERS[queries.one_of(request, "ordering", ORDERS, otherwise="changed")]
        return answer_page(page_of(request, found, order), lambda topics: topic_rows(topics, request.user))

    @operation(
        "Begin a topic",
        "It is yours and private unless you say otherwise. `claim` is its first claim. Guests cannot own topics.",
        takes=inputs.NewTopic, gives=outputs.Topic, status=201, asks=[KEY],
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        owner = self.account(BEGINNING)
        fields = self.read(inputs.NewTopic)
        return once(request, owner, lambda: self._begin(dict(fields)))

    @transaction.atomic
    def _begin(self, fields: dict[str, Any]) -> Response:
        owner, claim = self.person(), fields.pop("claim", "")
        topic = Topic.objects.begin(by=owner, **fields)
        if claim:
            topic.add_claim(claim, by=owner)
        return _created(topic_by_pk(owner, topic.pk))


def _created(topic: Topic) -> Response:
    return created(topic_row(topic), address_of(topic))


class OneTopic(Endpoint):
    group = "Topics"

    @operation(
        "Read a topic", "Its texts and settings, and what you may do in it.", gives=outputs.Topic, asks=[IF_NONE_MATCH]
    )
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request)
        topic = topic_by_pk(request.user, pk)
        return unless_known(request, topic, lambda: topic_row(topic))

    @operation(
        "Change a topic", "As its owner. What is left out stays.", takes=inputs.TopicSettings, gives=outputs.Topic
    )
    def patch(self, request: Request, pk: int) -> Response:
        topic = topic_by_pk(request.user, pk, may=MANAGE)
        fields = self.read(inputs.TopicSettings)
        topic.revise(by=self.person(), **fields)
        return Response(topic_row(topic_by_pk(request.user, pk)))

    @operation(
        "Delete a topic",
        "As its owner, with all that is in it. It cannot be taken back, so its title is asked for, as on the page.",
        status=204, also=[422], asks=[query("title", "The title of the topic.")],
    )  # fmt: skip
    def delete(self, request: Request, pk: int) -> Response:
        topic = topic_by_pk(request.user, pk, may=MANAGE)
        typed = " ".join(request.query_params.get("title", "").split())
        if typed.casefold() != topic.title.casefold():
            raise invalid("title", _("Repeat its title as the parameter `title`. Nothing has been deleted."))
        topic.delete()
        return done()


class Closure(Endpoint):
    group = "Topics"

    @operation("Close a topic", "As its owner. It takes no contributions any more.", gives=outputs.Topic)
    def put(self, request: Request, pk: int) -> Response:
        topic_by_pk(request.user, pk, may=MANAGE).close(by=self.person())
        return self._now(request, pk)

    @operation("Open a topic again", "As its owner.", gives=outputs.Topic)
    def delete(self, request: Request, pk: int) -> Response:
        topic_by_pk(request.user, pk, may=MANAGE).reopen(by=self.person())
        return self._now(request, pk)

    def _now(self, request: Request, pk: int) -> Response:
        return Response(topic_row(topic_by_pk(request.user, pk)))


class Copies(Endpoint):
    group = "Topics"

    @operation(
        "Copy a topic",
        "A new private topic of yours with its texts, essays and claims; its arguments too, with extent everything.",
        takes=inputs.NewCopy, gives=outputs.Topic, status=201, asks=[KEY],
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        topic = topic_by_pk(request.user, pk)
        owner = self.account(COPYING)
        data = self.read(inputs.NewCopy)

        def make() -> Response:
            made = topic.copy(by=owner, title=data.get("title", ""), with_arguments=data["extent"] == "everything")
            return _created(topic_by_pk(owner, made.pk))

        return once(request, owner, make)
