"""A vote: a participant's answer, 0 to 4, to "how much does this matter to the line above?"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Never

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.errors import Closed, Gone, Refused

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.statement import Statement

VALUES = range(5)
# The words of the five steps, from 0 to 4.
VOTE_WORDS = (_("not at all"), _("a little"), _("somewhat"), _("a lot"), _("decisive"))

# Without a transaction around it, as bulk_create() would have: SQLite's only write lock is then held for the moment of
# the statement, and not while Python waits for its turn. The status is that of the moment of the vote, and so is
# that of the line a link repeats, and whether the topic is open.
UPSERT = """
    INSERT INTO debates_vote (statement_id, voter_id, value, at)
    SELECT s.id, %s, %s, %s FROM debates_statement s JOIN debates_topic t ON t.id = s.topic_id
    LEFT JOIN debates_statement target ON target.id = s.refers_to_id
    WHERE s.id = %s AND s.status = 'visible' AND COALESCE(target.status, 'visible') = 'visible' AND t.closed_at IS NULL
    ON CONFLICT (statement_id, voter_id) DO UPDATE SET value = excluded.value, at = excluded.at
"""


class Vote(models.Model):
    statement = models.ForeignKey("debates.Statement", on_delete=models.DB_CASCADE, related_name="votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_CASCADE, related_name="votes")
    value = models.SmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["statement", "voter"], name="vote_once"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=4), name="vote_value"),
        )
        # A tally is read from this index alone.
        indexes = (models.Index(fields=["statement", "value"], name="vote_tally"),)

    def __str__(self) -> str:
        return f"{self.value} on {self.statement_id}"


class Voted:
    """What voting adds to a statement."""

    def cast_vote(self: Statement, *, voter: User, value: int) -> None:  # type: ignore[misc]
        """Count `voter`'s answer once, the last one given. One statement to the database, nothing read first.

        Raises Closed; Gone (410) where the line was deleted; Refused (422) where it was taken back: it may be restored,
        so it is not gone, on the pages and in the API alike.
        """
        if value not in VALUES:
            raise Refused(_("A vote is one of the five steps from 0 to 4."), field="value")
        if self.author_id == voter.pk:
            raise Refused(_("Nobody votes on their own argument."), field="value")
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(UPSERT, [voter.pk, value, now, self.pk])
            if not cursor.rowcount:
                self._refuse_vote()

    def _refuse_vote(self: Statement) -> Never:  # type: ignore[misc]
        """Say why nothing was counted."""
        from debates.models.statement import Statement

        now = Statement.objects.select_related("topic").filter(pk=self.pk).first()
        if now is None:
            raise Gone(_("This line was deleted meanwhile."))
        if not now.topic.is_open:
            raise Closed
        raise Refused(_("This was taken back, so it cannot be voted on."), field="value")

    def retract_vote(self: Statement, *, voter: User) -> None:  # type: ignore[misc]
        """As if `voter` had never answered."""
        Vote.objects.filter(statement=self, voter=voter).delete()
