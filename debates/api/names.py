"""What people are called in a topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debates.models import NamesShown

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models import Topic


def name_of(person: User | None, pseudonym: str | None, topic: Topic) -> str | None:
    """The name that readers of `topic` see, as on its pages; null for a former participant."""
    if person is None:
        return None
    named = person.shown_name if topic.names_shown == NamesShown.NAMES else ""
    return named or pseudonym or None
