"""A position: how far a pupil accepts a claim, before the debate and after it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    BEFORE = "before", _("Before")
    AFTER = "after", _("After")


class Position(models.Model):
    """`value` is from 0, not at all, to 4, wholly. The class sees sums and never whose they are."""

    seat = models.ForeignKey("classrooms.Seat", on_delete=models.DB_CASCADE, related_name="positions")
    claim = models.ForeignKey("debates.Statement", on_delete=models.DB_CASCADE, related_name="+")
    phase = models.CharField(max_length=6, choices=Phase)
    value = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["seat", "claim", "phase"], name="position_once"),
            models.CheckConstraint(condition=Q(value__lte=4), name="position_value"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="position_phase"),
        )

    def __str__(self) -> str:
        return f"{self.seat_id} · {self.claim_id} · {self.phase}"
