"""A file brought in: sent, looked at before anything is stored, and then stored as a whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.people import has_account, person_of
from debates.formats.bringing import Bringing, Order, not_stored
from debates.formats.detecting import detect
from debates.formats.drafts import KIND_WORDS, Draft, Note, Unreadable
from debates.formats.registry import READERS
from debates.forms.transfer import BringForm, ImportForm
from debates.models import Refused, Topic, Upload
from debates.permissions import EDIT, topic_for
from debates.views.account_needed import account_needed
from debates.views.fragments import see_other

if TYPE_CHECKING:
    from debates.formats.document import Document, Line

LINES_SHOWN, NOTES_SHOWN = 40, 100
INDENTED = 6  # levels that a preview still tells apart on a phone
MARK = "<!-- progress -->"


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Send a file or a text. `?into=` names a topic of one's own that it is added to."""
    if not has_account(request):
        return account_needed(request, _("Bringing a topic in needs an account: it is yours to look after."))
    into = _into(request)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_bound and form.is_valid():
        try:
            upload = _keep(request, form)
            return see_other(_address(upload, into))
        except Unreadable as unreadable:
            form.add_error("file" if form.cleaned_data.get("file") else "text", located(unreadable))
    context = {"form": form, "into": into, "readers": READERS.values()}
    return render(request, "debates/imports.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, form: ImportForm) -> Upload:
    """The file, once it is known that it can be read. Raises Unreadable."""
    content, file_name = form.content()
    name = form.cleaned_data["format"] or detect(content, file_name)
    if name is None:
        raise Unreadable(_("No format that this site reads. Name the format, or look at the list below."))
    READERS[name].read(content)
    return Upload.objects.keep(content, by=person_of(request), file_name=file_name, format=name)


def located(unreadable: Unreadable) -> str:
    """The sentence with the line it is about."""
    sentence = str(unreadable.sentence)
    if not unreadable.at:
        return sentence
    return _("Line %(line)s: %(sentence)s") % {"line": unreadable.at, "sentence": sentence}


@require_http_methods(["GET", "HEAD"])
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be made of a file, and what was repaired, merged, cut and left out."""
    upload, into = _upload(request, pk), _into(request)
    draft = READERS[upload.format].read(bytes(upload.content))
    form = BringForm(initial={"title": draft.document.title or _stem(upload.file_name)})
    return render(request, "debates/import_preview.html", _previewed(upload, draft, into) | {"form": form})


@require_POST
def import_topic(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Store it. The page grows while it is stored, and leads to the topic at the end."""
    upload, into = _upload(request, pk), _into(request)
    draft = READERS[upload.format].read(bytes(upload.content))
    form = BringForm(request.POST)
    if into is None and not form.is_valid():
        context = _previewed(upload, draft, into) | {"form": form}
        return render(request, "debates/import_preview.html", context, status=422)
    title = "" if into else form.cleaned_data["title"]
    order = Order(draft.document, person_of(request), into, upload.format, title)
    page = render_to_string("debates/import_running.html", {"upload": upload, "mark": MARK}, request)
    response = StreamingHttpResponse(_running(page, Bringing(order), upload))
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _running(page: str, bringing: Bringing, upload: Upload) -> Iterator[str]:
    """The page in pieces: what stands above, a line for each step, and how it ended."""
    above, below = page.split(MARK)
    yield above
    try:
        with transaction.atomic():
            _take(upload)
            for progress in bringing.run():
                sentence = _("%(done)s of %(total)s") % {"done": progress.done, "total": progress.total}
                yield format_html("<li>{}</li>\n", sentence)
        ended = {"topic": bringing.topic, "address": bringing.topic.get_absolute_url()}
    except Refused as refused:
        ended = {"sentence": str(refused.message)}
    except DatabaseError:
        ended = {"sentence": _("The database did not take it. Try again in a minute.")}
    yield render_to_string("debates/_import_ended.html", ended | {"upload": upload})
    yield below


def _take(upload: Upload) -> None:
    """One import for one file: whoever comes second waits here, and finds it gone."""
    gone, _by_model = Upload.objects.filter(pk=upload.pk).delete()
    if not gone:
        raise Refused(_("This file was stored already: look among your topics."))


# -- what a preview shows ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PreviewLine:
    line: Line
    text: str
    level: int


def _previewed(upload: Upload, draft: Draft, into: Topic | None) -> dict[str, Any]:
    document = draft.document
    notes: list[Note] = [*not_stored(document), *draft.notes]
    kinds = Counter(note.kind for note in notes)
    return {
        "upload": upload, "into": into, "format": READERS[upload.format], "document": document,
        "counts": document.made_of(), "lines": _first_lines(document),
        "more": max(0, len(document.lines) - LINES_SHOWN),
        "notes": [(KIND_WORDS[note.kind], note) for note in notes[:NOTES_SHOWN]],
        "more_notes": max(0, len(notes) - NOTES_SHOWN),
        "kinds": [(KIND_WORDS[kind], count) for kind, count in kinds.items()],
    }  # fmt: skip


def _first_lines(document: Document) -> list[PreviewLine]:
    depths, words = document.depths(), document.words()
    shown = document.lines[:LINES_SHOWN]
    return [PreviewLine(line, words[line.id], min(depths[line.id], INDENTED)) for line in shown]


# -- what the address names ----------------------------------------------------------------------------------------


def _upload(request: HttpRequest, pk: int) -> Upload:
    upload = Upload.objects.filter(pk=pk, user_id=request.user.pk or 0).first()
    if upload is None:
        raise Http404
    return upload


def _into(request: HttpRequest) -> Topic | None:
    slug = request.POST.get("into") or request.GET.get("into", "")
    return topic_for(request.user, slug, may=EDIT) if slug else None


def _address(upload: Upload, into: Topic | None) -> str:
    address = reverse("import-preview", args=[upload.pk])
    return f"{address}?into={into.slug}" if into else address


def _stem(file_name: str) -> str:
    return file_name.rpartition(".")[0] or file_name
