"""A visit: how much of a topic's history a person has seen. It serves their own desk and is shown to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.act import Actor
    from debates.models.topic import Topic

# Whether somebody takes part in a topic and has not seen its newest change. Plain SQL, as in debates.rows: this is part
# of every page of a topic.
_UNSEEN = """(
NOT EXISTS (SELECT 1 FROM debates_visit v
  WHERE v.topic_id = debates_topic.id AND v.user_id = %s AND v.seen >= debates_topic.last_change)
AND (EXISTS (SELECT 1 FROM debates_membership m WHERE m.topic_id = debates_topic.id AND m.user_id = %s)
  OR EXISTS (SELECT 1 FROM debates_pseudonym p WHERE p.topic_id = debates_topic.id AND p.user_id = %s)))"""


def unseen_by(user: Actor) -> RawSQL:
    """Whether the page of a topic has something new to tell `user`'s desk, in a query that reads debates_topic."""
    return RawSQL(_UNSEEN, (user.pk or 0,) * 3, models.BooleanField())  # noqa: S611 - no outside text in it


class VisitManager(models.Manager["Visit"]):
    def note(self, topic: Topic, user: User, *, seen: int | None = None) -> None:
        """`user` has seen `topic` up to its change number `seen`, or up to its newest. What was seen stays seen.

        No read before the write: of two pages that say so at once, in whatever order, the newer one holds.
        """
        number = topic.last_change if seen is None else min(seen, topic.last_change)
        before = self.filter(topic=topic, user=user, seen__lte=number)
        if not before.update(seen=number, at=timezone.now()):
            self.bulk_create([Visit(topic=topic, user=user, seen=number)], ignore_conflicts=True)


class Visit(models.Model):
    """`seen` is the number of the newest change that was there when `user` last opened the topic."""

    topic = models.ForeignKey("debates.Topic", on_delete=models.DB_CASCADE, related_name="visits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_CASCADE, related_name="visits")
    seen = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[VisitManager] = VisitManager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["topic", "user"], name="visit_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} · {self.topic_id} · {self.seen}"
