"""The page for the projector: large letters, pseudonyms, one line after the other by keys. No name stands on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from classrooms.fingerprints import presentation_fingerprint
from classrooms.permissions import TEACH, assignment_for
from classrooms.positions import results_of, turnout_of
from classrooms.presenting import ORDERS, POSITIONS, slide_of, steps_of
from classrooms.views.asked import number_in
from classrooms.views.live import live, tag_of
from classrooms.zones import clock_of
from debates.views.fragments import answer

if TYPE_CHECKING:
    from classrooms.models import Assignment, Group

    type Asked = dict[str, str]


@require_safe
def presentation(request: HttpRequest, pk: int) -> HttpResponse:
    """A map as the whole class sees it. The page asks for itself again every two seconds."""
    found = assignment_for(request.user, pk, may=TEACH)
    groups = list(found.groups.exclude(topic=None).select_related("topic"))
    group = next((each for each in groups if str(each.number) == request.GET.get("map")), groups[0] if groups else None)
    asked = _asked(request, group)
    with clock_of(found.classroom):
        tag = tag_of(
            request, request.GET.urlencode(), *presentation_fingerprint(found, group.topic_id if group else None)
        )
        context = {
            "assignment": found,
            "classroom": found.classroom,
            "groups": groups,
            "group": group,
            "tag": tag,
            "topic": None,
        }
        return live(request, tag, lambda: _page(request, found, context | {"asked": asked}))


def _asked(request: HttpRequest, group: Group | None) -> Asked:
    """What the address says, in its plain form."""
    by = request.GET.get("by", "")
    asked = {"map": str(group.number) if group else "", "by": by if by in ORDERS else ORDERS[0]}
    return asked | ({"code": "1"} if request.GET.get("code") == "1" else {})


def _page(request: HttpRequest, found: Assignment, context: dict[str, Any]) -> HttpResponse:
    asked, results, at = context["asked"], results_of(found), _at(request.GET.get("at", ""))
    context |= {
        "results": results, "code": found.classroom.code if "code" in asked else None, "query": urlencode(asked),
        "at": request.GET.get("at", "") if at is not None else "", "orders": ORDERS,
    }  # fmt: skip
    topic = context["group"] and context["group"].topic
    if topic is not None:
        pk, steps = steps_of(topic, at, ends_with_positions=bool(results))
        context |= {"slide": slide_of(topic, pk, order=asked["by"]) if pk else None, "steps": steps, "topic": topic}
    if found.polling:
        context["turnout"] = turnout_of(found)
    return answer(request, "classrooms/presentation.html", "classrooms/_presentation.html", context)


def _at(sent: str) -> int | None:
    """The number of a line, 0 for the positions."""
    return 0 if sent == POSITIONS else number_in(sent)
