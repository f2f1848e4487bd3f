"""The topics in which somebody takes part, last changed first, with what happened there since they were there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max, OuterRef, Q, Subquery

from debates.models import Change, Membership, Pseudonym, Topic, Visibility, Visit
from debates.permissions import EDIT, standing_in
from debates.suggestions import hidden_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from accounts.models import User

SHOWN = 8
# Of more topics than that, those that changed last are looked at.
MOST_TOPICS = 500


@dataclass(frozen=True, slots=True)
class Mine:
    """A topic in which the reader takes part, its `standing` set.

    `seen` is the number of the newest change that was there when they were: None where nothing tells.
    """

    topic: Topic
    seen: int | None

    def may(self, right: str) -> bool:
        return self.topic.standing.may(right)


@dataclass(frozen=True, slots=True)
class Place:
    """A topic on the desk. `news` counts the changes by others that its reader may hear of and has not seen."""

    topic: Topic
    seen: int | None
    news: int
    is_only_mine: bool


def settled_topics(user: User) -> list[Mine]:
    """The topics that `user` belongs to, or wrote in and can still read. Two queries."""
    theirs = Membership.objects.filter(user=user)
    named = Pseudonym.objects.filter(user=user).values("topic_id")
    takes_part = Q(pk__in=theirs.values("topic_id")) | Q(pk__in=named) & ~Q(visibility=Visibility.PRIVATE)
    found = Topic.objects.filter(takes_part).annotate(
        role=Subquery(theirs.filter(topic=OuterRef("pk")).values("role")[:1]),
        until=Subquery(theirs.filter(topic=OuterRef("pk")).values("until")[:1]),
        mark=Subquery(Visit.objects.filter(topic=OuterRef("pk"), user=user).values("seen")[:1]),
    )
    topics = list(found.defer("background", "search_text").order_by("-changed_at", "-pk")[:MOST_TOPICS])
    acts = _last_acts(user)
    for topic in topics:
        topic.standing = standing_in(topic, user, topic.role or "", until=topic.until)  # type: ignore[attr-defined]
    return [
        Mine(topic, acts.get(topic.pk) if topic.mark is None else topic.mark)  # type: ignore[attr-defined]
        for topic in topics
    ]


def _last_acts(user: User) -> dict[int, int]:
    """The number of the last change that `user` made in each topic: who wrote was there, also without scripts."""
    acts = Change.objects.filter(actor=user).order_by().values("topic").annotate(last=Max("number"))
    return dict(acts.values_list("topic", "last"))


def places_of(mine: Sequence[Mine], user: User) -> tuple[Place, ...]:
    """The first few of the reader's topics. Two queries."""
    shown = mine[:SHOWN]
    news, alone = _news(shown, user), _alone(shown)
    return tuple(Place(each.topic, each.seen, news.get(each.topic.pk, 0), each.topic.pk in alone) for each in shown)


def _news(mine: Sequence[Mine], user: User) -> dict[int, int]:
    """How many changes by others are newer than what the reader saw, as debates.history would tell them."""
    newer = [Q(topic=each.topic, number__gt=each.seen) for each in mine if each.seen is not None]
    if not newer:
        return {}
    changes = Change.objects.filter(Q.create(newer, connector=Q.OR)).exclude(actor=user)  # type: ignore[arg-type]
    told = _told(changes, mine, user).order_by().values("topic").annotate(n=Count("pk"))
    return dict(told.values_list("topic", "n"))


def _told(changes: QuerySet[Change], mine: Sequence[Mine], user: User) -> QuerySet[Change]:
    """What history.changes_for leaves of `changes`, for several topics at once: editors hear of everything."""
    others = [each.topic.pk for each in mine if not each.may(EDIT)]
    hidden = Q(statement__in=hidden_from(user.pk, others)) | Q(statement=None, verb="suggest", topic__in=others)
    return changes.exclude(hidden) if others else changes


def _alone(mine: Sequence[Mine]) -> set[int]:
    """Those of the topics that nobody but their one member can read."""
    private = [each.topic.pk for each in mine if each.topic.visibility == Visibility.PRIVATE]
    members = Membership.objects.filter(topic__in=private).order_by().values("topic").annotate(n=Count("pk"))
    return set(members.filter(n=1).values_list("topic", flat=True))
