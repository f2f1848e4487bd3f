"""An assignment: what a class is to do in which map, by when, and what of it counts itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.grade import Graded
from classrooms.models.grouping import Grouped
from classrooms.models.lesson import InLesson
from classrooms.models.moving import Moved
from classrooms.models.sides import Sided
from debates.models import Conflict, Gone, Refused
from debates.models.act import in_one_go
from debates.text import clean_line, clean_text

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User

TITLE_LENGTH = 120
INSTRUCTIONS_LENGTH = 5_000
MOST_ASSIGNMENTS = 200
MOST_ASKED = 1_000
FULL = _("A class has at most 200 assignments. Begin another class.")


class Shape(models.TextChoices):
    SHARED = "shared", _("One map for everyone")
    GROUPS = "groups", _("A map for each group")
    EACH = "each", _("A map for each pupil")


class Sides(models.TextChoices):
    NONE = "none", _("Pupils argue as they like")
    CHOSEN = "chosen", _("Each pupil chooses a side")
    ASSIGNED = "assigned", _("Sides are dealt out")


class Requirement(models.TextChoices):
    """What counts itself. How each is counted stands in classrooms/counting.py."""

    SUPPORTING = "supporting", _("supporting arguments")
    OPPOSING = "opposing", _("opposing arguments")
    UNDER_OTHERS = "under_others", _("arguments under those of others")
    REBUTTALS = "rebuttals", _("rebuttals")
    SOURCES = "sources", _("sources")
    PASSAGES = "passages", _("passages of the text")
    VOTES = "votes", _("votes")
    CONCLUSION = "conclusion", _("words in the conclusion")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def kept(self) -> Self:
        """Those that no teacher has deleted."""
        return self.filter(deleted=None)

    def shown(self) -> Self:
        """Those that pupils see: not what a teacher still prepares, nor what was deleted."""
        return self.kept().filter(Q(opens=None) | Q(opens__lte=timezone.now()), published__isnull=False)


class Assignment(Graded, Grouped, InLesson, Moved, Sided, models.Model):
    """`topic` is the template: each group's map is a copy of it, or the map itself where everyone shares one.

    `due` is when work is late, `cutoff` when the map takes it no more but as a suggestion that waits for a teacher;
    both are moments, shown in the time zone of the class. `requirements` maps a Requirement to how many are asked.
    """

    classroom = models.ForeignKey("classrooms.Classroom", on_delete=models.DB_CASCADE, related_name="assignments")
    topic = models.ForeignKey(
        "debates.Topic", on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="assignments"
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    instructions = models.TextField(_("instructions"), max_length=INSTRUCTIONS_LENGTH, blank=True)
    shape = models.CharField(_("maps"), max_length=6, choices=Shape, default=Shape.SHARED)
    sides = models.CharField(_("sides"), max_length=8, choices=Sides, default=Sides.NONE)
    write_first = models.BooleanField(_("write before you see others’ arguments"), default=False)
    requirements = models.JSONField(default=dict, blank=True)
    opens = models.DateTimeField(_("opens"), null=True, blank=True)
    due = models.DateTimeField(_("due"), null=True, blank=True)
    cutoff = models.DateTimeField(_("cut-off"), null=True, blank=True)
    points = models.PositiveSmallIntegerField(_("points"), default=100)
    rubric = models.ForeignKey(
        "classrooms.Rubric", on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="assignments"
    )
    published = models.DateTimeField(null=True, blank=True, editable=False)
    paused = models.DateTimeField(null=True, blank=True, editable=False)
    # When everybody’s first arguments were shown to all, where pupils write first.
    unveiled = models.DateTimeField(null=True, blank=True, editable=False)
    switched = models.DateTimeField(null=True, blank=True, editable=False)
    # Put away: pupils see it no more, and it can be brought back.
    deleted = models.DateTimeField(null=True, blank=True, editable=False)
    polling = models.CharField(max_length=6, blank=True, editable=False)  # a Phase of classrooms/models/position.py
    released = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, related_name="+", editable=False
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    key = models.CharField(max_length=36, null=True, blank=True, editable=False)  # noqa: DJ001 - null is "no key"

    SETTINGS = (
        "title", "instructions", "shape", "sides", "write_first", "requirements", "opens", "due", "cutoff", "points",
    )  # fmt: skip
    # What pupils have begun upon cannot be changed under them.
    FIXED = ("topic", "shape", "write_first")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("-created", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["created_by", "key"], condition=Q(key__isnull=False), name="assignment_key_once"
            ),
            models.CheckConstraint(condition=Q(shape__in=Shape.values), name="assignment_shape"),
            models.CheckConstraint(condition=Q(sides__in=Sides.values), name="assignment_sides"),
            models.CheckConstraint(
                condition=Q(due=None) | Q(cutoff=None) | Q(cutoff__gte=F("due")), name="assignment_cutoff_after_due"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assignment", args=[self.pk])

    @property
    def is_shown(self) -> bool:
        """Whether pupils see it."""
        if self.deleted is not None:
            return False
        return self.published is not None and (self.opens is None or self.opens <= timezone.now())

    @property
    def is_open(self) -> bool:
        """Whether pupils may begin and go on: shown, not paused, not cut off."""
        in_time = self.cutoff is None or timezone.now() < self.cutoff
        return self.is_shown and self.paused is None and in_time

    @property
    def asked(self) -> list[tuple[Any, int]]:
        """What is asked of each pupil: labels and numbers, in the order of Requirement."""
        return [(kind.label, self.requirements[kind]) for kind in Requirement if self.requirements.get(kind)]

    def is_late(self, at: datetime, *, due: datetime | None = None) -> bool:
        """Whether work handed in `at` is late, given the pupil's own `due` if they have one."""
        limit = due or self.due
        return limit is not None and at > limit

    def put(self, **fields: Any) -> None:
        """Bring settings into their stored form. Raises Refused, naming the field."""
        for name, value in fields.items():
            setattr(self, name, value)
        self.title, self.instructions = clean_line(self.title), clean_text(self.instructions)
        if not self.title:
            raise Refused(_("Give the assignment a title."), field="title")
        if self.due and self.cutoff and self.cutoff < self.due:
            raise Refused(_("The cut-off must not lie before the due date."), field="cutoff")
        if self.opens and (last := self.cutoff or self.due) and last <= self.opens:
            raise Refused(_("It must open before it is due."), field="opens")
        asked = {name: count for name, count in self.requirements.items() if count}
        if set(asked) - set(Requirement.values) or not all(0 < count <= MOST_ASKED for count in asked.values()):
            raise Refused(_("What is asked for is a number from 0 to 1,000."), field="requirements")
        if self.shape == Shape.EACH and Requirement.UNDER_OTHERS in asked:
            raise Refused(_("Where each pupil has a map, nobody can answer others."), field="requirements")
        self.requirements = asked

    # -- verbs ---------------------------------------------------------------------------------------

    def locked(self) -> Assignment:
        """This assignment as it is now, with its class locked until the transaction ends. Raises Gone, Closed."""
        self.classroom.locked()
        now = Assignment.objects.select_related("classroom", "topic").filter(pk=self.pk).first()
        if now is None or now.deleted is not None:
            raise Gone(_("This assignment was deleted meanwhile."))
        return now

    @transaction.atomic
    def revise(self, *, version: int, **fields: Any) -> None:
        """Change the settings. `version` is the one that was read: another one now is a Conflict. Raises Refused."""
        now = self.locked()
        if now.version != version:
            raise Conflict(_("Somebody changed this assignment while you did. Both are below."), current=now)
        if now.groups.exists() and any(
            getattr(now, name) != fields.get(name, getattr(now, name)) for name in self.FIXED
        ):
            raise Refused(_("Pupils have begun: how the maps are shared cannot be changed any more."), field="shape")
        now.put(**fields)
        now.version += 1
        now.save(update_fields=[*fields, "version"])
        now.tell_maps()
        self.refresh_from_db()

    @transaction.atomic
    @in_one_go()
    def publish(self, *, by: User, groups: int = 1) -> None:
        """Show the assignment to the class, and make the maps: `groups` of them, where groups have one each.

        Raises Refused without a topic, or with one in which the class cannot work so.
        """
        now = self.locked()
        if now.topic is None:
            raise Refused(_("Choose a topic first."), field="topic")
        if now.published is None:
            Assignment.objects.filter(pk=self.pk).update(published=timezone.now())
            if now.shape != Shape.EACH:
                now.make_groups(max(groups if now.shape == Shape.GROUPS else 1, now.groups.count()), by=by)
            now.seat_all(by=by)
        self.refresh_from_db()

    @transaction.atomic
    def remove(self) -> None:
        """Put the assignment out of sight, with all work and grades in it. It can be brought back."""
        self.classroom.locked(archived_too=True)
        self.let_go()
        Assignment.objects.filter(pk=self.pk, deleted=None).update(deleted=timezone.now(), paused=None)
        self.refresh_from_db()

    @transaction.atomic
    def restore(self) -> None:
        """Bring it back as it was. Raises Refused where the class has no room for it any more."""
        now = self.classroom.locked()
        if now.assignments.kept().count() >= MOST_ASSIGNMENTS:
            raise Refused(FULL)
        Assignment.objects.filter(pk=self.pk).update(deleted=None)
        self.refresh_from_db()
        self.tell_maps()
