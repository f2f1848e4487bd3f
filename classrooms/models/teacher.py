"""Who teaches a class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models import Gone, Membership, Refused, Role, Topic

if TYPE_CHECKING:
    from accounts.models import User
    from classrooms.models.classroom import Classroom

MOST_TEACHERS = 20


class TeacherRole(models.TextChoices):
    OWNER = "owner", _("Owner: also decides about the class itself and its teachers")
    TEACHER = "teacher", _("Co-teacher: roster, assignments, feedback, grades")


class Teacher(models.Model):
    classroom = models.ForeignKey("classrooms.Classroom", on_delete=models.DB_CASCADE, related_name="teachers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_CASCADE, related_name="teaching")
    role = models.CharField(max_length=8, choices=TeacherRole, default=TeacherRole.TEACHER)
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["classroom", "user"], name="teacher_once"),
            models.CheckConstraint(condition=Q(role__in=TeacherRole.values), name="teacher_role"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} · {self.role} · {self.classroom_id}"


class Taught:
    """What having teachers adds to a class."""

    @transaction.atomic
    def add_teacher(self: Classroom, user: User) -> Teacher:  # type: ignore[misc]
        """Let `user` teach this class too. Raises Refused for guests and pupils of it."""
        now = self.locked()
        if user.is_guest or not user.is_active:
            raise Refused(_("A teacher needs an account with a name and a password."), field="teacher")
        if now.pupils.filter(user=user, left=None).exists():
            raise Refused(_("This person is a pupil of the class."), field="teacher")
        if now.teachers.count() >= MOST_TEACHERS:
            raise Refused(_("A class has at most 20 teachers."), field="teacher")
        teacher = Teacher.objects.get_or_create(classroom=now, user=user)[0]
        for topic in now.maps():
            Membership.objects.get_or_create(topic=topic, user=user, defaults={"role": Role.EDITOR})
        return teacher

    @transaction.atomic
    def remove_teacher(self: Classroom, teacher: Teacher) -> None:  # type: ignore[misc]
        """Let somebody teach it no more; what they graded and wrote stays. Raises Refused for the last owner."""
        self.locked(archived_too=True)
        found = Teacher.objects.filter(pk=teacher.pk, classroom=self).first()
        if found is None:
            raise Gone(_("This person does not teach the class any more."))
        self.leave_an_owner(found)
        found.delete()
        self.take_maps_from(found.user)

    @transaction.atomic
    def hand_over(self: Classroom, teacher: Teacher) -> None:  # type: ignore[misc]
        """Make a co-teacher an owner, too."""
        self.locked(archived_too=True)
        if not Teacher.objects.filter(pk=teacher.pk, classroom=self).update(role=TeacherRole.OWNER):
            raise Gone(_("This person does not teach the class any more."))

    def first_owner(self: Classroom) -> User:  # type: ignore[misc]
        """Who has owned the class longest."""
        return self.teachers.select_related("user").filter(role=TeacherRole.OWNER).order_by("since", "pk")[0].user

    def maps(self: Classroom) -> models.QuerySet[Topic]:  # type: ignore[misc]
        """The maps of all groups of all assignments, in the order in which verbs over several topics lock them."""
        return Topic.objects.filter(groups__assignment__classroom=self).order_by("pk").distinct()

    def take_maps_from(self: Classroom, user: User) -> None:  # type: ignore[misc]
        """Somebody who teaches no more reads the pupils’ maps no more.

        The copies that groups work in go to an owner of the class; a topic that everyone shares stays whose it is.
        """
        theirs = Membership.objects.filter(user=user, topic__in=self.maps())
        copies = theirs.filter(role=Role.OWNER).exclude(topic__groups__assignment__shape="shared")
        for membership in copies.order_by("topic"):
            Membership.objects.update_or_create(
                topic_id=membership.topic_id, user=self.first_owner(), defaults={"role": Role.OWNER}
            )
            membership.delete()
        theirs.filter(role=Role.EDITOR).delete()

    def leave_an_owner(self: Classroom, leaving: Teacher) -> None:  # type: ignore[misc]
        owners = self.teachers.filter(role=TeacherRole.OWNER).exclude(pk=leaving.pk)
        if leaving.role == TeacherRole.OWNER and not owners.exists():
            raise Refused(_("A class needs an owner. Make another teacher the owner first."), field="teacher")
