"""Two people who turn out to be one: all that the one wrote, voted and belongs to becomes the other's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Model, Q

from debates.models import (
    Change,
    Comment,
    Draft,
    Essay,
    EssayVersion,
    Membership,
    Pseudonym,
    Role,
    ShareLink,
    Source,
    Statement,
    Topic,
    Visit,
    Vote,
)

if TYPE_CHECKING:
    from accounts.models import User

# The columns that name a person and may name the same one in many rows.
OWNED: tuple[tuple[type[Model], str], ...] = (
    (Topic, "created_by"), (Statement, "author"), (Comment, "author"), (Source, "added_by"), (Essay, "added_by"),
    (EssayVersion, "by"), (Change, "actor"), (ShareLink, "created_by"), (Draft, "author"),
)  # fmt: skip
KEYED: tuple[tuple[type[Model], str], ...] = (
    (Statement, "author"),
    (Comment, "author"),
    (Source, "added_by"),
    (Essay, "added_by"),
    (Draft, "author"),
)


@transaction.atomic
def merge_people(user: User, *, into: User) -> None:
    """Give everything of `user` in every topic to `into`. Where both voted or have a name, that of `into` stays.

    Locks the topics in which `user` has a name, in the order in which verbs over several topics lock them.
    """
    topics = Topic.objects.filter(Q(pseudonyms__user=user) | Q(memberships__user=user)).order_by("pk").distinct()
    locked = list(Topic.objects.filter(pk__in=topics.values("pk")).order_by("pk").select_for_update(no_key=True))
    for model, column in KEYED:  # a key is unique per person, and nothing will be sent under these again
        model._default_manager.filter(**{column: user}).update(key=None)
    for model, column in OWNED:
        model._default_manager.filter(**{column: user}).update(**{column: into})
    _merge_votes(user, into)
    _merge_memberships(user, into)
    for named in (Pseudonym, Visit):
        there = named._default_manager.filter(user=into).values("topic")
        named._default_manager.filter(user=user, topic__in=list(there.values_list("topic", flat=True))).delete()
        named._default_manager.filter(user=user).update(user=into)
    Topic.objects.filter(pk__in=[topic.pk for topic in locked]).update(touched=F("touched") + 1)


def _merge_votes(user: User, into: User) -> None:
    """A person does not vote on their own, and once: what that leaves out is dropped."""
    theirs = Vote.objects.filter(voter=user)
    theirs.filter(Q(statement__author=into) | Q(statement__votes__voter=into)).delete()
    Vote.objects.filter(voter=user).update(voter=into)


def _merge_memberships(user: User, into: User) -> None:
    """Where both belong to a topic, the higher of the two roles stays."""
    for membership in Membership.objects.filter(user=user):
        mine = Membership.objects.filter(topic=membership.topic_id, user=into).first()
        if mine is None:
            membership.user = into
            membership.save(update_fields=["user"])
            continue
        if Role(membership.role).rank > Role(mine.role).rank:
            mine.role = membership.role
            mine.save(update_fields=["role"])
        membership.delete()
