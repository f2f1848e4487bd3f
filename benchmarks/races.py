"""Many people at work on one topic at random; errors, deadlocks, gaps, cycles and orphans are counted, and must be 0.

WORKERS and ACTS in the environment make it smaller or larger.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.workers import at_once

if TYPE_CHECKING:
    from debates.models import Statement

WORKERS = int(os.environ.get("WORKERS", "20"))
ACTS = int(os.environ.get("ACTS", "500"))
VERBS = ("add",) * 6 + ("move",) * 8 + ("withdraw",) * 3 + ("restore",) * 3 + ("turn", "reorder", "revise")


def act(verb: str, line: Statement, other: Statement, by: Any) -> None:
    acts: dict[str, Any] = {
        "add": partial(line.add_argument, "opposes", "An argument.", by=by),
        "move": partial(line.move_under, other, by=by, stance="supports"),
        "withdraw": partial(line.withdraw, by=by),
        "restore": partial(line.restore, by=by),
        "turn": partial(line.turn, by=by),
        "reorder": partial(line.reorder, by=by, after=None),
        "revise": partial(line.revise, text=f"Words {random.random()}", version=line.version, by=by),
    }
    acts[verb]()


def work(person: tuple[int, int]) -> Counter[str]:
    """ACTS acts by one person, and what became of them."""
    from accounts.models import User
    from debates.models import Refused, Statement

    topic_id, user_id = person
    chance, by, came = random.Random(user_id), User.objects.get(pk=user_id), Counter[str]()
    ids: list[int] = []
    for time in range(ACTS):
        if time % 10 == 0:
            ids = list(Statement.objects.filter(topic=topic_id).values_list("pk", flat=True))
        line, other = (Statement.objects.get(pk=chance.choice(ids)) for _either in range(2))
        try:
            act(chance.choice(VERBS), line, other, by)
            came["done"] += 1
        except Refused:
            came["refused"] += 1
        except Exception as error:  # what leaks out of a verb is what is counted here
            came[f"error: {type(error).__name__}: {str(error)[:80]}"] += 1
    return came


def run(_sizes: list[int]) -> None:
    """Print what became of all the acts. Exits with a sentence when something went wrong."""
    from django.db import connection

    from tests.debates.trees import faults
    from tests.factories import make_topic, make_user

    alice = make_user()
    topic = make_topic(alice)
    claim = topic.add_claim("A claim", by=alice)
    for number in range(20):
        claim.add_argument("supports", f"Argument {number}", by=alice)
    people = [(topic.pk, make_user().pk) for _worker in range(WORKERS)]
    seconds, returned = at_once(work, people)
    broken = [each for each in returned if not isinstance(each, Counter)]
    total = sum((each for each in returned if isinstance(each, Counter)), Counter[str]())
    errors = {name: count for name, count in total.items() if name.startswith("error")}
    wrong = faults(topic)
    topic.refresh_from_db()
    print(f"races on {connection.vendor}: {WORKERS} people × {ACTS} acts in {seconds:.1f} s")
    print(f"  done {total['done']}, refused {total['refused']}, changes numbered {topic.last_change}")
    print(f"  errors {sum(errors.values())} {errors or ''}, workers that failed {len(broken)} {broken or ''}")
    print(f"  gaps, cycles, orphans, levels that do not fit: {len(wrong)} {wrong[:3] or ''}")
    if errors or broken or wrong:
        raise SystemExit("The races were lost.")
