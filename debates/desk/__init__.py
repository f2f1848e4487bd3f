"""One person's desk: where they left off, who answered them, and what is still to be done, over all their topics.

Whatever the number of topics, it costs the same number of queries; none reads a whole topic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debates.desk.places import Place, places_of, settled_topics
from debates.desk.replies import Reply, replies_to
from debates.desk.texts import OpenDraft, TextLeft, drafts_of, texts_left
from debates.desk.todo import Todo, todos_of

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["Desk", "OpenDraft", "Place", "Reply", "TextLeft", "Todo", "desk_of"]


@dataclass(frozen=True, slots=True)
class Desk:
    places: tuple[Place, ...]
    topics: int  # of which `places` are the first
    drafts: tuple[OpenDraft, ...]
    replies: tuple[Reply, ...]
    todos: tuple[Todo, ...]
    texts: tuple[TextLeft, ...]

    @property
    def has_work(self) -> bool:
        return bool(self.todos or self.texts)


def desk_of(user: User) -> Desk:
    """Everything on the desk of `user`. Seventeen queries, fewer where there is nothing to ask about."""
    topics = settled_topics(user)
    return Desk(
        places=places_of(topics, user),
        topics=len(topics),
        drafts=drafts_of(user, topics),
        replies=replies_to(user, topics),
        todos=todos_of(user, topics),
        texts=texts_left(user, topics),
    )
