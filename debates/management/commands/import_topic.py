"""Read a file into a new topic, or into one that is there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from debates.formats.bringing import Bringing, Order, not_stored
from debates.formats.detecting import detect
from debates.formats.drafts import Draft, Unreadable
from debates.formats.registry import READERS
from debates.models import Refused, Topic


class Command(BaseCommand):
    help = "Reads a file into a new private topic (or --into one), all of it or nothing; says what was repaired."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--owner", required=True, help="the user name of whoever the topic belongs to")
        parser.add_argument("--format", choices=list(READERS), help="found out from the file unless given")
        parser.add_argument("--title", default="", help="in place of the title in the file")
        parser.add_argument("--into", help="the slug of a topic that the claims are added to")
        parser.add_argument("--preview", action="store_true", help="say what would be made, and make nothing")

    def handle(self, **options: Any) -> None:
        owner = User.objects.filter(username=options["owner"], is_guest=False).first()
        if owner is None:
            raise CommandError(f"There is no account “{options['owner']}”.")
        name, draft = self._draft(options["file"], options["format"])
        self._say(draft)
        if options["preview"]:
            return
        order = Order(draft.document, owner, _into(options["into"]), name, options["title"] or _title(draft, options))
        try:
            topic = self._bring(order)
        except Refused as refused:
            raise CommandError(f"{refused.message} Nothing was stored.") from refused
        self.stdout.write(f"Stored: {topic.get_absolute_url()}")

    def _draft(self, file: Path, name: str | None) -> tuple[str, Draft]:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        found = name or detect(data, file.name)
        if found is None:
            raise CommandError(f"No format fits {file}. Name it with --format: {', '.join(READERS)}.")
        try:
            return found, READERS[found].read(data, most_bytes=len(data))
        except Unreadable as unreadable:
            place = f"line {unreadable.at}: " if unreadable.at else ""
            raise CommandError(f"{file}: {place}{unreadable.sentence}") from unreadable

    def _say(self, draft: Draft) -> None:
        lines = draft.document.lines
        self.stdout.write(f"{len(lines)} lines, {sum(line.parent is None for line in lines)} of them claims.")
        for note in [*not_stored(draft.document), *draft.notes]:
            place = f"line {note.at}: " if note.at else ""
            self.stderr.write(f"{place}{note.kind}: {note.sentence}")
        for kind, count in Counter(note.kind for note in draft.notes).items():
            self.stdout.write(f"{count} {kind}")

    def _bring(self, order: Order) -> Topic:
        bringing = Bringing(order)
        for progress in bringing.run():
            if self.stdout.isatty():
                self.stdout.write(f"\r{progress.done:,} of {progress.total:,}", ending="")
        return bringing.topic


def _into(slug: str | None) -> Topic | None:
    if slug is None:
        return None
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        raise CommandError(f"There is no topic “{slug}”.")
    return topic


def _title(draft: Draft, options: dict[str, Any]) -> str:
    stem: str = options["file"].stem
    return draft.document.title or stem[:120]
