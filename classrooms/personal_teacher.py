"""What classes hold about a teacher. Pupils stay nameless in it: what a teacher takes home here is about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from classrooms.models import (
    Assignment,
    Feedback,
    FeedbackKind,
    GradeVersion,
    Look,
    LookKind,
    Phrase,
    Rubric,
    Teacher,
    TeacherRole,
)
from debates.personal_rows import rows_of, worded

if TYPE_CHECKING:
    from accounts.models import User
    from debates.personal_rows import Told


def teacher_told(user: User) -> tuple[Told, ...]:
    """Everything about `user` as a teacher."""
    return _taught(user), _assigned(user), _rubrics(user), _phrases(user), _given(user), _graded(user), _looks(user)


def _taught(user: User) -> Told:
    columns = {"class": _("Class"), "role": _("Role"), "since": _("Since")}
    found = Teacher.objects.filter(user=user).order_by("pk")
    rows = rows_of(found, **{"class": "classroom__name"}, role="role", since="since")
    return "teaching", _("Classes I teach"), columns, worded(rows, "role", dict(TeacherRole.choices))


def _assigned(user: User) -> Told:
    columns = {
        "class": _("Class"), "title": _("Title"), "instructions": _("Instructions"), "created": _("Created"),
    }  # fmt: skip
    found = Assignment.objects.filter(created_by=user).order_by("pk")
    fields = {"class": "classroom__name", "title": "title", "instructions": "instructions", "created": "created"}
    return "assignments", _("Assignments I made"), columns, rows_of(found, **fields)


def _rubrics(user: User) -> Told:
    columns = {"title": _("Title"), "criteria": _("Criteria"), "created": _("Created"), "version": _("Version")}
    found = Rubric.objects.filter(owner=user).order_by("pk")
    return "rubrics", _("My rubrics"), columns, rows_of(found, **{name: name for name in columns})


def _phrases(user: User) -> Told:
    columns = {"kind": _("Kind"), "text": _("Text"), "used": _("Times used")}
    rows = rows_of(Phrase.objects.filter(teacher=user).order_by("pk"), **{name: name for name in columns})
    return "phrases", _("My phrases"), columns, worded(rows, "kind", dict(FeedbackKind.choices))


def _given(user: User) -> Told:
    columns = {
        "assignment": _("Assignment"), "about": _("About number"), "kind": _("Kind"), "text": _("Text"),
        "at": _("When"), "withdrawn": _("Taken back"),
    }  # fmt: skip
    fields = {"assignment": "seat__assignment__title", "about": "statement_id"}
    fields |= {name: name for name in list(columns)[2:]}
    rows = rows_of(Feedback.objects.filter(by=user).order_by("pk"), **fields)
    return "feedback_given", _("Feedback I gave"), columns, worded(rows, "kind", dict(FeedbackKind.choices))


def _graded(user: User) -> Told:
    """That they graded, and when; the grade itself is the pupil's."""
    columns = {
        "assignment": _("Assignment"), "version": _("Version"), "at": _("When"), "released": _("Released"),
    }  # fmt: skip
    fields = {"assignment": "grade__seat__assignment__title"} | {name: name for name in list(columns)[1:]}
    rows = rows_of(GradeVersion.objects.filter(by=user).order_by("pk"), **fields)
    return "grading", _("When I graded"), columns, rows


def _looks(user: User) -> Told:
    columns = {"class": _("Class"), "at": _("When"), "what": _("What I did"), "reason": _("Why")}
    found = Look.objects.filter(teacher=user).order_by("pk")
    rows = rows_of(found, **{"class": "classroom__name"}, at="at", what="kind", reason="reason")
    return "looks_made", _("When I looked at names"), columns, worded(rows, "what", dict(LookKind.choices))
