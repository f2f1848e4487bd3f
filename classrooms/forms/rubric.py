"""The editor of a rubric. Criteria and levels come and go by buttons, and nothing that was typed is lost on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from classrooms.models.rubric import MOST_CRITERIA, MOST_LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classrooms.models import Rubric
    from debates.models import Refused

_DO = re.compile(r"(add|remove|up)-(criterion|level)(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass
class LevelRow:
    points: str
    text: str
    error: str = ""


@dataclass
class CriterionRow:
    key: str
    name: str
    levels: list[LevelRow] = field(default_factory=list)
    error: str = ""


@dataclass
class RubricForm:
    """What stands in the editor, whether it could be stored or not. `counts` is whether points are given."""

    title: str = ""
    counts: bool = True
    version: int = 0
    rows: list[CriterionRow] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    refused_with: int = 200

    @classmethod
    def of(cls, title: str, criteria: list[dict[str, Any]], *, version: int = 0) -> RubricForm:
        """The editor of a stored rubric, or of a template."""
        counts = not criteria or any(each["points"] for each in criteria)
        rows = [
            CriterionRow(
                each["key"], each["name"], [LevelRow(_said(at["points"]), at["text"]) for at in each["levels"]]
            )
            for each in criteria
        ]
        return cls(title, counts, version, rows)

    @classmethod
    def sent(cls, data: Mapping[str, Any]) -> RubricForm:
        """What was typed, with the button that was pressed done."""
        version = str(data.get("version", "0"))
        form = cls(data.get("title", "")[:1000], data.get("counts") == "on", int(version) if version.isdecimal() else 0)
        for place in range(MOST_CRITERIA):
            if f"name-{place}" in data:
                row = CriterionRow(data.get(f"key-{place}", ""), data[f"name-{place}"])
                row.levels = [
                    LevelRow(data.get(f"points-{place}-{at}", ""), data[f"level-{place}-{at}"])
                    for at in range(MOST_LEVELS)
                    if f"level-{place}-{at}" in data
                ]
                form.rows.append(row)
        form._press(data.get("do", ""))
        return form

    def _press(self, do: str) -> None:
        """Add or take away a part. A button of a row that is not there does nothing."""
        pressed = _DO.fullmatch(do)
        if not pressed:
            return
        act, what, at, level = pressed[1], pressed[2], int(pressed[3] or 0), int(pressed[4] or 0)
        if (act, what) == ("add", "criterion"):
            if len(self.rows) < MOST_CRITERIA:
                like = self.rows[-1].levels if self.rows else _new_levels()
                self.rows.append(CriterionRow("", "", [LevelRow(level.points, "") for level in like]))
        elif at >= len(self.rows):
            return
        elif what == "criterion":
            row = self.rows.pop(at)
            if act == "up":
                self.rows.insert(max(at - 1, 0), row)
        elif act == "add" and len(self.rows[at].levels) < MOST_LEVELS:
            self.rows[at].levels.append(LevelRow("", ""))
        elif act == "remove" and level < len(self.rows[at].levels):
            del self.rows[at].levels[level]

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= MOST_CRITERIA

    def criteria(self) -> list[dict[str, Any]]:
        """What is typed as criteria, for Rubric.put, which refuses what is wrong with them."""
        return [
            {"key": row.key, "name": row.name, "points": int(self.counts), "levels": self._levels(row)}
            for row in self.rows
        ]

    def _levels(self, row: CriterionRow) -> list[dict[str, Any]]:
        if self.counts:
            return [{"points": _points(level.points), "text": level.text} for level in row.levels]
        # Without points the levels are numbered from the last one up.
        return [{"points": len(row.levels) - at, "text": level.text} for at, level in enumerate(row.levels)]

    def refuse(self, refused: Refused) -> None:
        """Put a verb's refusal where it belongs."""
        self.refused_with = refused.status
        what, *at = refused.field.split("-")
        places = [int(each) for each in at]
        if what == "name" and places[0] < len(self.rows):
            self.rows[places[0]].error = str(refused.message)
        elif what == "level" and places[0] < len(self.rows):
            self.rows[places[0]].levels[places[1]].error = str(refused.message)
        else:
            self.errors[what] = str(refused.message)

    def against(self, current: Rubric) -> list[str]:
        """What somebody else stored meanwhile, in lines."""
        said = [
            f"{each['name']}: " + " / ".join(f"{_said(at['points'])} {at['text']}" for at in each["levels"])
            for each in current.criteria
        ]
        return [current.title, *said]


def blank_form() -> RubricForm:
    """An empty rubric of one criterion."""
    return RubricForm(rows=[CriterionRow("", "", _new_levels())], title=_("My rubric"))


def _new_levels() -> list[LevelRow]:
    return [LevelRow(str(points), "") for points in (4, 3, 2, 1)]


def _points(typed: str) -> Any:
    """A number, or what was typed instead of one, which is refused."""
    try:
        points = Decimal(typed.strip().replace(",", "."))
    except InvalidOperation:
        return typed
    if not points.is_finite() or points != round(points, 2):
        return typed
    return int(points) if points == points.to_integral_value() else float(points)


def _said(points: float) -> str:
    return str(int(points)) if points == int(points) else str(points)
