"""How a class ends: put away, taken out again, or deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from classrooms.models.feedback import Feedback
from classrooms.models.grade import Grade
from classrooms.models.work import Work
from debates.models import Draft

if TYPE_CHECKING:
    from accounts.models import User
    from classrooms.models.classroom import Classroom


@dataclass(frozen=True)
class Going:
    """How much of a class goes when it is deleted."""

    pupils: int
    assignments: int
    grades: int
    feedback: int
    conclusions: int


class Ended:
    """What ending adds to a class."""

    @transaction.atomic
    def archive(self: Classroom, *, by: User) -> None:  # type: ignore[misc]
        """Put the class away: nobody joins, every map takes no contributions, and all of it can still be read."""
        now, moment = self.locked(archived_too=True), timezone.now()
        if not now.is_archived:
            for assignment in now.assignments.kept().filter(paused=None):
                assignment.pause(by=by)
            type(self).objects.filter(pk=self.pk).update(archived=moment)
        self.refresh_from_db()

    @transaction.atomic
    def reopen(self: Classroom, *, by: User) -> None:  # type: ignore[misc]
        """Take it out of the archive again; what was paused before it went there stays so."""
        moment = self.locked(archived_too=True).archived
        type(self).objects.filter(pk=self.pk).update(archived=None)
        if moment is not None:
            for assignment in self.assignments.kept().filter(paused__gte=moment):
                assignment.resume(by=by)
        self.refresh_from_db()

    def what_goes(self: Classroom) -> Going:  # type: ignore[misc]
        """What would be deleted with the class. The maps and all that stands in them are not part of it."""
        of_class = {"seat__assignment__classroom": self}
        return Going(
            pupils=self.pupils.count(),
            assignments=self.assignments.kept().count(),
            grades=Grade.objects.filter(**of_class).count(),
            feedback=Feedback.objects.filter(**of_class).count(),
            conclusions=Work.objects.filter(**of_class).exclude(conclusion="").count(),
        )

    @transaction.atomic
    def dissolve(self: Classroom) -> None:  # type: ignore[misc]
        """Delete the class with its roster, assignments, feedback and grades; no word that a pupil wrote is lost.

        The maps stay with their owners and members, and each conclusion becomes a draft of its author in their map.
        Raises Gone.
        """
        now = self.locked(archived_too=True)
        works = (
            Work.objects.filter(seat__assignment__classroom=now)
            .exclude(conclusion="")
            .select_related("seat__assignment", "seat__group__topic", "seat__pupil__user")
        )
        # Locked, so that what is stored at this moment is either taken along or told that the class is gone.
        for work in works.select_for_update(of=("self",), no_key=True):
            seat = work.seat
            if (topic := seat.group.topic) is not None:
                Draft.objects.create(
                    topic=topic, author=seat.pupil.user, title=seat.assignment.title, text=work.conclusion
                )
        for assignment in now.assignments.all():
            assignment.let_go()
        now.delete()
