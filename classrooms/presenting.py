"""A map for the projector: one line at a time with what speaks for and against it, by pseudonyms alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.models import AnonymousUser

from debates.models import Stance, Statement
from debates.rows import Tally, Which, among, rows_of, tallies_of, tally_shows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debates.models import Topic
    from debates.rows import Row

# How many answers on each side can be read from the back row.
SHOWN = 3
# Beyond that nobody steps through a map in a lesson.
MOST_STEPS = 300
# The two orders of the answers, by their names in the address.
ORDERS = ("discussed", "newest")
POSITIONS = "positions"


class Reply(NamedTuple):
    """An answer to the line that is shown, and how many answers it has itself."""

    pk: int
    text: str
    name: str
    replies: int
    created: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """One side: the first of the `total` answers."""

    stance: str
    replies: tuple[Reply, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Slide:
    """The line in front. `up` is the line above it, `tally` its votes where the topic shows them to everyone."""

    pk: int
    text: str
    stance: str
    name: str
    up: int | None
    above: str
    parts: tuple[Part, ...]
    tally: Tally | None


class Steps(NamedTuple):
    """Where the reader is among the lines that follow each other; None at either end."""

    number: int
    total: int
    previous: str | None
    next: str | None


def steps_of(topic: Topic, at: int | None, *, ends_with_positions: bool) -> tuple[int | None, Steps]:
    """The line to show, and its place: the claims with their arguments, or the neighbours of a line further below.

    `at` is the number of a line, None for the first, 0 for the positions. One or two queries.
    """
    shown = Statement.objects.get_queryset().shown().filter(topic=topic)
    order = _claims_with_arguments(list(shown.filter(depth__lte=1).in_order().values_list("pk", "parent_id")))
    if at and at not in order:
        parent = shown.filter(pk=at).values("parent")
        order = list(shown.filter(parent__in=parent).in_order().values_list("pk", flat=True)) or order
    names = [str(pk) for pk in order[:MOST_STEPS]]
    if ends_with_positions:
        names.append(POSITIONS)
    wanted = POSITIONS if at == 0 else str(at)
    here = names.index(wanted) if wanted in names else 0
    place = Steps(
        here + 1, len(names), names[here - 1] if here else None, names[here + 1] if here + 1 < len(names) else None
    )
    shows_line = names and names[here] != POSITIONS
    return (int(names[here]) if shows_line else None), place


def _claims_with_arguments(rows: Sequence[tuple[int, int | None]]) -> list[int]:
    """Each claim followed by what stands right below it."""
    below: dict[int, list[int]] = {pk: [] for pk, parent in rows if parent is None}
    for pk, parent in rows:
        if parent in below:
            below[parent].append(pk)
    return [pk for claim, arguments in below.items() for pk in (claim, *arguments)]


def slide_of(topic: Topic, pk: int, *, order: str) -> Slide | None:
    """The line `pk` of `topic` with its answers, None where it is not to be seen. Four queries at most."""
    replies = "s.parent_id = COALESCE((SELECT refers_to_id FROM debates_statement WHERE id = %s), %s)"
    which = Which(f"s.topic_id = %s AND s.status = 'visible' AND (s.id = %s OR {replies})", (topic.pk, pk, pk, pk))
    rows = {row["id"]: row for row in rows_of(which, AnonymousUser()) if row["refers_to__status"] in (None, "visible")}
    line = rows.pop(pk, None)
    if line is None:
        return None
    above = rows_of(among([line["parent_id"]]), AnonymousUser()) if line["parent_id"] else []
    shows = tally_shows(topic, voted=False, mine=False)
    return Slide(
        pk, _words(line), line["stance"], _name(line), line["parent_id"], _words(above[0]) if above else "",
        tuple(_part(stance, list(rows.values()), order) for stance in (Stance.SUPPORTS, Stance.OPPOSES)),
        tallies_of([pk]).get(pk) if shows else None,
    )  # fmt: skip


def _part(stance: str, rows: Sequence[Row], order: str) -> Part:
    found = [
        Reply(row["id"], _words(row), _name(row), row["supporting"] + row["opposing"], row["created"])
        for row in rows
        if row["stance"] == stance
    ]
    found.sort(key=lambda reply: (reply.replies if order == "discussed" else 0, reply.created, reply.pk), reverse=True)
    return Part(stance, tuple(found[:SHOWN]), len(found))


def _words(row: Row) -> str:
    return str(row["text"] or row["refers_to__text"] or "")


def _name(row: Row) -> str:
    """The pseudonym, also where the topic shows names."""
    return str(row["pseudonym"] or "")
