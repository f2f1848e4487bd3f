"""Write a topic to a file, as its owner may take it along."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from debates.formats.registry import FORMATS
from debates.formats.sections import Taking
from debates.formats.taking import Taken, take
from debates.models import Membership, Refused, Role, Topic
from debates.permissions import topic_for


class Command(BaseCommand):
    help = "Writes a topic to a file; what the format has no place for is said on standard error."

    def add_arguments(self, parser: CommandParser) -> None:
        writers = [name for name, each in FORMATS.items() if each.writes]
        parser.add_argument("topic", help="the topic's slug, the part of its address behind /topics/")
        parser.add_argument("--format", default="json", choices=writers)
        parser.add_argument("--output", type=Path, help="where to write it; standard output unless given")
        parser.add_argument("--history", action="store_true", help="JSON: with the history")
        parser.add_argument("--votes", action="store_true", help="JSON: with single votes, the voters as numbers")

    def handle(self, **options: Any) -> None:
        try:
            taken = take(_taking(options), FORMATS[options["format"]])
            size = _write(taken, options["output"])
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        for loss in taken.losses:
            self.stderr.write(loss.sentence)
        if options["output"]:
            self.stdout.write(f"Wrote {options['output']} ({size:,} bytes).")


def _taking(options: dict[str, Any]) -> Taking:
    """The topic as its owner sees it; where nobody owns it, as a visitor does."""
    topic = Topic.objects.filter(slug=options["topic"]).first()
    if topic is None:
        raise CommandError(f"There is no topic “{options['topic']}”. The last part of its address is its slug.")
    owner = Membership.objects.filter(topic=topic, role=Role.OWNER).select_related("user").first()
    if owner is None:
        raise CommandError("Nobody owns this topic, so there is nobody as whom it could be taken along.")
    seen = topic_for(owner.user, topic.slug)
    return Taking(seen, owner.user, ballots=options["votes"], history=options["history"])


def _write(taken: Taken, output: Path | None) -> int:
    """The bytes written. A file that is there is replaced once all of the new one is there."""
    if output is None:
        return sum(sys.stdout.buffer.write(piece) for piece in taken.pieces)
    unfinished = output.with_name(output.name + ".unfinished")
    try:
        with unfinished.open("wb") as file:
            size = sum(file.write(piece) for piece in taken.pieces)
        unfinished.replace(output)
    except OSError as error:
        raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return size
