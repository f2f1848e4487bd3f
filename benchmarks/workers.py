"""Many at once: each worker is a process with a database connection of its own."""

from __future__ import annotations

import multiprocessing
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.synchronize import Barrier

# Processes, not threads: what is measured is the database under many, not Python's lock under many.
FORK = multiprocessing.get_context("fork")


def at_once(act: Callable[[Any], Any], each: Sequence[Any]) -> tuple[float, list[Any]]:
    """Run `act` for each in a process of its own, all begun at once: the seconds it took, and what each returned."""
    from django.db import connections

    connections.close_all()
    barrier, results = FORK.Barrier(len(each) + 1), FORK.SimpleQueue()
    workers = [FORK.Process(target=_work, args=(act, one, barrier, results)) for one in each]
    for worker in workers:
        worker.start()
    barrier.wait(timeout=120)
    started = time.perf_counter()
    returned = [results.get() for _worker in workers]
    seconds = time.perf_counter() - started
    for worker in workers:
        worker.join()
    return seconds, returned


def _work(act: Callable[[Any], Any], one: Any, barrier: Barrier, results: Any) -> None:
    from django.db import connection

    connection.ensure_connection()
    barrier.wait(timeout=120)
    try:
        results.put(act(one))
    except Exception as error:  # a worker that fails is a figure of the benchmark
        results.put(error)
    connection.close()
