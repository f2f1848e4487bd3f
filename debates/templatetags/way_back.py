"""The way back to what a topic is worked in for, above its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from debates.permissions import EDIT, SUGGEST
from debates.ways_back import WayBack, ways_back

if TYPE_CHECKING:
    from debates.models import Topic
    from debates.models.act import Actor

register = template.Library()


@register.simple_tag
def way_back(topic: Topic, user: Actor) -> WayBack | None:
    """Of a member who writes in `topic` and does not look after it; None of everyone else, without a query."""
    if not user.is_authenticated or topic.standing.may(EDIT) or not topic.standing.may(SUGGEST):
        return None
    return next((found for find in ways_back if (found := find(topic, user))), None)
