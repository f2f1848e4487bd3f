"""What a pupil hands in beside the map: a conclusion, and how they used AI."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.drafting.paper import word_count
from debates.models import Conflict, Refused
from debates.text import clean_text

CONCLUSION_LENGTH = 20_000
AI_LENGTH = 2_000


class Work(models.Model):
    """One pupil's own words in one assignment. It is theirs: peers never see it."""

    seat = models.OneToOneField("classrooms.Seat", on_delete=models.DB_CASCADE, related_name="work")
    conclusion = models.TextField(_("conclusion"), max_length=CONCLUSION_LENGTH, blank=True)
    used_ai = models.TextField(_("how I used AI"), max_length=AI_LENGTH, blank=True)
    handed_in = models.DateTimeField(null=True, blank=True, editable=False)
    updated = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"work of seat {self.seat_id}"

    @property
    def words(self) -> int:
        return word_count(self.conclusion)

    def written(self) -> dict[str, str]:
        """What a pupil may change."""
        return {"conclusion": self.conclusion, "used_ai": self.used_ai}

    @transaction.atomic
    def write(self, *, version: int, conclusion: str, used_ai: str) -> None:
        """Store other words. `version` is the one that was read: another one now is a Conflict. Raises Refused.

        After the cut-off they are stored all the same, and marked as late by their time.
        """
        now = Work.objects.select_for_update(of=("self",), no_key=True).get(pk=self.pk)
        conclusion, used_ai = clean_text(conclusion), clean_text(used_ai)
        if (conclusion, used_ai) == (now.conclusion, now.used_ai):  # sent twice, as by a double click
            self.refresh_from_db()
            return
        if now.version != version:
            raise Conflict(_("You changed this in another window. Both texts are below."), current=now)
        if now.handed_in is not None:
            raise Refused(_("This is handed in. Take it back first, and it is yours to change."))
        if len(conclusion) > CONCLUSION_LENGTH:
            raise Refused(_("The conclusion is too long: at most 20,000 characters."), field="conclusion")
        if len(used_ai) > AI_LENGTH:
            raise Refused(_("At most 2,000 characters, please."), field="used_ai")
        Work.objects.filter(pk=self.pk).update(
            conclusion=conclusion, used_ai=used_ai, version=now.version + 1, updated=timezone.now()
        )
        self.refresh_from_db()

    def hand_in(self) -> None:
        """Say that it is finished; the first time counts. It can be taken back, changed, and handed in again."""
        Work.objects.filter(pk=self.pk, handed_in=None).update(handed_in=timezone.now())
        self.refresh_from_db(fields=["handed_in"])

    def take_back(self) -> None:
        """Go on writing. What was handed in before counts no more."""
        self.handed_in = None
        self.save(update_fields=["handed_in"])
