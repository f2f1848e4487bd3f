"""What somebody reads whose line came when the time of the topic was over: it is kept, and waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from debates.models import Membership

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from debates.models import Statement, Topic

# Whoever knows in which time zone the time of a topic is meant says so here; None of those that do not know.
zones: list[Callable[[Topic], tzinfo | None]] = []


def late_sentence(made: Statement) -> str:
    """What the author of `made`, just sent, is told; "" where it came in time. Two queries at most."""
    topic = made.topic
    if not made.is_late or topic.closes_at is None:
        return ""
    own = Membership.objects.filter(topic=topic, user=made.author_id).values_list("until", flat=True).first()
    zone = next((found for zone in zones if (found := zone(topic))), timezone.get_current_timezone())
    over = timezone.localtime(own or topic.closes_at, zone)
    told = {"time": date_format(over, "TIME_FORMAT"), "day": date_format(over, "DATE_FORMAT"), "place": place_of(zone)}
    today = over.date() == timezone.localdate(timezone=zone)
    sentence = (
        _("The time was over at %(time)s (%(place)s).")
        if today
        else _("The time was over on %(day)s, %(time)s (%(place)s).")
    )
    return sentence % told + " " + _("Your line is kept as late and waits for your teacher.")


def place_of(zone: tzinfo) -> str:
    """The place by which people know a time zone: Berlin, New York."""
    return str(zone).rpartition("/")[2].replace("_", " ")
