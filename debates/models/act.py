"""How every verb that alters a topic runs: lock the topic, check, write, and number the change, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.change import Change
from debates.models.errors import Closed, Gone, SlowDown, TimeOver
from debates.models.kinds import Status
from debates.models.membership import Membership, Role
from debates.models.pseudonym import Pseudonym

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from debates.models.statement import Statement
    from debates.models.topic import Topic

    type Actor = User | AnonymousUser

EDITORS = frozenset({Role.EDITOR, Role.OWNER})


@dataclass
class Act:
    """One verb at work on a locked topic. `topic` is the row as the lock found it."""

    topic: Topic
    by: User | None
    verb: str
    undoes: Change | None = None
    is_over: bool = False  # the time of the topic is over for whoever acts
    at: datetime = field(default_factory=timezone.now)  # when that was asked, by the clock of the server
    changes: list[Change] = field(default_factory=list)

    def refuse_late(self, statement: Statement) -> None:
        """Raise TimeOver but for what came late itself: it waits with what it rests on."""
        if self.is_over and statement.status != Status.SUGGESTED:
            raise TimeOver

    def record(
        self,
        *,
        statement: Statement | None = None,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        verb: str = "",
    ) -> Change:
        """Write the next numbered change of the topic."""
        from debates.models.topic import Topic

        now = _moment.get() or timezone.now()
        number = self.topic.last_change + 1
        change = Change.objects.create(
            topic=self.topic,
            number=number,
            actor=self.by,
            verb=verb or self.verb,
            statement=statement,
            before=before or {},
            after=after or {},
            at=now,
            undoes=self.undoes,
        )
        shown = {} if _is_waiting(statement, before or {}) else {"changed_at": now}
        Topic.objects.filter(pk=self.topic.pk).update(last_change=number, **shown)
        self.topic.last_change = number
        self.changes.append(change)
        return change


def _is_waiting(statement: Statement | None, before: dict[str, Any]) -> bool:
    """Whether a change is about a suggestion that readers do not see: it does not bring its topic up in their lists."""
    return statement is not None and (
        statement.status == Status.SUGGESTED
        or (before.get("status") == Status.SUGGESTED and statement.status != Status.VISIBLE)
    )


# What is to be told of a topic before anything in it is altered after its time was over.
before_late_acts: list[Callable[[Topic], None]] = []


_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


@contextmanager
def in_one_go() -> Iterator[None]:
    """What a person asks for once, and is done in many topics: every act inside has the same moment, and none is
    one too many for the minute. Afterwards all of them count as one.
    """
    token = _moment.set(_moment.get() or timezone.now())
    try:
        yield
    finally:
        _moment.reset(token)


@contextmanager
def act_on(
    topic: Topic, *, by: User | None, verb: str, closed_too: bool = False, late_too: bool = False,
    undoes: Change | None = None,
) -> Iterator[Act]:  # fmt: skip
    """Lock `topic` for one verb. Raises Gone, Closed, SlowDown; whatever is raised inside undoes all of it.

    With `late_too` the verb goes on when the time of the topic is over for `by`, and is told so by `is_over`.
    """
    with transaction.atomic():
        locked = _lock(topic.pk, by)
        if not locked.is_open and not closed_too:
            raise Closed
        at = timezone.now()
        is_over = _check_time(locked, by, at=at, late_too=late_too)
        if by is not None:
            if _moment.get() is None and locked.recent_acts >= settings.WRITES_PER_MINUTE:  # type: ignore[attr-defined]
                raise SlowDown
            if not locked.actor_is_named:  # type: ignore[attr-defined]
                Pseudonym.objects.give(locked, by)
        act = Act(locked, by, verb, undoes, is_over, at)
        yield act
        topic.last_change = locked.last_change
        topic.just_changed = act.changes[-1].number if act.changes else None


def _check_time(locked: Topic, by: User | None, *, at: datetime, late_too: bool) -> bool:
    """Whether the time is over for `by`. Editors have all the time; whoever else acts nonetheless raises TimeOver."""
    if not locked.is_over(at=at):
        return False
    for tell in before_late_acts:
        tell(locked)
    if by is None or locked.actor_role in EDITORS or not locked.is_over(locked.actor_until, at=at):  # type: ignore[attr-defined]
        return False
    if not late_too:
        raise TimeOver
    return True


def _lock(topic_id: int, by: User | None) -> Topic:
    """The topic row, locked, with what the checks need. PostgreSQL reads the row's own columns after the wait."""
    from debates.models.topic import Topic

    recent = (
        Change.objects.filter(actor=by, at__gt=timezone.now() - timedelta(minutes=1))
        .order_by()
        .values("actor")
        .annotate(count=Count("at", distinct=True))
        .values("count")
    )
    membership = Membership.objects.filter(topic=OuterRef("pk"), user=by)
    locked = (
        Topic.objects.select_for_update(of=("self",), no_key=True)
        .annotate(
            recent_acts=Coalesce(Subquery(recent), Value(0)),
            actor_is_named=Exists(Pseudonym.objects.filter(topic=OuterRef("pk"), user=by)),
            actor_role=Subquery(membership.values("role")[:1]),
            actor_until=Subquery(membership.values("until")[:1]),
        )
        .filter(pk=topic_id)
        .first()
    )
    if locked is None:
        raise Gone(_("This topic was deleted meanwhile."))
    return locked
