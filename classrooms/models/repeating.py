"""A class for another year: what it was set up with, and nobody who was in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from classrooms.models.assignment import Assignment
    from classrooms.models.classroom import Classroom


class Repeated:
    """What being copied adds to a class."""

    @transaction.atomic
    def copy(  # type: ignore[misc]
        self: Classroom, *, by: User, name: str, assignments: Iterable[Assignment] = (), key: str = ""
    ) -> Classroom:
        """The class for another year: its settings and `assignments`, but never its people, votes or grades.

        The assignments are as they were set up, without dates and not shown yet. Raises Refused, Conflict.
        """
        made = type(self).objects.begin(by=by, name=name, time_zone=self.time_zone, key=key)
        if made.assignments.exists():  # the form was sent twice
            return made
        made.keep_months, made.seats = self.keep_months, self.seats
        made.save(update_fields=["keep_months", "seats"])
        for assignment in assignments:
            made.assign_again(assignment, by=by)
        return made
