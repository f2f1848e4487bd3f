"""Making something of chosen words of an essay: a claim, an argument under a chosen line, or what a line rests on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.people import person_of
from debates.essays.layout import lay_out
from debates.essays.reading import read
from debates.essays.segmenting import Span
from debates.forms.selection import ATTACH, CHECK, SelectionForm
from debates.late import late_sentence
from debates.models import Conflict, Essay, Refused, Stance, Statement, Status
from debates.permissions import CHANGE, SENTENCES, SUGGEST, WRITE
from debates.views.done import say_done
from debates.views.essay import beside, show_essay
from debates.views.essay_edits import essay_here
from debates.views.fragments import go, refusals_as_pages, refuse, status_of, wants_fragment
from debates.views.making import essay_address, making_for
from debates.views.topic import statements_root
from debates.views.who import ask_who

if TYPE_CHECKING:
    from debates.models import Passage
    from debates.views.making import Making


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def passages(request: HttpRequest, pk: int) -> HttpResponse:
    """Chosen words of an essay: GET gives the box to make something of them, POST makes it, with its passage."""
    essay, sends = essay_here(request, pk, may=SUGGEST), request.method == "POST"
    form = SelectionForm(request.POST if sends else request.GET, lay_out(essay), makes=sends)
    if not form.is_valid() or not form.makes or form.asks == CHECK:
        return _box(request, essay, form)
    try:
        line = _line(essay, form)
        if not request.user.is_authenticated:
            above, stance = (line.words, form.cleaned_data["kind"]) if line else ("", "")
            return ask_who(request, essay.topic, text=form.cleaned_data["text"], above=above, stance=stance)
        passage = _make(request, essay, line, form)
    except Refused as refused:
        _refuse(form, refused)
        return _box(request, essay, form)
    return _made(request, essay, form, passage)


def _refuse(form: SelectionForm, refused: Refused) -> None:
    if isinstance(refused, Conflict) and isinstance(refused.current, Essay):
        refused = Refused(refused.message, field="words")  # edited this very moment: no key was used
        refused.status = Conflict.status
    refuse(form, refused)


def _line(essay: Essay, form: SelectionForm) -> Statement | None:
    """The chosen line, None for a claim. Raises Refused."""
    kind, chosen = form.cleaned_data["kind"], form.cleaned_data["parent"]
    if kind != ATTACH and kind not in Stance.values:
        return None
    line = Statement.objects.get_queryset().shown().filter(pk=chosen, topic=essay.topic_id).first()
    line = line.refers_to if line is not None and line.refers_to is not None else line
    if line is None:
        raise Refused(_("Choose a line of this topic."), field="parent")
    line.topic = essay.topic
    if kind == ATTACH and not essay.topic.standing.may_change(line.author_id):
        refused = Refused(SENTENCES[CHANGE], field="parent")
        refused.status = 403
        raise refused
    return line


@transaction.atomic
def _make(
    request: HttpRequest, essay: Essay, line: Statement | None, form: SelectionForm
) -> tuple[Statement, Passage | None]:
    """The verb, and the passage that its statement rests on: both or neither, and once."""
    user, data, topic, span = person_of(request), form.cleaned_data, essay.topic, form.span or Span(0, 0)
    if data["kind"] == ATTACH and line is not None:
        return line, line.quote(essay, *span, by=user)
    topic.just_changed, suggested = None, not topic.standing.may(WRITE)
    if line is None:
        made = topic.add_claim(data["text"], by=user, key=data["key"], suggested=suggested)
    else:
        made = line.add_argument(data["kind"], data["text"], by=user, key=data["key"], suggested=suggested)
    made.topic = topic
    if topic.just_changed is None:  # sent before, with its passage, which may have been taken away since
        return made, made.passages.filter(essay=essay).first()
    return made, made.quote(essay, *span, by=user)


# -- answers -------------------------------------------------------------------------------------------------------


def _box(request: HttpRequest, essay: Essay, form: SelectionForm) -> HttpResponse:
    """The box, alone for a script and in its place in the text for everyone else."""
    making = making_for(essay, form)
    status = status_of(form) if form.makes and form.errors else 200
    if not wants_fragment(request):
        return show_essay(request, essay, making=making, status=status)
    return render(request, "debates/_making.html", {"making": making, "topic": essay.topic}, status=status)


def _made(
    request: HttpRequest, essay: Essay, form: SelectionForm, made: tuple[Statement, Passage | None]
) -> HttpResponse:
    """What has changed in the text and beside it, with the focus on the new note; or the page, at the passage."""
    (line, passage), attached = made, form.cleaned_data["kind"] == ATTACH
    making = making_for(essay, form, offers=False)
    if line.status != Status.VISIBLE:
        return _suggested(request, making, line)
    if wants_fragment(request) and passage is not None and form.cleaned_data["version"] == passage.essay.version:
        span = Span(passage.start, passage.end)
        reading = read(essay, request.user, layout=form.layout)
        context = beside(request, essay, show=making.show, reading=reading)
        context |= {"new": line.pk, "making": making, "changed": reading.changed(span, line.pk)}
        response = render(request, "debates/_made.html", context)
        response.headers["HX-Trigger"] = json.dumps({"say": _said(attached)})
        return response
    say_done(request, _said(attached), essay.topic if attached else None, draft=making.draft_key)
    return go(request, f"{essay_address(essay, making.show)}#p-{line.pk}")


def _said(attached: bool) -> str:
    return _("The passage is added.") if attached else _("Posted.")


def _suggested(request: HttpRequest, making: Making, line: Statement) -> HttpResponse:
    """A suggestion waits for an editor, with its passage."""
    late = late_sentence(line)
    if wants_fragment(request):
        return render(request, "debates/_made_waits.html", {"making": making, "late": late})
    say_done(request, render_to_string("debates/_waits.html", {"late": late}), draft=making.draft_key)
    return go(request, f"{essay_address(making.essay, making.show)}#sentence-{making.sentences[0]}")


# -- while one writes ----------------------------------------------------------------------------------------------


@require_safe
@refusals_as_pages
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines that words of an essay may stand under: those near by, or those that match `q`."""
    essay = essay_here(request, pk)
    form = SelectionForm(request.GET, lay_out(essay), makes=False)
    making = making_for(essay, form)
    return render(request, "debates/_making_lines.html", {"making": making})


@require_safe
@refusals_as_pages
def hints(request: HttpRequest, pk: int) -> HttpResponse:
    """What there is to say about `text` as a line that rests on the chosen words."""
    essay = essay_here(request, pk)
    form = SelectionForm(request.GET, lay_out(essay), makes=False, checks=True)
    making = making_for(essay, form, offers=False)
    context = {"making": making, "statements": statements_root()}
    return render(request, "debates/_making_hints.html", context)
