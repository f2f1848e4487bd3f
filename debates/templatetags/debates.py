"""What the templates of topics may ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from debates.citing.identifiers import doi_in
from debates.citing.names import shown_names
from debates.forms.fields import new_key
from debates.markdown import render_markdown
from debates.models import VOTE_WORDS

if TYPE_CHECKING:
    from django.urls import ResolverMatch
    from django_stubs_ext import StrOrPromise

    from debates.models import Source, Standing, Topic
    from debates.rows import Remark
    from debates.tree import Node

register = template.Library()


@register.filter
def may(standing: Standing, right: str) -> bool:
    """{{ topic.standing|may:"write" }}"""
    return standing.may(right)


@register.simple_tag(name="new_key")
def a_new_key() -> str:
    """{% new_key %} makes a form that is sent twice one thing."""
    return new_key()


class Place(NamedTuple):
    address: str
    is_topic: bool


@register.simple_tag
def place_of(match: ResolverMatch | None) -> Place | None:
    """{% place_of request.resolver_match as place %}: where one reads the line or the topic of a refused request.

    Who is refused may read it: to everyone else it is a 404. Anything else has no such place.
    """
    kwargs, name = (match.kwargs, match.view_name) if match else ({}, "")
    if "slug" in kwargs:
        return Place(reverse("topic", args=[kwargs["slug"]]), is_topic=True)
    if name.startswith("statement"):
        return Place(reverse("statement", args=[kwargs["pk"]]), is_topic=False)
    return None


@register.filter
def markdown(text: str) -> SafeString:
    """{{ topic.background|markdown }}"""
    return render_markdown(text)


@register.filter
def may_change(standing: Standing, node: Node) -> bool:
    """{{ topic.standing|may_change:node }}"""
    return standing.may_change(node.author_id)


@register.filter
def parts(source: Source) -> list[str]:
    """What a source card says after its title, as far as it is known."""
    issue = f"({source.issue})" if source.volume and source.issue else source.issue
    told = (
        shown_names(source.author), source.container, f"{source.volume}{issue}", source.pages, source.edition,
        source.publisher, source.published, source.locator,
    )  # fmt: skip
    return [part for part in told if part]


@register.filter
def address(source: Source) -> str:
    """Where a source is on the web: its address, else that of its DOI; "" where it has neither."""
    doi = "" if source.url else doi_in(source.doi)
    return f"https://doi.org/{quote(doi, safe='/()')}" if doi else source.url


@register.filter
def said(remarks: list[Remark]) -> int:
    """{{ comments|said }}: how many comments there are, with the answers to them."""
    return sum(bool(remark.text) + len(remark.replies) for remark in remarks)


@register.filter
def citation(node: Node, topic: Topic) -> str:
    """A statement as it is cited elsewhere: its words, who said it, and in which topic."""
    return " ".join(part for part in (f"“{node.text}”", f"{node.author},".lstrip(","), f"{topic.title}.") if part)


@register.filter
def similar_address(action: str) -> str:
    """Where a composer asks for what looks alike: beside the arguments it posts to."""
    return action.removesuffix("arguments/") + "similar/"


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five answers: its bar stands on it, `top` and `height` in units of the drawing (64 high)."""

    value: str
    word: StrOrPromise
    mine: bool
    count: int
    top: int
    height: int

    @property
    def label(self) -> int:
        return self.top - 6


@register.filter
def vote_steps(node: Node) -> list[Step]:
    """{% for step in node|vote_steps %}"""
    histogram = node.tally.histogram if node.tally else (0,) * 5
    most = max(*histogram, 1)
    steps = []
    for value, (word, count) in enumerate(zip(VOTE_WORDS, histogram, strict=True)):
        height = 2 + 40 * count // most
        steps.append(Step(str(value), word, node.my_vote == value, count, 64 - height, height))
    return steps
