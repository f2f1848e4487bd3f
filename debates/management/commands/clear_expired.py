"""Forget what is kept for a day: files between preview and import, and what answered a form or program before."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from debates.models import IdempotentAnswer, Upload
from debates.models.idempotent_answer import KEPT as ANSWERS_KEPT
from debates.models.upload import KEPT as UPLOADS_KEPT


class Command(BaseCommand):
    help = "Removes files that were brought in and answers to what was sent twice, once they are a day old."

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        Upload.objects.filter(created__lt=now - UPLOADS_KEPT).delete()
        IdempotentAnswer.objects.filter(created__lt=now - ANSWERS_KEPT).delete()
