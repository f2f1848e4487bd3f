"""One draft: writing it beside the map, its files, and the map put together again for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from debates.drafting.beside import lacking_in, lines_beside, prompts_of
from debates.drafting.changes import changes_between
from debates.drafting.choices import Choices
from debates.drafting.citations import Citations, recited, with_references
from debates.drafting.composing import Material
from debates.drafting.files import FILES, Written
from debates.drafting.page import page_of
from debates.drafting.paper import word_count
from debates.drafting.reading import material_for
from debates.formats.sending import POLICY
from debates.forms.draft import AgainForm, ChoiceForm, DraftForm
from debates.models import Conflict, Draft, Refused
from debates.permissions import READ, draft_for
from debates.tree import claims_of
from debates.views.done import say_done
from debates.views.drafts import preview_of, stores_with, text_of
from debates.views.fragments import answer, go, refuse, status_of, wants_fragment

if TYPE_CHECKING:
    from debates.models import Topic

PAGE, SAVED = "debates/draft.html", "debates/_draft_saved.html"
AGAIN, PREVIEW = "debates/draft_outline.html", "debates/_draft_preview.html"


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft beside the map. POST stores what is typed; with `cite` the reference list is put in order as well."""
    found = draft_for(request.user, pk)
    form = DraftForm(request.POST) if request.method == "POST" else DraftForm(initial=_stored(found))
    if not form.is_bound or not form.is_valid():
        return _page(request, found, form)
    topic = found.topic
    try:
        _write(request, found, form)
    except Conflict as conflict:
        refuse(form, conflict)
        return _page(request, found, form, theirs=conflict.current)
    except Refused as refused:
        refuse(form, refused)
        return _page(request, found, form)
    found.topic = topic
    if wants_fragment(request) and "cite" not in request.POST:
        return _page(request, found, form, said=_said_saved())
    say_done(request, _("Saved."), draft=draft_key(found))
    return go(request, found.get_absolute_url())


def draft_key(found: Draft) -> str:
    """Under which a device keeps the words that are not stored yet."""
    return f"written-{found.pk}"


def _stored(found: Draft) -> dict[str, Any]:
    return found.written() | {"version": found.version}


def _write(request: HttpRequest, found: Draft, form: DraftForm) -> None:
    data = form.cleaned_data
    text, style = data["text"], data["style"] or found.style
    cites = "cite" in request.POST
    if cites:
        text = _cited(request, found, text, style)
    found.write(text, version=form.read(), always_kept=cites or bool(data["over"]), title=data["title"], style=style)


def _cited(request: HttpRequest, found: Draft, text: str, style: str) -> str:
    """`text` with its citations in `style`, and its reference list of what it cites."""
    material = _material(request, found)
    text = recited(text, material.sources, style, material.language)
    citations = Citations(material.sources, style, material.language)
    entries = citations.entries_in(text)
    return with_references(text, entries, citations.style.heading, known=citations.entries)


def _said_saved() -> str:
    return _("Saved %(time)s") % {"time": localtime(timezone.now()).strftime("%H:%M")}


def _material(request: HttpRequest, found: Draft) -> Material:
    """The lines of the map as far as a page has room for them: all, or those that the draft is made of, or none."""
    readable = found.topic.standing.may(READ)
    for choices in (Choices(), choices_of(found)) if readable else ():
        try:
            return material_for(found.topic, request.user, choices)
        except Refused:
            continue
    return Material((), language=found.topic.language)


def choices_of(found: Draft) -> Choices:
    """What was chosen for a draft, the usual where that cannot be read."""
    try:
        return Choices.from_json(found.choices)
    except ValueError:
        return Choices()


def _page(request: HttpRequest, found: Draft, form: DraftForm, **more: Any) -> HttpResponse:
    """The draft with all beside it; for a script only what has changed by saving."""
    text = str(form["text"].value() or "")
    theirs: Draft | None = more.get("theirs")
    context: dict[str, Any] = {
        "topic": found.topic, "draft": found, "form": form, "draft_key": draft_key(found), "view": "drafts",
        "version": str(found.version if "said" in more else form["version"].value()), "words": word_count(text),
        "paper": page_of(text), "prompts": prompts_of(text, found.topic.language),
    }  # fmt: skip
    if theirs is not None:
        context["pieces"] = changes_between(theirs.text, text)
    if not wants_fragment(request):
        context |= _beside(request, found, text)
    status = status_of(form) if form.is_bound and "said" not in more else 200
    return answer(request, PAGE, SAVED, context | more, status=status)


def _beside(request: HttpRequest, found: Draft, text: str) -> dict[str, Any]:
    material = _material(request, found)
    citations = Citations(material.sources, found.style, material.language)
    cited = citations.entries_in(text)
    return {
        "lines": lines_beside(material, text, citations), "has_sources": bool(citations.entries),
        "lacking": lacking_in(cited, found.style), "files": FILES.values(),
    }  # fmt: skip


# -- the map once more, and files ------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def draft_outline(request: HttpRequest, pk: int) -> HttpResponse:
    """The map put together again. POST puts it behind the text, or in its place, which stays in the history."""
    found = draft_for(request.user, pk, map_too=True)
    topic, claims = found.topic, claims_of(found.topic, request.user)
    sent = request.POST if request.method == "POST" else request.GET if "order" in request.GET else None
    initial = ChoiceForm.told(choices_of(found)) | {"version": found.version}
    form = AgainForm(sent, initial=initial, claims=claims)
    stores = stores_with(request)
    if stores and form.is_valid():
        try:
            return _put(request, found, form, topic)
        except Refused as refused:
            refuse(form, refused)
    context = preview_of(request, topic, form) | {"topic": topic, "draft": found, "form": form, "claims": claims}
    status = status_of(form) if stores else 200
    return answer(request, AGAIN, PREVIEW, context | {"version": str(found.version)}, status=status)


def _put(request: HttpRequest, found: Draft, form: AgainForm, topic: Topic) -> HttpResponse:
    choices = form.choices()
    made, version = text_of(request, topic, choices), form.cleaned_data["version"] or found.version
    replaces = request.POST.get("place") == "instead"
    text = made if replaces else "\n\n".join(part for part in (found.text, made) if part)
    found.write(text, version=version, always_kept=True, choices=choices.as_json(), style=choices.style)
    sentence = (
        _("The text is new. What was there before is in the history of this draft.")
        if replaces
        else _("The map stands behind your text.")
    )
    say_done(request, sentence)
    return go(request, found.get_absolute_url())


@require_safe
def draft_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The draft as a file, always an attachment."""
    found, chosen = draft_for(request.user, pk), FILES.get(name)
    if chosen is None:
        raise Http404
    content = chosen.write(Written(found.title, found.text, found.topic.language))
    response = HttpResponse(content, content_type=chosen.media_type)
    file_name = f"{slugify(found.title)[:80] or 'draft'}.{chosen.name}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    return response
