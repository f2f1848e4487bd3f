"""Statements as plain rows with everything a page shows of each, in one query; and their votes, counted, in another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import OuterRef, Subquery

from debates.models import VOTE_WORDS, Comment, NamesShown, Pseudonym, Statement, Status, Topic, VotesShown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from debates.models.act import Actor

    type Row = dict[str, Any]

# The shrunk mean: as if four people had answered 2, the middle, before anyone else. One 4 does not outrank ten 3s.
IMAGINED_VOTES = 4
IMAGINED_VALUE = 2
GONE = (Status.WITHDRAWN, Status.REMOVED)


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes of one statement: how many gave each of the five answers."""

    histogram: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    @property
    def count(self) -> int:
        return sum(self.histogram)

    @property
    def total(self) -> int:
        return sum(value * count for value, count in enumerate(self.histogram))

    @property
    def mean(self) -> float | None:
        """The plain mean, 0 to 4; None without a vote."""
        return self.total / self.count if self.count else None

    @property
    def mean_word(self) -> str:
        """The step nearest to the mean, in words."""
        return "" if self.mean is None else str(VOTE_WORDS[int(self.mean + 0.5)])

    @property
    def shrunk_mean(self) -> float:
        """What siblings are sorted by; see IMAGINED_VOTES."""
        return (self.total + IMAGINED_VOTES * IMAGINED_VALUE) / (self.count + IMAGINED_VOTES)

    @property
    def contested(self) -> float:
        """How far people disagree: many low (0, 1) and many high (3, 4) answers, in equal parts, give the most.

        `(low + high) ** (fewer / more)`, 0 when everyone is on one side.
        """
        low, high = sum(self.histogram[:2]), sum(self.histogram[3:])
        if not low or not high:
            return 0.0
        return float((low + high) ** (min(low, high) / max(low, high)))


NO_VOTES = Tally()


def tallies_of(statements: Iterable[int]) -> dict[int, Tally]:
    """The tally of each of `statements` that has votes. One query."""
    ids = list(statements)
    counted: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement_id, value, COUNT(*) FROM debates_vote WHERE statement_id IN"  # noqa: S608 - only marks
            f" ({', '.join(['%s'] * len(ids)) or 'NULL'}) GROUP BY statement_id, value",
            ids,
        )
        for pk, value, count in cursor.fetchall():
            counted.setdefault(pk, [0] * 5)[value] = count
    return {pk: Tally(tuple(histogram)) for pk, histogram in counted.items()}  # type: ignore[arg-type]


def tally_shows(topic: Topic, *, voted: bool, mine: bool) -> bool:
    """Whether a reader sees a statement's totals: never before they had their say, where the topic asks for it."""
    if not topic.is_open or topic.votes_shown == VotesShown.ALWAYS:
        return True
    return topic.votes_shown == VotesShown.AFTER_VOTING and (voted or mine)


# Everything a page shows of a statement. Plain SQL: this is asked up to three times a page, and putting it together
# with expressions costs more than running it. A link counts what is below its target.
_COLUMNS = (
    "id", "parent_id", "stance", "text", "note", "position", "depth", "author_id", "refers_to_id", "status", "version",
    "created", "updated", "premise_group", "refers_to__text", "refers_to__status", "branch_id", "supporting",
    "opposing", "n_passages", "n_sources", "n_comments", "pseudonym", "my_vote",
    "author__display_name", "author__username", "author__is_guest",
)  # fmt: skip
# A reply `c` that shows: visible, and no link to what was taken back. The index statement_replies answers it.
REPLY_SHOWS = (
    "c.status = 'visible' AND (c.refers_to_id IS NULL OR EXISTS"
    " (SELECT 1 FROM debates_statement t WHERE t.id = c.refers_to_id AND t.status = 'visible'))"
)
_ROWS = f"""
SELECT s.id, s.parent_id, s.stance, s.text, s.note, s.position, s.depth, s.author_id, s.refers_to_id, s.status,
 s.version, s.created, s.updated, s.premise_group, target.text, target.status, COALESCE(s.refers_to_id, s.id),
 (SELECT COUNT(*) FROM debates_statement c WHERE c.parent_id = COALESCE(s.refers_to_id, s.id)
   AND c.stance = 'supports' AND {REPLY_SHOWS}),
 (SELECT COUNT(*) FROM debates_statement c WHERE c.parent_id = COALESCE(s.refers_to_id, s.id)
   AND c.stance = 'opposes' AND {REPLY_SHOWS}),
 (SELECT COUNT(*) FROM debates_passage p WHERE p.statement_id = COALESCE(s.refers_to_id, s.id)),
 (SELECT COUNT(*) FROM debates_source o WHERE o.statement_id = COALESCE(s.refers_to_id, s.id)),
 (SELECT COUNT(*) FROM debates_comment m WHERE m.statement_id = COALESCE(s.refers_to_id, s.id) AND NOT m.removed),
 name.name, mine.value, author.display_name, author.username, author.is_guest
FROM debates_statement s
 LEFT JOIN debates_statement target ON target.id = s.refers_to_id
 LEFT JOIN debates_pseudonym name ON name.topic_id = s.topic_id AND name.user_id = s.author_id
 LEFT JOIN debates_vote mine ON mine.statement_id = s.id AND mine.voter_id = %s
 LEFT JOIN accounts_user author ON author.id = s.author_id
WHERE """  # noqa: S608 - no outside text in it


class Which(NamedTuple):
    """A condition on statements, as SQL on the table `s` with its parameters."""

    condition: str
    params: tuple[Any, ...]


def rows_of(which: Which, user: Actor) -> list[Row]:
    """The statements that `which` holds for, as `user` sees them. One query, whatever their number."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS + which.condition, [user.pk or 0, *which.params])
        rows = [dict(zip(_COLUMNS, values, strict=True)) for values in cursor.fetchall()]
    if connection.vendor == "sqlite":
        for row in rows:  # SQLite keeps moments in UTC without saying so
            row["created"] = row["created"].replace(tzinfo=UTC)
            row["updated"] = row["updated"].replace(tzinfo=UTC)
    return rows


def chosen_by(statements: QuerySet[Statement]) -> Which:
    """The statements of a queryset."""
    sql, params = statements.order_by().values("pk").query.get_compiler(connection=connection).as_sql()
    return Which(f"s.id IN ({sql})", tuple(params))


def among(ids: Iterable[int]) -> Which:
    """The statements with these ids."""
    known = list(ids)
    return Which(f"s.id IN ({', '.join(['%s'] * len(known)) or 'NULL'})", tuple(known))


@dataclass(frozen=True, slots=True)
class Siblings:
    """The place of a statement among those on the same line, in the author's order."""

    number: int
    total: int
    previous: int | None
    next: int | None


def siblings_of(statement: Statement) -> Siblings:
    """Where `statement` stands among its siblings that show. One query."""
    line = Statement.objects.get_queryset().shown().on_line(statement.topic_id, statement.parent_id)
    ids = list(line.in_order().values_list("pk", flat=True))
    if statement.pk not in ids:
        return Siblings(0, len(ids), None, None)
    at = ids.index(statement.pk)
    return Siblings(at + 1, len(ids), ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None)


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment as a reader sees it, with the answers to it."""

    pk: int
    author: str
    author_id: int | None
    kind: str
    text: str
    created: datetime
    replies: tuple[Remark, ...] = ()


def comments_of(statement_id: int, topic: Topic) -> list[Remark]:
    """The comments on a statement, each with its answers. Names as the topic shows them. One query.

    What was said about a line that was taken back goes with its words: its author and the editors alone still see it.
    """
    named = ("author__display_name", "author__username", "author__is_guest")
    about = ("statement__status", "statement__author_id")
    pseudonym = Pseudonym.objects.filter(topic_id=topic.pk, user=OuterRef("author")).values("name")[:1]
    rows = list(
        Comment.objects.filter(statement=statement_id)
        .annotate(pseudonym=Subquery(pseudonym))
        .values("pk", "reply_to", "author_id", "kind", "text", "created", "removed", "pseudonym", *named, *about)
    )
    if rows and rows[0]["statement__status"] in GONE and not topic.standing.may_change(rows[0]["statement__author_id"]):
        return []
    remarks = {row["pk"]: [] for row in rows if row["reply_to"] is None}  # type: dict[int, list[Remark]]
    for row in rows:
        if row["reply_to"] in remarks and not row["removed"]:
            remarks[row["reply_to"]].append(_remark(row, topic, ()))
    tops = [_remark(row, topic, tuple(remarks[row["pk"]])) for row in rows if row["reply_to"] is None]
    return [remark for remark in tops if remark.text or remark.replies]


def _remark(row: Row, topic: Topic, replies: tuple[Remark, ...]) -> Remark:
    text = "" if row["removed"] else row["text"]
    return Remark(row["pk"], author_in(row, topic), row["author_id"], row["kind"], text, row["created"], replies)


def author_in(row: Row, topic: Topic) -> str:
    """The name that readers of `topic` see for a row's author, "" for a former participant."""
    if row["author_id"] is None:
        return ""
    if topic.names_shown == NamesShown.NAMES and not row["author__is_guest"]:
        return str(row["author__display_name"] or row["author__username"])
    return str(row["pseudonym"] or "")
