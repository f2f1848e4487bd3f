"""All grades of a class in one pass: five queries, whatever the number of pupils and assignments."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from classrooms.models import Grade, GradeVersion, Pupil, Seat
from classrooms.models.grade import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classrooms.models import Assignment, Classroom


@dataclass(frozen=True, slots=True)
class Entry:
    """One pupil in one assignment. `points` is the newest grade, `released` what the pupil was shown last.

    `seat` is None for whoever has no part in the assignment.
    """

    seat: int | None = None
    points: Decimal | None = None
    released: Decimal | None = None
    is_draft: bool = False

    def told(self, *, drafts: bool) -> Decimal | None:
        """The points for a file: as the pupil knows them, or as they stand."""
        return self.points if drafts else self.released


NOBODY = Entry()


@dataclass(frozen=True, slots=True)
class Line:
    pupil: Pupil
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Gradebook:
    """Pupils by name, assignments in the order in which they were given."""

    classroom: Classroom
    assignments: list[Assignment]
    lines: list[Line]

    @property
    def has_drafts(self) -> bool:
        return any(entry.is_draft for line in self.lines for entry in line.entries)

    def titles(self) -> list[str]:
        """A title for each assignment, no two the same: by them other systems tell columns apart."""
        seen: dict[str, int] = {}
        return [_unlike(assignment.title, seen) for assignment in self.assignments]


def gradebook_of(classroom: Classroom) -> Gradebook:
    """Everyone who is in the class now, and all that was shown to it."""
    shown = classroom.assignments.filter(published__isnull=False, deleted=None)
    assignments = list(shown.select_related("rubric").order_by("created", "pk"))
    pupils = list(Pupil.objects.filter(classroom=classroom, left=None).order_by("name", "pk"))
    found = dict(_entries(classroom, {each.pk: each for each in assignments}))
    lines = [Line(each, [found.get((each.pk, given.pk), NOBODY) for given in assignments]) for each in pupils]
    return Gradebook(classroom, assignments, lines)


def _entries(classroom: Classroom, assignments: dict[int, Assignment]) -> Iterator[tuple[tuple[int, int], Entry]]:
    grades = {grade.seat_id: grade for grade in Grade.objects.filter(seat__assignment__classroom=classroom)}
    released = _released(classroom)
    seats = Seat.objects.filter(assignment__classroom=classroom).order_by()
    for seat, pupil, given in seats.values_list("pk", "pupil_id", "assignment_id"):
        if given in assignments:
            yield (pupil, given), _entry(seat, grades.get(seat), released.get(seat), assignments[given])


def _released(classroom: Classroom) -> dict[int, tuple[int, Any]]:
    """The number of the newest released version of each seat, and the total that was shown with it."""
    versions = GradeVersion.objects.filter(grade__seat__assignment__classroom=classroom, released__isnull=False)
    rows = versions.order_by("version").values_list("grade__seat_id", "version", "shown__total")
    return {seat: (version, total) for seat, version, total in rows}


def _entry(seat: int, grade: Grade | None, released: tuple[int, Any] | None, assignment: Assignment) -> Entry:
    criteria = assignment.rubric.criteria if assignment.rubric else []
    version, total = released or (0, None)
    return Entry(
        seat,
        grade.total_by(criteria) if grade else None,
        None if total is None else plain(Decimal(str(total))),
        grade is not None and grade.version != version,
    )


def _unlike(title: str, seen: dict[str, int]) -> str:
    seen[title] = seen.get(title, 0) + 1
    return title if seen[title] == 1 else _unlike(f"{title} ({seen[title]})", seen)
