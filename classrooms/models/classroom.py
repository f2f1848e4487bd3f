"""A class: who teaches it, who belongs to it, how one joins, and how long it is kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self
from zoneinfo import available_timezones

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.assigning import AssignedTo
from classrooms.models.ending import Ended
from classrooms.models.joining import Joined
from classrooms.models.repeating import Repeated
from classrooms.models.roster import MOST_PUPILS, Rostered
from classrooms.models.teacher import Taught, Teacher, TeacherRole
from debates.models import Closed, Conflict, Gone, Refused
from debates.text import clean_line

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models.act import Actor

NAME_LENGTH = 80
# See docs/privacy.md: kept for thirteen months after the class ends, so that a year can be compared with the next.
KEEP_MONTHS = 13
MOST_KEEP_MONTHS = 60
# Another year is a slip of the finger, and near the last that there is no day can be counted from.
YEARS = range(2000, 2200)


class ClassroomQuerySet(models.QuerySet["Classroom"]):
    def taught_by(self, user: Actor) -> Self:
        return self.filter(pk__in=Teacher.objects.filter(user_id=user.pk or 0).values("classroom"))

    def attended_by(self, user: Actor) -> Self:
        """Classes that `user` is a pupil of now."""
        return self.filter(pupils__user_id=user.pk or 0, pupils__left=None)

    @transaction.atomic
    def begin(self, *, by: User, name: str, time_zone: str = "", key: str = "") -> Classroom:
        """A new class of `by`, with a code that pupils join by. The same `key` by the same person makes one.

        Raises Refused, Conflict.
        """
        classroom = Classroom(created_by=by, time_zone=time_zone or settings.TIME_ZONE, key=key or None)
        classroom.put(name=name)
        try:
            with transaction.atomic():
                classroom.save(force_insert=True)
        except IntegrityError:
            before = self.filter(created_by=by, key=classroom.key).first() if classroom.key else None
            if before is None or before.name != classroom.name:
                raise Conflict(_("This form was sent before, with another name in it."), current=before) from None
            return before
        Teacher.objects.create(classroom=classroom, user=by, role=TeacherRole.OWNER)
        classroom.new_code()
        return classroom


class Classroom(AssignedTo, Ended, Joined, Repeated, Rostered, Taught, models.Model):
    """A class. `time_zone` is the one in which its days and deadlines are meant."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    time_zone = models.CharField(_("time zone"), max_length=64)
    ends = models.DateField(_("last day"), null=True, blank=True)
    keep_months = models.PositiveSmallIntegerField(_("months it is kept afterwards"), default=KEEP_MONTHS)
    seats = models.PositiveSmallIntegerField(_("most pupils"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, related_name="+", editable=False
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    archived = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Makes a form that is sent twice one class: unique per person.
    key = models.CharField(max_length=36, null=True, blank=True, editable=False)  # noqa: DJ001 - null is "no key"

    # What the reader is here, and their number as a pupil: set by the loaders of classrooms/permissions.py.
    role: str
    pupil_pk: int | None

    objects = ClassroomQuerySet.as_manager()

    SETTINGS = ("name", "time_zone", "ends", "keep_months", "seats")

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["created_by", "key"], condition=Q(key__isnull=False), name="class_key_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="class_name"),
            models.CheckConstraint(condition=Q(keep_months__lte=MOST_KEEP_MONTHS), name="class_keep_months"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("classroom", args=[self.pk])

    @property
    def is_archived(self) -> bool:
        return self.archived is not None

    @property
    def deleted_on(self) -> date | None:
        """The day on which its people, votes and grades are deleted; None while it has no last day."""
        last = self.ends or (self.archived and timezone.localdate(self.archived))
        return last + timedelta(days=round(self.keep_months * 365.25 / 12)) if last else None

    def put(self, **fields: object) -> None:
        """Bring settings into their stored form. Raises Refused, naming the field."""
        for name, value in fields.items():
            setattr(self, name, clean_line(str(value)) if name in {"name", "time_zone"} else value)
        if not self.name:
            raise Refused(_("Give the class a name, such as “Period 3” or “9b History”."), field="name")
        if len(self.name) > NAME_LENGTH:
            raise Refused(_("The name is too long: at most 80 characters."), field="name")
        if self.time_zone not in available_timezones():
            raise Refused(_("Choose a time zone from the list, such as Europe/Berlin."), field="time_zone")
        if self.ends is not None and self.ends.year not in YEARS:
            raise Refused(_("Choose a last day from the years 2000 to 2199."), field="ends")
        if self.keep_months > MOST_KEEP_MONTHS:
            raise Refused(_("A class is kept for at most 60 months after it has ended."), field="keep_months")
        if self.seats is not None and not 1 <= self.seats <= MOST_PUPILS:
            raise Refused(_("Write a number from 1 to 1,000, or leave it empty."), field="seats")

    def settings(self) -> dict[str, object]:
        """The settings as they are stored, by their names."""
        return {name: getattr(self, name) for name in self.SETTINGS}

    # -- verbs ---------------------------------------------------------------------------------------

    def locked(self, *, archived_too: bool = False) -> Classroom:
        """This class as it is now, locked until the transaction ends. Raises Gone, Closed."""
        now = Classroom.objects.select_for_update(of=("self",), no_key=True).filter(pk=self.pk).first()
        if now is None:
            raise Gone(_("This class was deleted meanwhile."))
        if now.is_archived and not archived_too:
            raise Archived
        return now

    @transaction.atomic
    def revise(self, *, version: int, **fields: object) -> None:
        """Change the settings. `version` is the one that was read: another one now is a Conflict. Raises Refused."""
        now = self.locked()
        if now.version != version:
            raise Conflict(_("Somebody changed these settings while you did. Both are below."), current=now)
        now.put(**fields)
        now.version += 1
        now.save(update_fields=[*fields, "version"])
        self.refresh_from_db()


class Archived(Closed):
    """The class was put away."""

    def __init__(self) -> None:
        Refused.__init__(self, _("This class is archived. Its teacher can take it out of the archive again."))
