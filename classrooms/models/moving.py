"""A pupil who changes group takes the work along: copies in the new map, while the old lines stay as they are."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from classrooms.carrying import carry_evidence
from classrooms.models.group import Group, Seat
from classrooms.models.twin import Twin
from debates.models import Gone, Membership, Pseudonym, Refused, Stance, Statement, Status, Vote
from debates.models.act import act_on, in_one_go
from debates.models.kinds import MAX_DEPTH, NOTE_LENGTH
from debates.models.places import place_under
from debates.models.structure import set_status, set_text

if TYPE_CHECKING:
    from accounts.models import User
    from classrooms.models.assignment import Assignment
    from debates.models.act import Act

ANSWERED = _("In the map where this was written, it answered the line “%(text)s”")


class Moved:
    """What changing groups adds to an assignment."""

    @transaction.atomic
    @in_one_go()
    def move(self: Assignment, seat: Seat, group: Group, *, by: User) -> int:  # type: ignore[misc]
        """Put the pupil of `seat` into `group`, and give how many lines they took along. Raises Refused, Closed, Gone.

        Their lines are copied with sources, passages and votes: under the twin of what they answered, or, where that
        was somebody else's line, under the nearest line above that the new map has, with a note that says so.
        """
        now = self.locked()
        found = now.seats.select_related("group__topic", "pupil__user").filter(pk=seat.pk).first()
        into = now.groups.select_related("topic").filter(pk=group.pk).first()
        if found is None or into is None or into.topic is None:
            raise Gone(_("This group or this pupil is not there any more."))
        if now.shape != "groups":
            raise Refused(_("In this assignment there are no groups to change."), field="group")
        if found.group_id == into.pk:
            return 0
        before, found.group, found.assignment = found.group, into, now
        found.save(update_fields=["group"])
        now.let_in(found)
        Membership.objects.filter(topic=before.topic_id, user=found.pupil.user_id).delete()
        return now.bring_along(found, by=by)

    @transaction.atomic
    @in_one_go()
    def shuffle(self: Assignment, count: int, *, by: User) -> None:  # type: ignore[misc]
        """Deal everyone out anew over `count` groups, by chance and evenly, each with all that they wrote."""
        self.make_groups(count, by=by)
        groups = list(self.groups.filter(number__lte=count))
        seats = list(self.seats.filter(pupil__left=None))
        random.SystemRandom().shuffle(seats)
        for seat, group in zip(seats, cycle(groups), strict=False):
            self.move(seat, group, by=by)
        if self.sides == "assigned":
            self.deal_sides()

    @transaction.atomic
    @in_one_go()
    def bring_along(self: Assignment, seat: Seat, *, by: User) -> int:  # type: ignore[misc]
        """Copy into the pupil's map what they wrote in others of this assignment and what is not there yet.

        Called when they change group, and again for what was sent to the old map at that same moment.
        """
        others = (
            self.groups.exclude(pk=seat.group_id)
            .exclude(topic=None)
            .filter(topic__statements__author=seat.pupil.user_id)
        )
        maps = {group.topic_id: group for group in others.distinct()}
        if not maps or seat.group.topic is None:
            return 0
        with act_on(seat.group.topic, by=by, verb="add", closed_too=True) as act:
            Pseudonym.objects.give(seat.group.topic, seat.pupil.user)
            return _Luggage(act, seat, list(maps)).carry()


def has_strays(seat: Seat) -> bool:
    """Whether there are lines of the pupil in other maps of the assignment that their own map has not. One query."""
    others = Group.objects.filter(assignment=seat.assignment_id).exclude(pk=seat.group_id).exclude(topic=None)
    own = Statement.objects.get_queryset().filter(topic__in=others.values("topic"), author=seat.pupil.user_id)
    mine = Twin.objects.filter(group=seat.group_id)
    known = Q(pk__in=mine.values("original")) | Q(
        pk__in=Twin.objects.filter(original__in=mine.values("original")).values("copy")
    ) | Q(pk__in=Twin.objects.filter(original__topic=seat.group.topic_id).values("copy"))  # fmt: skip
    return own.exclude(known | Q(status=Status.WITHDRAWN)).filter(refers_to=None).exists()


@dataclass
class _Luggage:
    """One pupil's lines on their way from `maps` into the map that `act` has locked."""

    act: Act
    seat: Seat
    maps: list[int | None]
    lines: dict[int, Statement] = field(init=False)
    roots: dict[int, int] = field(init=False)  # of a line in one of the old maps: the first of its kind
    places: dict[int, Statement] = field(init=False)  # of the first of its kind: the line in the new map
    made: dict[int, Statement] = field(default_factory=dict)  # of a line that was copied: its copy

    def __post_init__(self) -> None:
        old = Statement.objects.filter(topic__in=self.maps).order_by("depth", "pk")
        self.lines = {line.pk: line for line in old}
        known = Twin.objects.filter(copy__topic__in=self.maps).values_list("copy_id", "original_id")
        self.roots = {pk: pk for pk in self.lines} | dict(known)
        twins = Twin.objects.filter(group=self.seat.group_id).select_related("copy")
        here = Statement.objects.filter(pk__in=self.roots.values(), topic=self.act.topic)
        self.places = {line.pk: line for line in here} | {twin.original_id: twin.copy for twin in twins}

    def carry(self) -> int:
        """Copy what is not there yet, and say how many lines that were."""
        newest: dict[int, Statement] = {}
        for line in self.lines.values():
            root = self.roots[line.pk]
            if line.author_id == self.seat.pupil.user_id and line.pk >= newest.get(root, line).pk:
                newest[root] = line
        for root, line in sorted(newest.items(), key=lambda each: (each[1].is_link, each[1].depth, each[1].pk)):
            if root in self.places:
                self._update(self.places[root], line)
            elif line.status != Status.WITHDRAWN:
                self._copy(root, line)
        carry_evidence(self.made, into=self.act.topic)
        self._carry_votes()
        versions = {root: newest[root].version for root in newest}
        Twin.objects.note(self.seat.group, {self.roots[pk]: copy for pk, copy in self.made.items()}, versions)
        return len(self.made)

    def _update(self, here: Statement, line: Statement) -> None:
        """Whoever comes back finds their line with the words that they gave it elsewhere."""
        if here.author_id != line.author_id or here.is_link or here.updated >= line.updated:
            return
        set_text(self.act, here, line.text, here.note)
        if line.status == Status.WITHDRAWN and here.status in {Status.VISIBLE, Status.SUGGESTED}:
            set_status(self.act, here, Status.WITHDRAWN)

    def _copy(self, root: int, line: Statement) -> None:
        parent, stance, note = self._place(line)
        refers_to = self.places.get(self.roots.get(line.refers_to_id or 0, 0))
        if line.is_link and (refers_to is None or parent is None or refers_to.pk == parent.pk):
            return  # what it pointed to is a line of the old map
        place = place_under(parent, topic=self.act.topic, hidden_too=True)
        copy = Statement(
            topic=self.act.topic, parent=parent, stance=stance, note=note, depth=place.depth, position=place.position,
            refers_to=refers_to, author=line.author, status=line.status, created=line.created, updated=line.updated,
            text=line.text, search_text=line.search_text,
        )  # fmt: skip
        copy.save(force_insert=True)
        self.act.record(statement=copy, after=copy.as_recorded())
        self.made[line.pk] = self.places[root] = copy

    def _place(self, line: Statement) -> tuple[Statement | None, str, str]:
        """Where the copy of `line` stands, what it is to that place, and its note."""
        if line.parent_id is None:
            return None, "", line.note
        above, turns = self.lines[line.parent_id], line.stance == Stance.OPPOSES
        while (here := self._bearer(above)) is None and above.parent_id is not None:
            turns ^= above.stance == Stance.OPPOSES
            above = self.lines[above.parent_id]
        if above.pk == line.parent_id and here is not None:
            return here, line.stance, line.note
        here = here or self.act.topic.claims.order_by("position", "pk").first()
        said = str(ANSWERED % {"text": self.lines[line.parent_id].words})
        note = f"{said}\n\n{line.note}".strip()[:NOTE_LENGTH]
        return here, (Stance.OPPOSES if turns else Stance.SUPPORTS) if here else "", note

    def _bearer(self, above: Statement) -> Statement | None:
        """The line of the new map that `above` is there, if it can bear an argument."""
        here = self.places.get(self.roots[above.pk])
        can = here is not None and not here.is_link and here.status != Status.SUGGESTED and here.depth < MAX_DEPTH
        return here if can else None

    def _carry_votes(self) -> None:
        """The pupil's votes on lines that both maps have, and everybody's on the lines that came along."""
        here = {pk: self.places[root] for pk, root in self.roots.items() if root in self.places}
        own = Vote.objects.filter(voter=self.seat.pupil.user_id, statement__in=here)
        given = Vote.objects.filter(statement__in=self.made)
        rows = [
            Vote(statement=here[vote.statement_id], voter_id=vote.voter_id, value=vote.value, at=vote.at)
            for vote in (*own, *given)
            if here[vote.statement_id].author_id != vote.voter_id
        ]
        Vote.objects.bulk_create(rows, ignore_conflicts=True)
