"""What a statement can be to the line above it and to its readers, and how much of it there can be."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

TEXT_LENGTH = 300
NOTE_LENGTH = 5_000
MAX_DEPTH = 50


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("supports")
    OPPOSES = "opposes", _("opposes")

    @property
    def other(self) -> Stance:
        return Stance.OPPOSES if self is Stance.SUPPORTS else Stance.SUPPORTS


class Status(models.TextChoices):
    VISIBLE = "visible", _("visible")
    SUGGESTED = "suggested", _("suggested, waiting for an editor")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")
    REMOVED = "removed", _("removed by a moderator")
