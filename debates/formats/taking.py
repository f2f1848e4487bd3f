"""A topic to a file: streamed in our own format, through a document in every other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import slugify
from django.utils.translation import gettext as _

from debates.formats import native
from debates.formats.features import Loss
from debates.formats.sections import Taking, sections, snapshot, topic_row
from debates.models import Refused, Statement, Status

if TYPE_CHECKING:
    from debates.formats.document import Document
    from debates.formats.registry import Format


@dataclass(frozen=True, slots=True)
class Taken:
    """A file to be sent: its pieces, and what the format had no place for."""

    pieces: Iterator[bytes]
    file_name: str
    losses: tuple[Loss, ...] = ()


def take(taking: Taking, chosen: Format) -> Taken:
    """`taking` as a file of the format `chosen`. Raises Refused where the topic is too large for it.

    Our own format is made while it is read: its pieces ask the database, and must be used up or closed.
    """
    name = f"{slugify(taking.topic.slug) or 'topic'}.{chosen.extension}"
    if chosen.name == "json":
        return Taken(stream(taking), name)
    refuse_too_large(taking, chosen)
    document = document_of(taking)
    return Taken(iter([chosen.write(document)]), name, chosen.losses(document))


def stream(taking: Taking) -> Iterator[bytes]:
    """Our own JSON in pieces, all of one moment, and never more than a few thousand rows in memory."""
    with snapshot():
        yield from native.encode(topic_row(taking.topic), sections(taking))


def document_of(taking: Taking) -> Document:
    """The whole topic as a document, as `taking.user` may see it."""
    with snapshot():
        rows = {name: [row for chunk in chunks for row in chunk] for name, chunks in sections(taking).items()}
    return native.document_from(topic_row(taking.topic), rows)


def refuse_too_large(taking: Taking, chosen: Format) -> None:
    """Raise Refused where `chosen` would be written for minutes, or be read by nothing."""
    lines = Statement.objects.filter(topic=taking.topic).exclude(status=Status.SUGGESTED)[: chosen.most_lines + 1]
    if lines.count() > chosen.most_lines:
        raise Refused(
            _("This topic has more lines than %(title)s can hold (%(limit)s). Take JSON, CSV or Markdown instead.")
            % {"title": chosen.title, "limit": chosen.most_lines},
            field="format",
        )
