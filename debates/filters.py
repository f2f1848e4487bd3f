"""Lines of a topic that ask for something: answered in SQL, a page at a time, never by reading the whole topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from debates.models import Passage, Source, Statement, Status, Topic
from debates.tree import Node, nodes_of

if TYPE_CHECKING:
    from debates.models.act import Actor
    from debates.models.statement import StatementQuerySet

FOUND_AT_ONCE = 50

# What the reader may ask for, in the order of the tabs.
FILTERS = {
    "unanswered": _("Unanswered"),
    "unsourced": _("Without a source"),
    "mine": _("Mine"),
    "newest": _("Newest"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One line that was asked for, with the line it answers ("" for a claim, None where that was taken back)."""

    node: Node
    above: str | None


@dataclass(frozen=True, slots=True)
class FoundPage:
    lines: list[Found]
    page: int
    more: bool

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1


def lines_matching(show: str, topic: Topic, user: Actor, claim: int | None) -> StatementQuerySet:
    """The lines of `topic`, or below one `claim`, that the filter `show` asks for, in order."""
    # What stands below a suggestion does not show before the suggestion does.
    lines = Statement.objects.get_queryset().filter(topic=topic).exclude(parent__status=Status.SUGGESTED)
    if show == "unanswered":
        return _unanswered(lines.shown().filter(pk__in=_against(topic.pk, claim)))
    if claim is not None:
        lines = lines.filter(pk__in=_below(claim))
    if show == "mine" and not user.pk:
        return lines.none()
    if show == "mine":
        return lines.filter(status__in=[Status.VISIBLE, Status.SUGGESTED], author_id=user.pk or 0).order_by("-pk")
    if show == "unsourced":
        return _unsourced(lines.shown())
    return lines.shown().order_by("-pk")


def _unsourced(lines: StatementQuerySet) -> StatementQuerySet:
    """Arguments that rest neither on a source nor on a passage, nearest to the claim first."""
    sources = Source.objects.filter(statement=OuterRef("pk"))
    passages = Passage.objects.filter(statement=OuterRef("pk"))
    without = lines.filter(depth__gte=1, refers_to=None).exclude(Exists(sources)).exclude(Exists(passages))
    return without.order_by("depth", "position", "pk")


def _below(claim: int) -> RawSQL:
    return RawSQL(
        "WITH RECURSIVE walk(id) AS (SELECT id FROM debates_statement WHERE id = %s UNION ALL"
        " SELECT s.id FROM debates_statement s JOIN walk ON s.parent_id = walk.id) SELECT id FROM walk",
        (claim,),
    )


def _against(topic_id: int, claim: int | None) -> RawSQL:
    """Ids of what speaks against its claim: an odd number of objections on the path."""
    start = "topic_id = %s AND depth = 0" if claim is None else "id = %s"
    return RawSQL(  # noqa: S611 - no outside text in it
        f"WITH RECURSIVE walk(id, odd) AS (SELECT id, 0 FROM debates_statement WHERE {start} AND status = 'visible'"  # noqa: S608
        " UNION ALL SELECT s.id, CASE WHEN s.stance = 'opposes' THEN 1 - walk.odd ELSE walk.odd END"
        " FROM debates_statement s JOIN walk ON s.parent_id = walk.id WHERE s.status = 'visible'"
        ") SELECT id FROM walk WHERE odd = 1",
        (topic_id if claim is None else claim,),
    )


def _unanswered(lines: StatementQuerySet) -> StatementQuerySet:
    """Objections that nothing opposes, nearest to the claim first (see debates.analysis.unanswered)."""
    answers = Statement.objects.get_queryset().shown().opposing().filter(parent=OuterRef("branch"))
    objections = lines.opposing().annotate(branch=Coalesce("refers_to_id", "id"))
    return objections.exclude(Exists(answers)).order_by("depth", "position", "pk")


def found_page(show: str, topic: Topic, user: Actor, *, claim: int | None = None, page: int = 1) -> FoundPage:
    """One page of what `show` asks for, in all of `topic` or below one claim. Four queries."""
    start = (page - 1) * FOUND_AT_ONCE
    lines = lines_matching(show, topic, user, claim)
    ids = list(lines.values_list("pk", flat=True)[start : start + FOUND_AT_ONCE + 1])
    shown = ids[:FOUND_AT_ONCE]
    if not shown:
        return FoundPage([], page, more=False)
    by_id = {node.id: node for node in nodes_of(Statement.objects.get_queryset().filter(pk__in=shown), topic, user)}
    nodes = [by_id[pk] for pk in shown]
    parents = Statement.objects.filter(pk__in=[node.parent_id for node in nodes if node.parent_id])
    above: dict[int | None, str] = dict(parents.filter(status=Status.VISIBLE).values_list("pk", "text"))
    found = [Found(node, "" if node.is_claim else above.get(node.parent_id)) for node in nodes]
    return FoundPage(found, page, len(ids) > FOUND_AT_ONCE)
