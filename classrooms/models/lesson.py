"""What a teacher does with an assignment while the class is working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.position import Phase, Position
from debates.models import Gone, Membership, Refused, Role, Statement, Status, Topic
from debates.models.act import act_on, in_one_go
from debates.models.vote import VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accounts.models import User
    from classrooms.models.assignment import Assignment
    from classrooms.models.group import Seat
    from debates.models.statement import StatementQuerySet

# Of how many claims of a map pupils are asked how far they accept them.
MOST_CLAIMS = 10


class InLesson:
    """What being worked on in a lesson adds to an assignment."""

    @transaction.atomic
    @in_one_go()
    def pause(self: Assignment, *, by: User) -> None:  # type: ignore[misc]
        """Take no contributions for a while: every map is closed, and says so."""
        now = self.locked()
        for topic in now.maps():
            topic.close(by=by)
        type(self).objects.filter(pk=self.pk, paused=None).update(paused=timezone.now())
        self.refresh_from_db()

    @transaction.atomic
    @in_one_go()
    def resume(self: Assignment, *, by: User) -> None:  # type: ignore[misc]
        """Go on."""
        now = self.locked()
        for topic in now.maps():
            topic.reopen(by=by)
        type(self).objects.filter(pk=self.pk).update(paused=None)
        self.refresh_from_db()

    def let_go(self: Assignment) -> None:  # type: ignore[misc]
        """Leave the maps to their members: a pause and the cut-off of an assignment that goes bind no more."""
        for topic in self.maps():
            if self.paused is not None:
                with act_on(topic, by=None, verb="topic-reopened", closed_too=True) as act:
                    act.topic.set_closed(act, None)
            Topic.objects.filter(pk=topic.pk).update(closes_at=None, touched=F("touched") + 1)

    def maps(self: Assignment) -> Iterator[Topic]:  # type: ignore[misc]
        """The map of each group, in the order in which verbs over several topics lock them."""
        groups = self.groups.exclude(topic=None).select_related("topic").order_by("topic")
        return (group.topic for group in groups if group.topic is not None)

    @transaction.atomic
    @in_one_go()
    def unveil(self: Assignment, *, by: User) -> None:  # type: ignore[misc]
        """Where pupils write first: show what everyone wrote to all, and let them answer each other.

        Until then each argument is a suggestion, which its author and the teachers see.
        """
        now = self.locked()
        if not now.write_first:
            raise Refused(_("In this assignment pupils see each other’s arguments from the beginning."))
        over = {seat.pupil.user_id: seat.cutoff or now.cutoff for seat in now.seats.select_related("pupil")}
        for topic in now.maps():
            Membership.objects.filter(topic=topic, user__in=over, role=Role.SUGGESTER).update(role=Role.WRITER)
            waiting = Statement.objects.filter(topic=topic, status=Status.SUGGESTED, author__in=over)
            for line in waiting.order_by("pk"):
                limit = over[line.author_id or 0]
                if limit is None or line.created < limit:  # what came too late waits on
                    line.accept(by=by)
        type(self).objects.filter(pk=self.pk, unveiled=None).update(unveiled=timezone.now())
        self.refresh_from_db()

    @transaction.atomic
    def poll(self: Assignment, phase: str) -> None:  # type: ignore[misc]
        """Ask everyone how far they accept each claim, before or after the debate; "" ends the asking.

        Nobody is told what the others think until it has ended. Raises Refused, Closed, Gone.
        """
        self.locked()
        if phase not in {"", *Phase.values}:
            raise Refused(_("Ask before the debate or after it."), field="phase")
        type(self).objects.filter(pk=self.pk).update(polling=phase)
        self.refresh_from_db()

    @transaction.atomic
    def take_positions(self: Assignment, seat: Seat, values: Mapping[int, int]) -> None:  # type: ignore[misc]
        """Store how far the pupil of `seat` accepts each claim (its number: 0 to 4), the last answer given.

        Raises Refused where nobody asks any more, or where a claim or a value is none; Gone.
        """
        # Locked, so that nothing is counted after the teacher has ended the asking.
        now = type(self).objects.select_for_update(of=("self",), no_key=True).filter(pk=self.pk, deleted=None).first()
        if now is None:
            raise Gone(_("This assignment was deleted meanwhile."))
        if not (asked := now.polling):
            raise Refused(_("Nobody asks at the moment. Your teacher starts it again if it ended too early."))
        claims = set(claims_of(seat).values_list("pk", flat=True))
        if not set(values) <= claims or not all(value in VALUES for value in values.values()):
            raise Refused(_("Choose one of the five steps for each claim."), field="value")
        Position.objects.bulk_create(
            [Position(seat=seat, claim_id=claim, phase=asked, value=value) for claim, value in values.items()],
            update_conflicts=True, unique_fields=["seat", "claim", "phase"], update_fields=["value", "at"],
        )  # fmt: skip


def claims_of(seat: Seat) -> StatementQuerySet:
    """The claims of the map that the pupil is asked about, in the author's order."""
    claims = Statement.objects.get_queryset().visible().filter(topic=seat.group.topic_id, depth=0).in_order()
    return claims[:MOST_CLAIMS]
