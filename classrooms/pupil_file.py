"""What a school hands out when it is asked what it keeps: the file of one pupil, or of a class, by its teachers.

It holds what teachers see. A pupil's votes, positions and drafts are theirs: they stand in the file that the pupil
takes along, on the account page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.personal_data import Section
from classrooms.personal import as_section
from classrooms.personal_pupil import About, school_told
from debates.models import Comment, Statement, Status
from debates.personal_rows import rows_of, worded

if TYPE_CHECKING:
    from typing import Any

    from classrooms.models import Classroom, Pupil
    from debates.personal_rows import Told

FORMAT = {"format": "counterpoint-class-data", "version": 1}


def sections_of(pupil: Pupil) -> list[Section]:
    """What the class keeps of one pupil."""
    told = (*school_told(About([pupil.pk])), *_written(pupil.classroom, {pupil.user_id: pupil.name}, named=False))
    return [as_section(each) for each in told]


def sections_of_class(classroom: Classroom) -> list[Section]:
    """The same of everyone in it. The number of queries is the same for every size."""
    pupils = list(classroom.pupils.order_by("name", "pk"))
    about = About([pupil.pk for pupil in pupils], named=True)
    names = {pupil.user_id: pupil.name for pupil in pupils}
    return [as_section(each) for each in (*school_told(about), *_written(classroom, names, named=True))]


def _written(classroom: Classroom, names: dict[int, str], *, named: bool) -> tuple[Told, ...]:
    """Arguments and comments in the maps of the class; without what their author withdrew."""
    maps = classroom.maps().order_by().values("pk")
    lines = Statement.objects.filter(topic__in=maps, author__in=names).exclude(status=Status.WITHDRAWN).order_by("pk")
    remarks = Comment.objects.filter(statement__topic__in=maps, author__in=names, removed=False).order_by("pk")
    columns = ({"pupil": _("Pupil")} if named else {}) | {
        "topic": _("Topic"), "number": _("Number"), "answers": _("Answers number"), "stance": _("Stance"),
        "text": _("Text"), "note": _("Note"), "status": _("Status"), "created": _("Created"),
    }  # fmt: skip
    fields = {"topic": "topic__title", "number": "pk", "answers": "parent_id"}
    fields |= {name: name for name in ("stance", "text", "note", "status", "created")}
    said = rows_of(lines, pupil="author_id", **fields)
    rows = (_named(row, names, named=named) for row in worded(said, "status", dict(Status.choices)))
    fields = {"topic": "statement__topic__title", "answers": "statement_id", "text": "text", "created": "created"}
    told = (_named(row, names, named=named) for row in rows_of(remarks, pupil="author_id", **fields))
    shown = {name: title for name, title in columns.items() if name in {"pupil", *fields}}
    return ("statements", _("Arguments"), columns, rows), ("comments", _("Comments"), shown, told)


def _named(row: dict[str, Any], names: dict[int, str], *, named: bool) -> dict[str, Any]:
    user = row.pop("pupil")
    return ({"pupil": names[user]} if named else {}) | row


def as_data(sections: list[Section]) -> dict[str, Any]:
    """For machines; each section by its key."""
    held = {each.key: {"columns": dict(each.columns), "rows": list(each.rows)} for each in sections}
    return FORMAT | {"exported": timezone.now().isoformat()} | held


def as_page(sections: list[Section], title: str) -> str:
    """For people: a page that opens without the site."""
    return render_to_string("accounts/data.html", {"sections": sections, "now": timezone.now(), "title": title})
