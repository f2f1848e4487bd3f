"""In which time zone the days of a class are meant."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone

from debates.late import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classrooms.models import Classroom
    from debates.models import Topic


def zone_of(topic: Topic) -> ZoneInfo | None:
    """The time zone of the class that works in `topic`, if one does. One query."""
    from classrooms.models import Group  # not before the apps are ready

    groups = Group.objects.filter(topic=topic).order_by("-pk")
    name = groups.values_list("assignment__classroom__time_zone", flat=True).first()
    return ZoneInfo(name) if name else None


def place_of_class(classroom: Classroom) -> str:
    """Where the clock hangs by which the class goes: Berlin."""
    return place_of(ZoneInfo(classroom.time_zone))


@contextmanager
def clock_of(classroom: Classroom) -> Iterator[None]:
    """Read and show times as the class means them."""
    with timezone.override(ZoneInfo(classroom.time_zone)):
        yield
