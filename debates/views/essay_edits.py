"""An essay edited, compared with what it was, brought back to that, and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import person_of
from debates.essays.outlook import compared, foresee, passages_of
from debates.essays.states import compare, state_at, states_of
from debates.forms.essay import EssayEditForm
from debates.models import Conflict, Essay, EssayVersion, Refused
from debates.permissions import CHANGE, READ, essay_for, former_essay_for
from debates.views.done import say_done
from debates.views.fragments import refusals_as_pages, refuse, see_other, status_of

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from debates.essays.outlook import Outlook

CHECK = "check"
LOST_SHOWN = 100


def essay_here(request: HttpRequest, pk: int, *, may: str = READ) -> Essay:
    """The essay `pk`. Raises Http404, PermissionDenied, and Gone for one that was taken away."""
    try:
        return essay_for(request.user, pk, may=may)
    except Http404:
        former_essay_for(request.user, pk)
        raise


# -- editing -----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def essay_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of an essay: GET gives them to change, POST stores others; `do=check` only says what that would do."""
    essay = essay_here(request, pk, may=CHANGE)
    form = EssayEditForm(request.POST) if request.method == "POST" else EssayEditForm.of(essay)
    if not form.is_bound or not form.is_valid():
        return _page(request, essay, form)
    if request.POST.get("do") == CHECK:
        return _checked(request, essay, form)
    return _store(request, essay, form)


def _store(request: HttpRequest, essay: Essay, form: EssayEditForm) -> HttpResponse:
    before, topic = list(passages_of(essay, request.user)), essay.topic
    try:
        essay.revise(by=person_of(request), **form.texts(), version=form.cleaned_data["version"])
    except Conflict as conflict:
        return _met(request, essay, form, conflict.current)
    except Refused as refused:
        refuse(form, refused)
        return _page(request, essay, form)
    essay.topic = topic  # with what the reader may do, which the verb lost by reading the essay anew
    return _saved(request, essay, form, compared(before, passages_of(essay, request.user)))


def _page(request: HttpRequest, essay: Essay, form: EssayEditForm, *, status: int = 0, **more: Any) -> HttpResponse:
    context = {"topic": essay.topic, "essay": essay, "form": form, "view": ""} | more
    return render(request, "debates/essay_edit.html", context, status=status or status_of(form))


def _checked(request: HttpRequest, essay: Essay, form: EssayEditForm) -> HttpResponse:
    """What storing it would change, and which passages would lose their place. Nothing is stored."""
    try:
        typed = _as_stored(essay, form)
    except Refused as refused:
        refuse(form, refused)
        return _page(request, essay, form)
    outlook, comparison = foresee(essay, typed.text, request.user), compare(essay, typed)
    shown = EssayEditForm(initial=form.cleaned_data)
    return _page(request, essay, shown, outlook=outlook, comparison=comparison, most=LOST_SHOWN)


def _as_stored(essay: Essay, form: EssayEditForm) -> Essay:
    """What was typed, as it would be stored. Raises Refused."""
    typed = Essay(pk=essay.pk, topic=essay.topic)
    typed.write(form.texts())
    return typed


def _met(request: HttpRequest, essay: Essay, form: EssayEditForm, stored: Essay) -> HttpResponse:
    """Both texts with what differs; unless the same words were stored, whose answer was lost on its way."""
    typed, stored.topic = _as_stored(essay, form), essay.topic
    if stored.texts() == typed.texts():
        return _saved(request, stored, form, compared([], []))
    latest = essay.topic.changes.filter(verb="essay-revised", after__essay=essay.pk).order_by("-number").first()
    mine = latest is not None and latest.actor_id == request.user.pk
    shown, comparison = form.against(stored), compare(stored, typed)
    return _page(request, essay, shown, status=409, theirs=stored, mine=mine, comparison=comparison)


def _saved(request: HttpRequest, essay: Essay, form: EssayEditForm, outlook: Outlook) -> HttpResponse:
    draft = f"essay-{essay.pk}-{form.cleaned_data['version']}"
    say_done(request, told(essay, outlook), essay.topic, draft=draft)
    return see_other(essay.get_absolute_url())


def told(essay: Essay, outlook: Outlook) -> str | SafeString:
    """That it is saved, and what became of the passages: “3 passages stand in changed words, 1 lost its place”."""
    altered, lost = len(outlook.altered), len(outlook.lost)
    parts = []
    if altered:
        words = ngettext("%(n)s passage stands in changed words", "%(n)s passages stand in changed words", altered)
        parts.append(words % {"n": altered})
    if lost:
        words = ngettext("%(n)s passage lost its place", "%(n)s passages lost their place", lost)
        parts.append(words % {"n": lost})
    if not parts:
        return _("Saved.")
    link = format_html('<a href="{}#lost">{}</a>', essay.get_absolute_url(), _("See them")) if lost else ""
    return format_html("{} {}. {}", _("Saved."), ", ".join(parts), link)


# -- states ------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def essay_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What an essay was: GET lists its states and compares two of them, POST brings one back."""
    if request.method == "POST":
        return _restored(request, essay_here(request, pk, may=CHANGE))
    essay = essay_here(request, pk)
    states, older = states_of(essay, request.user.pk, before=_number(request, "before"))
    context = {
        "topic": essay.topic, "essay": essay, "view": "", "states": states, "older": older,
        "may_change": essay.topic.standing.may_change(essay.added_by_id), **_compared(request, essay),
    }  # fmt: skip
    return render(request, "debates/essay_versions.html", context)


def _compared(request: HttpRequest, essay: Essay) -> dict[str, Any]:
    """The two states that the address names: `from`, and `to`, or what the essay says now."""
    old = _number(request, "from")
    if old is None:
        return {}
    texts = [state_at(essay, number) for number in (old, _number(request, "to") or essay.version)]
    if None in texts:
        raise Http404
    return {"comparison": compare(*texts)}  # type: ignore[arg-type]


def _restored(request: HttpRequest, essay: Essay) -> HttpResponse:
    number = _number(request, "version") or 0
    chosen = EssayVersion.objects.filter(topic=essay.topic, essay_number=essay.pk, version=number).first()
    if chosen is None:
        raise Refused(_("There is no such version of this text."))
    before, topic = list(passages_of(essay, request.user)), essay.topic
    essay.restore(chosen, by=person_of(request))
    essay.topic = topic
    say_done(request, told(essay, compared(before, passages_of(essay, request.user))), essay.topic)
    return see_other(essay.get_absolute_url())


def _number(request: HttpRequest, name: str) -> int | None:
    """A version's number; what is none is left out."""
    typed = request.POST.get(name) or request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


@require_POST
@refusals_as_pages
def essay_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a text away with its passages; undoing it brings both back."""
    essay = essay_here(request, pk, may=CHANGE)
    topic = essay.topic
    essay.remove(by=person_of(request))
    say_done(request, _("The text is taken away, and its passages with it."), topic)
    return see_other(f"{topic.get_absolute_url()}essay/")
