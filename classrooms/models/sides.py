"""On which side each pupil argues: chosen, or dealt out, and the other one after half time."""

from __future__ import annotations

import random
from itertools import cycle
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.group import Group, Seat, Side
from debates.models import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classrooms.models.assignment import Assignment


class Sided:
    """What having sides adds to an assignment."""

    def thin_side(self: Assignment, group: Group) -> str:  # type: ignore[misc]
        """The side with fewer pupils in `group`."""
        counts = group.seats.aggregate(
            pro=Count("pk", filter=Q(side=Side.FOR)), con=Count("pk", filter=Q(side=Side.AGAINST))
        )
        return Side.AGAINST.value if counts["con"] < counts["pro"] else Side.FOR.value

    @transaction.atomic
    def deal_sides(self: Assignment) -> None:  # type: ignore[misc]
        """Deal the sides anew, by chance and evenly in every group."""
        now = self.locked()
        for group in now.groups.prefetch_related("seats"):
            _deal(group.seats.all())

    @transaction.atomic
    def switch_sides(self: Assignment) -> None:  # type: ignore[misc]
        """At half time everyone argues for the other side."""
        now = self.locked()
        was_for = list(now.seats.filter(side=Side.FOR).values_list("pk", flat=True))
        now.seats.filter(side=Side.AGAINST).update(side=Side.FOR)
        now.seats.filter(pk__in=was_for).update(side=Side.AGAINST)
        type(self).objects.filter(pk=self.pk).update(switched=timezone.now())
        self.refresh_from_db()

    @transaction.atomic
    def choose_side(self: Assignment, seat: Seat, side: str) -> None:  # type: ignore[misc]
        """Let the pupil of `seat` argue on `side`, where each chooses their own. Raises Refused, Closed, Gone."""
        now = self.locked()
        if now.sides != "chosen":
            raise Refused(_("In this assignment nobody chooses a side."), field="side")
        if side not in Side.values:
            raise Refused(_("Choose one of the two sides."), field="side")
        if now.switched is not None:
            raise Refused(_("Everyone has switched sides already."), field="side")
        now.seats.filter(pk=seat.pk).update(side=side)


def _deal(seats: Iterable[Seat]) -> None:
    dealt = list(seats)
    random.SystemRandom().shuffle(dealt)
    for seat, side in zip(dealt, cycle(Side.values), strict=False):
        seat.side = side
    Seat.objects.bulk_update(dealt, ["side"])
