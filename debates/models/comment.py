"""What people say about a statement's wording, beside the argument: comments and open questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.act import act_on
from debates.models.errors import Refused
from debates.models.resending import same_again
from debates.text import clean_text

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.act import Act
    from debates.models.statement import Statement

COMMENT_LENGTH = 2_000


class CommentKind(models.TextChoices):
    COMMENT = "comment", _("Comment")
    QUESTION = "question", _("Open question")


class Comment(models.Model):
    """A remark about a statement's wording, not an argument."""

    statement = models.ForeignKey("debates.Statement", on_delete=models.DB_CASCADE, related_name="comments")
    reply_to = models.ForeignKey("self", on_delete=models.DB_CASCADE, null=True, blank=True, related_name="replies")
    kind = models.CharField(max_length=8, choices=CommentKind, default=CommentKind.COMMENT)
    text = models.TextField(_("comment"), max_length=COMMENT_LENGTH)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="comments"
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    removed = models.BooleanField(default=False)
    # Makes a form that is sent twice one comment: unique per author.
    key = models.CharField(max_length=36, null=True, blank=True, editable=False)  # noqa: DJ001 - null is "no key"

    class Meta:
        ordering = ("created", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=CommentKind.values), name="comment_kind"),
            models.UniqueConstraint(fields=["author", "key"], condition=Q(key__isnull=False), name="comment_key_once"),
        )

    def __str__(self) -> str:
        return self.text[:60]

    def as_sent(self) -> dict[str, Any]:
        """What somebody sent to have this comment made."""
        return {"statement": self.statement_id, "text": self.text, "kind": self.kind, "reply_to": self.reply_to_id}

    def set_removed(self, act: Act, removed: bool) -> None:
        """See Statement.uncomment."""
        self.removed = removed
        self.save(update_fields=["removed"])
        recorded = {"comment": self.pk, "text": self.text, "kind": self.kind}
        shown: dict[str, Any] = {}
        before, after = (recorded, shown) if removed else (shown, recorded)
        act.record(statement=self.statement, before=before, after=after)


class Discussed:
    """What remarks add to a statement."""

    def comment(  # type: ignore[misc]
        self: Statement,
        text: str,
        *,
        by: User,
        kind: str = CommentKind.COMMENT,
        reply_to: Comment | None = None,
        key: str = "",
    ) -> Comment:
        """Say something about the wording, or ask an open question. The same `key` by the same person makes one.

        Raises Refused, Gone, Closed, SlowDown; Conflict where the key was sent with something else in the form.
        """
        cleaned = clean_text(text)
        if not cleaned:
            raise Refused(_("Write your comment first."), field="text")
        if len(cleaned) > COMMENT_LENGTH:
            raise Refused(_("A comment has at most 2,000 characters."), field="text")
        if reply_to is not None and reply_to.statement_id != self.pk:
            raise Refused(_("That comment is about another line."), field="reply_to")
        made = Comment(statement=self, text=cleaned, author=by, kind=kind, reply_to=reply_to, key=key or None)
        if reply_to is not None and reply_to.reply_to_id:
            made.reply_to_id = reply_to.reply_to_id
        try:
            with act_on(self.topic, by=by, verb="comment") as act:
                now = self.fresh_to_work_on(act)
                if reply_to is not None and not Comment.objects.filter(pk=reply_to.pk, removed=False).exists():
                    raise Refused(_("The comment you answer is not here any more."), field="reply_to")
                made.save(force_insert=True)
                act.record(statement=now, after={"comment": made.pk, "text": cleaned, "kind": made.kind})
        except (IntegrityError, Refused):
            before = Comment.objects.filter(author=by, key=key).first() if key else None
            if before is None:
                raise
            return same_again(before, was=before.as_sent(), sent=made.as_sent())
        return made

    def uncomment(self: Statement, comment: Comment, *, by: User) -> None:  # type: ignore[misc]
        """Take a comment back; answers to it stay."""
        with act_on(self.topic, by=by, verb="uncomment") as act:
            for found in self.comments.filter(pk=comment.pk, removed=False):
                found.set_removed(act, True)
        comment.removed = True
