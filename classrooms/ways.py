"""From a map back to the assignment that a pupil works at in it, with what is asked, feedback and the conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classrooms.models import Assignment
from debates.ways_back import WayBack

if TYPE_CHECKING:
    from debates.models import Topic
    from debates.models.act import Actor


def way_back_of(topic: Topic, user: Actor) -> WayBack | None:
    """The newest assignment in which `user` has a seat in `topic`. One query."""
    shown = Assignment.objects.shown().filter(
        seats__group__topic=topic, seats__pupil__user=user.pk or 0, seats__pupil__left=None
    )
    found = shown.order_by("-created", "-pk").first()
    return WayBack(found.title, found.get_absolute_url()) if found else None
