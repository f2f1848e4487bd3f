"""A rubric: criteria with levels, by which a person grades. Nothing is graded by a machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from debates.models import Conflict, Gone, Refused
from debates.text import clean_line, clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

    type Criterion = dict[str, Any]

TITLE_LENGTH, NAME_LENGTH, LEVEL_LENGTH = 120, 80, 400
MOST_RUBRICS, MOST_CRITERIA, MOST_LEVELS, MOST_POINTS = 200, 12, 6, 1_000
_KEY = re.compile(r"[a-z0-9-]{1,40}")


class RubricManager(models.Manager["Rubric"]):
    def begin(self, *, by: User, title: str, criteria: list[Criterion]) -> Rubric:
        """A new rubric of `by`. Raises Refused."""
        if self.filter(owner=by).count() >= MOST_RUBRICS:
            raise Refused(_("You have 200 rubrics. Delete one first."))
        rubric = Rubric(owner=by)
        rubric.put(title, criteria)
        rubric.save(force_insert=True)
        return rubric

    def keep_for_classes(self, user: User) -> None:
        """Before `user` goes: what classes grade by goes to another teacher of theirs."""
        for rubric in self.filter(owner=user).exclude(assignments=None).distinct():
            used = rubric.assignments.select_related("classroom").first()
            teachers = used.classroom.teachers.exclude(user=user) if used else None
            heir = teachers.order_by("role", "since").first() if teachers is not None else None
            if heir is not None:
                self.filter(pk=rubric.pk).update(owner=heir.user_id)


class Rubric(models.Model):
    """`criteria` is a list of {"key", "name", "points", "levels": [{"points", "text"}, …]}, the best level first.

    A rubric without points is for judging, not for grading: its criteria have 0, and the points of a level only tell
    it from the others.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_CASCADE, related_name="rubrics")
    title = models.CharField(_("title"), max_length=120)
    criteria = models.JSONField(default=list)
    created = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[RubricManager] = RubricManager()

    class Meta:
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("rubric", args=[self.pk])

    @property
    def points(self) -> float:
        """What the best levels give together."""
        points: list[float] = [criterion["points"] for criterion in self.criteria]
        return sum(points)

    def put(self, title: str, criteria: list[Criterion]) -> None:
        """Bring it into its stored form. Raises Refused, naming the field: title, or as `name-2` and `level-2-0`."""
        self.title = clean_line(title)
        if not self.title:
            raise Refused(_("Give the rubric a title."), field="title")
        if len(self.title) > TITLE_LENGTH:
            raise Refused(_("The title is too long: at most 120 characters."), field="title")
        if not 1 <= len(criteria) <= MOST_CRITERIA:
            raise Refused(_("A rubric has from 1 to 12 criteria."), field="title")
        taken: set[str] = set()
        self.criteria = [_settled(place, each, taken) for place, each in enumerate(criteria)]

    @transaction.atomic
    def revise(self, *, version: int, title: str, criteria: list[Criterion]) -> None:
        """Change the rubric. What was scored by a criterion that stays, under whatever name, stays scored.

        `version` is the one that was read: another one now is a Conflict. Raises Refused, Gone.
        """
        now = Rubric.objects.select_for_update(of=("self",), no_key=True).filter(pk=self.pk).first()
        if now is None:
            raise Gone(_("This rubric was deleted meanwhile."))
        if now.version != version:
            raise Conflict(_("Somebody changed this rubric while you did. Both are below."), current=now)
        now.put(title, criteria)
        now.version += 1
        now.save(update_fields=["title", "criteria", "version"])
        self.refresh_from_db()

    def remove(self) -> None:
        """Delete it. Raises Refused while an assignment is graded by it."""
        gone, _rows = Rubric.objects.filter(Q(assignments=None), pk=self.pk).delete()
        if not gone and Rubric.objects.filter(pk=self.pk).exists():
            raise Refused(_("An assignment is graded by this rubric. Give the assignment another one first."))


def _settled(place: int, criterion: Criterion, taken: set[str]) -> Criterion:
    """A criterion as it is stored; its key is not one of `taken`."""
    name = clean_line(criterion["name"])
    if not name:
        raise Refused(_("Give the criterion a name."), field=f"name-{place}")
    if len(name) > NAME_LENGTH:
        raise Refused(_("This name is too long: at most 80 characters."), field=f"name-{place}")
    if not 1 <= len(criterion["levels"]) <= MOST_LEVELS:
        raise Refused(_("A criterion has from 1 to 6 levels."), field=f"name-{place}")
    levels = [_level(f"level-{place}-{at}", level) for at, level in enumerate(criterion["levels"])]
    points = [level["points"] for level in levels]
    if len(set(points)) < len(points):
        raise Refused(
            _("Each level needs other points than the rest: by them a score is known."), field=f"name-{place}"
        )
    counts = bool(criterion["points"])
    levels.sort(key=lambda level: -level["points"])
    key = _free_key(criterion.get("key", ""), name, taken)
    taken.add(key)
    return {"key": key, "name": name, "points": levels[0]["points"] if counts else 0, "levels": levels}


def _level(field: str, level: Criterion) -> Criterion:
    text = clean_text(level["text"])
    if not text:
        raise Refused(_("Say what this level looks like."), field=field)
    if len(text) > LEVEL_LENGTH:
        raise Refused(_("This is too long: at most 400 characters."), field=field)
    if not isinstance(level["points"], int | float) or not 0 <= level["points"] <= MOST_POINTS:
        raise Refused(_("Points are a number from 0 to 1,000."), field=field)
    return {"points": level["points"], "text": text}


def _free_key(key: str, name: str, taken: Iterable[str]) -> str:
    """The criterion's own key; one that is new, or sent twice, gets another."""
    key = key if _KEY.fullmatch(key) else slugify(name)[:36] or "criterion"
    free, number = key, 1
    while free in taken:
        number += 1
        free = f"{key[:36]}-{number}"
    return free
