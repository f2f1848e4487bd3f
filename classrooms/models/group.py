"""Groups, each with a map, and the seats of pupils in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import datetime

NAME_LENGTH = 60


class Side(models.TextChoices):
    FOR = "for", _("for the claim")
    AGAINST = "against", _("against the claim")


class Group(models.Model):
    """Pupils who share a map. Everyone is one group where the class shares one map."""

    assignment = models.ForeignKey("classrooms.Assignment", on_delete=models.DB_CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    topic = models.ForeignKey("debates.Topic", on_delete=models.DB_SET_NULL, null=True, related_name="groups")

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["assignment", "number"], name="group_numbered_once"),)

    def __str__(self) -> str:
        return self.name or str(_("Group %(number)s") % {"number": self.number})


class Seat(models.Model):
    """A pupil in an assignment: in which group, on which side, and how long if longer than the others."""

    assignment = models.ForeignKey("classrooms.Assignment", on_delete=models.DB_CASCADE, related_name="seats")
    pupil = models.ForeignKey("classrooms.Pupil", on_delete=models.DB_CASCADE, related_name="seats")
    group = models.ForeignKey(Group, on_delete=models.DB_CASCADE, related_name="seats")
    side = models.CharField(max_length=7, choices=Side, blank=True)
    due = models.DateTimeField(_("due"), null=True, blank=True)
    cutoff = models.DateTimeField(_("cut-off"), null=True, blank=True)
    opened = models.DateTimeField(null=True, blank=True, editable=False)
    times_opened = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["assignment", "pupil"], name="seat_once"),
            models.CheckConstraint(condition=Q(side__in=["", *Side.values]), name="seat_side"),
        )

    def __str__(self) -> str:
        return f"{self.pupil_id} · {self.group_id}"

    def note_opening(self) -> None:
        """The pupil opened the page of the assignment. One statement to the database, nothing read first."""
        opened = Coalesce(F("opened"), timezone.now())
        Seat.objects.filter(pk=self.pk).update(opened=opened, times_opened=F("times_opened") + 1)

    @property
    def late_after(self) -> datetime | None:
        return self.due or self.assignment.due

    @property
    def over_after(self) -> datetime | None:
        return self.cutoff or self.assignment.cutoff

    @property
    def is_past_due(self) -> bool:
        """Whether what is handed in now is late."""
        return self.assignment.is_late(timezone.now(), due=self.due)

    @property
    def is_over(self) -> bool:
        """Whether the map keeps what is written now for a teacher to accept."""
        return self.over_after is not None and timezone.now() >= self.over_after
