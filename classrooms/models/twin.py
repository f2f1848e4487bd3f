"""A twin: which line of a group's map is the copy of which line, of the template or of a map that its author left.

By it later edits of the template find their way, and nobody who changes group twice finds a line twice. `original` is
always the first of its kind: the line of the template, or the one that the pupil wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classrooms.models.group import Group
    from debates.models import Statement


class TwinManager(models.Manager["Twin"]):
    def note(self, group: Group, copies: Mapping[int, Statement], versions: Mapping[int, int]) -> None:
        """Remember the `copies` in the map of `group`, by the numbers of their originals."""
        self.bulk_create(
            Twin(group=group, original_id=original, copy=copy, version=versions[original])
            for original, copy in copies.items()
        )


class Twin(models.Model):
    group = models.ForeignKey("classrooms.Group", on_delete=models.DB_CASCADE, related_name="twins")
    original = models.ForeignKey("debates.Statement", on_delete=models.DB_CASCADE, related_name="+")
    copy = models.ForeignKey("debates.Statement", on_delete=models.DB_CASCADE, related_name="+")
    # The version of the original whose words the copy has.
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[TwinManager] = TwinManager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["group", "original"], name="twin_once"),)

    def __str__(self) -> str:
        return f"{self.original_id} · {self.copy_id}"
