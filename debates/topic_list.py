"""The list of topics as one reader sees it: which, in what order, and the few facts that each line shows.

A page of the list costs the same number of queries whatever stands on it, and each of them is bounded.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet, Window
from django.db.models.functions import Lower, RowNumber

from debates.models import Claim, Essay, Pseudonym, Stance, Statement, Status, Topic, Visibility
from debates.search import statements_matching
from debates.suggestions import only_suggesting
from debates.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models.expressions import Combinable

    from debates.models.act import Actor

CLAIMS_SHOWN = 3
LINES_SHOWN = 20
# Above this many reasons right under the claims of one page, the list does not count them.
MOST_COUNTED = 5_000
QUERY_LENGTH = 200

SHOWS = ("all", "mine", "public")
SORTS: dict[str, tuple[str | Combinable, ...]] = {
    "changed": ("-changed_at", "-pk"),
    "newest": ("-created", "-pk"),
    "title": (Lower("title"), "pk"),
}


@dataclass(frozen=True)
class Choice:
    """What a reader asked the list for. What it does not know is the usual."""

    query: str = ""
    show: str = "all"
    sort: str = "changed"

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> Choice:
        show, sort = fields.get("show", ""), fields.get("sort", "")
        return cls(
            query=fields.get("q", "").strip()[:QUERY_LENGTH],
            show=show if show in SHOWS else "all",
            sort=sort if sort in SORTS else "changed",
        )

    def readable(self, user: Actor) -> QuerySet[Topic]:
        """The topics among which to look."""
        topics = Topic.objects.visible_to(user)
        if self.show == "mine":
            return topics.of(user)
        return topics.filter(visibility=Visibility.PUBLIC) if self.show == "public" else topics

    def topics(self, user: Actor) -> QuerySet[Topic]:
        topics = self.readable(user)
        if self.query:
            # A query without a single word ("???") finds nothing, not everything.
            topics = topics.matching(self.query) if fold(self.query) else topics.none()  # type: ignore[attr-defined]
        return topics.order_by(*SORTS[self.sort])

    def lines(self, user: Actor, *, before: int | None = None) -> list[Statement]:
        """Statements that match, newest first, one more than are shown; `before` an id, to go on from there."""
        if not self.query:
            return []
        found = statements_matching(self.query).filter(topic__in=self.readable(user).values("pk"))
        if before is not None:
            found = found.filter(pk__lt=before)
        return list(found.select_related("topic")[: LINES_SHOWN + 1])


@dataclass(frozen=True, slots=True)
class Entry:
    """One topic of the list. The counts are None where counting would cost too much."""

    topic: Topic
    claims: tuple[tuple[str, str], ...]  # (id, text) of the first few
    claim_count: int
    supporting: int | None
    opposing: int | None
    people: int
    has_essay: bool


def entries_of(topics: Sequence[Topic]) -> list[Entry]:
    """`topics` with what the list shows of each. Four queries."""
    ids = [topic.pk for topic in topics]
    claims = _first_claims(ids)
    reasons = _reasons(ids)
    people = Counter(dict(_people(ids)))
    essays = set(Essay.objects.filter(topic__in=ids).values_list("topic_id", flat=True))
    return [
        Entry(
            topic=topic,
            claims=tuple((str(pk), text) for pk, text, _total in claims.get(topic.pk, ())),
            claim_count=claims[topic.pk][0][2] if topic.pk in claims else 0,
            supporting=None if reasons is None else reasons[topic.pk, Stance.SUPPORTS],
            opposing=None if reasons is None else reasons[topic.pk, Stance.OPPOSES],
            people=people[topic.pk],
            has_essay=topic.pk in essays,
        )
        for topic in topics
    ]


def _first_claims(topics: list[int]) -> dict[int, list[tuple[int, str, int]]]:
    """(id, text, how many there are) of the first claims of each topic."""
    nth = Window(RowNumber(), partition_by="topic", order_by=["position", "pk"])
    claims = Claim.objects.filter(topic__in=topics, depth=0, status=Status.VISIBLE).annotate(
        nth=nth, total=Window(Count("pk"), partition_by="topic")
    )
    rows = claims.filter(nth__lte=CLAIMS_SHOWN).order_by("topic", "nth").values_list("topic_id", "pk", "text", "total")
    found: dict[int, list[tuple[int, str, int]]] = {}
    for topic, pk, text, total in rows:
        found.setdefault(topic, []).append((pk, text, total))
    return found


def _reasons(topics: list[int]) -> Counter[tuple[int, str]] | None:
    """How many arguments stand right under the claims, by topic and stance; None when too many to count here."""
    reasons = Statement.objects.get_queryset().shown().order_by()
    reasons = reasons.filter(topic__in=topics, depth=1, parent__status=Status.VISIBLE)
    rows = list(reasons.values_list("topic_id", "stance")[: MOST_COUNTED + 1])
    return Counter(rows) if len(rows) <= MOST_COUNTED else None


def _people(topics: list[int]) -> QuerySet[Pseudonym, tuple[int, int]]:
    """How many people have a name in each topic: everyone who ever wrote what shows in it, or joined."""
    known = Pseudonym.objects.filter(topic__in=topics).exclude(pk__in=only_suggesting(topics))
    named = known.order_by().values("topic_id")
    return named.annotate(people=Count("pk")).values_list("topic_id", "people")
