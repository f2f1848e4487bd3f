"""Classes at work for ten minutes: every pupil adds an argument every 20 s and votes every 5 s, over real connections.

Ten classes of 30 on PostgreSQL, one on SQLite, each in a map of its own, against the server of production with its
limit of writes; the teacher of each has the progress page open, which asks every two seconds. An argument is two
requests, the box and the form. Lost is what the server said it stored and the database does not have, or has twice or
otherwise. CLASSES, PUPILS (in each), SECONDS and WATCHED (0: no teacher looks) in the environment change it.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from benchmarks.http_client import Answer, Person

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from accounts.models import User
    from classrooms.models import Assignment

    type Habit = tuple[float, Callable[[], Awaitable[None]]]

CLASSES = int(os.environ.get("CLASSES", "0"))  # 0: as the engine is meant for
PUPILS = int(os.environ.get("PUPILS", "30"))
SECONDS = float(os.environ.get("SECONDS", "600"))
WATCHED = os.environ.get("WATCHED", "1") != "0"
ARGUE_EVERY, VOTE_EVERY, WATCH_EVERY = 20.0, 5.0, 2.0
AIM = 300  # milliseconds, of the slowest of twenty requests
# Before it counts: requests to the emptiest page, and seconds of the lesson itself.
WARM_UP, WARM_UP_SECONDS = 100, 10.0
KEY = re.compile(r'name="key" value="([\w-]+)"')
CARD = re.compile(r'<article class="argument-card[^"]*" id="s(\d+)"')
TREE = """Homework helps
  + because practice does
  - but sleep matters
  + because teachers see it
  - but some have no desk"""


@dataclass
class Log:
    """What the clients saw."""

    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    # What was answered with a yes: each text once, and the last vote of a person on a line.
    arguments: list[str] = field(default_factory=list)
    votes: dict[tuple[int, int], int] = field(default_factory=dict)

    def note(self, kind: str, answer: Answer, *wanted: int) -> bool:
        self.took[kind].append(1000 * answer.seconds)
        if answer.status not in (wanted or (200,)):
            self.errors[f"{kind}: {answer.status or 'no answer'}"] += 1
            return False
        return True


@dataclass
class Map:
    """The lines of a class's map that can be answered and voted on, with who wrote them (0: nobody of the class)."""

    lines: list[tuple[int, int]]


class Pupil:
    def __init__(self, person: Person, number: int, room: Map) -> None:
        self.person, self.number, self.room, self.log = person, number, room, Log()
        self.said = count(1)

    def habits(self) -> list[Habit]:
        return [(ARGUE_EVERY, self.argue), (VOTE_EVERY, self.vote)]

    async def argue(self) -> None:
        line = random.choice(self.room.lines)[0]
        stance = random.choice(("supports", "opposes"))
        path = f"/statements/{line}/arguments/"
        box = await self.person.get(f"{path}?stance={stance}")
        if not self.log.note("box", box):
            return
        words = f"Pupil {self.number} says for the {next(self.said)}th time that it depends"
        answer = await self.person.post(path, {"stance": stance, "text": words, "key": KEY.findall(box.body)[0]})
        if self.log.note("argument", answer):
            self.log.arguments.append(words)
            self.room.lines += [(int(pk), self.number) for pk in CARD.findall(answer.body)[:1]]

    async def vote(self) -> None:
        line = random.choice([pk for pk, author in self.room.lines if author != self.number])
        value = random.randrange(5)
        answer = await self.person.post(f"/statements/{line}/vote/", {"value": str(value)})
        if self.log.note("vote", answer):
            self.log.votes[line, self.number] = value


class Watcher:
    """The teacher's progress page, which asks for itself with what it knows."""

    def __init__(self, person: Person, path: str) -> None:
        self.person, self.path, self.log, self.etag = person, path, Log(), ""

    def habits(self) -> list[Habit]:
        return [(WATCH_EVERY, self.look)]

    async def look(self) -> None:
        answer = await self.person.get(self.path, etag=self.etag)
        if self.log.note("progress", answer, 200, 304):
            self.etag = answer.etag


async def every(interval: float, act: Callable[[], Awaitable[None]], until: float) -> None:
    """Act in time, beginning anywhere in the interval. What an answer that took longer held up is done at once."""
    loop = asyncio.get_running_loop()
    at = loop.time() + random.random() * interval
    while at < until:
        await asyncio.sleep(at - loop.time())
        await act()
        at += interval


async def lesson(people: list[Pupil | Watcher], log: Log, seconds: float) -> None:
    """Everybody at work for so long; `log` is what they saw."""
    until = asyncio.get_running_loop().time() + seconds
    async with asyncio.TaskGroup() as tasks:
        for person in people:
            person.log = log
            for interval, act in person.habits():
                tasks.create_task(every(interval, act, until))


async def emptiest(person: Person) -> float:
    """Milliseconds of the site's emptiest page while nobody else asks, the median after some to warm up."""
    times = [(await person.get("/about/")).seconds for _round in range(2 * WARM_UP)]
    return 1000 * statistics.median(times[WARM_UP:])


def signed_in(user: User, port: int) -> Person:
    """A browser in which `user` is signed in."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils.crypto import get_random_string

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return Person(port, str(session.session_key), get_random_string(32))


def make_classes(number: int) -> list[Assignment]:
    from tests.classrooms.factories import make_assignment, make_classroom, make_pupils
    from tests.factories import make_topic, make_tree, make_user

    made = []
    for each in range(number):
        teacher = make_user()
        topic = make_topic(teacher)
        make_tree(topic, teacher, TREE)
        classroom = make_classroom(teacher, f"Class {each}")
        make_pupils(classroom, *(f"Pupil {place}" for place in range(PUPILS)))
        asked = {"supporting": 3, "opposing": 3, "votes": 10}
        made.append(make_assignment(classroom, teacher, topic=topic, requirements=asked))
    return made


def people_of(assignment: Assignment, port: int) -> list[Pupil | Watcher]:
    """The pupils, and the teacher unless nobody looks."""
    lines = assignment.groups.get().topic.statements.values_list("pk", flat=True)  # type: ignore[union-attr]
    room = Map([(pk, 0) for pk in lines])
    pupils = assignment.classroom.pupils.select_related("user")
    people: list[Pupil | Watcher] = [Pupil(signed_in(each.user, port), each.user_id, room) for each in pupils]
    if WATCHED:
        teacher = assignment.classroom.first_owner()
        people.append(Watcher(signed_in(teacher, port), f"/assignments/{assignment.pk}/progress/"))
    return people


def lost(log: Log) -> tuple[int, int]:
    """How many arguments and votes are not in the database as the server said."""
    from debates.models import Statement, Vote

    stored = Counter(Statement.objects.order_by().values_list("text", flat=True))
    votes = {(line, voter): value for line, voter, value in Vote.objects.values_list("statement", "voter", "value")}
    return (
        sum(stored[words] != 1 for words in log.arguments),
        sum(votes.get(place) != value for place, value in log.votes.items()),
    )


def report(log: Log, empty: float, people: list[Pupil | Watcher]) -> bool:
    """Print the figures; whether they are those that were aimed at."""
    due = round(sum(SECONDS / interval for each in people for interval, _act in each.habits()))
    everything = [each for times in log.took.values() for each in times]
    print(f"  {'':10}{'asked':>9}{'p50':>8}{'p95':>8}{'p99':>8}  ms    p95 of the emptiest page ({empty:.1f} ms)")
    for kind, times in (*sorted(log.took.items()), ("all", everything)):
        cuts = statistics.quantiles(times, n=100)
        print(f"  {kind:10}{len(times):>9,}{cuts[49]:>8.1f}{cuts[94]:>8.1f}{cuts[98]:>8.1f}{cuts[94] / empty:>14.1f}")
    arguments, votes = lost(log)
    acts, errors = len(everything) - len(log.took["box"]), dict(log.errors)
    print(f"  acts {acts:,}, due {due:,}; errors {sum(errors.values())} {errors or ''}")
    print(f"  stored {len(log.arguments):,} arguments, {len(log.votes):,} last votes; lost {arguments} and {votes}")
    return not (log.errors or arguments or votes) and statistics.quantiles(everything, n=20)[-1] <= AIM


def run(_sizes: list[int]) -> None:
    """Print the figures. Exits with a sentence when they are not those that were aimed at."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.joining import serving

    # What makes the classes may write as fast as it can; the server has the limit that it has in production.
    os.environ.pop("WRITES_PER_MINUTE", None)
    call_command("createcachetable", "cache", verbosity=0)
    number = CLASSES or (1 if connection.vendor == "sqlite" else 10)
    print(f"\nClasses at work on {connection.vendor}: {number} of {PUPILS} pupils, for {SECONDS:.0f} s", flush=True)
    print(f"  others on this machine before it began: load {os.getloadavg()[0]:.1f}", flush=True)
    classes, log = make_classes(number), Log()
    with serving() as port:
        people = [person for assignment in classes for person in people_of(assignment, port)]
        empty = asyncio.run(emptiest(people[0].person))
        asyncio.run(lesson(people, Log(), WARM_UP_SECONDS))
        asyncio.run(lesson(people, log, SECONDS))
    if not report(log, empty, people):
        raise SystemExit("The classes were kept waiting, or lost something.")
