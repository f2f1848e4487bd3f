"""A class votes on one argument at once, everyone changing their mind: right to the last vote, and how fast.

The verb is compared with the bare upsert, the same statement sent to the database by hand: the ratio is the figure.
PEOPLE, TIMES and ROUNDS in the environment make it smaller or larger.
"""

from __future__ import annotations

import os
import random
import statistics
from typing import TYPE_CHECKING

from benchmarks.workers import at_once

if TYPE_CHECKING:
    from debates.models import Statement

PEOPLE = int(os.environ.get("PEOPLE", "50"))
TIMES = int(os.environ.get("TIMES", "40"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
UPSERT = (
    "INSERT INTO debates_vote (statement_id, voter_id, value, at) VALUES (%s, %s, %s, CURRENT_TIMESTAMP)"
    " ON CONFLICT (statement_id, voter_id) DO UPDATE SET value = excluded.value, at = excluded.at"
)


def vote(person: tuple[int, int]) -> int:
    """The verb, as the site calls it. Gives the last answer."""
    from accounts.models import User
    from debates.models import Statement

    statement, voter = Statement.objects.get(pk=person[0]), User.objects.get(pk=person[1])
    value = 0
    for _time in range(TIMES):
        value = random.randrange(5)
        statement.cast_vote(voter=voter, value=value)
    return value


def upsert(person: tuple[int, int]) -> int:
    """The same by hand."""
    from django.db import connection

    value = 0
    with connection.cursor() as cursor:
        for _time in range(TIMES):
            value = random.randrange(5)
            cursor.execute(UPSERT, [*person, value])
    return value


def counted_right(statement: Statement, answers: list[object]) -> bool:
    """Whether the stored tally is that of everyone's last answer."""
    from tests.factories import histogram

    return histogram(statement) == [answers.count(step) for step in range(5)]


def run(_sizes: list[int]) -> None:
    """Print votes per second and what was counted wrong. Exits with a sentence when anything was."""
    from django.db import connection

    from tests.factories import make_topic, make_user

    alice = make_user()
    line = make_topic(alice).add_claim("A claim", by=alice).add_argument("supports", "Because.", by=alice)
    people = [(line.pk, make_user().pk) for _person in range(PEOPLE)]
    rates: dict[str, list[float]] = {"verb": [], "bare": []}
    wrong = 0
    for _round in range(ROUNDS):
        for name, act in (("verb", vote), ("bare", upsert)):
            seconds, answers = at_once(act, people)
            rates[name].append(PEOPLE * TIMES / seconds)
            wrong += not counted_right(line, answers)
    verb, bare = (statistics.median(rates[name]) for name in ("verb", "bare"))
    print(f"votes on {connection.vendor}: {PEOPLE} people × {TIMES} times on one argument, {ROUNDS} rounds")
    print(f"  verb {verb:,.0f}/s, bare upsert {bare:,.0f}/s: the verb takes {bare / verb:.2f} times as long")
    print(f"  rounds that were counted wrong or had an error: {wrong} of {2 * ROUNDS}")
    if wrong:
        raise SystemExit("Votes were lost or counted twice.")
