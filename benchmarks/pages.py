"""Pages and fragments on topics of 100 to 100,000 statements: queries, time, size, time against the least there is.

"of the emptiest" is the time of a page as a multiple of the site's emptiest page: same frame, same middleware, signed
in. "of joining" is the time of rendering the two columns as a multiple of joining the same HTML in plain Python.
"""

from __future__ import annotations

import gzip
import itertools
import re
import statistics
import time
from html import escape
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from benchmarks.large import people, topic_of, voters
from debates.models import Statement
from debates.permissions import topic_for
from debates.tree import claims_of
from debates.views.topic import columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from debates.models import Topic

ROUNDS = 25
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
_numbers = itertools.count(1)


def run(sizes: list[int]) -> None:
    """Print a line for each kind of request and size; each is timed in turn with all the others, round by round."""
    voters()
    owner, reader = people(2)
    client = Client()
    client.force_login(reader)
    topics = {size: topic_of(size, owner) for size in sizes}
    wide = topic_of(1_000, owner, below_each=60)
    work: dict[tuple[str, int], Callable[[], Any]] = {("emptiest page", 0): lambda: client.get("/about/")}
    for size, topic in topics.items():
        work |= {(name, size): request for name, request in _requests(client, topic).items()}
    work["topic page, 40 cards", 1_000] = lambda: client.get(wide.get_absolute_url())
    sizes_of = {name: _weigh(name, request) for name, request in work.items()}
    times = _times(work)
    least = times["emptiest page", 0]
    print(f"\nPages on {connection.vendor}, medians of {ROUNDS} rounds; the emptiest page takes {least:.1f} ms.")
    print(f"{'':22}{'statements':>11}{'queries':>9}{'ms':>8}{'of the emptiest':>17}{'kB':>7}{'kB gzipped':>12}")
    for (name, size), took in sorted(times.items()):
        queries, plain, packed = sizes_of[name, size]
        print(f"{name:22}{size:>11,}{queries:>9}{took:>8.1f}{took / least:>17.1f}{plain:>7.0f}{packed:>12.1f}")
    if 1_000 in topics and 100_000 in topics:
        grown = {name: times[name, 100_000] / times[name, 1_000] for name in _requests(client, topics[1_000])}
        print("100,000 against 1,000 statements:", ", ".join(f"{name} {ratio:.2f}" for name, ratio in grown.items()))
    print(
        f"Rendering two columns of 20 cards takes {_of_joining(wide, reader):.0f} times as long as joining their HTML."
    )


def _requests(client: Client, topic: Topic) -> dict[str, Callable[[], Any]]:
    """One request of each kind. Each write is a new one."""
    lines = Statement.objects.filter(topic=topic)
    argument = lines.filter(depth=1).order_by("pk")[0]
    # A branch of 42 lines, whatever the topic's size: what is loaded by branch costs what it shows.
    deepest = lines.order_by("-depth").values_list("depth", flat=True)[0]
    branch = lines.filter(depth=deepest - 2).order_by("pk")[0]
    return {
        "topic page": lambda: client.get(topic.get_absolute_url()),
        "focus page": lambda: client.get(argument.get_absolute_url()),
        "outline": lambda: client.get(f"{topic.get_absolute_url()}outline/"),
        "map": lambda: client.get(f"{topic.get_absolute_url()}map/"),
        "history": lambda: client.get(f"{topic.get_absolute_url()}history/"),
        "open a branch": lambda: client.get(f"{branch.get_absolute_url()}branch/", headers=PARTIAL),
        "add": lambda: client.post(
            f"{argument.get_absolute_url()}arguments/",
            {"stance": "supports", "text": f"Added line {next(_numbers)}.", "key": str(next(_numbers))},
            headers=PARTIAL,
        ),
        "vote": lambda: client.post(
            f"{argument.get_absolute_url()}vote/", {"value": next(_numbers) % 5}, headers=PARTIAL
        ),
        "search": lambda: client.get("/topics/", {"q": "word77x"}, headers=PARTIAL),
    }


def _weigh(name: tuple[str, int], request: Callable[[], Any]) -> tuple[int, float, float]:
    """Data queries, kB, kB compressed."""
    request()  # the first act of a person in a topic names them there: counted is every later one
    with CaptureQueriesContext(connection) as captured:
        answer = request()
    assert answer.status_code == 200, (name, answer.status_code)
    queries = sum(not query["sql"].upper().startswith(TRANSACTION) for query in captured)
    return queries, len(answer.content) / 1000, len(gzip.compress(answer.content, 6)) / 1000


def _times(work: dict[tuple[str, int], Callable[[], Any]]) -> dict[tuple[str, int], float]:
    """Milliseconds of each, the median of ROUNDS after two to warm up."""
    taken: dict[tuple[str, int], list[float]] = {name: [] for name in work}
    for round_ in range(ROUNDS + 2):
        for name, request in work.items():
            start = time.perf_counter()
            request()
            if round_ >= 2:
                taken[name].append(1000 * (time.perf_counter() - start))
    return {name: statistics.median(each) for name, each in taken.items()}


def _median(work: Callable[[], object]) -> float:
    """Milliseconds, the median of ROUNDS after three to warm up."""
    times = []
    for round_ in range(ROUNDS + 3):
        start = time.perf_counter()
        work()
        if round_ >= 3:
            times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def _of_joining(topic: Topic, reader: User) -> float:
    """The columns, rendered by the templates, against the same pieces escaped and joined."""
    request = RequestFactory().get(topic.get_absolute_url())
    request.user = reader
    shown = topic_for(reader, topic.slug)
    context: dict[str, Any] = {"topic": shown, **columns(request, claims_of(shown, reader)[0], shown)}
    html = render_to_string("debates/_columns.html", context, request)
    texts = sorted(set(re.findall(r"Line \d+ says[^<]*", html)))
    pieces = re.split("(" + "|".join(map(re.escape, texts)) + ")", html)

    def join() -> str:
        return "".join([escape(piece) if at % 2 else piece for at, piece in enumerate(pieces)])

    return _median(lambda: render_to_string("debates/_columns.html", context, request)) / _median(join)
