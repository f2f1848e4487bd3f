"""What classes hold about a person, for accounts.personal_data: as a pupil and as a teacher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.personal_data import Section
from classrooms.models import Classroom, Rubric, Seat, Snapshot, TeacherRole
from classrooms.personal_pupil import pupil_told
from classrooms.personal_teacher import teacher_told

if TYPE_CHECKING:
    from accounts.models import User
    from debates.personal_rows import Told


class Classrooms:
    """The holder of all that people are and do in classes."""

    name = "classrooms"

    def export(self, user: User) -> list[Section]:
        """What classes keep of `user`; nothing of it names anybody else but the teachers who looked."""
        return [as_section(told) for told in (*pupil_told(user), *teacher_told(user))]

    def erase(self, user: User) -> None:
        """Rows that name the user go with the account, by the database.

        A class that loses its only owner goes to the co-teacher who has been there longest; one that loses its only
        teacher is deleted, and what pupils wrote stays in their maps and drafts.
        """
        Snapshot.objects.forget(Seat.objects.filter(pupil__user=user).values_list("pk", flat=True))
        Rubric.objects.keep_for_classes(user)
        for classroom in Classroom.objects.taught_by(user).order_by("pk"):
            _leave(classroom, user)


def _leave(classroom: Classroom, user: User) -> None:
    others = classroom.teachers.exclude(user=user).order_by("since", "pk")
    heir = others.first()
    if heir is None:
        classroom.dissolve()
        return
    if not others.filter(role=TeacherRole.OWNER).exists():
        classroom.hand_over(heir)
    classroom.remove_teacher(classroom.teachers.get(user=user))


def as_section(told: Told) -> Section:
    """A section with its rows read."""
    key, title, columns, rows = told
    return Section(key, str(title), columns, list(rows))
