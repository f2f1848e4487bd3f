"""What one person wrote, across topics: newest first, with what became of it. A fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q

from debates.models import Change, Membership, Statement, Status, Topic, Visibility, Vote
from debates.permissions import standing_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from accounts.models import User

SHOWN = 40


@dataclass(frozen=True, slots=True)
class Contribution:
    """One statement of the reader's own."""

    pk: int
    text: str
    stance: str
    status: str
    created: datetime
    above: str  # what it answers, "" for a claim or where that is not to be read
    is_claim: bool
    is_link: bool
    replies: int  # by others, as far as they show
    is_answered_since: bool  # somebody answered after the reader's last act in the topic
    may_restore: bool

    @property
    def status_word(self) -> str:
        return str(Status(self.status).label)


@dataclass(frozen=True, slots=True)
class Group:
    """The contributions to one topic, on this page."""

    topic: Topic
    last_act: datetime | None
    votes: int
    contributions: tuple[Contribution, ...]

    @property
    def answered_since(self) -> int:
        return sum(each.is_answered_since for each in self.contributions)


@dataclass(frozen=True, slots=True)
class Page:
    groups: tuple[Group, ...]
    statements: int
    votes: int
    older: int | None  # where the next page begins


def contributions_of(user: User, *, before: int | None = None) -> Page:
    """Up to SHOWN statements of `user` with ids below `before`, by topic. Eight queries at most."""
    mine = _readable(user)
    older = mine.filter(pk__lt=before) if before is not None else mine
    fields = (
        "pk", "topic_id", "text", "stance", "status", "created", "refers_to_id", "refers_to__text", "refers_to__status",
        "parent_id", "parent__text", "parent__status",
    )  # fmt: skip
    rows = list(older.order_by("-pk").values(*fields)[: SHOWN + 1])
    shown = rows[:SHOWN]
    return Page(
        groups=_groups(shown, user),
        statements=mine.count(),
        votes=Vote.objects.filter(voter=user).count(),
        older=shown[-1]["pk"] if len(rows) > SHOWN else None,
    )


def _readable(user: User) -> QuerySet[Statement]:
    """What they wrote in topics that they can read still; the file of my data has all of it."""
    theirs = Membership.objects.filter(user=user).values("topic_id")
    return Statement.objects.filter(author=user).filter(~Q(topic__visibility=Visibility.PRIVATE) | Q(topic__in=theirs))


def _groups(rows: Sequence[Mapping[str, Any]], user: User) -> tuple[Group, ...]:
    """Topics in the order of the newest contribution to each."""
    topics = _topics({row["topic_id"] for row in rows}, user)
    replies = _replies([row["pk"] for row in rows], user)
    order = {pk: index for index, pk in enumerate(dict.fromkeys(row["topic_id"] for row in rows))}
    groups = []
    for pk, run in groupby(sorted(rows, key=lambda row: order[row["topic_id"]]), key=lambda row: row["topic_id"]):
        topic, last_act, votes = topics[pk]
        found = tuple(_contribution(row, topic, last_act, replies.get(row["pk"])) for row in run)
        groups.append(Group(topic, last_act, votes, found))
    return tuple(groups)


def _topics(ids: set[int], user: User) -> dict[int, tuple[Topic, datetime | None, int]]:
    """Each topic with the reader's standing, their last act in it, and how many votes they cast."""
    topics = Topic.objects.in_bulk(ids)
    mine = {member.topic_id: member for member in Membership.objects.filter(topic__in=ids, user=user)}
    acts = Change.objects.filter(topic__in=ids, actor=user).order_by().values("topic").annotate(last=Max("at"))
    last = dict(acts.values_list("topic", "last"))
    votes = Vote.objects.filter(voter=user, statement__topic__in=ids).order_by()
    cast = dict(votes.values("statement__topic").annotate(n=Count("pk")).values_list("statement__topic", "n"))
    for pk, topic in topics.items():
        topic.standing = standing_of(topic, user, mine.get(pk))
    return {pk: (topic, last.get(pk), cast.get(pk, 0)) for pk, topic in topics.items()}


def _replies(ids: Sequence[int], user: User) -> dict[int, tuple[int, datetime]]:
    """For each statement that others answered: how many of their answers show, and when the newest came."""
    answers = Statement.objects.filter(parent__in=ids, status=Status.VISIBLE).exclude(author=user).order_by()
    counted = answers.values("parent").annotate(n=Count("pk"), newest=Max("created"))
    return {parent: (n, newest) for parent, n, newest in counted.values_list("parent", "n", "newest") if parent}


def _contribution(
    row: Mapping[str, Any], topic: Topic, last_act: datetime | None, replies: tuple[int, datetime] | None
) -> Contribution:
    shown = row["refers_to__status"] in (None, Status.VISIBLE)
    return Contribution(
        pk=row["pk"], text=(row["text"] or row["refers_to__text"]) if shown else "", stance=row["stance"],
        status=row["status"], created=row["created"], is_claim=row["parent_id"] is None,
        is_link=row["refers_to_id"] is not None,
        above=row["parent__text"] if row["parent__status"] == Status.VISIBLE else "",
        replies=replies[0] if replies else 0,
        is_answered_since=bool(replies and last_act and replies[1] > last_act),
        may_restore=row["status"] == Status.WITHDRAWN and topic.standing.may("write"),
    )  # fmt: skip
