"""What a statement says, and whether it shows: its words in their stored form, and the verbs that change both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from debates.models import structure
from debates.models.act import act_on
from debates.models.errors import Conflict, Gone, Refused
from debates.models.kinds import NOTE_LENGTH, TEXT_LENGTH, Status
from debates.text import clean_line, clean_text, fold

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.act import Act
    from debates.models.statement import Statement


class Worded:
    """What having words adds to a statement."""

    # Just sent when its time was over: set by StatementManager.add.
    is_late = False

    @property
    def words(self: Statement) -> str:  # type: ignore[misc]
        """What readers see of it: for a link, what its target says; nothing once it was taken back."""
        bearer = self.refers_to or self
        hidden = {Status.WITHDRAWN, Status.REMOVED} & {self.status, bearer.status}
        return "" if hidden else bearer.text

    @property
    def is_gone(self: Statement) -> bool:  # type: ignore[misc]
        """Taken back by its author, or removed by an editor."""
        return self.status in {Status.WITHDRAWN, Status.REMOVED}

    def fresh(self: Statement, act: Act) -> Statement:  # type: ignore[misc]
        """This statement as it is now, read after the topic was locked. Raises Gone."""
        from debates.models.statement import Statement

        now = Statement.objects.filter(pk=self.pk, topic=act.topic).first()
        if now is None:
            raise Gone(_("This line was deleted meanwhile."))
        return now

    def fresh_to_work_on(self: Statement, act: Act) -> Statement:  # type: ignore[misc]
        """As fresh(), for verbs that add to a line or alter it. Raises Refused where it was taken back."""
        now = self.fresh(act)
        if now.is_gone:
            raise Refused(_("This line was taken back. Restore it first."))
        return now

    def write(self: Statement, text: str, note: str) -> None:  # type: ignore[misc]
        """Put the texts into their stored form. Raises Refused when nothing is left or too much."""
        self.text, self.note = clean_line(text), clean_text(note)
        if not self.text:
            raise Refused(_("Write one sentence first."), field="text")
        if len(self.text) > TEXT_LENGTH:
            raise Refused(_("One sentence, please: at most 300 characters."), field="text")
        if len(self.note) > NOTE_LENGTH:
            raise Refused(_("The note is too long: at most 5,000 characters."), field="note")
        self.search_text = fold(self.text)

    def revise(self: Statement, *, text: str, note: str | None = None, version: int, by: User) -> None:  # type: ignore[misc]
        """Change the wording. `version` is the one that was read: another one now is a Conflict."""
        with act_on(self.topic, by=by, verb="revise") as act:
            now = self.fresh_to_work_on(act)
            if now.is_link:
                raise Refused(_("A link has no words of its own: change the statement it points to."), field="text")
            if now.version != version:
                raise Conflict(_("Someone changed this while you were writing. Both texts are below."), current=now)
            structure.set_text(act, now, text, now.note if note is None else note)
        self.refresh_from_db()

    def withdraw(self: Statement, *, by: User) -> None:  # type: ignore[misc]
        """Take one's own statement back; its place and the replies stay."""
        self._set_status(Status.WITHDRAWN, by=by, verb="withdraw", unless={Status.WITHDRAWN, Status.REMOVED})

    def remove(self: Statement, *, by: User) -> None:  # type: ignore[misc]
        """Hide a statement as a moderator; its place and the replies stay."""
        self._set_status(Status.REMOVED, by=by, verb="remove", unless={Status.REMOVED})

    def restore(self: Statement, *, by: User, removed_too: bool = True) -> None:  # type: ignore[misc]
        """Show a withdrawn statement again, and, as a moderator, a removed one."""
        unless = {Status.VISIBLE, Status.SUGGESTED} | (set() if removed_too else {Status.REMOVED})
        self._set_status(Status.VISIBLE, by=by, verb="restore", unless=unless)

    def accept(self: Statement, *, by: User) -> None:  # type: ignore[misc]
        """Take a suggestion into the tree."""
        unless = {Status.VISIBLE, Status.WITHDRAWN, Status.REMOVED}
        self._set_status(Status.VISIBLE, by=by, verb="accept", unless=unless)

    def decline(self: Statement, *, by: User) -> None:  # type: ignore[misc]
        """Hide a suggestion, unless somebody has accepted it a moment ago."""
        unless = {Status.VISIBLE, Status.WITHDRAWN, Status.REMOVED}
        self._set_status(Status.REMOVED, by=by, verb="remove", unless=unless)

    def _set_status(self: Statement, status: Status, *, by: User, verb: str, unless: set[Status]) -> None:  # type: ignore[misc]
        with act_on(self.topic, by=by, verb=verb) as act:
            now = self.fresh(act)
            if now.status not in unless:
                structure.set_status(act, now, status)
        self.refresh_from_db()
