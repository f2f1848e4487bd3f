"""A join code: eight characters that make whoever types them a pupil of a class."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from classrooms.models.classroom import Classroom

# Without 0 and O, 1, I and L, which look alike on a board: 31 characters, so eight of them are 39.6 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
LASTS = timedelta(days=14)
LATE_LASTS = timedelta(hours=8)
# What people type for characters that no code has. O and 0 are both missing: nothing is guessed for them.
_SEPARATORS = re.compile(r"[\s\-–—_.]+")


def read_code(typed: str) -> str | None:
    """The code somebody meant, whatever its case, spaces and hyphens; None if it can be none."""
    code = _SEPARATORS.sub("", typed[:40]).upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


class JoinCodeManager(models.Manager["JoinCode"]):
    def issue(self, classroom: Classroom, *, expires: datetime | None, uses: int | None = None) -> JoinCode:
        """A new code that nobody has. It is drawn by the system's own randomness."""
        while True:
            code = "".join(secrets.choice(ALPHABET) for _each in range(LENGTH))
            try:
                with transaction.atomic():
                    return self.create(classroom=classroom, code=code, expires=expires, uses_left=uses)
            except IntegrityError:  # one in a million million
                continue

    def find(self, typed: str) -> JoinCode | None:
        """The code that was typed with its class, working or not."""
        code = read_code(typed)
        return self.select_related("classroom").filter(code=code).first() if code else None


class JoinCode(models.Model):
    """One code. A class has one that works for everyone, and perhaps one for a pupil who comes late."""

    classroom = models.ForeignKey("classrooms.Classroom", on_delete=models.DB_CASCADE, related_name="codes")
    code = models.CharField(max_length=LENGTH, unique=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    expires = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True, editable=False)
    uses_left = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    objects: ClassVar[JoinCodeManager] = JoinCodeManager()

    class Meta:
        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return self.shown

    def get_absolute_url(self) -> str:
        return reverse("class-join", args=[self.code])

    @property
    def shown(self) -> str:
        """As it is written on a board: KD7M-4RWQ."""
        return f"{self.code[:4]}-{self.code[4:]}"

    @property
    def works(self) -> bool:
        in_time = self.expires is None or self.expires > timezone.now()
        return self.ended is None and in_time and self.uses_left != 0

    @property
    def lets_in(self) -> bool:
        """Whether somebody can join by it now; the class may be full all the same."""
        return self.works and not self.classroom.is_archived

    @property
    def days_left(self) -> int | None:
        """Whole days until it expires, rounded up."""
        return max(0, -((timezone.now() - self.expires) // timedelta(days=1))) if self.expires else None
