"""My desk for people with few and with many topics: queries, time, and time against the site's emptiest page."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F
from django.db.models.functions import Mod
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.large import people, topic_of
from debates.desk import desk_of
from debates.models import Change, Membership, Pseudonym, Statement, Visit

if TYPE_CHECKING:
    from accounts.models import User
    from debates.models import Topic

ROUNDS = 15
# (topics, statements in each), of which one in twenty is the reader's.
DESKS = ((5, 400), (50, 400), (50, 1_200), (400, 40))
ONE_IN = 20


def run(_sizes: list[int]) -> None:
    """Print a line for each desk."""
    owner, *readers = people(1 + len(DESKS))
    print(f"\nMy desk on {connection.vendor}, medians of {ROUNDS} rounds.")
    print(f"{'topics':>8}{'statements':>12}{'mine':>8}{'queries':>9}{'ms':>8}{'of the emptiest':>17}{'kB':>7}")
    for reader, (topics, size) in zip(readers, DESKS, strict=True):
        mine = sum(_take_part(topic_of(size, owner), reader) for _number in range(topics))
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        client = Client()
        client.force_login(reader)
        with CaptureQueriesContext(connection) as queries:
            desk_of(reader)
        asked = len(queries)  # the next request empties the log
        weight = len(client.get("/desk/").content) / 1_000
        took, least = _time(client, "/desk/"), _time(client, "/about/")
        line = f"{topics:>8,}{topics * size:>12,}{mine:>8,}{asked:>9}{took:>8.1f}{took / least:>17.1f}"
        print(f"{line}{weight:>7.0f}")


def _take_part(topic: Topic, reader: User) -> int:
    """Make `reader` the author of some lines of `topic`, each with the change that brought it, half of them unseen."""
    lines = Statement.objects.filter(topic=topic)
    mine = lines.annotate(rest=Mod(F("pk"), ONE_IN)).filter(rest=0).update(author=reader)
    added = lines.order_by("pk").values_list("pk", "author_id")
    Change.objects.bulk_create(
        [
            Change(topic=topic, number=number, actor_id=author, verb="add", statement_id=pk)
            for number, (pk, author) in enumerate(added, topic.last_change + 1)
        ],
        batch_size=5_000,
    )
    topic.last_change += len(added)
    topic.save(update_fields=["last_change"])
    Membership.objects.create(topic=topic, user=reader, role="writer")
    Pseudonym.objects.give(topic, reader)
    Visit.objects.note(topic, reader, seen=topic.last_change // 2)
    return mine


def _time(client: Client, address: str) -> float:
    """Milliseconds."""
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append(1_000 * (time.perf_counter() - start))
    return statistics.median(times)
