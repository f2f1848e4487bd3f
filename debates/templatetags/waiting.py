"""How many suggestions wait, for the menu of a topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from debates.permissions import EDIT
from debates.suggestions import waiting

if TYPE_CHECKING:
    from debates.models import Topic

register = template.Library()

MOST_COUNTED = 100


@register.simple_tag
def suggestions_waiting(topic: Topic) -> int:
    """What waits for an editor of `topic` who reads it: 0 to everyone else, and no more than 100."""
    if not topic.standing.may(EDIT):
        return 0
    return len(waiting(topic).values_list("pk")[:MOST_COUNTED])
