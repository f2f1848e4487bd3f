"""Sources: those of a line, one to change, and files of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import person_of
from debates.citing.csl_files import read
from debates.citing.lacking import missing
from debates.citing.works import works_of
from debates.formats.drafts import Unreadable
from debates.forms.source import SourceChangeForm, SourceFileForm, SourceForm
from debates.models import Conflict, Refused, Source, Statement
from debates.permissions import CHANGE, COMMENT, WRITE, bearer_for, statement_for
from debates.views.done import say_done
from debates.views.fragments import answer, go, refusals_as_pages, refuse, status_of
from debates.views.imports import located
from debates.views.who import ask_who

NOTES_TOLD = 5


# -- of a line -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: HttpRequest, pk: int) -> HttpResponse:
    """The sources of a statement: GET gives the card for one more, POST adds it; `look` shows what was pasted."""
    statement = bearer_for(request.user, pk, may=WRITE)
    form = SourceForm(request.POST) if request.method == "POST" else SourceForm(initial=_begun(request))
    if "look" in request.POST or form.has_only_what_was_pasted:
        form = form.looked_at()
    if not form.is_bound or not form.is_valid():
        return _source_box(request, statement, form)
    if not request.user.is_authenticated:
        return ask_who(request, statement.topic, text=form.cleaned_data["title"], above=statement.words)
    try:
        made = statement.cite(by=person_of(request), **form.cleaned_data)
    except Refused as refused:
        refuse(form, refused)
        return _source_box(request, statement, form)
    say_done(request, _with_lacks(_("The source is added."), made), statement.topic, draft=f"source-{statement.pk}")
    return go(request, f"{statement.get_absolute_url()}#sources")


def _begun(request: HttpRequest) -> dict[str, str]:
    return {"pasted": request.GET.get("pasted", "")[:500]}


def _with_lacks(sentence: str, source: Source) -> str:
    """What was done, and what a reference list will miss."""
    return " ".join([sentence, *missing(source)])


def _source_box(request: HttpRequest, statement: Statement, form: SourceForm, **more: Any) -> HttpResponse:
    context = {"statement": statement, "topic": statement.topic, "source_form": form} | more
    return answer(request, "debates/source.html", "debates/_source_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One source: GET gives it to change, POST changes it. For who added it, the statement's author and editors."""
    found = get_object_or_404(Source, pk=pk)
    statement = _for_part(request, found, WRITE)
    kept = {name: getattr(found, name) for name in (*Source.FIELDS, "version")}
    form = SourceChangeForm(request.POST) if request.method == "POST" else SourceChangeForm(initial=kept)
    if not form.is_bound or not form.is_valid():
        return _source_box(request, statement, form, source=found)
    topic = statement.topic  # which the verb leaves the number of its change on
    try:
        changed = statement.recite(found, by=person_of(request), **form.cleaned_data)
    except Conflict as conflict:
        return _met(request, statement, form, conflict)
    except Refused as refused:
        refuse(form, refused)
        return _source_box(request, statement, form, source=found)
    draft = f"source-change-{found.pk}-{form.cleaned_data['version']}"
    say_done(request, _with_lacks(_("Saved."), changed), topic, draft=draft)
    return go(request, f"{statement.get_absolute_url()}#sources")


def _met(request: HttpRequest, statement: Statement, form: SourceChangeForm, conflict: Conflict) -> HttpResponse:
    """The form as it was filled in, and what somebody stored meanwhile."""
    stored: Source = conflict.current
    differing = (name for name in Source.FIELDS if getattr(stored, name) != form.cleaned_data[name])
    theirs = [(form.fields[name].label, getattr(stored, name)) for name in differing]
    form.data = {name: form.data.get(name) for name in form.data} | {"version": stored.version}
    form.refused_with = conflict.status  # type: ignore[attr-defined]
    return _source_box(request, statement, form, source=stored, theirs=theirs, sentence=conflict.message)


@require_POST
@refusals_as_pages
def source_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a source away: who added it, the statement's author, or an editor."""
    found = get_object_or_404(Source, pk=pk)
    statement = _for_part(request, found, COMMENT)
    statement.uncite(found, by=person_of(request))
    say_done(request, _("The source is taken away."), statement.topic)
    return go(request, f"{statement.get_absolute_url()}#sources")


def _for_part(request: HttpRequest, source: Source, mine: str) -> Statement:
    """The statement of a source, if the reader may change that source; `mine` is the right that one's own needs."""
    own = source.added_by_id is not None and source.added_by_id == request.user.pk
    return statement_for(request.user, source.statement_id, may=mine if own else CHANGE)


# -- a file of them --------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def source_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Sources from a reference manager for one line: GET asks for the file, POST adds what is not there yet."""
    statement = bearer_for(request.user, pk, may=WRITE)
    form = SourceFileForm(request.POST, request.FILES) if request.method == "POST" else SourceFileForm()
    if form.is_bound and form.is_valid():
        content = form.content()
        if not request.user.is_authenticated:
            # A file is not kept until it is known who sent it; its text is.
            request.POST = QueryDict(mutable=True)  # type: ignore[assignment]
            request.POST.update({"text": content.decode("utf-8", "replace")})
            return ask_who(request, statement.topic, text=_("Sources from a file"), above=statement.words)
        try:
            return _add_all(request, statement, content)
        except Unreadable as unreadable:
            form.add_error("text" if form.cleaned_data.get("text") else "file", located(unreadable))
        except Refused as refused:
            refuse(form, refused)
    context = {"statement": statement, "topic": statement.topic, "form": form}
    return render(request, "debates/source_file.html", context, status=status_of(form))


def _add_all(request: HttpRequest, statement: Statement, content: bytes) -> HttpResponse:
    items = read(content)
    there = list(statement.sources.order_by("pk"))
    works = works_of([*there, *(Source(**row) for row in items.rows)])
    fresh = [work.sources[0] for work in works if work.sources[0].pk is None]
    made = statement.cite_all([_fields_of(source) for source in fresh], by=person_of(request)) if fresh else []
    told = [ngettext("%(count)s source is added.", "%(count)s sources are added.", len(made)) % {"count": len(made)}]
    if known := len(items.rows) - len(made):
        sentence = ngettext("%(count)s stood here already.", "%(count)s stood here already.", known)
        told.append(sentence % {"count": known})
    told += items.notes[:NOTES_TOLD]
    say_done(request, " ".join(told), statement.topic if len(made) == 1 else None)
    return go(request, f"{statement.get_absolute_url()}#sources")


def _fields_of(source: Source) -> dict[str, str]:
    return {name: getattr(source, name) for name in Source.FIELDS}
