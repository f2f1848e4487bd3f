"""Topics of any size, made in a few statements to the database: six arguments below each line, 20 votes on each."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import connection

from accounts.models import User
from debates.models import Statement, Topic

CLAIMS = 3
BELOW_EACH = 6
VOTERS = 20
TEXT = "Line {at} says one thing about prizes, listeners and the word{at}x that stands in no other line."


def people(count: int) -> list[User]:
    """`count` accounts with the same unusable password."""
    password = make_password(None)
    names = [f"bench-{at}" for at in range(count)]
    User.objects.bulk_create([User(username=name, password=password) for name in names], ignore_conflicts=True)
    return list(User.objects.filter(username__in=names).order_by("pk"))


def topic_of(size: int, owner: User, below_each: int = BELOW_EACH) -> Topic:
    """A public topic with `size` statements and `VOTERS` votes on each."""
    topic = Topic.objects.begin(
        by=owner, title=f"Bench {size} by {below_each}", question="Is it fast?", visibility="public"
    )
    first = (Statement.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    depths: list[int] = []
    for start in range(0, size, 5_000):
        places = range(start, min(start + 5_000, size))
        batch = [_line(topic, first, at, below_each, depths) for at in places]
        Statement.objects.bulk_create(batch)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence('debates_statement', 'id'), %s)", [first + size])
        cursor.execute(
            "INSERT INTO debates_vote (statement_id, voter_id, value, at)"
            " SELECT s.id, u.id, (s.id + u.id) %% 5, s.created FROM debates_statement s"
            " JOIN accounts_user u ON u.username LIKE 'voter-%%' WHERE s.topic_id = %s",
            [topic.pk],
        )
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
    return topic


def _line(topic: Topic, first: int, at: int, below_each: int, depths: list[int]) -> Statement:
    parent = None if at < CLAIMS else (at - CLAIMS) // below_each
    depths.append(0 if parent is None else depths[parent] + 1)
    text = TEXT.format(at=at)
    return Statement(
        pk=first + at, topic=topic, parent_id=None if parent is None else first + parent,
        stance="" if parent is None else ("supports", "opposes")[at % 2], depth=depths[at], text=text,
        search_text=text.casefold().rstrip("."), position=at << 16, author=topic.created_by,
    )  # fmt: skip


def voters() -> list[User]:
    """The accounts whose votes stand on every statement."""
    password = make_password(None)
    rows = [User(username=f"voter-{at}", password=password) for at in range(VOTERS)]
    User.objects.bulk_create(rows, ignore_conflicts=True)
    return list(User.objects.filter(username__startswith="voter-"))
