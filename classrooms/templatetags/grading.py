"""What the templates of grading may ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from classrooms.models import Requirement
from debates.markdown import render_markdown

if TYPE_CHECKING:
    from decimal import Decimal

    from classrooms.counting import SeatProgress
    from classrooms.forms.grading import GradeForm, Marked
    from classrooms.grading import Piece
    from classrooms.models import Assignment, Grade

register = template.Library()

_INNER_LINK = re.compile(r'<a href="(?!https?://|mailto:)[^"]*"')


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was asked for."""

    what: str
    asked: int
    have: int

    @property
    def met(self) -> bool:
        return self.have >= self.asked


@register.filter
def asked_of(assignment: Assignment, progress: SeatProgress) -> list[Row]:
    """{% for row in assignment|asked_of:progress %}"""
    asked = assignment.requirements
    return [Row(str(each.label), asked[each], progress.counts[each]) for each in Requirement if each in asked]


@register.filter
def marked(form: GradeForm, piece: Piece) -> Marked | None:
    """{{ form|marked:piece }}: the fields for one argument."""
    return form.marked(piece)


@register.filter
def sum_by(grade: Grade | None, criteria: list[dict[str, Any]]) -> Decimal | str:
    """{{ grade|sum_by:criteria }}: what the scores come to, as they are stored."""
    total = grade.sum_by(criteria) if grade else None
    return "–" if total is None else total.normalize() if total % 1 else int(total)  # type: ignore[return-value]


@register.filter
def uncounted(grade: Grade | None, criteria: list[dict[str, Any]]) -> list[tuple[str, float]]:
    """Scores by criteria that the rubric has not any more."""
    known = {each["key"] for each in criteria}
    return [(key, score) for key, score in grade.scores.items() if key not in known] if grade else []


@register.filter
def offline(text: str) -> SafeString:
    """Markdown in a file that is read without the site: an address within the site leads nowhere from there."""
    return mark_safe(_INNER_LINK.sub("<a", render_markdown(text)))  # noqa: S308 - cleaned by render_markdown
