"""Forget what is kept for a day: files before their import, answers to forms; and people of topics that are gone."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import IMPORTED_PREFIX, User
from debates.models import IdempotentAnswer, Upload
from debates.models.idempotent_answer import KEPT as ANSWERS_KEPT
from debates.models.upload import KEPT as UPLOADS_KEPT


class Command(BaseCommand):
    help = "Removes files and answers that are a day old, and people whom only a file of a deleted topic named."

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        Upload.objects.filter(created__lt=now - UPLOADS_KEPT).delete()
        IdempotentAnswer.objects.filter(created__lt=now - ANSWERS_KEPT).delete()
        # People whom a file named, once the topic that it became is gone.
        imported = User.objects.filter(is_active=False, is_guest=True, username__startswith=IMPORTED_PREFIX)
        imported.filter(pseudonyms=None, votes=None, statements=None).delete()
