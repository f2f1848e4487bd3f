"""A topic taken along: the page of formats, and the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debates.formats.counting import counts_in
from debates.formats.features import losses
from debates.formats.registry import FORMATS, Format
from debates.formats.sections import Taking
from debates.formats.sending import file_of
from debates.formats.taking import take
from debates.models import Refused
from debates.permissions import MANAGE, topic_for
from debates.views.fragments import refusal

if TYPE_CHECKING:
    from debates.formats.features import Loss

CHECKED = {"on", "1", "true", "yes"}
TO_HAND_IN = ("docx", "pdf", "html", "xlsx", "svg", "png")


@dataclass(frozen=True, slots=True)
class Offer:
    """One row of the page: a format, and what of this topic it leaves out."""

    format: Format
    losses: tuple[Loss, ...]

    @property
    def is_for_tools(self) -> bool:
        return not self.format.reads and self.format.name not in TO_HAND_IN


@require_safe
def topic_export(request: HttpRequest, slug: str) -> HttpResponse:
    """Every format, what it is good for, and what of this topic it has no place for."""
    topic = topic_for(request.user, slug)
    counts = counts_in(Taking(topic, request.user))
    offers = [Offer(each, losses(counts, each.keeps)) for each in FORMATS.values() if each.writes]
    groups = [
        ("back", _("To come back with, here or elsewhere"), [offer for offer in offers if offer.format.reads]),
        ("read", _("To read, print and hand in"), [offer for offer in offers if offer.format.name in TO_HAND_IN]),
        ("tools", _("For research and drawing tools"), [offer for offer in offers if offer.is_for_tools]),
    ]
    context = {"topic": topic, "view": "export", "groups": groups, "is_owner": topic.standing.may(MANAGE)}
    return render(request, "debates/export.html", context)


@require_safe
def topic_file(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """The topic as a file. `?history=on` adds the history to JSON, `?votes=people` single votes, for the owner."""
    topic = topic_for(request.user, slug)
    chosen = FORMATS.get(name)
    if chosen is None or not chosen.writes:
        raise Http404
    asked = request.GET
    taking = Taking(
        topic, request.user, ballots=asked.get("votes") == "people", history=asked.get("history") in CHECKED
    )
    try:
        return file_of(take(taking, chosen), chosen)
    except Refused as refused:
        return refusal(request, refused)
