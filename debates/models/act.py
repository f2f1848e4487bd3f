"""How every verb that alters a topic runs: lock the topic, check, write, and number the change, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
from debates.models.errors import Closed, Gone, SlowDown
from debates.models.kinds import Status
from debates.models.pseudonym import Pseudonym

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.statement import Statement
    from debates.models.topic import Topic

    type Actor = User | AnonymousUser


@dataclass
class Act:
    """One verb at work on a locked topic. `topic` is the row as the lock found it."""

    topic: Topic
    by: User | None
    verb: str
    undoes: Change | None = None
    changes: list[Change] = field(default_factory=list)

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

        now = timezone.now()
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


@contextmanager
def act_on(
    topic: Topic, *, by: User | None, verb: str, closed_too: bool = False, undoes: Change | None = None
) -> Iterator[Act]:
    """Lock `topic` for one verb. Raises Gone, Closed, SlowDown; whatever is raised inside undoes all of it."""
    with transaction.atomic():
        locked = _lock(topic.pk, by)
        if not locked.is_open and not closed_too:
            raise Closed
        if by is not None:
            if locked.recent_acts >= settings.WRITES_PER_MINUTE:  # type: ignore[attr-defined]
                raise SlowDown
            if not locked.actor_is_named:  # type: ignore[attr-defined]
                Pseudonym.objects.give(locked, by)
        act = Act(locked, by, verb, undoes)
        yield act
        topic.last_change = locked.last_change
        topic.just_changed = act.changes[-1].number if act.changes else None


def _lock(topic_id: int, by: User | None) -> Topic:
    """The topic row, locked, with what the checks need. PostgreSQL reads the row's own columns after the wait."""
    from debates.models.topic import Topic

    recent = (
        Change.objects.filter(actor=by, at__gt=timezone.now() - timedelta(minutes=1))
        .order_by()
        .values("actor")
        .annotate(count=Count("pk"))
        .values("count")
    )
    locked = (
        Topic.objects.select_for_update(of=("self",), no_key=True)
        .annotate(
            recent_acts=Coalesce(Subquery(recent), Value(0)),
            actor_is_named=Exists(Pseudonym.objects.filter(topic=OuterRef("pk"), user=by)),
        )
        .filter(pk=topic_id)
        .first()
    )
    if locked is None:
        raise Gone(_("This topic was deleted meanwhile."))
    return locked
