"""What classes hold about a pupil: who they are there, what they handed in, and what teachers made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from classrooms.models import (
    Feedback,
    FeedbackKind,
    GradeVersion,
    Look,
    LookKind,
    Phase,
    Position,
    Pupil,
    Seat,
    Side,
    Work,
)
from debates.personal_rows import rows_of, worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accounts.models import User
    from debates.personal_rows import Row, Told


@dataclass(frozen=True)
class About:
    """Rows of pupils, by their numbers; with the name on each where they are several people."""

    pupils: list[int]
    named: bool = False

    def told(self, key: str, title: str, columns: Mapping[str, str], rows: Iterator[Row]) -> Told:
        named = {"pupil": _("Pupil")} if self.named else {}
        return key, title, named | dict(columns), rows

    def fields(self, path: str, **fields: str) -> dict[str, str]:
        return ({"pupil": f"{path}name"} if self.named else {}) | fields


def pupil_told(user: User) -> tuple[Told, ...]:
    """Everything about `user` in every class."""
    pupils = list(Pupil.objects.filter(user=user).select_related("classroom").order_by("pk"))
    return (*school_told(About([pupil.pk for pupil in pupils])), _positions(pupils), _looks(pupils))


def school_told(about: About) -> tuple[Told, ...]:
    """What teachers see, too: without positions, which are the pupil's alone. As many queries for any number."""
    return _classes(about), _seats(about), _works(about), _feedback(about), _grades(about)


def _classes(about: About) -> Told:
    columns = {
        "class": _("Class"), "name": _("Name that the teachers know"), "rostered": _("On the roster"),
        "joined": _("Joined"), "left": _("Left"),
    }  # fmt: skip
    found = Pupil.objects.filter(pk__in=about.pupils).order_by("pk")
    fields = {"class": "classroom__name"} | {name: name for name in list(columns)[1:]}
    return about.told("classes", _("Classes I am a pupil of"), columns, rows_of(found, **about.fields("", **fields)))


def _seats(about: About) -> Told:
    columns = {
        "class": _("Class"), "assignment": _("Assignment"), "group": _("Group"), "side": _("Side"),
        "due": _("Due for me"), "cutoff": _("Cut-off for me"), "opened": _("First opened"),
        "times_opened": _("Times opened"),
    }  # fmt: skip
    fields = {"class": "assignment__classroom__name", "assignment": "assignment__title", "group": "group__number"}
    fields |= {name: name for name in ("side", "due", "cutoff", "opened", "times_opened")}
    rows = rows_of(Seat.objects.filter(pupil__in=about.pupils).order_by("pk"), **about.fields("pupil__", **fields))
    return about.told("seats", _("My places in assignments"), columns, worded(rows, "side", dict(Side.choices)))


def _works(about: About) -> Told:
    columns = {
        "assignment": _("Assignment"), "conclusion": _("Conclusion"), "used_ai": _("How I used AI"),
        "handed_in": _("Handed in"), "updated": _("Changed"), "version": _("Version"),
    }  # fmt: skip
    fields = {"assignment": "seat__assignment__title"} | {name: name for name in list(columns)[1:]}
    found = Work.objects.filter(seat__pupil__in=about.pupils).order_by("pk")
    rows = rows_of(found, **about.fields("seat__pupil__", **fields))
    return about.told("works", _("What I handed in beside the map"), columns, rows)


def _feedback(about: About) -> Told:
    """What a teacher took back was not for the pupil."""
    columns = {
        "assignment": _("Assignment"), "about": _("About number"), "kind": _("Kind"), "text": _("Text"),
        "at": _("When"), "seen": _("Seen"), "addressed": _("Ticked off"),
    }  # fmt: skip
    fields = {"assignment": "seat__assignment__title", "about": "statement_id"}
    fields |= {name: name for name in list(columns)[2:]}
    found = Feedback.objects.filter(seat__pupil__in=about.pupils, withdrawn=None).order_by("pk")
    rows = worded(rows_of(found, **about.fields("seat__pupil__", **fields)), "kind", dict(FeedbackKind.choices))
    return about.told("feedback", _("Feedback I received"), columns, rows)


def _grades(about: About) -> Told:
    """As they were released: a draft is not yet what the teacher thinks."""
    columns = {
        "assignment": _("Assignment"), "total": _("Total"), "scores": _("Points for each criterion"),
        "marks": _("Points and comments for arguments, by their number"), "comment": _("Comment"),
        "released": _("Released"), "seen": _("Seen"),
    }  # fmt: skip
    fields = {"assignment": "grade__seat__assignment__title"} | {name: name for name in list(columns)[1:]}
    released = GradeVersion.objects.filter(grade__seat__pupil__in=about.pupils, released__isnull=False)
    rows = (
        row | {"total": None if row["total"] is None else float(row["total"])}
        for row in rows_of(released.order_by("grade", "version"), **about.fields("grade__seat__pupil__", **fields))
    )
    return about.told("grades", _("Grades I was given"), columns, rows)


def _positions(pupils: list[Pupil]) -> Told:
    columns = {
        "assignment": _("Assignment"), "about": _("Claim number"), "phase": _("Before or after"),
        "value": _("How far I accept it, from 0 to 4"), "at": _("When"),
    }  # fmt: skip
    found = Position.objects.filter(seat__pupil__in=pupils).order_by("pk")
    fields = {"assignment": "seat__assignment__title", "about": "claim_id", "phase": "phase", "value": "value"}
    rows = rows_of(found, **fields, at="at")
    return "positions", _("Positions I took"), columns, worded(rows, "phase", dict(Phase.choices))


def _looks(pupils: list[Pupil]) -> Told:
    columns = {
        "class": _("Class"), "at": _("When"), "teacher": _("Teacher"), "what": _("What they did"),
        "about": _("About number"), "reason": _("Why"),
    }  # fmt: skip
    return "looks", _("Who looked at my name or my work"), columns, _look_rows(pupils)


def _look_rows(pupils: list[Pupil]) -> Iterator[Row]:
    for pupil in pupils:
        for look in Look.objects.at_pupil(pupil).order_by("at", "pk"):
            yield {
                "class": pupil.classroom.name, "at": look.at, "teacher": look.teacher and look.teacher.shown_name,
                "what": str(LookKind(look.kind).label), "about": look.statement_id, "reason": look.reason,
            }  # fmt: skip
