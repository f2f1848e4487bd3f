"""What a creation answered, kept for a day: the same request sent again gets the same answer and makes nothing."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT = timedelta(hours=24)


class IdempotentAnswer(models.Model):
    """`request` is a digest of method, path and body, so that one key cannot stand for two requests."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_CASCADE, related_name="+")
    key = models.CharField(max_length=36)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)  # 0 while the first request is at work
    location = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    created = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "key"], name="idempotent_answer_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} · {self.status}"
