"""A new topic with all it begins with: its claims and the text beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from debates.models import Topic

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models import Essay


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a form asks for: columns of the topic, its first claims, and a text (`title`, `text`, `author`) or none."""

    fields: dict[str, Any]
    claims: tuple[str, ...] = ()
    text: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def begin(beginning: Beginning, *, by: User) -> tuple[Topic, Essay | None]:
    """The topic of `by`, and the text where there is one: all of it or nothing. Raises Refused."""
    topic = Topic.objects.begin(by=by, **beginning.fields)
    for claim in beginning.claims:
        topic.add_claim(claim, by=by)
    return topic, topic.add_essay(by=by, **beginning.text) if beginning.text else None
