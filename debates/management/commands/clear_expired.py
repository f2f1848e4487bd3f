"""Forget what is kept for an hour, a day or a month; people of topics that are gone, and those of classes long over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import IMPORTED_PREFIX, User
from config.forgetting import forget_cached
from debates.clearing import also_clear
from debates.models import Draft, IdempotentAnswer, RateWindow, Upload
from debates.models.draft import DISCARDED_KEPT
from debates.models.idempotent_answer import KEPT as ANSWERS_KEPT
from debates.models.upload import KEPT as UPLOADS_KEPT


class Command(BaseCommand):
    help = "Removes what is kept for a time only: files, answers, discarded drafts, people of old files and classes."

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        Upload.objects.filter(created__lt=now - UPLOADS_KEPT).delete()
        IdempotentAnswer.objects.filter(created__lt=now - ANSWERS_KEPT).delete()
        Draft.objects.filter(discarded__lt=now - DISCARDED_KEPT).delete()
        # People whom a file named, once the topic that it became is gone.
        imported = User.objects.filter(is_active=False, is_guest=True, username__startswith=IMPORTED_PREFIX)
        imported.filter(pseudonyms=None, votes=None, statements=None).delete()
        RateWindow.forget(before=int(now.timestamp()) // 60 - 60)
        forget_cached()
        for clear in also_clear:
            clear()
