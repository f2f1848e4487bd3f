"""The API on topics of every size: a copy that is still good, a page of 100 statements, a tree's first levels.

"of the emptiest" is the time as a multiple of the API's emptiest view, the list of its addresses, with the same token.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import ApiToken
from benchmarks.large import people, topic_of, voters

if TYPE_CHECKING:
    from collections.abc import Callable

    from debates.models import Topic

    type Work = dict[tuple[str, int], Callable[[], Any]]

ROUNDS = 25
TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
# What each kind of request is answered with.
STATUS = {"unchanged tree": 304}


def run(sizes: list[int]) -> None:
    settings.API_READS_PER_MINUTE = 10**9
    voters()
    owner, reader = people(2)
    _token, secret = ApiToken.issue(reader, "bench", scopes={"read"})
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    work: Work = {("emptiest view", 0): lambda: client.get("/api/v1/")}
    for size in sizes:
        work |= _requests(client, topic_of(size, owner), size)
    queries = {name: _queries(name[0], request) for name, request in work.items()}
    times = _times(work)
    least = times["emptiest view", 0]
    print(f"\nThe API on {connection.vendor}, medians of {ROUNDS}; the emptiest view takes {least:.1f} ms.")
    print(f"{'':26}{'statements':>11}{'queries':>9}{'ms':>8}{'of the emptiest':>17}")
    for (name, size), took in sorted(times.items()):
        print(f"{name:26}{size:>11,}{queries[name, size]:>9}{took:>8.1f}{took / least:>17.1f}")


def _requests(client: Client, topic: Topic, size: int) -> Work:
    tree = f"/api/v1/topics/{topic.pk}/tree/?depth=3"
    etag = client.get(tree)["ETag"]
    return {
        ("unchanged tree", size): lambda: client.get(tree, headers={"If-None-Match": etag}),
        ("tree, three levels", size): lambda: client.get(tree),
        ("page of 100 statements", size): lambda: client.get(f"/api/v1/topics/{topic.pk}/statements/?limit=100"),
    }


def _queries(name: str, request: Callable[[], Any]) -> int:
    request()
    with CaptureQueriesContext(connection) as captured:
        answer = request()
    assert answer.status_code == STATUS.get(name, 200), (name, answer.status_code, answer.content)
    return sum(not query["sql"].upper().startswith(TRANSACTION) for query in captured)


def _times(work: Work) -> dict[tuple[str, int], float]:
    """Milliseconds of each, the median of ROUNDS after two to warm up; each takes its turn in every round."""
    taken: dict[tuple[str, int], list[float]] = {name: [] for name in work}
    for round_ in range(ROUNDS + 2):
        for name, request in work.items():
            start = time.perf_counter()
            request()
            if round_ >= 2:
                taken[name].append(1000 * (time.perf_counter() - start))
    return {name: statistics.median(each) for name, each in taken.items()}
