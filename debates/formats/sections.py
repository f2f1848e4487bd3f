"""A topic's rows as one reader may take them along: section by section, never all of a topic at once.

Plain SQL and plain rows, one query a section in one snapshot of the database; PostgreSQL's come through a cursor of
the server. A statement that was taken back is there without its words while anything rests on it; a suggestion is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import batched
from random import SystemRandom
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from accounts.models import User
from debates.history import changes_for
from debates.models import NamesShown, Source, Topic, Vote, VotesShown
from debates.permissions import MANAGE

if TYPE_CHECKING:
    from debates.models.act import Actor

    type Row = dict[str, Any]

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Taking:
    """What of a topic is taken, and for whom."""

    topic: Topic
    user: Actor
    ballots: bool = False  # each vote with a number for the voter: for the owner alone
    history: bool = False

    @property
    def may_take_ballots(self) -> bool:
        return self.ballots and self.topic.standing.may(MANAGE)


def topic_row(topic: Topic) -> Row:
    """What the topic itself says."""
    names = ("title", "question", "background", "language", "visibility", "visitor_role", "votes_shown", "names_shown")
    row = {"id": topic.pk, "slug": topic.slug} | {name: getattr(topic, name) for name in names}
    return row | {"closed": not topic.is_open, "created": topic.created, "last_change": topic.last_change}


def sections(taking: Taking) -> dict[str, Iterator[list[Row]]]:
    """The rows of each section in chunks, to be read in this order and within one `snapshot()`."""
    found = {name: _chunks(query, taking) for name, query in queries(taking).items()}
    found["passages"] = _lost(found["passages"])
    if "tallies" in found:
        found["tallies"] = _tallied(found["tallies"])
    if "votes" in found:
        found["votes"] = _numbered(found["votes"], taking.topic)
    if taking.history:
        found["changes"] = _changes(taking)
    return found


def queries(taking: Taking) -> dict[str, Query]:
    """What is asked of the database for each section."""
    topic = taking.topic
    found = {
        "essays": _ESSAYS, "statements": _statements_sql(topic), "sources": _SOURCES, "passages": _PASSAGES,
        "comments": _comments_sql(topic),
    }  # fmt: skip
    if (condition := _tallies_shown(taking)) is not None:
        found["tallies"] = _tallies_sql(condition)
        if taking.may_take_ballots:
            found["votes"] = _ballots_sql(condition)
    return found


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the database while others go on writing; within a transaction, that transaction's."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Not atomic(): that begins IMMEDIATE here and would keep every writer waiting for a slow reader.
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


# -- the queries --------------------------------------------------------------------------------------------------

# SQLite keeps a moment as text in UTC; this is how JSON says the same. PostgreSQL's are moments, which orjson writes.
_MOMENT = {"sqlite": "REPLACE({0}, ' ', 'T') || 'Z'", "postgresql": "{0}"}
# Statements that readers may know of: those that show, and those taken back on which something rests.
_KNOWN = """s.topic_id = %s AND s.status <> 'suggested' AND (s.status = 'visible'
  OR EXISTS (SELECT 1 FROM debates_statement c WHERE c.parent_id = s.id AND c.status <> 'suggested')
  OR EXISTS (SELECT 1 FROM debates_statement l WHERE l.refers_to_id = s.id AND l.status <> 'suggested'))"""
_SHOWN = "s.topic_id = %s AND s.status = 'visible'"


@dataclass(frozen=True, slots=True)
class Query:
    """Columns and SQL, whose one parameter is the topic."""

    columns: tuple[str, ...]
    sql: str


def _moment(column: str) -> str:
    return _MOMENT[connection.vendor].format(column)


def _name(topic: Topic, author: str) -> str:
    """SQL for the name that readers see of the person `author`, "" for a former participant."""
    pseudonym = "COALESCE(name.name, '')"
    if topic.names_shown != NamesShown.NAMES:
        return pseudonym
    return (
        f"CASE WHEN {author}.id IS NULL THEN '' WHEN {author}.is_guest THEN {pseudonym}"
        f" WHEN {author}.display_name <> '' THEN {author}.display_name ELSE {author}.username END"
    )


def _statements_sql(topic: Topic) -> Query:
    columns = (
        "id", "parent", "stance", "text", "note", "refers_to", "premise_group", "status", "position", "author",
        "created", "updated", "version",
    )  # fmt: skip
    said = "CASE WHEN s.status = 'visible' THEN s.{0} ELSE '' END"
    return Query(
        columns,
        f"SELECT s.id, s.parent_id, s.stance, {said.format('text')}, {said.format('note')}, s.refers_to_id,"  # noqa: S608 - no outside text
        f" s.premise_group, s.status, s.position, {_name(topic, 'author')}, {_moment('s.created')},"
        f" {_moment('s.updated')}, s.version FROM debates_statement s"
        " LEFT JOIN debates_pseudonym name ON name.topic_id = s.topic_id AND name.user_id = s.author_id"
        " LEFT JOIN accounts_user author ON author.id = s.author_id"
        f" WHERE {_KNOWN} ORDER BY s.depth, s.position, s.id",
    )


def _comments_sql(topic: Topic) -> Query:
    # One that was taken back keeps its place, without its words, while an answer rests on it.
    answered = "EXISTS (SELECT 1 FROM debates_comment a WHERE a.reply_to_id = m.id AND NOT a.removed)"
    return Query(
        ("id", "statement", "reply_to", "kind", "text", "author", "created"),
        "SELECT m.id, m.statement_id, m.reply_to_id, m.kind, CASE WHEN m.removed THEN '' ELSE m.text END,"  # noqa: S608 - no outside text
        f" {_name(topic, 'author')}, {_moment('m.created')}"
        " FROM debates_comment m JOIN debates_statement s ON s.id = m.statement_id"
        " LEFT JOIN debates_pseudonym name ON name.topic_id = s.topic_id AND name.user_id = m.author_id"
        " LEFT JOIN accounts_user author ON author.id = m.author_id"
        f" WHERE {_SHOWN} AND (NOT m.removed OR {answered}) ORDER BY m.id",
    )


_ESSAYS = Query(
    ("id", "title", "author", "source", "text"),
    "SELECT id, title, author, source, text FROM debates_essay WHERE topic_id = %s ORDER BY id",
)
_SOURCES = Query(
    ("statement", *Source.FIELDS),
    f"SELECT o.statement_id, {', '.join(f'o.{name}' for name in Source.FIELDS)}"  # noqa: S608 - names of columns
    f" FROM debates_source o JOIN debates_statement s ON s.id = o.statement_id WHERE {_SHOWN} ORDER BY o.id",
)
_PASSAGES = Query(
    ("statement", "essay", "start", "end", "quote", "prefix", "suffix", "lost"),
    'SELECT p.statement_id, p.essay_id, p.start, p."end", p.quote, p.prefix, p.suffix, p.lost'  # noqa: S608
    f" FROM debates_passage p JOIN debates_statement s ON s.id = p.statement_id WHERE {_SHOWN}"
    " ORDER BY p.statement_id, p.start, p.id",
)


def _ballots_sql(condition: str) -> Query:
    return Query(
        ("statement", "voter", "value"),
        "SELECT v.statement_id, v.voter_id, v.value"  # noqa: S608
        f" FROM debates_vote v JOIN debates_statement s ON s.id = v.statement_id WHERE {condition}"
        " ORDER BY v.statement_id, RANDOM()",
    )


def _numbered(chunks: Iterator[list[Row]], topic: Topic) -> Iterator[list[Row]]:
    """Voters by numbers that are dealt anew for each file: they tell voters apart, and nobody who they are."""
    voters = list(Vote.objects.filter(statement__topic=topic).order_by().values_list("voter", flat=True).distinct())
    SystemRandom().shuffle(voters)
    numbers = {voter: number for number, voter in enumerate(voters, 1)}
    for chunk in chunks:
        yield [row | {"voter": numbers[row["voter"]]} for row in chunk]


def _tallies_shown(taking: Taking) -> str | None:
    """The condition for the statements whose totals this reader sees, None where they see none."""
    topic = taking.topic
    if not topic.is_open or topic.votes_shown == VotesShown.ALWAYS:
        return _SHOWN
    if topic.votes_shown == VotesShown.WHEN_CLOSED or taking.user.pk is None:
        return None
    reader = int(taking.user.pk)
    mine = f"SELECT 1 FROM debates_vote mine WHERE mine.statement_id = s.id AND mine.voter_id = {reader}"  # noqa: S608
    return f"{_SHOWN} AND (s.author_id = {reader} OR EXISTS ({mine}))"


def _tallies_sql(condition: str) -> Query:
    counts = ", ".join(f"SUM(CASE WHEN v.value = {step} THEN 1 ELSE 0 END)" for step in range(5))
    return Query(
        ("statement", "zero", "one", "two", "three", "four"),
        f"SELECT v.statement_id, {counts} FROM debates_vote v JOIN debates_statement s ON s.id = v.statement_id"  # noqa: S608
        f" WHERE {condition} GROUP BY v.statement_id ORDER BY v.statement_id",
    )


def _lost(chunks: Iterator[list[Row]]) -> Iterator[list[Row]]:
    """What is not lost does not say so; SQLite has numbers for yes and no."""
    for chunk in chunks:
        for row in chunk:
            row |= {"lost": True} if row.pop("lost") else {}
        yield chunk


def _tallied(chunks: Iterator[list[Row]]) -> Iterator[list[Row]]:
    """How many gave each of the five answers, as one list."""
    for chunk in chunks:
        yield [{"statement": row.pop("statement"), "counts": list(row.values())} for row in chunk]


def _changes(taking: Taking) -> Iterator[list[Row]]:
    """The numbered acts that this reader may hear of, without the words: what was taken back stays taken back."""
    names = _names(taking.topic)
    fields = ("number", "verb", "statement_id", "actor_id", "at")
    told = changes_for(taking.topic, taking.user).order_by("number").values_list(*fields)
    for some in batched(told.iterator(chunk_size=CHUNK), CHUNK):
        yield [
            {"number": number, "verb": verb, "statement": statement, "actor": names.get(actor or 0, ""), "at": at}
            for number, verb, statement, actor, at in some
        ]


def _names(topic: Topic) -> dict[int, str]:
    """The names that readers see of those who acted in `topic`."""
    names = dict(topic.pseudonyms.values_list("user_id", "name"))
    if topic.names_shown == NamesShown.NAMES:
        people = User.objects.filter(pk__in=topic.changes.values("actor"))
        names |= {user.pk: user.shown_name for user in people if user.shown_name}
    return names


def _chunks(query: Query, taking: Taking) -> Iterator[list[Row]]:
    """The rows of one query, CHUNK at a time."""
    columns = query.columns
    # A cursor of PostgreSQL's server lives in a transaction, which snapshot() gives it.
    with connection.chunked_cursor() if connection.vendor == "postgresql" else connection.cursor() as cursor:
        cursor.execute(query.sql, [taking.topic.pk])
        while rows := cursor.fetchmany(CHUNK):
            yield [dict(zip(columns, row, strict=True)) for row in rows]
