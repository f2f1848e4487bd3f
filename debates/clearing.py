"""What else is forgotten when its time is over, told by the apps that keep it: manage.py clear_expired calls each."""

from __future__ import annotations

from collections.abc import Callable

also_clear: list[Callable[[], None]] = []
