"""Whose words these are: asked by a teacher, written down, and told to the pupil."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people import person_of
from classrooms.forms.privacy import WhoForm
from classrooms.models import Look, LookKind
from classrooms.permissions import TEACH, assignment_for
from debates.history import words_of
from debates.models import Pseudonym, Statement, Status
from debates.permissions import statement_for
from debates.views.fragments import go

if TYPE_CHECKING:
    from classrooms.models import Assignment, Pupil

# How long the page shows the name again without a new question.
SHOWN_FOR = timedelta(minutes=10)
SHOWN = 100
MOST_ASKED = 200


@require_safe
def assignment_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines of pupils in the maps of an assignment, the newest first, by pseudonym. `q` looks for words."""
    assignment = assignment_for(request.user, pk, may=TEACH)
    query = request.GET.get("q", "").strip()[:MOST_ASKED]
    named = Pseudonym.objects.filter(topic=OuterRef("topic"), user=OuterRef("author"))
    lines = (
        Statement.objects.filter(topic__groups__assignment=assignment, status=Status.VISIBLE, refers_to=None)
        .filter(author__in=assignment.classroom.pupils.values("user"), text__icontains=query)
        .annotate(pseudonym=Subquery(named.values("name")[:1]))
        .order_by("-created", "-pk")
    )
    context = {
        "classroom": assignment.classroom, "assignment": assignment, "lines": lines[:SHOWN], "query": query,
        "total": lines.count(), "most": SHOWN,
    }  # fmt: skip
    return render(request, "classrooms/assignment_lines.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest, pk: int, statement: int) -> HttpResponse:
    """GET offers to ask who wrote a line of this assignment, POST asks, and leads back to the answer."""
    assignment = assignment_for(request.user, pk, may=TEACH)
    line = statement_for(request.user, statement)
    if not assignment.groups.filter(topic=line.topic_id).exists():
        raise Http404
    pupil = _author(assignment, line)
    form = WhoForm(request.POST if request.method == "POST" else None)
    if pupil is not None and form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        Look.objects.note(
            assignment.classroom, LookKind.NAME, by=person_of(request), pupil=pupil, at=line, reason=reason
        )
        return go(request, request.path)
    context = {
        "classroom": assignment.classroom, "assignment": assignment, "statement": line, "form": form,
        "words": words_of(line, request.user), "pseudonym": _pseudonym(line), "is_pupil": pupil is not None,
        "pupil": pupil if pupil and _has_asked(request, pupil, line) else None,
    }  # fmt: skip
    return render(request, "classrooms/who.html", context, status=422 if form.is_bound and form.errors else 200)


def _author(assignment: Assignment, line: Statement) -> Pupil | None:
    """The pupil of the class who wrote it, those who left, too; None where it was somebody else."""
    pupils = assignment.classroom.pupils.filter(user=line.author_id or 0)
    return pupils.first()


def _pseudonym(line: Statement) -> str:
    found = Pseudonym.objects.filter(topic=line.topic_id, user=line.author_id or 0)
    return found.values_list("name", flat=True).first() or ""


def _has_asked(request: HttpRequest, pupil: Pupil, line: Statement) -> bool:
    since = timezone.now() - SHOWN_FOR
    asked = Look.objects.filter(kind=LookKind.NAME, teacher=person_of(request), pupil=pupil, statement=line)
    return asked.filter(at__gt=since).exists()
