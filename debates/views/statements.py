"""One statement: its focus page, and what its author and the editors may do with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.people import person_of
from debates.analysis import side_along
from debates.forms.statement import NO_STANCE, WordingForm
from debates.models import Conflict, Passage, Refused, Source, Stance, Statement, Status, Topic
from debates.permissions import CHANGE, EDIT, demand, statement_for
from debates.rows import comments_of, siblings_of
from debates.tree import Node, path_to
from debates.views.done import say_done
from debates.views.fragments import answer, go, refusals_as_pages, refuse
from debates.views.topic import columns


@require_safe
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """A statement in focus: the lines above, itself with all it rests on, and its own two columns."""
    shown = statement_for(request.user, pk)
    return statement_page(request, shown)


def statement_page(request: HttpRequest, shown: Statement, *, status: int = 200, **more: Any) -> HttpResponse:
    *above, node = path_to(shown, request.user)
    context = {
        "topic": shown.topic, "statement": shown, "above": above, "node": node, "view": "",
        "side": side_along(line.stance for line in [*above, node]),
        "siblings": siblings_of(shown), **_evidence(shown, node), **columns(request, node, shown.topic),
    }  # fmt: skip
    return answer(request, "debates/statement.html", "debates/_columns.html", context | more, status=status)


def _evidence(shown: Statement, node: Node) -> dict[str, Any]:
    """What it rests on and what is said about it; nothing is asked for where the counts are zero.

    What a line rests on goes with its words when it is taken back: its author and the editors alone still see it.
    """
    author_id = (shown.refers_to or shown).author_id
    shows = not node.gone or shown.topic.standing.may_change(author_id)
    passages = Passage.objects.filter(statement=node.branch_id).select_related("essay")
    return {
        "passages": passages if shows and node.passages else [],
        "sources": Source.objects.filter(statement=node.branch_id).order_by("pk") if shows and node.sources else [],
        "comments": comments_of(node.branch_id, shown.topic) if node.comments else [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a statement: GET gives them to change, POST changes them."""
    shown = statement_for(request.user, pk, may=CHANGE)
    topic = shown.topic  # which the verb leaves the number of its change on
    kept = {"text": shown.text, "note": shown.note, "version": shown.version}
    form = WordingForm(request.POST) if request.method == "POST" else WordingForm(initial=kept)
    if not form.is_bound:
        return _wording(request, shown, form)
    if not form.is_valid():
        return _wording(request, shown, form, status=422)
    try:
        shown.revise(by=person_of(request), **form.cleaned_data)
    except Conflict as conflict:
        return _met(request, shown, form, conflict)
    except Refused as refused:
        refuse(form, refused)
        return _wording(request, shown, form, status=refused.status)
    return _saved(request, shown, topic, form)


def _saved(request: HttpRequest, shown: Statement, topic: Topic, form: WordingForm) -> HttpResponse:
    draft = f"wording-{shown.pk}-{form.cleaned_data['version']}"
    say_done(request, _("Saved."), topic, draft=draft)
    return go(request, shown.get_absolute_url())


def _met(request: HttpRequest, shown: Statement, form: WordingForm, conflict: Conflict) -> HttpResponse:
    """Both texts, and who was first; unless the same words were, whose answer was lost on its way."""
    stored, typed = conflict.current, form.cleaned_data
    if (stored.text, stored.note) == (typed["text"], typed["note"]):
        return _saved(request, shown, shown.topic, form)
    latest = shown.changes.filter(verb="revise").order_by("-number").first()
    mine = latest is not None and latest.actor_id == request.user.pk
    sentence = _("You changed this in another tab. Both texts are below.") if mine else conflict.message
    return _wording(request, shown, form, status=409, theirs=stored, sentence=sentence)


def _wording(
    request: HttpRequest, shown: Statement, form: WordingForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    above = shown.parent.words if shown.parent else ""
    context = {"topic": shown.topic, "statement": shown, "form": form, "above": above} | more
    return answer(request, "debates/wording.html", "debates/_wording.html", context, status=status)


# -- one verb each; the sentence that follows says how to take it back ---------------------------------------------


@require_POST
@refusals_as_pages
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one wrote; an editor takes away what another wrote."""
    shown = statement_for(request.user, pk, may=CHANGE)
    topic = shown.topic
    if shown.author_id == request.user.pk:
        shown.withdraw(by=person_of(request))
        say_done(request, _("Taken back. Its replies stay; you can restore it."), topic)
    else:
        shown.remove(by=person_of(request))
        say_done(request, _("Removed. Its replies stay; you can restore it."), topic)
    return go(request, shown.get_absolute_url())


@require_POST
@refusals_as_pages
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    """Show again what was taken back; what a moderator removed, only an editor brings back."""
    shown = statement_for(request.user, pk, may=CHANGE)
    topic = shown.topic
    if shown.status != Status.WITHDRAWN:
        demand(topic, EDIT)
    # Asked again by the verb: an editor may remove it before the topic is locked.
    shown.restore(by=person_of(request), removed_too=topic.standing.may(EDIT))
    say_done(request, _("It is back in its place."), topic)
    return go(request, shown.get_absolute_url())


@require_POST
@refusals_as_pages
def stance(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it support or oppose its parent, as `stance` says; sent twice, it stays at that."""
    shown = statement_for(request.user, pk, may=CHANGE)
    topic, wanted = shown.topic, request.POST.get("stance", "")
    if wanted not in Stance.values:
        raise Refused(NO_STANCE, field="stance")
    shown.turn(by=person_of(request), to=wanted)
    sentence = _("It now opposes the line above.") if wanted == Stance.OPPOSES else _("It now supports the line above.")
    say_done(request, sentence, topic)
    return go(request, shown.get_absolute_url())
