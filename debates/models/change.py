"""A change: one recorded act on a topic. The one record behind history, undo, reports and the change feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User


class Change(models.Model):
    """`before` and `after` hold what the act altered, enough to tell it and to take it back. Votes are never here."""

    topic = models.ForeignKey("debates.Topic", on_delete=models.DB_CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="+"
    )
    verb = models.CharField(max_length=20)
    statement = models.ForeignKey(
        "debates.Statement", on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="changes"
    )
    before = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(default=timezone.now)
    undoes = models.ForeignKey("self", on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="undone_by")

    class Meta:
        ordering = ("topic", "number")
        constraints = (models.UniqueConstraint(fields=["topic", "number"], name="change_numbered_once"),)
        indexes = (
            models.Index(fields=["actor", "at"], name="change_by_actor"),
            # Whose suggestions a page of the list, or a history, must look at: few among many changes.
            models.Index(fields=["topic", "actor"], condition=Q(verb="suggest"), name="change_suggesting"),
        )

    def __str__(self) -> str:
        return f"{self.topic_id}#{self.number} {self.verb}"

    def undo(self, *, by: User) -> Change:
        """Take this change back by one more change. Raises Refused or Conflict when what followed stands in the way."""
        from debates.models.undo import undo

        return undo(self, by=by)
