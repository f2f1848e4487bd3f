"""The map: a server-drawn tree of one claim or one branch, as a page and as a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debates.branches import LINES_AT_ONCE, first_lines, side_of, steps_below
from debates.drawing.map import draw
from debates.models import Statement, Topic
from debates.permissions import statement_for, topic_for
from debates.tree import Node, assemble, claims_of, node_of, nodes_of, path_to
from debates.views.fragments import answer, see_other
from debates.views.outline import LEVELS, chosen_claim
from debates.views.topic import statements_root

if TYPE_CHECKING:
    from debates.models.act import Actor

DEFAULT_LEVELS = "2"
MOST_CHOSEN = 60  # branches opened or shut by hand, in one address
PER_PARENT = 40


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses in a map: of statements, and of the same map with one branch opened or shut."""

    statements: str
    base: dict[str, str]
    opened: frozenset[int]
    closed: frozenset[int]
    full: bool = False

    def opening(self, node: Node) -> str:
        """The map with this branch open, or a map of its own when this one holds no more."""
        if self.full:
            return f"{self.statements}{node.id}/map/"
        return self._with(self.opened | {node.id}, self.closed - {node.id})

    def closing(self, node: Node) -> str:
        return self._with(self.opened - {node.id}, self.closed | {node.id})

    def rest(self, node: Node) -> str:
        return f"{self.statements}{node.id}/branch/"

    def here(self) -> str:
        return self._with(self.opened, self.closed)

    def _with(self, opened: frozenset[int], closed: frozenset[int]) -> str:
        chosen = [("open", pk) for pk in sorted(opened)] + [("close", pk) for pk in sorted(closed)]
        return "?" + urlencode([*self.base.items(), *chosen])


@require_safe
def topic_map(request: HttpRequest, slug: str) -> HttpResponse:
    """The map of one claim, the first unless `?claim=` names another."""
    topic = topic_for(request.user, slug)
    claims = claims_of(topic, request.user)
    context: dict[str, Any] = {"topic": topic, "view": "map", "claims": claims}
    if claims or "claim" in request.GET:
        claim = chosen_claim(request, claims)
        file = reverse("topic-map-svg", args=[slug])
        context |= {"claim": claim, "number": claims.index(claim) + 1} | _drawn(request, topic, claim, file)
    return answer(request, "debates/map.html", "debates/_map_answer.html", context)


@require_safe
def statement_map(request: HttpRequest, pk: int) -> HttpResponse:
    """The map of what stands below one statement."""
    root = statement_for(request.user, pk)
    if root.refers_to_id:
        return see_other(reverse("statement-map", args=[root.refers_to_id]))
    *above, node = path_to(root, request.user)
    file = reverse("topic-map-svg", args=[root.topic.slug])
    context = {"topic": root.topic, "view": "map", "above": above, "side": side_of(root)}
    context |= _drawn(request, root.topic, node, file)
    return answer(request, "debates/map.html", "debates/_map_answer.html", context)


@require_safe
def topic_map_svg(request: HttpRequest, slug: str) -> HttpResponse:
    """The same drawing as a file of its own, of a claim or (`?root=`) of a branch."""
    topic = topic_for(request.user, slug)
    root = next(iter(_chosen(request, "root")), None)
    if root is None:
        top = chosen_claim(request, claims_of(topic, request.user))
    else:
        top = node_of(_statement_in(topic, request.user, root), request.user)
    context = {"topic": topic} | _drawn(request, topic, top, "")
    response = render(request, "debates/map_file.svg", context, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="map-{top.id}.svg"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _statement_in(topic: Topic, user: Actor, pk: int) -> Statement:
    statement = statement_for(user, pk)
    if statement.topic_id != topic.pk:
        raise Http404
    return statement


def _drawn(request: HttpRequest, topic: Topic, root: Node, file: str) -> dict[str, Any]:
    """The drawing that the address asks for, with all that its templates need. Three queries."""
    levels = request.GET.get("levels", "")
    levels = levels if levels in LEVELS else DEFAULT_LEVELS
    opened, closed = _chosen(request, "open"), _chosen(request, "close")
    steps = steps_below([root.id], levels=LEVELS[levels], opened=opened, closed=closed)
    ids = first_lines(steps, LINES_AT_ONCE - 1, PER_PARENT)
    below = nodes_of(Statement.objects.get_queryset().filter(pk__in=ids), topic, request.user) if ids else []
    top = next(iter(assemble([root, *below])), root)
    bearing = frozenset(step.id for step in steps if step.bears)
    named = "claim" if root.is_claim else "root"
    links = Links(statements_root(), {"levels": levels}, opened, closed, full=len(ids) >= LINES_AT_ONCE - 1)
    here = replace(links, base={named: root.pk, "levels": levels})
    if root.is_claim:
        links = here
    return {
        "top": top, "drawing": draw(top, bearing=bearing, gone=_("Taken back")), "links": links, "bearing": bearing,
        "levels": levels, "all_levels": list(LEVELS), "full": links.full, "svg_href": file + here.here(),
        "statements": links.statements,
    }  # fmt: skip


def _chosen(request: HttpRequest, name: str) -> frozenset[int]:
    """The ids that the address lists under `name`; what is no id is passed over."""
    ids = [int(value) for value in request.GET.getlist(name) if value.isascii() and value.isdigit() and len(value) < 19]
    return frozenset(ids[-MOST_CHOSEN:])
