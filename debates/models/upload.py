"""A file that somebody sent in to be read: kept between the preview and the import, and no longer than a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User

KEPT = timedelta(days=1)


class UploadManager(models.Manager["Upload"]):
    @transaction.atomic
    def keep(self, content: bytes, *, by: User, file_name: str, format: str) -> Upload:
        """Keep a file for `by`. Only their newest is kept, and nobody's for longer than a day."""
        self.filter(models.Q(user=by) | models.Q(created__lt=timezone.now() - KEPT)).delete()
        return self.create(user=by, file_name=file_name[:200], format=format, content=content)


class Upload(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_CASCADE, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    format = models.CharField(max_length=20)
    content = models.BinaryField()
    created = models.DateTimeField(default=timezone.now, db_index=True)

    objects = UploadManager()

    def __str__(self) -> str:
        return self.file_name or self.format
