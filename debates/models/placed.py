"""What a statement can be asked about its place: to bear an argument, to move, to turn, to stand in a second place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from debates.models import structure
from debates.models.act import act_on
from debates.models.errors import Refused
from debates.models.kinds import Stance
from debates.models.membership import Membership

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.act import Act
    from debates.models.statement import Statement


class Placed:
    """What having a place adds to a statement."""

    def add_argument(  # type: ignore[misc]
        self: Statement, stance: str, text: str, *, by: User, note: str = "", key: str = "", suggested: bool = False
    ) -> Statement:
        """A new argument that supports or opposes this statement."""
        from debates.models.statement import Statement

        if stance not in Stance.values:
            raise Refused(_("Say whether it supports or opposes the line above."), field="stance")
        return Statement.objects.add(
            self.topic, self, stance=stance, text=text, by=by, note=note, key=key, suggested=suggested
        )

    def move_under(  # type: ignore[misc]
        self: Statement, parent: Statement | None, *, by: User, stance: str = "", after: Statement | None = None
    ) -> None:
        """Put this statement, with its branch, under `parent` (None: make it a claim), behind `after`.

        Votes, comments and sources stay with it. `stance` is kept unless given.
        """
        with act_on(self.topic, by=by, verb="move") as act:
            structure.move(act, self._fresh_to_move(act, by), parent, stance=stance, after=after)
        self.refresh_from_db()

    def reorder(self: Statement, *, by: User, after: Statement | None) -> None:  # type: ignore[misc]
        """Put this statement behind its sibling `after`, or first."""
        with act_on(self.topic, by=by, verb="reorder") as act:
            structure.reorder(act, self._fresh_to_move(act, by), after=after)
        self.refresh_from_db()

    def _fresh_to_move(self: Statement, act: Act, by: User) -> Statement:  # type: ignore[misc]
        """What was taken back is moved by those who look after the topic, with the replies that stand under it."""
        now = self.fresh(act)
        if now.is_gone and now.author_id == by.pk and not Membership.objects.is_moderator(by, act.topic):
            raise Refused(_("This line was taken back. Restore it first."))
        return now

    def turn(self: Statement, *, by: User, to: str = "") -> None:  # type: ignore[misc]
        """Flip the stance: what supported its parent opposes it, and the other way round.

        With `to`, the stance that it is to have: what is so already is no change, so sending it twice turns once.
        """
        with act_on(self.topic, by=by, verb="turn") as act:
            now = self.fresh_to_work_on(act)
            if now.is_claim:
                raise Refused(_("A claim has no stance to turn."), field="stance")
            if now.stance != to:
                structure.set_stance(act, now, Stance(now.stance).other)
        self.refresh_from_db()

    def link_under(  # type: ignore[misc]
        self: Statement, parent: Statement, *, stance: str, by: User, key: str = ""
    ) -> Statement:
        """Repeat this statement in a second place; its text and branch stay in one. `key` as for a new one."""
        from debates.models.statement import Statement

        if stance not in Stance.values:
            raise Refused(_("Say whether it supports or opposes the line above."), field="stance")
        try:
            with act_on(self.topic, by=by, verb="link") as act:
                return structure.link(act, self.fresh(act), parent, stance=stance, key=key)
        except (IntegrityError, Refused):
            sent = Statement(topic=self.topic, parent=parent, stance=stance, refers_to=self)
            made = Statement.objects.sent_before(by, key, sent)
            if made is None:
                raise
            return made
