"""Topics as files, out and in: the formats, an export, and an import with its preview."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework.parsers import BaseParser
from rest_framework.response import Response

from debates.api import queries
from debates.api.endpoint import Endpoint, created
from debates.api.idempotence import once
from debates.api.problems import Problem, bad_query, invalid
from debates.api.schema import KEY, flag, number, operation, query
from debates.api.serializers import outputs
from debates.api.topics import address_of
from debates.formats.bringing import Bringing, Order, not_stored
from debates.formats.detecting import detect
from debates.formats.drafts import Draft, Unreadable
from debates.formats.registry import FORMATS, MOST_BYTES, READERS, Format
from debates.formats.sections import Taking
from debates.formats.sending import file_of
from debates.formats.taking import document_of, refuse_too_large, take
from debates.models.topic import TITLE_LENGTH
from debates.permissions import EDIT, topic_by_pk
from debates.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

    from django.http.response import HttpResponseBase
    from rest_framework.request import Request

    from debates.models import Topic

    type Row = dict[str, Any]

SCHEMA_FILE = Path(__file__).parent.parent / "formats" / "schemas" / "counterpoint-1.json"
NOTES_SHOWN = 1_000
BRINGING = gettext_lazy("Bringing a topic in needs an account: it is yours to look after.")
WRITERS = [name for name, each in FORMATS.items() if each.writes]
# In what forms a file comes, besides JSON.
KINDS: dict[Any, Any] = {
    (200, each.media_type): OpenApiTypes.OBJECT if each.media_type.endswith("json") else OpenApiTypes.BINARY
    for each in FORMATS.values()
    if each.writes and each.media_type != "application/json"
}
PART = OpenApiResponse(OpenApiTypes.OBJECT, description="The file, or with report=true what it leaves out.")


class FileParser(BaseParser):
    """A file as the body, whatever it is said to be."""

    media_type = "*/*"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body: bytes = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise Problem(413, _("A file has at most 10 MB. Larger ones are imported by the site's operator."))
        return body


def format_row(each: Format) -> Row:
    return {
        "name": each.name, "title": each.title, "purpose": each.purpose, "extension": each.extension,
        "media_type": each.media_type, "writes": each.writes, "reads": each.reads, "keeps": sorted(each.keeps),
        "most_lines": each.most_lines,
    }  # fmt: skip


class Formats(Endpoint):
    group = "Files"

    @operation(
        "List the formats",
        "What each keeps of a topic, whether it is written and read, and from how many lines on it is refused.",
        gives=outputs.Formats,
    )
    def get(self, request: Request) -> Response:
        queries.allow(request)
        return Response({"results": [format_row(each) for each in FORMATS.values()]})


class OwnSchema(Endpoint):
    group = "Files"

    @operation(
        "Read the schema of our own JSON", "JSON Schema 2020-12 of the format `json`.", gives=OpenApiTypes.OBJECT
    )
    def get(self, request: Request) -> Response:
        queries.allow(request)
        return Response(_own_schema())


@cache
def _own_schema() -> Row:
    content: Row = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return content


class Export(Endpoint):
    group = "Files"
    scope = "export"

    @operation(
        "Export a topic",
        "The whole topic as a file, as you may see it. The header Counterpoint-Left-Out counts what the format has no"
        " place for; report=true tells it in sentences instead of the file. The format json is streamed.",
        gives=PART, also=[422], more=KINDS,
        asks=[
            query("format", "The name of a format; json unless given.", *WRITERS),
            flag("report", "Say what would be left out, and write nothing."),
            flag("history", "With the format json: the history, without the words."),
            query("votes", "With the format json, for owners: each vote, voters as numbers.", "people"),
        ],
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        queries.allow(request, "format", "report", "history", "votes")
        topic = topic_by_pk(request.user, pk)
        chosen = FORMATS[queries.one_of(request, "format", WRITERS, otherwise="json")]
        ballots = queries.one_of(request, "votes", ["people"]) == "people"
        taking = Taking(topic, request.user, ballots=ballots, history=bool(queries.yes_or_no(request, "history")))
        if queries.yes_or_no(request, "report"):
            return Response(_report(taking, chosen))
        return file_of(take(taking, chosen), chosen)


def _report(taking: Taking, chosen: Format) -> Row:
    refuse_too_large(taking, chosen)
    losses = chosen.losses(document_of(taking))
    told = [{"feature": loss.feature, "count": loss.count, "sentence": loss.sentence} for loss in losses]
    return {"format": chosen.name, "leaves_out": told}


class Imports(Endpoint):
    group = "Files"
    parser_classes = (FileParser,)

    @operation(
        "Import a file",
        "The body is the file, at most 10 MB. It becomes a private topic of yours, or with `into` is added to a topic"
        " that you may edit: all of it or nothing. preview=true says what would be made and stores nothing.",
        takes=OpenApiTypes.BINARY, gives=outputs.Imported, status=201, also=[404], more={200: outputs.Imported},
        asks=[
            query("format", "The name of a format; found out from the file unless given.", *READERS),
            flag("preview", "Store nothing."),
            query("title", "In place of the title in the file.", type="string", maxLength=TITLE_LENGTH),
            number("into", "The number of a topic that the claims are added to."),
            KEY,
        ],
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        queries.allow(request, "format", "preview", "title", "into")
        owner = self.account(BRINGING)
        into = self._into(request)
        chosen, draft = _read(request)
        report = _told(chosen, draft)
        if queries.yes_or_no(request, "preview"):
            return Response({"topic": None, **report})
        title = clean_line(queries.words(request, "title"))[:TITLE_LENGTH]
        order = Order(draft.document, owner, into, chosen.name, title)
        return once(request, owner, lambda: _brought(order, report))

    def _into(self, request: Request) -> Topic | None:
        pk = queries.whole_number(request, "into")
        return None if pk is None else topic_by_pk(request.user, pk, may=EDIT)


def _brought(order: Order, report: Row) -> Response:
    topic = Bringing(order).whole()
    return created({"topic": topic.pk, **report}, address_of(topic))


def _read(request: Request) -> tuple[Format, Draft]:
    """The file, read; or a problem that names its line."""
    data: bytes = request.data if isinstance(request.data, bytes) else b""
    name = queries.one_of(request, "format", READERS) or detect(data)
    if not name:
        raise bad_query("format", _("No format that is read fits this file. Name one: %s.") % ", ".join(READERS))
    try:
        return READERS[name], READERS[name].read(data)
    except Unreadable as unreadable:
        raise _unreadable(unreadable) from None


def _unreadable(unreadable: Unreadable) -> Problem:
    problem = invalid("body", unreadable.sentence)
    problem.more = {"line": unreadable.at or None}
    return problem


def _told(chosen: Format, draft: Draft) -> Row:
    said = [*not_stored(draft.document), *draft.notes]
    notes = [{"kind": note.kind, "line": note.at or None, "sentence": note.sentence} for note in said]
    return {
        "format": chosen.name, "title": draft.document.title, "makes": draft.document.made_of(),
        "notes": notes[:NOTES_SHOWN], "more_notes": max(0, len(notes) - NOTES_SHOWN),
    }  # fmt: skip
