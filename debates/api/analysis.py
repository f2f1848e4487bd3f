"""What is open in a topic, counted; and what would follow from a reader's own ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.response import Response

from debates.analysis.acceptance import UNDECIDED, acceptance
from debates.analysis.excerpt import excerpt_of
from debates.analysis.scope import scope_of
from debates.analysis.whole import analyse
from debates.api import queries
from debates.api.endpoint import Endpoint
from debates.api.etags import unless_known
from debates.api.problems import Problem, bad_query
from debates.api.schema import IF_NONE_MATCH, flag, number, operation
from debates.api.serializers import analysis as shapes
from debates.permissions import topic_by_pk
from debates.working.coverage import Covered, coverage_of
from debates.working.exploring import NAME, RATING, ratings_in
from debates.working.loading import MOST_STATEMENTS, load

if TYPE_CHECKING:
    from collections.abc import Container

    from rest_framework.request import Request

    from debates.analysis.balance import Balance, Split
    from debates.analysis.whole import Analysis as Found
    from debates.models import Topic
    from debates.working.loading import Loaded

    type Row = dict[str, Any]

BRANCH = number("branch", "The statement to begin with.")
FORMULA = "E = Σ supporting − Σ opposing; h = E² / (1 + E²); start + (1 − start)·h if E > 0, else start − start·h"
RATINGS = OpenApiParameter(
    "rating", {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1}},
    description="How far you accept a line: rating[42]=0.7. The lines to be rated are those with `rated_as`.",
    style="deepObject", explode=True,
)  # fmt: skip


class Analysis(Endpoint):
    group = "Analysis"

    @operation(
        "Count what is open",
        "Open objections, untested and unsupported lines, missing sources, passages that are used twice, sentences"
        " that are not used, and how many arguments stand on each side: for the topic, a branch, or what you wrote"
        " yourself. Counts and ids; no marks. Only what shows is counted, and nothing below what was taken back.",
        gives=shapes.Analysis,
        also=[422],
        asks=[BRANCH, flag("mine", "Your own part: your statements, and the objections to them."), IF_NONE_MATCH],
    )
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "branch", "mine")
        topic = topic_by_pk(request.user, pk)
        branch = queries.whole_number(request, "branch")
        author = self.person().pk if queries.yes_or_no(request, "mine") else None
        return unless_known(request, topic, lambda: analysis_row(topic, branch=branch, author=author))


class Explore(Endpoint):
    group = "Analysis"

    @operation(
        "Explore what follows from ratings",
        "You say how far you accept the leaves of a claim or a branch, and every line above them gets the value that"
        " follows by quadratic energy. Lines that are not rated do not count. It does not measure truth, and nothing"
        " is stored. Without a branch, the first claim; of a large one the first levels.",
        gives=shapes.Explored, also=[422], asks=[BRANCH, RATINGS],
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        queries.allow(request, "branch", *filter(NAME.fullmatch, request.query_params))
        topic = topic_by_pk(request.user, pk)
        branch = queries.whole_number(request, "branch")
        loaded = _load(topic)
        root = _root(loaded, branch) if branch else next(iter(loaded.forest.records), None)
        lines = [] if root is None else _explored(request, loaded, root)
        return Response(
            {
                "topic": topic.pk, "branch": root, "semantics": "quadratic-energy", "formula": FORMULA,
                "start": UNDECIDED, "lines": lines,
            }
        )  # fmt: skip


def _load(topic: Topic) -> Loaded:
    loaded = load(topic, most=MOST_STATEMENTS)
    if loaded is None:
        sentence = _("This topic has more than %(most)d statements, which is too many to count at once.")
        raise Problem(422, sentence % {"most": MOST_STATEMENTS})
    return loaded


def _root(loaded: Loaded, branch: int) -> int:
    root = loaded.root(branch)
    if root is None:
        raise Http404
    return root


def _explored(request: Request, loaded: Loaded, root: int) -> list[Row]:
    excerpt = excerpt_of(loaded.forest, root)
    ratings = _ratings(request, set(excerpt.rated))
    values = acceptance(excerpt, ratings)
    return [
        {
            "statement": line.id, "parent": line.parent or None, "stance": line.stance or None,
            "rated_as": line.rated or None, "rating": ratings.get(line.rated), "value": values.get(line.id),
            "same_as": line.same_as or None, "left_out": line.left_out,
        }
        for line in excerpt.lines
    ]  # fmt: skip


def _ratings(request: Request, rated: Container[int]) -> dict[int, float]:
    """As the page reads them, but what it would pass over is a problem."""
    for name in request.query_params:
        match, given = NAME.fullmatch(name), request.query_params[name]
        if match and int(match[1]) not in rated:
            raise bad_query(name[:60], _("This line is not rated here. Those that are have `rated_as`."))
        if match and not RATING.fullmatch(given):
            raise bad_query(name[:60], _("This must be a number from 0 to 1."))
    return ratings_in(request.query_params)


def analysis_row(topic: Topic, *, branch: int | None, author: int | None) -> Row:
    """The answer: a fixed number of queries, whatever the topic's size."""
    loaded = _load(topic)
    root = _root(loaded, branch) if branch else None
    found = analyse(scope_of(loaded.forest, root=root, author=author), loaded.passages)
    whole = root is None and author is None
    covered = coverage_of(topic, loaded.passages) if whole else Covered()
    about = {"topic": topic.pk, "last_change": topic.last_change, "branch": root, "mine": author is not None}
    return about | _counts(found) | _essays(covered)


def _counts(found: Found) -> Row:
    def sides(pair: Balance | Split) -> Row:
        return pair._asdict()

    return {
        "statements": found.statements, "claims": found.claims, "top": sides(found.top),
        "all_levels": sides(found.all_levels), "depths": found.depths,
        "open_objections": sides(found.open_objections), "reinstated": sides(found.reinstated),
        "answered": found.answered, "untested": found.untested, "unsupported": found.unsupported,
        "unsourced": [{"statement": pk, "below": below} for pk, below in found.unsourced],
        "longest_exchange": found.longest_exchange,
        "repeated_passages": [
            {
                "passage": each.id, "essay": each.essay, "start": each.start, "end": each.end,
                "statements": each.statements,
            }
            for each in found.repeated
        ],
    }  # fmt: skip


def _essays(covered: Covered) -> Row:
    rows = [
        {
            "essay": each.essay, "sentences": each.sentences, "used": each.used,
            "unused": [{"number": one.number, "start": one.start, "end": one.end} for one in each.unused],
        }
        for each in covered.essays
    ]  # fmt: skip
    return {"essays": rows, "essays_left_out": covered.left_out}
