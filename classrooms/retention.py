"""How long a class keeps its people, what goes then, and the same for one pupil who asks for it today.

What was argued stays in the maps, as by former participants. See docs/privacy.md.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import personal_data
from classrooms.models import Classroom, Feedback, Grade, Position, Pupil, Snapshot, Teacher, Work
from debates.leaving import leave_topics
from debates.models import Comment, Conflict, Gone, Membership, Pseudonym, Statement, Topic, Vote

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = logging.getLogger("counterpoint.retention")


@dataclass(frozen=True)
class Forgetting:
    """How much goes when a class forgets its people, and how much stays: `arguments` and `comments`."""

    pupils: int
    accounts: int
    votes: int
    positions: int
    conclusions: int
    grades: int
    feedback: int
    looks: int
    snapshots: int
    arguments: int
    comments: int


def what_goes(classroom: Classroom) -> Forgetting:
    """What would go if it were today. The number of queries is the same for every size."""
    users = classroom.pupils.values("user")
    maps = classroom.maps().order_by().values("pk")
    of_class = Q(seat__assignment__classroom=classroom)
    return Forgetting(
        pupils=classroom.pupils.count(),
        accounts=len(begun_for(classroom)),
        votes=Vote.objects.filter(voter__in=users, statement__topic__in=maps).count(),
        positions=Position.objects.filter(of_class).count(),
        conclusions=Work.objects.filter(of_class).exclude(conclusion="").count(),
        grades=Grade.objects.filter(of_class).count(),
        feedback=Feedback.objects.filter(of_class).count(),
        looks=classroom.looks.count(),
        snapshots=Snapshot.objects.filter(group__assignment__classroom=classroom).count(),
        arguments=Statement.objects.filter(author__in=users, topic__in=maps).count(),
        comments=Comment.objects.filter(author__in=users, statement__topic__in=maps).count(),
    )


def begun_for(classroom: Classroom) -> list[Pupil]:
    """The pupils whose account was made for this class and has nothing to do anywhere else. One query.

    Nobody else's account is a school's to delete.
    """
    maps = Topic.objects.filter(groups__assignment__classroom=classroom).order_by().values("pk")
    elsewhere = (
        Q(user__in=Pupil.objects.exclude(classroom=classroom).values("user"))
        | Q(user__in=Teacher.objects.values("user"))
        | Q(user__in=Membership.objects.exclude(topic__in=maps).values("user"))
        | Q(user__in=Pseudonym.objects.exclude(topic__in=maps).values("user"))
    )
    pupils = classroom.pupils.select_related("user").filter(user__is_guest=True).exclude(elsewhere)
    return [pupil for pupil in pupils if pupil.is_of_class]


# -- the end of a class -------------------------------------------------------------------------------------------


def forget_expired() -> None:
    """Forget the people of every class whose day has come. Run as often as one likes: the second time finds nothing."""
    ended = Classroom.objects.filter(Q(ends__isnull=False) | Q(archived__isnull=False))
    held = Q(pk__in=Pupil.objects.values("classroom")) | Q(looks__isnull=False)
    for classroom in ended.filter(held).distinct():
        if is_due(classroom):
            forget(classroom)


@transaction.atomic
def keep(classroom: Classroom, *, months: int, version: int) -> None:
    """Keep the people of a class for so many months after its end, in the archive, too.

    `version` is the one that was read: another one now is a Conflict. Raises Refused, Gone.
    """
    now = classroom.locked(archived_too=True)
    if now.version != version:
        raise Conflict(_("Somebody changed these settings while you did. Look once more."), current=now)
    now.put(keep_months=months)
    now.version += 1
    now.save(update_fields=["keep_months", "version"])


def is_due(classroom: Classroom) -> bool:
    last = classroom.deleted_on
    return last is not None and last <= timezone.localdate()


def forget(classroom: Classroom) -> None:
    """Delete what the class knows of people. Its assignments stay, for another year.

    Accounts go one by one before the rows of the class, so that a run that breaks off is ended by the next.
    """
    with transaction.atomic():
        now = classroom.locked(archived_too=True)
        if not is_due(now):  # an owner has just given it more time
            return
        pupils = list(now.pupils.values_list("user", flat=True))
        leave_topics(pupils, _maps_of(now))
        now.codes.all().delete()
    for pupil in begun_for(now):
        personal_data.erase(pupil.user)
    with transaction.atomic():
        now = classroom.locked(archived_too=True)
        Snapshot.objects.filter(group__assignment__classroom=now).delete()
        now.assignments.filter(deleted__isnull=False).delete()
        now.pupils.all().delete()
        now.looks.all().delete()
    logger.info("a class forgot its people", extra={"fields": {"classroom": now.pk, "pupils": len(pupils)}})


def _maps_of(classroom: Classroom) -> QuerySet[Topic]:
    """As Classroom.maps, in a form that can be locked."""
    return Topic.objects.filter(pk__in=classroom.maps().order_by().values("pk"))


# -- one pupil ----------------------------------------------------------------------------------------------------


def erase_pupil(pupil: Pupil) -> None:
    """Delete all that the class knows of one pupil, and their account if it was made for this class alone. Raises Gone.

    Unlike where a pupil deletes their own account, every argument that shows stays in the maps, without a name.
    """
    with transaction.atomic():
        classroom = pupil.classroom.locked(archived_too=True)
        found = classroom.pupils.select_related("user").filter(pk=pupil.pk).first()
        if found is None:
            raise Gone(_("This pupil was deleted meanwhile."))
        begun_here = found.pk in {each.pk for each in begun_for(classroom)}
        leave_topics([found.user_id], _maps_of(classroom))
        Snapshot.objects.forget(found.seats.values_list("pk", flat=True))
        found.delete()
    if begun_here:
        personal_data.erase(found.user)
