"""Running things at the same moment, each in a thread with a database connection of its own."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each of `acts` returned or raised, all of them begun at once."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return list(pool.map(run, acts))


def kinds(outcomes: Sequence[Any]) -> set[str]:
    """The names of what was raised."""
    return {type(each).__name__ for each in outcomes if isinstance(each, Exception)}
