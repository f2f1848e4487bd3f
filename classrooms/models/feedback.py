"""Feedback: a teacher's praise, question or fix on a pupil's argument, which the pupil sees at once and ticks off."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models import Change, Refused
from debates.models.resending import same_again
from debates.text import clean_line, clean_text

if TYPE_CHECKING:
    from accounts.models import User
    from classrooms.models.group import Seat
    from debates.models import Statement

FEEDBACK_LENGTH = 1_000
PHRASE_LENGTH = 300
MOST_PHRASES = 200
# What a pupil may do to a line that feedback is on.
CHANGING = ("revise", "turn", "move", "cite", "recite", "quote", "withdraw")


class FeedbackKind(models.TextChoices):
    PRAISE = "praise", _("Praise")
    QUESTION = "question", _("Question")
    FIX = "fix", _("Fix")


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def shown(self) -> Self:
        """What no teacher has taken back."""
        return self.filter(withdrawn=None)

    def open(self) -> Self:
        """What the pupil has not ticked off. Praise asks for nothing."""
        return self.shown().filter(addressed=None).exclude(kind=FeedbackKind.PRAISE)

    def unseen(self) -> Self:
        return self.shown().filter(seen=None)

    def told(self) -> Self:
        """With `changed`, what was done last to the line since: a verb of CHANGING, or None. And with the line."""
        since = Change.objects.filter(statement=OuterRef("statement"), verb__in=CHANGING, at__gt=OuterRef("at"))
        return self.select_related("statement").annotate(changed=Subquery(since.order_by("-pk").values("verb")[:1]))


_Feedback = models.Manager.from_queryset(FeedbackQuerySet)


class FeedbackManager(_Feedback["Feedback"]):
    @transaction.atomic
    def give(
        self, seat: Seat, *, by: User, kind: str, text: str, statement: Statement | None = None, key: str = ""
    ) -> Feedback:  # fmt: skip
        """Say something about an argument of the pupil in `seat`, or without one about their work as a whole.

        The same `key` by the same person makes one. Raises Refused, Closed, Gone; Conflict where the key was sent with
        other words.
        """
        seat.assignment.locked()
        given = Feedback(seat=seat, statement=statement, kind=kind, text=clean_text(text), by=by, key=key or None)
        given.demand_fit()
        try:
            with transaction.atomic():
                given.save(force_insert=True)
        except IntegrityError:
            before = self.filter(by=by, key=key).first() if key else None
            if before is None:
                raise
            return same_again(before, was=before.as_sent(), sent=given.as_sent())
        Phrase.objects.note_use(by, kind=kind, text=given.text)
        return given


class Feedback(models.Model):
    """On one argument, or on the whole where `statement` is null. Between the teachers and the pupil alone."""

    seat = models.ForeignKey("classrooms.Seat", on_delete=models.DB_CASCADE, related_name="feedback")
    statement = models.ForeignKey(
        "debates.Statement", on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=FeedbackKind)
    text = models.TextField(_("text"), max_length=FEEDBACK_LENGTH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    seen = models.DateTimeField(null=True, blank=True, editable=False)
    addressed = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn = models.DateTimeField(null=True, blank=True, editable=False)
    key = models.CharField(max_length=36, null=True, blank=True, editable=False)  # noqa: DJ001 - null is "no key"

    objects: ClassVar[FeedbackManager] = FeedbackManager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["by", "key"], condition=Q(key__isnull=False), name="feedback_key_once"),
            models.CheckConstraint(condition=Q(kind__in=FeedbackKind.values), name="feedback_kind"),
        )

    def __str__(self) -> str:
        return self.text

    def as_sent(self) -> dict[str, object]:
        """What somebody sent to have this made."""
        return {"seat": self.seat_id, "statement": self.statement_id, "kind": self.kind, "text": self.text}

    def demand_fit(self) -> None:
        """Raise Refused unless these are words that fit, about a line that the pupil wrote in their map."""
        if self.kind not in FeedbackKind.values:
            raise Refused(_("Choose praise, question or fix."), field="kind")
        if not self.text:
            raise Refused(_("Write your feedback first, or take a phrase."), field="text")
        if len(self.text) > FEEDBACK_LENGTH:
            raise Refused(_("At most 1,000 characters, please."), field="text")
        if self.statement is not None and not self.is_about_own():
            raise Refused(_("This line is not the pupil’s."), field="statement")

    def is_about_own(self) -> bool:
        """Whether the pupil wrote the line, in a map of this assignment: they may have changed group since."""
        line, seat = self.statement, self.seat
        if line is None or line.author_id != seat.pupil.user_id:
            return False
        return line.topic_id == seat.group.topic_id or seat.assignment.groups.filter(topic=line.topic_id).exists()

    @property
    def asks(self) -> bool:
        """Whether there is something to do."""
        return self.kind != FeedbackKind.PRAISE

    # -- verbs ---------------------------------------------------------------------------------------

    def withdraw(self) -> None:
        """Take it back: the pupil sees it no more. It can be brought back as it was."""
        Feedback.objects.filter(pk=self.pk, withdrawn=None).update(withdrawn=timezone.now())

    def bring_back(self) -> None:
        """Show it to the pupil again."""
        Feedback.objects.filter(pk=self.pk).update(withdrawn=None)

    def tick(self) -> None:
        """The pupil says that it is addressed, at the moment when they said so first. Raises Refused."""
        if not Feedback.objects.shown().filter(pk=self.pk).update(addressed=_first("addressed"), seen=_first("seen")):
            raise Refused(_("Your teacher took this back meanwhile."))

    def untick(self) -> None:
        """It is not addressed after all."""
        Feedback.objects.filter(pk=self.pk).update(addressed=None)


def _first(name: str) -> models.functions.Coalesce:
    """The moment that is stored in the column, or now."""
    return models.functions.Coalesce(F(name), timezone.now())


class PhraseManager(models.Manager["Phrase"]):
    def keep(self, teacher: User, *, kind: str, text: str) -> None:
        """Remember words to use again; those that are known already stay as they are. Raises Refused."""
        words = clean_line(text)
        if len(words) > PHRASE_LENGTH:
            raise Refused(_("A phrase to keep has at most 300 characters."), field="text")
        if self.filter(teacher=teacher).count() >= MOST_PHRASES:
            raise Refused(_("You keep 200 phrases already. Forget one first."), field="keep")
        self.bulk_create([Phrase(teacher=teacher, kind=kind, text=words)], ignore_conflicts=True)

    def note_use(self, teacher: User, *, kind: str, text: str) -> None:
        """Offer a phrase the sooner, the more often it was sent."""
        self.filter(teacher=teacher, kind=kind, text=text).update(used=F("used") + 1)


class Phrase(models.Model):
    """Words that a teacher uses again and again."""

    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_CASCADE, related_name="phrases")
    kind = models.CharField(max_length=8, choices=FeedbackKind)
    text = models.CharField(max_length=PHRASE_LENGTH)
    used = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[PhraseManager] = PhraseManager()

    class Meta:
        ordering = ("-used", "text")
        constraints = (models.UniqueConstraint(fields=["teacher", "kind", "text"], name="phrase_once"),)

    def __str__(self) -> str:
        return self.text
