"""A class joins: thirty pupils behind one address, each mistyping the code once, against the server of production.

PUPILS in the environment makes it another number. What is measured begins when the code is shown; nobody waits to
think, so that the server is never asked faster than here. "Blocked" counts every answer but those that were due.
"""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from threading import Barrier
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

PUPILS = int(os.environ.get("PUPILS", "30"))
PER_MINUTE = 30  # wrong codes from one address: see classrooms/guesses.py
STARTS_WITHIN = 60  # seconds
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
KEY = re.compile(r'name="key" value="([\w-]+)"')


class Browser:
    """As much of one as a pupil needs: cookies, and the hidden fields of the page that was read last."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.page = ""
        self.times: list[float] = []

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """The status and the address that it leads to; `fields` are posted."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(self._hidden() | fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        self.connection.request("GET" if body is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        self.page = answer.read().decode()
        self.times.append(time.perf_counter() - started)
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        return answer.status, urlsplit(answer.headers.get("Location", "")).path

    def _hidden(self) -> dict[str, str]:
        found = {"csrfmiddlewaretoken": TOKEN.findall(self.page)[-1:], "key": KEY.findall(self.page)[-1:]}
        return {name: values[0] for name, values in found.items() if values}


def join(port: int, code: str, start: Barrier, number: int) -> tuple[int, list[float]]:
    """One pupil, from the page where the code is typed to that of the class: how many answers were not due."""
    browser = Browser(port)
    start.wait(timeout=60)
    wrong = "2" if code[0] != "2" else "3"
    # Of more than thirty a minute, some are told that there were many wrong codes; that keeps nobody out.
    steps: list[tuple[str, dict[str, str] | None, set[int]]] = [
        ("/classes/join/", None, {200}),
        ("/classes/join/", {"code": wrong + code[1:]}, {404} if PUPILS <= PER_MINUTE else {404, 429}),
        ("/classes/join/", {"code": code.lower()}, {303}),
        (f"/c/{code}/", None, {200}),
        (f"/c/{code}/", {"name": f"Pupil {number}"}, {200}),
        ("/classes/", None, {200}),
    ]
    blocked = sum(browser.ask(path, fields)[0] not in due for path, fields, due in steps)
    return blocked, browser.times


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server like production’s, on the database of the benchmark."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"DATABASE_URL": _database(), "HOST": "127.0.0.1", "PORT": str(port)}
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py"]
    # It says of every wrong code that there is no such page.
    server = subprocess.Popen(gunicorn, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=60)


def _database() -> str:
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _wait_for(port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        try:
            if Browser(port).ask("/health/live")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def measured(code: str) -> tuple[float, list[tuple[int, list[float]]]]:
    """The seconds until the last pupil was in, and what join() told of each."""
    with serving() as port, ThreadPoolExecutor(PUPILS) as pool:
        Browser(port).ask("/classes/join/")
        start = Barrier(PUPILS + 1)
        waiting = [pool.submit(join, port, code, start, number) for number in range(PUPILS)]
        start.wait(timeout=60)
        started = time.perf_counter()
        outcomes = [each.result() for each in waiting]
        return time.perf_counter() - started, outcomes


def run(_sizes: list[int]) -> None:
    """Print how long it took until the last pupil was in. Exits with a sentence when somebody was kept out."""
    from django.core.management import call_command
    from django.db import connection

    from tests.classrooms.factories import make_assignment, make_classroom
    from tests.factories import make_user

    call_command("createcachetable", "cache", verbosity=0)
    teacher = make_user()
    classroom = make_classroom(teacher)
    make_assignment(classroom, teacher)
    seconds, outcomes = measured(classroom.codes.get().code)
    blocked = sum(count for count, _times in outcomes)
    times = [took for _count, took_each in outcomes for took in took_each]
    p95 = statistics.quantiles(times, n=20)[-1]
    joined = classroom.pupils.count()
    print(f"\nA class joins on {connection.vendor}: {PUPILS} pupils behind one address, each mistyping once.")
    print(f"  all in after {seconds:.1f} s; a request took {statistics.median(times):.2f} s, p95 {p95:.2f} s")
    print(f"  joined {joined}, blocked = {blocked}")
    if blocked or joined != PUPILS:
        raise SystemExit("Somebody was kept out.")
