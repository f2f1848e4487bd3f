"""Topics as files, out and in: time against the least there is, and memory.

Export: our JSON, streamed, against running the same queries and encoding each chunk of plain rows with the same C
encoder. Import: reading, mending and storing a file against storing the same statements in bulk and nothing else.
"""

from __future__ import annotations

import gc
import resource
import statistics
import time
from typing import TYPE_CHECKING

import orjson
from django.db import connection, transaction

from benchmarks.large import people, topic_of, voters
from debates.formats.bringing import Bringing, Order
from debates.formats.document import Document, Line
from debates.formats.native import write
from debates.formats.registry import READERS
from debates.formats.sections import CHUNK, Taking, queries, snapshot
from debates.formats.taking import stream
from debates.models import Statement, Topic
from debates.permissions import topic_for
from debates.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User

ROUNDS = 7
IMPORTED = (10_000, 100_000)
NOTHING_TO_SPARE = 2**30


def run(sizes: list[int]) -> None:
    voters()
    owner, reader = people(2)
    exported = [size for size in sizes if size >= 1_000]
    topics = {size: topic_of(size, owner) for size in exported}
    Topic.objects.filter(pk__in=[topic.pk for topic in topics.values()]).update(votes_shown="always")
    print(f"\nJSON on {connection.vendor}, medians of {ROUNDS}: all sections with tallies of 20 votes a statement.")
    print(
        f"{'statements':>11}{'MB':>7}{'first byte ms':>15}{'first row ms':>14}{'ms':>9}"
        f"{'of bare':>9}{'grown by MB':>13}"
    )
    for size, topic in topics.items():
        taking = Taking(topic_for(reader, topic.slug), reader)
        print(f"{size:>11,}{_export(taking)}")
    print(f"\nImport on {connection.vendor}: read, settled, mended and stored; against storing the same rows in bulk.")
    print(f"{'statements':>11}{'file MB':>9}{'ms':>9}{'of bulk':>9}{'bytes of memory a statement':>29}")
    for size in IMPORTED:
        if size <= max(sizes):
            print(f"{size:>11,}{_import(size, owner)}")


# -- out ----------------------------------------------------------------------------------------------------------


def _export(taking: Taking) -> str:
    firsts, rows, wholes, bares = [], [], [], []
    size = sum(map(len, stream(taking)))
    for _round in range(ROUNDS):
        start = time.perf_counter()
        pieces = stream(taking)
        next(pieces)
        firsts.append(time.perf_counter() - start)
        next(piece for piece in pieces if b'"parent"' in piece)
        rows.append(time.perf_counter() - start)
        for _piece in pieces:
            pass
        wholes.append(time.perf_counter() - start)
        start = time.perf_counter()
        _bare(taking)
        bares.append(time.perf_counter() - start)
    ratio = statistics.median(whole / bare for whole, bare in zip(wholes, bares, strict=True))
    times = [1_000 * statistics.median(each) for each in (firsts, rows, wholes)]
    grown = _grown_by(lambda: sum(map(len, stream(taking))))
    return f"{size / 1e6:>7.1f}{times[0]:>15.1f}{times[1]:>14.1f}{times[2]:>9.0f}{ratio:>9.2f}{grown / 1e6:>13.1f}"


def _bare(taking: Taking) -> int:
    """The same queries, their plain rows encoded chunk by chunk, and nothing else."""
    size = 0
    with snapshot():
        for query in queries(taking).values():
            with connection.chunked_cursor() if connection.vendor == "postgresql" else connection.cursor() as cursor:
                cursor.execute(query.sql, [taking.topic.pk])
                while rows := cursor.fetchmany(CHUNK):
                    size += len(orjson.dumps(rows))
    return size


# -- in -----------------------------------------------------------------------------------------------------------


def _import(size: int, owner: User) -> str:
    data = write(_document(size))
    whole, bulk = [], []
    for _round in range(3 if size > 10_000 else ROUNDS):
        whole.append(_seconds(lambda: _bring(data, owner)))
        bulk.append(_seconds(lambda: _in_bulk(size, owner)))
    ratio = statistics.median(ours / least for ours, least in zip(whole, bulk, strict=True))
    grown = _grown_by(lambda: _bring(data, owner))
    milliseconds = 1_000 * statistics.median(whole)
    return f"{len(data) / 1e6:>9.1f}{milliseconds:>9.0f}{ratio:>9.2f}{grown / size:>29,.0f}"


def _document(size: int) -> Document:
    lines = []
    for at in range(size):
        parent = None if at < 3 else str((at - 3) // 6)
        stance = "" if parent is None else ("supports", "opposes")[at % 2]
        text = f"Line {at} says one thing about prizes, listeners and the word{at}x that stands in no other line."
        lines.append(Line(str(at), parent, stance, text))
    return Document("Bench", "Is it fast?", lines=lines)


def _bring(data: bytes, owner: User) -> None:
    """A whole import, taken back at the end so that each finds the same database."""
    with transaction.atomic():
        draft = READERS["json"].read(data, most_bytes=NOTHING_TO_SPARE)
        Bringing(Order(draft.document, owner)).whole()
        transaction.set_rollback(True)


def _in_bulk(size: int, owner: User) -> None:
    with transaction.atomic():
        topic = Topic.objects.begin(by=owner, title="Bulk")
        made: list[Statement] = []
        levels: dict[int, list[Statement]] = {}
        for line in _document(size).lines:
            above = made[int(line.parent)] if line.parent else None
            depth = above.depth + 1 if above else 0
            made.append(
                Statement(
                    topic=topic, parent=above, stance=line.stance, text=line.text, depth=depth, author=owner,
                    search_text=fold(line.text), position=len(made) << 16,
                )
            )  # fmt: skip
            levels.setdefault(depth, []).append(made[-1])
        for rows in levels.values():
            Statement.objects.bulk_create(rows, batch_size=1_000)
        transaction.set_rollback(True)


# -- measuring ----------------------------------------------------------------------------------------------------


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _grown_by(work: Callable[[], object]) -> int:
    """The bytes by which the process is larger at its largest, in a process of its own."""
    from benchmarks.workers import FORK

    results = FORK.SimpleQueue()

    def measured() -> None:
        connection.close()
        gc.collect()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        work()
        results.put(1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before))
        connection.close()

    connection.close()
    worker = FORK.Process(target=measured)
    worker.start()
    grown: int = results.get()
    worker.join()
    return grown
