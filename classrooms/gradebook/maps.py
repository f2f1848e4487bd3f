"""All maps of a class in one archive, written while it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.http import Http404
from django.utils.text import slugify
from django.utils.translation import gettext as _

from debates.formats.registry import FORMATS
from debates.formats.sections import Taking
from debates.formats.taking import document_of, refuse_too_large, stream
from debates.models import Refused
from debates.permissions import topic_by_pk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from accounts.models import User
    from classrooms.models import Classroom, Group
    from debates.formats.registry import Format

LEFT_OUT = "left-out.txt"


class _Sink:
    """What an archive is written into, and taken out of piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        taken, self.pieces = b"".join(self.pieces), []
        return taken


def formats_of(names: Iterable[str]) -> list[Format]:
    """The formats by `names`, all of them without a name."""
    chosen = [FORMATS[name] for name in dict.fromkeys(names) if name in FORMATS and FORMATS[name].writes]
    return chosen or [each for each in FORMATS.values() if each.writes]


def archive(classroom: Classroom, formats: list[Format], *, user: User) -> Iterator[bytes]:
    """The archive in pieces: a folder for each map, a file for each format. What a format cannot hold is listed.

    People stand in the maps by pseudonym; nothing in it names a pupil.
    """
    sink, left_out = _Sink(), list[str]()
    with ZipFile(sink, "w", ZIP_DEFLATED) as zipped:  # type: ignore[call-overload]
        for group in _groups(classroom):
            folder = f"{slugify(group.assignment.title)[:60] or 'assignment'}-{group.assignment_id}/{group.number}"
            try:
                taking = Taking(topic_by_pk(user, group.topic_id), user)  # type: ignore[arg-type]
            except Http404:  # a topic that this teacher is no member of any more
                left_out.append(f"{folder}: {_('You cannot read this map.')}")
                continue
            for name, pieces in _files(taking, formats, left_out, folder):
                _put(zipped, f"{folder}/{name}", pieces)
                yield sink.take()
        if left_out:
            zipped.writestr(_entry(LEFT_OUT), "\n".join(left_out) + "\n")
    yield sink.take()


def _groups(classroom: Classroom) -> list[Group]:
    from classrooms.models import Group

    groups = Group.objects.filter(assignment__classroom=classroom, assignment__deleted=None, topic__isnull=False)
    return list(groups.select_related("assignment").order_by("assignment", "number"))


def _put(zipped: ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    with zipped.open(_entry(name), "w") as out:
        out.writelines(pieces)


def _entry(name: str) -> ZipInfo:
    info = ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    return info


def _files(
    taking: Taking, formats: list[Format], left_out: list[str], folder: str
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Each file of one map. The map is read once for all of them."""
    document = document_of(taking) if any(each.name != "json" for each in formats) else None
    for each in formats:
        name = f"{each.name}.{each.extension}"
        try:
            if each.name == "json":
                yield name, stream(taking)
            elif document is not None:
                refuse_too_large(taking, each)
                yield name, [each.write(document)]
        except Refused as refused:
            left_out.append(f"{folder}/{name}: {refused.message}")
