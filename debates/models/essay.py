"""An essay: a text beside the map, its former states, and how its passages keep their places when it is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.act import act_on
from debates.models.errors import Conflict, Gone, Refused
from debates.models.resending import same_again
from debates.text import clean_line, clean_text

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.act import Act
    from debates.models.replacing import Anchored
    from debates.models.topic import Topic

ESSAY_LENGTH = 200_000
MOST_ESSAYS = 50
EDITED = _("Someone changed this text while you were writing. Both are below.")


class EssayTexts(models.Model):
    """What an essay and each of its former states have."""

    title = models.CharField(_("title"), max_length=200)
    author = models.CharField(_("author"), max_length=200, blank=True)
    source = models.CharField(_("where it is from"), max_length=500, blank=True)
    text = models.TextField(_("text"), max_length=ESSAY_LENGTH)
    version = models.PositiveIntegerField(default=1, editable=False)

    TEXTS = ("title", "author", "source", "text")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.TEXTS}


class Essay(EssayTexts):
    """A text beside the map. Headings are lines that begin with "#", paragraphs stand apart by an empty line."""

    topic = models.ForeignKey("debates.Topic", on_delete=models.DB_CASCADE, related_name="essays")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    updated = models.DateTimeField(default=timezone.now, editable=False)
    # Makes a form that is sent twice one essay: unique per person.
    key = models.CharField(max_length=36, null=True, blank=True, editable=False)  # noqa: DJ001 - null is "no key"

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["added_by", "key"], condition=Q(key__isnull=False), name="essay_key_once"),
        )

    def get_absolute_url(self) -> str:
        return f"{reverse('topic-essay', args=[self.topic.slug])}?essay={self.pk}"

    def write(self, texts: dict[str, str]) -> None:
        """Put the texts into their stored form. Raises Refused where one is missing or too long."""
        for name, value in texts.items():
            setattr(self, name, clean_text(value) if name == "text" else clean_line(value))
        if not self.text:
            raise Refused(_("Paste or upload a text first."), field="text")
        if len(self.text) > ESSAY_LENGTH:
            raise Refused(
                _("This text is too long: at most 200,000 characters. Split it into several texts."), field="text"
            )
        if not self.title:
            raise Refused(_("Give the text a title, so that it can be told from others."), field="title")

    def as_recorded(self) -> dict[str, Any]:
        """What the history tells of this state; the words are kept in EssayVersion."""
        return {"essay": self.pk, "title": self.title, "version": self.version}

    # -- verbs -----------------------------------------------------------------------------------------

    def fresh(self, act: Act) -> Essay:
        """This essay as it is now, read after the topic was locked. Raises Gone."""
        now = Essay.objects.filter(pk=self.pk, topic=act.topic).first()
        if now is None:
            raise Gone(_("This text was removed meanwhile. Its editors can bring it back from the history."))
        now.topic = act.topic
        return now

    def now(self, act: Act, start: int, end: int) -> tuple[Essay, int, int]:
        """This essay as it is now, and where the words `text[start:end]` stand in it. Raises Gone, Conflict."""
        words, essay = self.text[max(0, start) : end], self.fresh(act)
        if essay.text[start:end] == words:
            return essay, start, end
        if not words or essay.text.count(words) != 1:
            raise Conflict(_("The text was edited meanwhile. Choose the words again."), current=essay)
        start = essay.text.index(words)
        return essay, start, start + len(words)

    def revise(self, *, by: User, version: int, **texts: str) -> Anchored:
        """Change the text, its title, author or source; every passage keeps its place or is kept as lost.

        `version` is the one that was read: another one now is a Conflict. Raises Refused, Gone.
        """
        from debates.models.replacing import set_texts

        with act_on(self.topic, by=by, verb="essay-revised") as act:
            now = self.fresh(act)
            if now.version != version:
                raise Conflict(EDITED, current=now)
            anchored = set_texts(act, now, texts)
        self.refresh_from_db()
        return anchored

    def restore(self, former: EssayVersion, *, by: User) -> Anchored:
        """Make the text what it was in `former`, as one more version; its passages stand where they stood then."""
        from debates.models.replacing import set_texts

        with act_on(self.topic, by=by, verb="essay-revised") as act:
            anchored = set_texts(act, self.fresh(act), former.texts(), former=former)
        self.refresh_from_db()
        return anchored

    def remove(self, *, by: User) -> None:
        """Take the text and its passages away; undoing it brings both back."""
        from debates.models.replacing import put_away

        with act_on(self.topic, by=by, verb="essay-removed") as act:
            act.record(before=put_away(act, self.fresh(act)))


class EssayVersion(EssayTexts):
    """A former state of an essay, with where its passages stood. It outlives the essay, so that it can come back."""

    topic = models.ForeignKey("debates.Topic", on_delete=models.DB_CASCADE, related_name="essay_versions")
    essay_number = models.PositiveBigIntegerField()
    # The rows of its passages: see Passage.KEPT. The quote is there only for those that were lost.
    passages = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("essay_number", "version")
        constraints = (models.UniqueConstraint(fields=["topic", "essay_number", "version"], name="essay_version_once"),)


class Texted:
    """What having texts beside the map adds to a topic."""

    def add_essay(self: Topic, *, by: User, title: str, text: str, key: str = "", **texts: str) -> Essay:  # type: ignore[misc]
        """Lay a text beside the map. The same `key` by the same person makes one.

        `texts` may name its `author`, and the `source` it is from. Raises Refused, Conflict, Closed, SlowDown.
        """
        essay = Essay(topic=self, added_by=by, key=key or None)
        essay.write({"title": title, "text": text, **texts})
        try:
            with act_on(self, by=by, verb="essay-added") as act:
                if Essay.objects.filter(topic=self).count() >= MOST_ESSAYS:
                    raise Refused(_("A topic holds at most 50 texts. Begin another topic for this one."), field="text")
                essay.save(force_insert=True)
                act.record(after=essay.as_recorded())
        except (IntegrityError, Refused):
            before = Essay.objects.filter(added_by=by, key=key).first() if key else None
            if before is None:
                raise
            return same_again(before, was=before.texts(), sent=essay.texts())
        return essay
