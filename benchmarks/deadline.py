"""C9: posts of a class spread over two seconds before and two after the cut-off, by many processes at once.

Each must be stored, on time or late by the clock of the server, and nothing may be lost. POSTS in the environment makes
it another number than 500.
"""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.workers import at_once

if TYPE_CHECKING:
    from datetime import datetime

POSTS = int(os.environ.get("POSTS", "500"))
WORKERS = 10
AROUND = 2.0  # seconds before and after
STARTS_IN = 20.0  # seconds until the cut-off, for all workers to be there


class Part(NamedTuple):
    """What one worker sends: as which pupil, under which claim, around which moment, and how many."""

    user: int
    claim: int
    cutoff: datetime
    posts: int


def send(part: Part) -> list[int]:
    """Post through the pages, evenly over the time, and give the statuses of the answers."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from accounts.models import User

    client = Client()
    client.force_login(User.objects.get(pk=part.user))
    address, came = reverse("statement-arguments", args=[part.claim]), []
    client.get(address)  # reads the code and the templates that the first request of a process needs
    for number in range(part.posts):
        due = part.cutoff + timedelta(seconds=AROUND * (2 * number / part.posts - 1))
        time.sleep(max(0.0, (due - timezone.now()).total_seconds()))
        fields = {"stance": "supports", "text": f"Line {number} of {part.user}", "key": f"{part.user}-{number}"}
        came.append(client.post(address, fields).status_code)
    return came


def run(_sizes: list[int]) -> None:
    """Print what became of the posts. Exits with a sentence when one was lost or is marked wrongly."""
    from debates.models import Statement, Status

    parts = _prepared()
    claim, cutoff = parts[0].claim, parts[0].cutoff
    seconds, answers = at_once(send, parts)
    failed = [each for each in answers if isinstance(each, Exception)]
    if failed:
        raise SystemExit(f"A worker failed: {failed[0]!r}")
    stored = Statement.objects.filter(parent=claim)
    on_time = stored.filter(status=Status.VISIBLE, created__lt=cutoff).count()
    late = stored.filter(status=Status.SUGGESTED, created__gte=cutoff).count()
    sent = sum(part.posts for part in parts)
    wrong = sum(1 for statuses in answers for each in statuses if each >= 400)
    print(f"\nDeadline: {sent} posts in {seconds:.1f} s by {WORKERS} processes")
    print(f"  on time {on_time} · late {late} · refused {wrong} · lost {sent - stored.count()}")
    if on_time + late != sent or wrong:
        raise SystemExit("A post around the cut-off was lost, refused or marked wrongly.")


def _prepared() -> list[Part]:
    """A class at work until a moment from now, and what each worker sends."""
    from django.utils import timezone

    from accounts.models import User
    from classrooms.models import Classroom
    from debates.models import Topic

    teacher = User.objects.create_guest()
    classroom = Classroom.objects.begin(by=teacher, name="Deadline")
    pupils = classroom.enrol([f"Pupil {number}" for number in range(WORKERS)])
    topic = Topic.objects.begin(by=teacher, title="Deadline")
    claim = topic.add_claim("A claim.", by=teacher)
    cutoff = timezone.now() + timedelta(seconds=STARTS_IN)
    classroom.assign(by=teacher, topic=topic, title="Deadline", cutoff=cutoff).publish(by=teacher)
    return [Part(pupil.user_id, claim.pk, cutoff, POSTS // WORKERS) for pupil in pupils]
