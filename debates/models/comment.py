"""What people say about a statement's wording, beside the argument: comments and open questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.act import act_on
from debates.models.errors import Refused
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

    class Meta:
        ordering = ("created", "pk")
        constraints = (models.CheckConstraint(condition=Q(kind__in=CommentKind.values), name="comment_kind"),)

    def __str__(self) -> str:
        return self.text[:60]

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
    ) -> Comment:
        """Say something about the wording, or ask an open question."""
        cleaned = clean_text(text)
        if not cleaned:
            raise Refused(_("Write your comment first."), field="text")
        if len(cleaned) > COMMENT_LENGTH:
            raise Refused(_("A comment has at most 2,000 characters."), field="text")
        if reply_to is not None and reply_to.statement_id != self.pk:
            raise Refused(_("That comment is about another line."), field="reply_to")
        if reply_to is not None and reply_to.reply_to_id:
            reply_to = reply_to.reply_to
        with act_on(self.topic, by=by, verb="comment") as act:
            made = Comment.objects.create(statement=self, text=cleaned, author=by, kind=kind, reply_to=reply_to)
            act.record(statement=self, after={"comment": made.pk, "text": cleaned, "kind": made.kind})
        return made

    def uncomment(self: Statement, comment: Comment, *, by: User) -> None:  # type: ignore[misc]
        """Take a comment back; answers to it stay."""
        with act_on(self.topic, by=by, verb="uncomment") as act:
            for found in self.comments.filter(pk=comment.pk, removed=False):
                found.set_removed(act, True)
        comment.removed = True
