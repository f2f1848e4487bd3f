"""A grade as the pupil sees it: the newest state that was released, with the rubric as it was then."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from classrooms.models import GradeVersion
from classrooms.models.grade import plain
from debates.models import Statement, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from accounts.models import User
    from classrooms.models import Seat


@dataclass(frozen=True, slots=True)
class Scored:
    """A criterion with the level that was reached. `points` is None where the criterion is not counted."""

    name: str
    text: str
    score: Decimal
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class MarkShown:
    """What was said of one argument; `text` is "" where it is not there any more."""

    text: str
    points: Decimal | None
    comment: str


@dataclass(frozen=True, slots=True)
class GradeShown:
    """What a pupil was shown."""

    released: datetime
    total: Decimal | None
    points: int
    comment: str
    scored: list[Scored]
    marks: list[MarkShown]


def grade_shown(seat: Seat, *, to: User | None = None) -> GradeShown | None:
    """The newest released grade of `seat`, None where there is none; that it was seen is kept if `to` is the pupil.

    Three queries at most.
    """
    released = GradeVersion.objects.filter(grade__seat=seat, released__isnull=False)
    version = released.order_by("-version").first()
    if version is None or version.released is None:
        return None
    if to is not None and to.pk == seat.pupil.user_id:
        version.note_seen()
    return _shown(version, seat)


def _shown(version: GradeVersion, seat: Seat) -> GradeShown:
    criteria = version.shown.get("criteria", [])
    total = version.shown.get("total", version.total)
    return GradeShown(
        released=version.released,  # type: ignore[arg-type]
        total=None if total is None else plain(Decimal(str(total))),
        points=version.shown.get("points", seat.assignment.points),
        comment=version.comment,
        scored=[_scored(each, version.scores[each["key"]]) for each in criteria if each["key"] in version.scores],
        marks=_marks(version.marks),
    )


def _scored(criterion: dict[str, Any], score: float) -> Scored:
    texts = [level["text"] for level in criterion["levels"] if level["points"] == score]
    points = plain(Decimal(str(criterion["points"]))) if criterion["points"] else None
    return Scored(criterion["name"], texts[0] if texts else "", plain(Decimal(str(score))), points)


def _marks(marks: dict[str, Any]) -> list[MarkShown]:
    """In the order of the arguments. One query."""
    lines = Statement.objects.filter(pk__in=[int(pk) for pk in marks]).exclude(status=Status.WITHDRAWN)
    texts = dict(lines.values_list("pk", "text")) if marks else {}
    return [_mark(texts.get(int(pk), ""), mark) for pk, mark in _in_order(marks.items())]


def _in_order(marks: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return sorted(marks, key=lambda mark: int(mark[0]))


def _mark(text: str, mark: dict[str, Any]) -> MarkShown:
    points = mark.get("points")
    return MarkShown(text, None if points is None else plain(Decimal(str(points))), mark.get("comment", ""))
