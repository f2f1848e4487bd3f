"""A draft: what a person writes from a map. Their own text beside it, private to them, with its history."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.errors import Conflict, Gone, Refused
from debates.models.resending import same_again
from debates.text import clean_line, clean_text

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.topic import Topic

DRAFT_LENGTH = 200_000
MOST_DRAFTS = 200
# A state is kept when the one before it is older: saving by itself every few seconds is no history.
KEPT_EVERY = timedelta(minutes=2)
MOST_VERSIONS = 200
# How long a discarded draft can be brought back.
DISCARDED_KEPT = timedelta(days=90)
DEEPEST_INDENT = 200
# Stands for a space at the beginning of a line while the text is cleaned: a letter for private use, which stays.
_INDENT = "\ue000"
CHANGED = _("This draft was changed elsewhere, in another window perhaps. Yours stays in the box.")


class CitationStyle(models.TextChoices):
    APA = "apa", "APA 7"
    MLA = "mla", "MLA 9"
    CHICAGO = "chicago", "Chicago"


def clean_draft(text: str) -> str:
    """`text` cleaned, but for the spaces that its lines begin with: in Markdown they put lists into lists."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace(_INDENT, "")
    kept = re.sub(r"^[ \t]+(?=\S)", _kept_indent, lines, flags=re.MULTILINE)
    cleaned = re.sub(f"^{_INDENT}+", lambda found: " " * len(found[0]), clean_text(kept), flags=re.MULTILINE)
    bare = re.sub(r" +$", "", cleaned, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", bare).strip("\n")


def _kept_indent(found: re.Match[str]) -> str:
    return _INDENT * min(len(found[0].expandtabs(4)), DEEPEST_INDENT)


class DraftManager(models.Manager["Draft"]):
    @transaction.atomic
    def begin(self, topic: Topic, *, by: User, title: str, text: str, key: str = "", **fields: Any) -> Draft:
        """A new draft of `by` in `topic`. `fields` are its `choices` and `style`. The same `key` makes one.

        Raises Refused, Conflict.
        """
        draft = Draft(topic=topic, author=by, key=key or None, **fields)
        draft.put(title=title, text=text)
        if self.filter(author=by, topic=topic, discarded=None).count() >= MOST_DRAFTS:
            raise Refused(_("You have 200 drafts in this topic. Discard one first."))
        try:
            with transaction.atomic():
                draft.save(force_insert=True)
        except IntegrityError:
            before = self.filter(author=by, key=draft.key).first() if draft.key else None
            if before is None:
                raise
            return same_again(before, was=before.as_sent(), sent=draft.as_sent())
        return draft


class Draft(models.Model):
    """`choices` is what was chosen of the map: see debates.drafting. `text` is Markdown, and the person's own."""

    topic = models.ForeignKey("debates.Topic", on_delete=models.DB_CASCADE, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_CASCADE, related_name="drafts")
    title = models.CharField(_("title"), max_length=200)
    choices = models.JSONField(default=dict, blank=True)
    text = models.TextField(_("text"), max_length=DRAFT_LENGTH, blank=True)
    style = models.CharField(_("style of citations"), max_length=8, choices=CitationStyle, default=CitationStyle.APA)
    version = models.PositiveIntegerField(default=1, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)
    updated = models.DateTimeField(default=timezone.now, editable=False)
    discarded = models.DateTimeField(null=True, blank=True, editable=False)
    # Makes a form that is sent twice one draft: unique per person.
    key = models.CharField(max_length=36, null=True, blank=True, editable=False)  # noqa: DJ001 - null is "no key"

    objects = DraftManager()

    class Meta:
        ordering = ("-updated", "pk")
        constraints = (
            models.UniqueConstraint(fields=["author", "key"], condition=Q(key__isnull=False), name="draft_key_once"),
            models.CheckConstraint(condition=Q(style__in=CitationStyle.values), name="draft_style"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("draft", args=[self.pk])

    def as_sent(self) -> dict[str, Any]:
        """What somebody sent to have this draft made."""
        return {name: getattr(self, name) for name in ("topic_id", "title", "choices", "style")}

    def put(self, *, title: str, text: str) -> None:
        """Bring title and text into their stored form. Raises Refused."""
        self.title, self.text = clean_line(title), clean_draft(text)
        if not self.title:
            raise Refused(_("Give the draft a title."), field="title")
        if len(self.text) > DRAFT_LENGTH:
            raise Refused(_("This draft is too long: at most 200,000 characters."), field="text")

    # -- verbs ---------------------------------------------------------------------------------------

    @transaction.atomic
    def write(self, text: str, *, version: int, always_kept: bool = False, **fields: Any) -> None:
        """Store another text, and `fields`: title, style, choices.

        `version` is the one that was read: another one now is a Conflict with it as `current`. What was there is kept
        in the history unless that was given something less than two minutes ago; `always_kept`, in any case. Where
        nothing is different nothing is stored.
        """
        now = self._locked()
        before = now.written()
        same = before | fields
        now.put(title=fields.get("title", now.title), text=text)
        now.style, now.choices = same["style"], same["choices"]
        if now.written() != before and now.version != version:
            raise Conflict(CHANGED, current=self._locked())
        if now.text != before["text"]:
            now.keep(before["text"], always=always_kept)
        if now.written() != before:
            now.version, now.updated = now.version + 1, timezone.now()
            now.save(update_fields=["title", "text", "style", "choices", "version", "updated"])
        self.refresh_from_db()

    def written(self) -> dict[str, Any]:
        """What write() can change."""
        return {name: getattr(self, name) for name in ("title", "text", "style", "choices")}

    def keep(self, text: str, *, always: bool = False) -> None:
        """Put `text` into the history as the state before version + 1."""
        newest = self.versions.order_by("-version").first()
        if always or newest is None or timezone.now() - newest.at > KEPT_EVERY:
            DraftVersion.objects.create(draft=self, version=self.version, text=text)
            old = self.versions.order_by("-version").values_list("pk", flat=True)[MOST_VERSIONS:]
            self.versions.filter(pk__in=list(old)).delete()

    @transaction.atomic
    def restore(self, former: DraftVersion) -> None:
        """Make the text what it was in `former`; the text of now is kept in the history."""
        now = self._locked()
        now.keep(now.text, always=True)
        now.text, now.version, now.updated = former.text, now.version + 1, timezone.now()
        now.save(update_fields=["text", "version", "updated"])
        self.refresh_from_db()

    def discard(self) -> None:
        """Put the draft away; recover() brings it back as long as clear_expired has not removed it."""
        self.discarded = timezone.now()
        self.save(update_fields=["discarded"])

    def recover(self) -> None:
        self.discarded = None
        self.save(update_fields=["discarded"])

    def _locked(self) -> Draft:
        now = Draft.objects.select_for_update(of=("self",), no_key=True).filter(pk=self.pk).first()
        if now is None:
            raise Gone(_("This draft was deleted meanwhile."))
        return now


class DraftVersion(models.Model):
    """A former text of a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.DB_CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=["draft", "version"], name="draft_version_once"),)

    def __str__(self) -> str:
        return f"{self.draft_id} · {self.version}"
