"""Who may do what in a class, and the loaders that find and authorise in one call.

Who does not belong to a class gets a 404, whether it exists or not; a pupil on a teacher's page a 403.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from classrooms.models import Assignment, Classroom, Feedback, Group, Pupil, Seat, Teacher

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from debates.models.act import Actor

ATTEND = "attend"  # the pages of a pupil; teachers see them, too
TEACH = "teach"  # roster, assignments, progress, feedback, grades
OWN = "own"  # the class itself: its teachers, archive, deletion

RIGHTS: dict[str, frozenset[str]] = {
    "owner": frozenset({ATTEND, TEACH, OWN}),
    "teacher": frozenset({ATTEND, TEACH}),
    "pupil": frozenset({ATTEND}),
    "": frozenset(),
}
SENTENCES = {
    TEACH: _("This page is for the teachers of the class."),
    OWN: _("Only the owner of this class may do that."),
}


def _roles(user: Actor, classroom: str) -> dict[str, Subquery]:
    teaching = Teacher.objects.filter(classroom=OuterRef(classroom), user_id=user.pk or 0)
    attending = Pupil.objects.filter(classroom=OuterRef(classroom), user_id=user.pk or 0, left=None)
    return {"teacher_role": Subquery(teaching.values("role")[:1]), "pupil_pk": Subquery(attending.values("pk")[:1])}


def role_in(found: Model) -> str:
    """The role of the reader in the class of `found`, which _roles annotated: owner, teacher, pupil or ""."""
    return found.teacher_role or ("pupil" if found.pupil_pk else "")  # type: ignore[attr-defined]


def _settle(classroom: Classroom, found: Model, right: str) -> None:
    classroom.role, classroom.pupil_pk = role_in(found), found.pupil_pk  # type: ignore[attr-defined]
    if not RIGHTS[classroom.role]:
        raise Http404
    if right not in RIGHTS[classroom.role]:
        raise PermissionDenied(SENTENCES[right])


def _first[Row: Model](rows: QuerySet[Row], user: Actor, classroom: str) -> Row:
    found: Row | None = rows.annotate(**_roles(user, classroom)).first()
    if found is None:
        raise Http404
    return found


def classroom_for(user: Actor, pk: int, *, may: str = ATTEND) -> Classroom:
    """The class `pk` with the reader's `role` and `pupil_pk` set. Raises Http404, PermissionDenied."""
    classroom = _first(Classroom.objects.filter(pk=pk), user, "pk")
    _settle(classroom, classroom, may)
    return classroom


def assignment_for(user: Actor, pk: int, *, may: str = ATTEND) -> Assignment:
    """The assignment `pk` with its class. To pupils one that is not shown yet is a 404, and a deleted one to all."""
    assignment = former_assignment_for(user, pk, may=may)
    if assignment.deleted is not None:
        raise Http404
    return assignment


def former_assignment_for(user: Actor, pk: int, *, may: str = TEACH) -> Assignment:
    """As assignment_for, also where a teacher has deleted it."""
    rows = Assignment.objects.select_related("classroom", "topic", "rubric").filter(pk=pk)
    assignment = _first(rows, user, "classroom")
    _settle(assignment.classroom, assignment, may)
    if assignment.classroom.role == "pupil" and not assignment.is_shown:
        raise Http404
    return assignment


def seat_for(user: Actor, pk: int, *, may: str = TEACH) -> Seat:
    """The seat `pk` with its pupil, group and assignment. With ATTEND it is the pupil's own, or any for teachers."""
    rows = Seat.objects.select_related("assignment__classroom", "assignment__rubric", "group__topic", "pupil__user")
    seat = _first(rows.filter(pk=pk, assignment__deleted=None), user, "assignment__classroom")
    _settle(seat.assignment.classroom, seat, may)
    if seat.assignment.classroom.role == "pupil" and seat.pupil_id != seat.assignment.classroom.pupil_pk:
        raise Http404
    return seat


def pupil_for(user: Actor, pk: int) -> Pupil:
    """The pupil `pk` with their class, for its teachers."""
    pupil = _first(Pupil.objects.select_related("classroom", "user").filter(pk=pk), user, "classroom")
    _settle(pupil.classroom, pupil, TEACH)
    return pupil


def group_for(user: Actor, pk: int) -> Group:
    """The group `pk` with its assignment and map, for the teachers."""
    rows = Group.objects.select_related("assignment__classroom", "topic").filter(pk=pk, assignment__deleted=None)
    group = _first(rows, user, "assignment__classroom")
    _settle(group.assignment.classroom, group, TEACH)
    return group


def feedback_for(user: Actor, pk: int, *, may: str = TEACH) -> Feedback:
    """The feedback `pk` with its seat. With ATTEND it is the pupil's own, while it shows, or any for teachers."""
    found = Feedback.objects.select_related("statement").filter(pk=pk).first()
    if found is None:
        raise Http404
    found.seat = seat_for(user, found.seat_id, may=may)
    if found.withdrawn is not None and found.seat.assignment.classroom.role == "pupil":
        raise Http404
    return found
