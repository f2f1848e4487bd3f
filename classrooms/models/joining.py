"""Joining a class by a code."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.join_code import LASTS, LATE_LASTS, JoinCode
from classrooms.models.pupil import Pupil
from debates.models import Gone, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from accounts.models import User
    from classrooms.models.assignment import Assignment
    from classrooms.models.classroom import Classroom

# How many assignments a newcomer is seated in at once. The others seat whoever opens them.
SEATED_AT_ONCE = 10

OVER = _("This code does not work any more. Ask your teacher for the new one.")
FULL = _("This class is full. Tell your teacher, who can add a seat.")


class Joined:
    """What being joined by a code adds to a class."""

    @property
    def code(self: Classroom) -> JoinCode | None:  # type: ignore[misc]
        """The code that works for everyone now, if there is one."""
        codes = self.codes.filter(ended=None, uses_left=None)
        return next((code for code in codes if code.works), None)

    @transaction.atomic
    def new_code(self: Classroom, *, lasts: timedelta | None = LASTS) -> JoinCode:  # type: ignore[misc]
        """A code in place of the one there is. It works for as long as it `lasts`; None: until it is ended.

        Raises Closed, Gone.
        """
        now = self.locked()
        now.end_code()
        return JoinCode.objects.issue(now, expires=timezone.now() + lasts if lasts else None)

    @transaction.atomic
    def late_code(self: Classroom) -> JoinCode:  # type: ignore[misc]
        """A code for one more pupil, today: the class stays closed for everyone else."""
        now = self.locked()
        return JoinCode.objects.issue(now, expires=timezone.now() + LATE_LASTS, uses=1)

    def end_code(self: Classroom) -> None:  # type: ignore[misc]
        """Nobody joins by the code any more; who did stays."""
        self.codes.filter(ended=None, uses_left=None).update(ended=timezone.now())

    @transaction.atomic
    def join(self: Classroom, user: User, *, code: JoinCode, name: str = "") -> Pupil:  # type: ignore[misc]
        """Make `user` a pupil, called `name` by the teacher. Joining twice is joining once.

        Raises Refused, Gone, Closed.
        """
        now = self.locked()
        if now.teachers.filter(user=user).exists():
            raise Refused(_("You teach this class, so you cannot be a pupil of it."))
        pupil = now.pupils.filter(user=user).first()
        if pupil is not None and pupil.left is None:
            pupil.note_join()
            return pupil
        now.take_seat(code)
        pupil = pupil or Pupil(classroom=now, user=user)
        pupil.rejoin(name)
        now.settle(pupil)
        return pupil

    def settle(self: Classroom, pupil: Pupil) -> None:  # type: ignore[misc]
        """Give a newcomer their place in what the class works at now, so that a teacher sees them there at once."""
        for assignment in self.at_work():
            with suppress(Refused):
                assignment.seat(pupil, by=assignment.giver)

    def at_work(self: Classroom) -> Iterable[Assignment]:  # type: ignore[misc]
        """The newest assignments that pupils may work at, but for those in which each makes a map by opening it."""
        shown = self.assignments.shown().exclude(shape="each").select_related("classroom", "topic")
        return [assignment for assignment in shown if assignment.is_open][:SEATED_AT_ONCE]

    def take_seat(self: Classroom, code: JoinCode) -> None:  # type: ignore[misc]
        """Use `code` for one more pupil of this locked class. Raises Gone where it works no more, Refused when full."""
        fresh = self.codes.filter(pk=code.pk).first()
        if fresh is None or not fresh.works:
            raise Gone(OVER)
        if self.seats is not None and self.pupils.filter(left=None).count() >= self.seats:
            raise Refused(FULL)
        self.codes.filter(pk=code.pk, uses_left__isnull=False).update(uses_left=F("uses_left") - 1)
