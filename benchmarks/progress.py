"""The progress page of classes at work: queries, time and bytes of the page, of what it asks for again, and of a 304.

And what a lesson asks of the machine: the teacher's page and the page of each pupil ask every two seconds.
"""

from __future__ import annotations

import random
import statistics
import time
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.large import people
from classrooms.models import Classroom
from debates.models import Change, Pseudonym, Source, Statement, Topic, Vote

if TYPE_CHECKING:
    from accounts.models import User
    from classrooms.models import Assignment, Pupil

ROUNDS = 25
EVERY = 2  # seconds between two polls
# (pupils, arguments): a small class, a full one, and the one of the figures that are asked for.
CLASSES = ((10, 100), (30, 500), (40, 2_000))
REQUIREMENTS = {"supporting": 5, "opposing": 5, "under_others": 2, "rebuttals": 2, "sources": 2, "conclusion": 150}
PARTIAL = {"hx-request-type": "partial"}


def run(_sizes: list[int]) -> None:
    """Print a line for each class."""
    teacher = people(1)[0]
    print(f"\nProgress on {connection.vendor}, medians of {ROUNDS} rounds.")
    print(f"{'pupils':>8}{'arguments':>11}{'queries':>9}{'page ms':>9}{'kB':>6}{'again ms':>10}{'kB':>6}", end="")
    print(f"{'304 queries':>13}{'304 ms':>8}{'pupil’s 304 ms':>16}{'one core':>10}")
    for pupils, arguments in CLASSES:
        assignment = _class_at_work(teacher, pupils, arguments)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        _print(assignment, teacher, pupils, arguments)


def _print(assignment: Assignment, teacher: User, pupils: int, arguments: int) -> None:
    board, page = _client(teacher), f"/assignments/{assignment.pk}/progress/"
    first = assignment.classroom.pupils.order_by("pk")[0].user
    learner, lesson = _client(first), f"/assignments/{assignment.pk}/lesson/"
    tag, same = board.get(page).headers["ETag"], learner.get(lesson, headers=PARTIAL).headers["ETag"]
    unchanged = {**PARTIAL, "if-none-match": tag}
    queries, few = _queries(board, page, {}), _queries(board, page, unchanged)
    whole, again = _time(board, page, {}), _time(board, page, PARTIAL)
    nothing, theirs = _time(board, page, unchanged), _time(learner, lesson, {**PARTIAL, "if-none-match": same})
    sizes = [len(board.get(page, headers=headers).content) / 1_000 for headers in ({}, PARTIAL)]
    # Somebody does something between any two polls of the teacher; of the pupils’ few bring news.
    busy = (again + pupils * theirs) / (1_000 * EVERY)
    line = f"{pupils:>8}{arguments:>11,}{queries:>9}{whole:>9.1f}{sizes[0]:>6.0f}{again:>10.1f}{sizes[1]:>6.0f}"
    print(f"{line}{few:>13}{nothing:>8.1f}{theirs:>16.1f}{busy:>10.0%}")


def _client(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _queries(client: Client, address: str, headers: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address, headers=headers)
    return len(queries)


def _time(client: Client, address: str, headers: dict[str, str]) -> float:
    """Milliseconds: of the processor where the engine runs in this process, else by the clock on the wall."""
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    times = []
    for _round in range(ROUNDS):
        start = clock()
        client.get(address, headers=headers)
        times.append(1_000 * (clock() - start))
    return statistics.median(times)


# -- a class at work ---------------------------------------------------------------------------------------------------


def _class_at_work(teacher: User, size: int, arguments: int) -> Assignment:
    """A class in one map, with `arguments` spread over its pupils by chance, a third with a source, and votes."""
    classroom = Classroom.objects.begin(by=teacher, name=f"{size} pupils")
    pupils = classroom.enrol([f"Pupil {number:02}" for number in range(size)])
    for pupil in pupils:
        pupil.note_join()
    topic = Topic.objects.begin(by=teacher, title=f"A class of {size}", question="Is it fast?")
    topic.add_claim("Homework helps those who do it.", by=teacher)
    assignment = classroom.assign(by=teacher, topic=topic, title="Both sides", requirements=REQUIREMENTS)
    assignment.publish(by=teacher)
    _argue(topic, pupils, arguments)
    return assignment


def _argue(topic: Topic, pupils: list[Pupil], arguments: int) -> None:
    chance, claim = random.Random(7), topic.claims[0]
    for pupil in pupils:
        Pseudonym.objects.give(topic, pupil.user)
    made = [claim]
    for start in range(0, arguments, 100):
        batch = [_argument(topic, made, chance, pupils, at) for at in range(start, min(start + 100, arguments))]
        made += Statement.objects.bulk_create(batch)
    Source.objects.bulk_create([Source(statement=line, title="A study") for line in made[1::3]])
    Vote.objects.bulk_create(
        [Vote(statement=line, voter=pupil.user, value=chance.randrange(5)) for line in made[1::4] for pupil in pupils],
        ignore_conflicts=True,
    )
    changes: list[Any] = [
        Change(
            topic=topic, number=number, actor_id=line.author_id, verb="add", statement=line,
            after={"stance": line.stance},
        )
        for number, line in enumerate(made[1:], topic.last_change + 1)
    ]  # fmt: skip
    Change.objects.bulk_create(changes, batch_size=1_000)
    Topic.objects.filter(pk=topic.pk).update(last_change=topic.last_change + len(changes))


def _argument(topic: Topic, made: list[Statement], chance: random.Random, pupils: list[Pupil], at: int) -> Statement:
    parent = chance.choice(made)
    text = f"Argument {at} says in one sentence of some length what speaks for the line above or against it."
    return Statement(
        topic=topic, parent=parent, stance=chance.choice(("supports", "opposes")), depth=parent.depth + 1,
        text=text, search_text=text.casefold(), position=at << 16, author=chance.choice(pupils).user,
    )  # fmt: skip
