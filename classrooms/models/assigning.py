"""Giving a class something to do: a new assignment, or one that another class has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from classrooms.models.assignment import FULL, MOST_ASSIGNMENTS, Assignment
from debates.models import Conflict, Refused
from debates.models.act import in_one_go

if TYPE_CHECKING:
    from accounts.models import User
    from classrooms.models.classroom import Classroom

# What an assignment is set up with, but for its dates.
REPEATED = (
    "title", "instructions", "shape", "sides", "write_first", "requirements", "points", "rubric",
)  # fmt: skip


class AssignedTo:
    """What giving assignments adds to a class."""

    @transaction.atomic
    def assign(self: Classroom, *, by: User, topic: Any, key: str = "", **fields: Any) -> Assignment:  # type: ignore[misc]
        """A new assignment on `topic`, which `by` may manage. The same `key` by the same person makes one.

        Raises Refused, Conflict, Closed, Gone.
        """
        now = self.locked()
        if now.assignments.kept().count() >= MOST_ASSIGNMENTS:
            raise Refused(FULL)
        assignment = Assignment(classroom=now, topic=topic, created_by=by, key=key or None)
        assignment.put(**fields)
        try:
            with transaction.atomic():
                assignment.save(force_insert=True)
        except IntegrityError:
            before = Assignment.objects.filter(created_by=by, key=assignment.key).first() if assignment.key else None
            if before is None or before.title != assignment.title:
                raise Conflict(_("This form was sent before, with something else in it."), current=before) from None
            return before
        return assignment

    @transaction.atomic
    @in_one_go()
    def assign_again(self: Classroom, assignment: Assignment, *, by: User, key: str = "") -> Assignment:  # type: ignore[misc]
        """What another class has, for this one: set up in the same way, without dates, and not shown yet.

        Where the class shares one map, on a copy of it without the lines of its pupils; else on the same template, so
        that an edit of it can reach the groups of both. Raises Refused, Conflict, Closed, Gone.
        """
        topic = assignment.topic
        if topic is not None and assignment.shape == "shared":
            pupils = assignment.seats.values_list("pupil__user_id", flat=True)
            topic = topic.copy_of(by=by, title=topic.title, without=set(pupils))[0]
        settings = {name: getattr(assignment, name) for name in REPEATED}
        return self.assign(by=by, topic=topic, key=key, **settings)
