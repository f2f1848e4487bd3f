"""A look: that a teacher saw who somebody is, or opened their work. Kept, so that a school can answer for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.text import clean_line

if TYPE_CHECKING:
    from accounts.models import User
    from classrooms.models.classroom import Classroom
    from classrooms.models.pupil import Pupil
    from debates.models import Statement


class LookKind(models.TextChoices):
    ROSTER = "roster", _("Opened the roster")
    CARDS = "cards", _("Made new return phrases")
    NAME = "name", _("Asked whose words these are")
    MERGE = "merge", _("Gave a guest’s work to a pupil")
    GRADES = "grades", _("Opened grades or work")
    EXPORT = "export", _("Took names home in a file")


# Pages that a teacher opens again and again in one lesson: they are one look in an hour.
OPENED = frozenset({LookKind.ROSTER, LookKind.GRADES})
ONCE_IN = timedelta(hours=1)
REASON_LENGTH = 200


class LookManager(models.Manager["Look"]):
    def note(
        self, classroom: Classroom, kind: LookKind, *, by: User, pupil: Pupil | None = None,
        at: Statement | None = None, reason: str = "",
    ) -> Look:  # fmt: skip
        """Write down that `by` looked. Without `pupil` it was at everyone."""
        look = Look(classroom=classroom, kind=kind, teacher=by, pupil=pupil, statement=at)
        look.reason = clean_line(reason)[:REASON_LENGTH]
        before = self.recent(look) if kind in OPENED else None
        if before is None:
            look.save(force_insert=True)
        return before or look

    def recent(self, look: Look) -> Look | None:
        """The same look by the same teacher within the hour."""
        same = {
            name: getattr(look, name) for name in ("classroom_id", "kind", "teacher_id", "pupil_id", "statement_id")
        }
        return self.filter(**same, at__gt=timezone.now() - ONCE_IN).first()

    def at_pupil(self, pupil: Pupil) -> models.QuerySet[Look]:
        """What a pupil may know of: looks at them, and those at everyone while they were in the class."""
        since = models.Q(at__gte=pupil.joined) if pupil.joined else models.Q()
        everyone = models.Q(pupil=None) & since
        of_class = self.filter(models.Q(pupil=pupil) | everyone, classroom=pupil.classroom_id)
        return of_class.select_related("teacher", "statement")


class Look(models.Model):
    """One look. A pupil sees those that were at them, and those at the whole class."""

    classroom = models.ForeignKey("classrooms.Classroom", on_delete=models.DB_CASCADE, related_name="looks")
    kind = models.CharField(max_length=8, choices=LookKind)
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, related_name="+")
    pupil = models.ForeignKey(
        "classrooms.Pupil", on_delete=models.DB_CASCADE, null=True, blank=True, related_name="looks"
    )
    statement = models.ForeignKey("debates.Statement", on_delete=models.DB_SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("why"), max_length=REASON_LENGTH, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[LookManager] = LookManager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["classroom", "-at"], name="look_of_class"),)

    def __str__(self) -> str:
        return f"{self.kind} · {self.classroom_id}"
