"""What a teacher says of a pupil's work: a level for each criterion, and points and words for each argument."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classrooms.models.grade import COMMENT_LENGTH, MARK_LENGTH, plain
from debates.forms.fields import LinesField

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.forms import BoundField

    from classrooms.grading import Piece
    from classrooms.models import Grade

    type Criteria = list[dict[str, Any]]

# Arguments that have fields of their own: a form has at most 200 of them, see DATA_UPLOAD_MAX_NUMBER_FIELDS.
MOST_MARKED = 80
NO_NUMBER = _("Points are a number from 0 to 9,999.99.")


class PointsField(forms.DecimalField):
    """Points, with a point or a comma."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        wrong = dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"), NO_NUMBER
        )
        super().__init__(
            required=False, min_value=0, max_digits=6, decimal_places=2, widget=widget, error_messages=wrong, **kwargs
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(str(value).strip().replace(",", ".") if value is not None else None)

    def prepare_value(self, value: Any) -> Any:
        return plain(Decimal(str(value))) if isinstance(value, Decimal | int | float) else value


@dataclass(frozen=True, slots=True)
class Level:
    """One answer to a criterion. `number` is the key that chooses it, 1 for the lowest; 0 for “as scored before”."""

    value: str
    number: int
    text: str
    points: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion as the form asks for it, with its lowest level first."""

    key: str
    field: BoundField
    name: str
    points: float
    levels: list[Level]

    @property
    def chosen(self) -> Level | None:
        return next((level for level in self.levels if level.chosen), None)

    @property
    def downwards(self) -> list[Level]:
        return [level for level in reversed(self.levels) if level.number]


@dataclass(frozen=True, slots=True)
class Marked:
    """What is said of one argument."""

    points: BoundField
    comment: BoundField


class GradeForm(forms.Form):
    """`version` is that of the grade that was read, 0 where there was none."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    comment = LinesField(label=_("To the pupil"), max_length=COMMENT_LENGTH, required=False)
    total = PointsField(label=_("Other total"))

    def __init__(
        self, criteria: Criteria, pieces: Iterable[Piece], grade: Grade | None, *, data: Mapping[str, Any] | None = None
    ) -> None:
        self.criteria, self.pieces, self.grade = criteria, list(pieces)[:MOST_MARKED], grade
        super().__init__(data, initial={"version": grade.version if grade else 0} | (_initial(grade) if grade else {}))
        for criterion in criteria:
            choices = [("", ""), *((value, value) for value in self._values(criterion))]
            key = f"score-{criterion['key']}"
            self.fields[key] = forms.ChoiceField(label=criterion["name"], choices=choices, required=False)
        for piece in self.pieces:
            self.fields[f"mark-{piece.pk}-points"] = PointsField(label=_("Points"))
            self.fields[f"mark-{piece.pk}-comment"] = LinesField(
                label=_("Comment"), max_length=MARK_LENGTH, required=False
            )

    def _values(self, criterion: dict[str, Any]) -> list[str]:
        """The points that can be chosen: those of the levels, and what was scored by an earlier rubric."""
        values = [str(level["points"]) for level in criterion["levels"]]
        before = self.grade.scores.get(criterion["key"]) if self.grade else None
        return values if before is None or str(before) in values else [*values, str(before)]

    def asked(self) -> list[Asked]:
        """The criteria with their levels, for the page."""
        return [self._asked(criterion) for criterion in self.criteria]

    def _asked(self, criterion: dict[str, Any]) -> Asked:
        bound = self[f"score-{criterion['key']}"]
        chosen, texts = str(bound.value() if bound.value() is not None else ""), {}
        for number, level in enumerate(reversed(criterion["levels"]), 1):
            texts[str(level["points"])] = (number, level["text"])
        levels = [
            Level(value, *texts.get(value, (0, "")), float(value), value == chosen)
            for value in reversed(self._values(criterion))
        ]
        levels.sort(key=lambda level: level.number)
        return Asked(criterion["key"], bound, criterion["name"], criterion["points"], levels)

    def marked(self, piece: Piece) -> Marked | None:
        """The fields for one argument; None for those beyond MOST_MARKED."""
        if f"mark-{piece.pk}-points" not in self.fields:
            return None
        return Marked(self[f"mark-{piece.pk}-points"], self[f"mark-{piece.pk}-comment"])

    def kept(self) -> dict[str, Any]:
        """What is to be stored: with scores of criteria, and marks of lines, that the page has not any more."""
        cleaned, before = self.cleaned_data, self.grade
        scores, marks = dict(before.scores) if before else {}, dict(before.marks) if before else {}
        for criterion in self.criteria:
            value = cleaned[f"score-{criterion['key']}"]
            scores[criterion["key"]] = float(value) if value else None
        for piece in self.pieces:
            points = cleaned[f"mark-{piece.pk}-points"]
            marks[str(piece.pk)] = {"points": points, "comment": cleaned[f"mark-{piece.pk}-comment"]}
        return {"scores": scores, "marks": marks, "comment": cleaned["comment"], "total": cleaned["total"]}

    def against(self, current: Grade) -> list[tuple[str, str, str]]:
        """Where what is stored `current`ly and what was sent differ: the name, theirs, mine."""
        theirs, mine = _initial(current), self.cleaned_data
        names = [name for name in self.fields if name != "version"]
        told = [(name, _said(theirs.get(name)), _said(mine.get(name))) for name in names]
        return [(self._name(name), was, now) for name, was, now in told if was != now]

    def _name(self, name: str) -> str:
        label = str(self.fields[name].label)
        if not name.startswith("mark-"):
            return label
        piece = next(piece for piece in self.pieces if name.startswith(f"mark-{piece.pk}-"))
        return f"{label}: “{piece.text}”"


def _initial(grade: Grade) -> dict[str, Any]:
    """The fields of a form for `grade`."""
    fields: dict[str, Any] = {"comment": grade.comment, "total": grade.total}
    fields |= {f"score-{key}": str(value) for key, value in grade.scores.items()}
    for pk, mark in grade.marks.items():
        fields |= {f"mark-{pk}-points": mark["points"], f"mark-{pk}-comment": mark["comment"]}
    return fields


def _said(value: Any) -> str:
    if isinstance(value, Decimal | int | float):
        return str(plain(Decimal(str(value))))
    return str(value) if value is not None else ""
