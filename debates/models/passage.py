"""A passage: a span of an essay that a statement rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from debates.models.act import act_on
from debates.models.errors import Gone, Refused
from debates.models.essay import Essay

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.act import Act
    from debates.models.statement import Statement

CONTEXT = 32
NOT_IN_ESSAY = _("That passage is not in the essay.")


class PassageQuerySet(models.QuerySet["Passage"]):
    def placed(self) -> PassageQuerySet:
        """Those that stand in the text as it is now."""
        return self.filter(lost=False)


class Passage(models.Model):
    """A span of an essay that a statement rests on: position and quotation, as in the W3C's Web Annotation model.

    `start` and `end` count Unicode code points of the essay's text, `end` exclusive; `prefix` and `suffix` are up
    to 32 code points of context, so that an edited text can be searched for it. A passage that was not found again
    is `lost`: it keeps what it said, and its numbers are those of the text in which it last stood.
    """

    statement = models.ForeignKey("debates.Statement", on_delete=models.DB_CASCADE, related_name="passages")
    essay = models.ForeignKey(Essay, on_delete=models.DB_CASCADE, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    prefix = models.CharField(max_length=CONTEXT, blank=True)
    suffix = models.CharField(max_length=CONTEXT, blank=True)
    lost = models.BooleanField(default=False)

    KEPT = ("pk", "statement_id", "start", "end", "quote", "prefix", "suffix", "lost")

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ("start", "end")
        constraints = (
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_not_empty"),
            # As expressions, which both engines make an index: else SQLite would build the table anew, and give the
            # numbers of passages that were taken away to others.
            models.UniqueConstraint(
                "statement", "essay", "start", "end", condition=Q(lost=False), name="passage_placed_once"
            ),
        )

    def __str__(self) -> str:
        return self.quote

    def as_recorded(self) -> dict[str, Any]:
        place = {"essay": self.essay_id, "start": self.start, "end": self.end}
        return {"passage": self.pk} | place | {"quote": self.quote} | ({"lost": True} if self.lost else {})

    def stored(self) -> Passage | None:
        """The same span on the same statement, if it is there already."""
        same = Passage.objects.placed().filter(statement=self.statement_id, essay=self.essay_id)
        return same.filter(start=self.start, end=self.end).first()

    def stand(self, text: str, start: int, end: int) -> None:
        """Stand at `text[start:end]`, with the words around it as context."""
        self.start, self.end, self.lost = start, end, False
        self.quote = text[start:end]
        self.prefix, self.suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]

    def take_away(self, act: Act) -> None:
        """See Statement.unquote."""
        recorded = self.as_recorded()
        self.delete()
        act.record(statement=self.statement, before=recorded)

    def place(self, start: int, end: int, *, by: User) -> Passage:
        """Put this passage at `essay.text[start:end]`: where one that lost its place belongs, or better words.

        Where the statement rests on these words already, that passage stays and this one goes.
        Raises Refused, Gone, Conflict.
        """
        with act_on(self.statement.topic, by=by, verb="place") as act:
            now = Passage.objects.filter(pk=self.pk).select_related("essay", "statement").first()
            if now is None:
                raise Gone(_("This passage was taken away meanwhile."))
            now.statement.fresh_to_work_on(act)
            if start >= 0:  # the words that were meant, where the text was edited since it was read
                _essay, start, end = self.essay.now(act, start, end)
            now.put(act, start, end)
        return now

    def put(self, act: Act, start: int, end: int) -> None:
        """See place."""
        before = self.as_recorded()
        if not 0 <= start < end <= len(self.essay.text) or not self.essay.text[start:end].strip():
            raise Refused(NOT_IN_ESSAY, field="passage")
        self.stand(self.essay.text, start, end)
        same = self.stored()
        if same is not None and same.pk != self.pk:
            self.delete()
            act.record(statement=self.statement, before=before, verb="unquote")
        elif before != self.as_recorded():
            self.save()
            act.record(statement=self.statement, before=before, after=self.as_recorded())

    def lose(self, act: Act, recorded: dict[str, Any]) -> None:
        """Undo put(): stand again as `recorded`, lost or not."""
        before = self.as_recorded()
        if recorded.get("lost"):
            self.start, self.end, self.quote, self.lost = recorded["start"], recorded["end"], recorded["quote"], True
            self.save()
            act.record(statement=self.statement, before=before, after=self.as_recorded())
        elif self.essay.text[recorded["start"] : recorded["end"]] == recorded["quote"]:
            self.put(act, recorded["start"], recorded["end"])
        else:
            raise Refused(_("The essay does not say this any more."))


def passage_of(statement: Statement, essay: Essay, start: int, end: int) -> Passage:
    """The passage `essay.text[start:end]` with its context, not stored yet. Raises Refused."""
    if essay.topic_id != statement.topic_id or not 0 <= start < end <= len(essay.text):
        raise Refused(NOT_IN_ESSAY, field="passage")
    passage = Passage(statement=statement, essay=essay)
    passage.stand(essay.text, start, end)
    return passage


def bring_back_passage(act: Act, statement: Statement, recorded: dict[str, Any]) -> None:
    """The passage that take_away() recorded, under its old number, if the essay still says it there."""
    essay = act.topic.essays.filter(pk=recorded["essay"]).first()
    if essay is None or (
        essay.text[recorded["start"] : recorded["end"]] != recorded["quote"] and not recorded.get("lost")
    ):
        raise Refused(_("The essay does not say this any more."))
    if recorded.get("lost"):
        passage = Passage(statement=statement, essay=essay, quote=recorded["quote"], lost=True)
        passage.start, passage.end = recorded["start"], recorded["end"]
    else:
        passage = passage_of(statement, essay, recorded["start"], recorded["end"])
        if passage.stored() is not None:
            return  # quoted again since: undo() says that nothing is to be done
    passage.pk = recorded["passage"]
    passage.save(force_insert=True)
    act.record(statement=statement, after=passage.as_recorded())
