"""Telling the apps that a person's name is another now: what they keep about it under the old one is stale."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User

    type Listener = Callable[[User], None]

listeners: list[Listener] = []


def on_rename(listener: Listener) -> None:
    """Call `listener` with everyone who is renamed. Register one in `AppConfig.ready`."""
    listeners.append(listener)


def tell(user: User) -> None:
    for listener in listeners:
        listener(user)
