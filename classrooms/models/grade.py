"""A grade: what teachers think of a pupil's work, a draft until it is released, with every state of it kept."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models import Conflict, Gone, Refused
from debates.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from classrooms.models.assignment import Assignment
    from classrooms.models.group import Seat
    from classrooms.models.rubric import Rubric

COMMENT_LENGTH, MARK_LENGTH, MOST_POINTS = 5_000, 1_000, Decimal("9999.99")
KEPT = ("scores", "marks", "comment", "total")


class Judged:
    """What the newest state of a grade and each former one have in common."""

    scores: Any
    marks: Any
    comment: Any
    total: Any

    def kept(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in KEPT}

    @property
    def is_empty(self) -> bool:
        return not (self.scores or self.marks or self.comment) and self.total is None

    def sum_by(self, criteria: Iterable[dict[str, Any]]) -> Decimal | None:
        """What the scores and the points of single arguments come to; None where there are none.

        A criterion without points, and one that the rubric has not any more, does not count.
        """
        counted = {each["key"] for each in criteria if each["points"]}
        points = [score for key, score in self.scores.items() if key in counted]
        points += [mark["points"] for mark in self.marks.values() if mark.get("points") is not None]
        return sum((Decimal(str(each)) for each in points), Decimal(0)) if points else None

    def total_by(self, criteria: Iterable[dict[str, Any]]) -> Decimal | None:
        """The grade in points: as given by hand, else the sum."""
        total = self.total if self.total is not None else self.sum_by(criteria)
        return None if total is None else plain(total)


class GradeManager(models.Manager["Grade"]):
    @transaction.atomic
    def store(self, seat: Seat, *, by: User, version: int, **kept: Any) -> Grade:
        """Keep another state of the grade of `seat`; nobody but teachers sees it until it is released.

        `version` is the one that was read, 0 where there was none: another one now is a Conflict, unless it says the
        same. Raises Refused, Closed, Gone.
        """
        seat.assignment.locked()
        now = self.filter(seat=seat).first()
        if now is None and not type(seat).objects.filter(pk=seat.pk).exists():
            raise Gone(_("This pupil was deleted meanwhile."))
        grade = Grade(seat=seat)
        grade.put(**kept)
        if now is not None and now.kept() == grade.kept():
            return now
        if version != (now.version if now else 0):
            raise Conflict(_("Somebody else graded this pupil while you did. Both are below."), current=now)
        grade.pk, grade.version, grade.by = now.pk if now else None, version + 1, by
        grade.save(force_insert=now is None, force_update=now is not None)
        GradeVersion.objects.create(grade=grade, version=grade.version, by=by, at=grade.updated, **grade.kept())
        return grade


class Grade(Judged, models.Model):
    """The newest state. `scores` maps a criterion's key to its points, `marks` a statement's number to
    {"points", "comment"}; `total` is given by hand where it is not the sum.
    """

    seat = models.OneToOneField("classrooms.Seat", on_delete=models.DB_CASCADE, related_name="grade")
    scores = models.JSONField(default=dict, blank=True)
    marks = models.JSONField(default=dict, blank=True)
    comment = models.TextField(max_length=5_000, blank=True)
    total = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, related_name="+")
    updated = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[GradeManager] = GradeManager()

    def __str__(self) -> str:
        return f"grade of seat {self.seat_id}"

    def put(self, *, scores: dict[str, Any], marks: dict[str, Any], comment: str, total: Decimal | None) -> None:
        """Bring it into its stored form. Raises Refused, naming the field."""
        self.scores = {key: number(value, f"score-{key}") for key, value in scores.items() if value is not None}
        self.marks = {}
        for pk, mark in marks.items():
            points, words = mark.get("points"), clean_text(mark.get("comment", ""))
            if len(words) > MARK_LENGTH:
                raise Refused(_("This comment is too long: at most 1,000 characters."), field=f"mark-{pk}-comment")
            if points is not None or words:
                points = None if points is None else number(points, f"mark-{pk}-points")
                self.marks[pk] = {"points": points, "comment": words}
        self.comment = clean_text(comment)
        if len(self.comment) > COMMENT_LENGTH:
            raise Refused(_("This comment is too long: at most 5,000 characters."), field="comment")
        self.total = None if total is None else round(Decimal(str(number(total, "total"))), 2)


class GradeVersion(Judged, models.Model):
    """A state of a grade as somebody saved it: who changed what, when. `released` ones are what the pupil was shown.

    `shown` is what they were shown with it, as it was then: the criteria, the points that could be had, the total.
    """

    grade = models.ForeignKey(Grade, on_delete=models.DB_CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    scores = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    comment = models.TextField(blank=True)
    total = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    released = models.DateTimeField(null=True, blank=True)
    seen = models.DateTimeField(null=True, blank=True)
    shown = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=["grade", "version"], name="grade_version_once"),)

    def __str__(self) -> str:
        return f"{self.grade_id} · {self.version}"

    def note_seen(self) -> None:
        """The pupil looked at it."""
        if self.seen is None:
            GradeVersion.objects.filter(pk=self.pk, seen=None).update(seen=timezone.now())


class Graded:
    """What being graded adds to an assignment."""

    @transaction.atomic
    def grade_by(self: Assignment, rubric: Rubric | None) -> None:  # type: ignore[misc]
        """Grade by `rubric` from now on. Scores by criteria that it lacks stay, uncounted. Raises Closed, Gone."""
        self.locked()
        type(self).objects.filter(pk=self.pk).update(rubric=rubric)
        self.rubric = rubric

    @transaction.atomic
    def release(self: Assignment) -> int:  # type: ignore[misc]
        """Show the pupils their grades as they are saved now, and give how many are new to them.

        Nothing that is saved later is shown before the next release. Raises Refused, Closed, Gone.
        """
        now = self.locked()
        versions = list(GradeVersion.objects.filter(grade__seat__assignment=now, version=F("grade__version")))
        if not versions:
            raise Refused(_("Nobody is graded yet."))
        at, fresh = timezone.now(), [each for each in versions if each.released is None]
        criteria = now.rubric.criteria if now.rubric else []
        for each in fresh:
            total = each.total_by(criteria)
            each.released = at
            each.shown = {"criteria": criteria, "points": now.points, "total": None if total is None else float(total)}
        GradeVersion.objects.bulk_update(fresh, ["released", "shown"], batch_size=200)
        type(self).objects.filter(pk=self.pk).update(released=at)
        self.refresh_from_db(fields=["released"])
        return len(fresh)


def number(value: Any, field: str) -> int | float:
    """`value` in points, at most two places. Raises Refused."""
    points = Decimal(str(value))
    if not points.is_finite() or not 0 <= points <= MOST_POINTS:
        raise Refused(_("Points are a number from 0 to 9,999.99."), field=field)
    points = round(points, 2)
    return int(points) if points == points.to_integral_value() else float(points)


def plain(points: Decimal) -> Decimal:
    """`points` without zeros at the end: 80, 87.5."""
    whole = points.to_integral_value()
    return whole if whole == points else points.normalize()
