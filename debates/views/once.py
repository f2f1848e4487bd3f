"""What a form made, remembered for a day: the same form sent again leads to the same place and makes nothing."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.people import person_of
from debates.models import IdempotentAnswer
from debates.models.idempotent_answer import KEPT

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest


def once(request: HttpRequest, make: Callable[[], str]) -> str:
    """The address that `make` gives, or gave when this form came the first time.

    A form is the same when its key and every field are: other words under an old key, as after going back in the
    browser, make another thing. What `make` raises undoes all, and is not remembered.
    """
    if not request.POST.get("key"):
        return make()
    digest = _digest(request)
    try:
        with transaction.atomic():
            IdempotentAnswer.objects.filter(created__lt=timezone.now() - KEPT).delete()
            # First of all: the same form sent again meanwhile waits here until this one is through.
            kept = IdempotentAnswer.objects.create(user=person_of(request), key=digest[:36], request=digest)
            address = make()
            kept.status, kept.body = 303, address
            kept.save(update_fields=["status", "body"])
            return address
    except IntegrityError:
        found = IdempotentAnswer.objects.filter(user=person_of(request), key=digest[:36]).first()
        if found is None:
            raise
        return found.body


def _digest(request: HttpRequest) -> str:
    fields = sorted((name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken")
    return hashlib.sha256(json.dumps([request.path, fields]).encode()).hexdigest()
