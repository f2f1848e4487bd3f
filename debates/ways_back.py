"""Where somebody came from who works in a topic for a purpose that lies outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from debates.models import Topic
    from debates.models.act import Actor


class WayBack(NamedTuple):
    """A page that is no part of the topic: what it is called, and its address."""

    title: str
    address: str


# Whoever sends people into topics says so here; None of those whom they did not send.
ways_back: list[Callable[[Topic, Actor], WayBack | None]] = []
