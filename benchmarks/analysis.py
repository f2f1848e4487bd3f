"""The analysis of topics of 1,000 to 100,000 statements: microseconds a statement, and against the bare rows.

"of bare" is load and analysis together, as a multiple of asking for the same rows by the same three statements to the
database and doing nothing with them. The page has a limit of its own; above it the same two functions are timed.
"""

from __future__ import annotations

import gc
import statistics
import time
from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.large import people, topic_of
from debates.analysis.scope import scope_of
from debates.analysis.whole import analyse
from debates.models import Essay, Passage, Source, Statement
from debates.working.loading import MOST_STATEMENTS, Loaded, load

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models import Topic

ROUNDS = 7
TEXT = "One sentence of an essay says one thing about prizes. " * 1_000
TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


def run(sizes: list[int]) -> None:
    """Print a line for each size of at least 1,000. Every second statement has a passage, every third a source."""
    (owner,) = people(1)
    print(f"\nThe analysis on {connection.vendor}, medians of {ROUNDS}: microseconds a statement.")
    print(f"{'statements':>11}{'load':>8}{'analysis':>10}{'both':>8}{'of bare':>9}{'queries of the page':>21}")
    for size in sizes:
        if size >= 1_000:
            print(f"{size:>11,}{_measured(_topic(size, owner), size)}")


def _topic(size: int, owner: User) -> Topic:
    topic = topic_of(size, owner)
    essay = Essay.objects.create(topic=topic, title="Bench", text=TEXT, added_by=owner)
    ids = list(Statement.objects.filter(topic=topic).order_by("pk").values_list("pk", flat=True))
    sources = [Source(statement_id=pk, title="A study") for pk in ids[::3]]
    Source.objects.bulk_create(sources, batch_size=2_000)
    passages = [
        Passage(statement_id=pk, essay=essay, start=at * 54 % len(TEXT), end=at * 54 % len(TEXT) + 53, quote=TEXT[:53])
        for at, pk in enumerate(ids[::2])
    ]
    Passage.objects.bulk_create(passages, batch_size=2_000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return topic


def _measured(topic: Topic, size: int) -> str:
    with CaptureQueriesContext(connection) as captured:
        _load(topic)
    asked = [query["sql"] for query in captured if not query["sql"].upper().startswith(TRANSACTION)]
    loads, analyses, bares = [], [], []
    for _round in range(ROUNDS):
        gc.collect()
        start = time.perf_counter()
        loaded = _load(topic)
        middle = time.perf_counter()
        analyse(scope_of(loaded.forest), loaded.passages)
        end = time.perf_counter()
        _bare(asked)
        bares.append(time.perf_counter() - end)
        loads.append(middle - start)
        analyses.append(end - middle)
    wholes = [one + other for one, other in zip(loads, analyses, strict=True)]
    ratio = statistics.median(whole / bare for whole, bare in zip(wholes, bares, strict=True))
    times = [1e6 * statistics.median(each) / size for each in (loads, analyses, wholes)]
    queries = str(_queries(topic)) if size <= MOST_STATEMENTS else "too large"
    return f"{times[0]:>8.1f}{times[1]:>10.1f}{times[2]:>8.1f}{ratio:>9.2f}{queries:>21}"


def _load(topic: Topic) -> Loaded:
    loaded = load(topic)
    assert loaded is not None
    return loaded


def _bare(asked: list[str]) -> int:
    """The same rows, fetched and left alone."""
    with connection.cursor() as cursor:
        rows = 0
        for sql in asked:
            cursor.execute(sql)
            rows += len(cursor.fetchall())
    return rows


def _queries(topic: Topic) -> int:
    client = Client()
    client.get(f"{topic.get_absolute_url()}work/")
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(f"{topic.get_absolute_url()}work/")
    assert answer.status_code == 200
    return sum(not query["sql"].upper().startswith(TRANSACTION) for query in captured)
