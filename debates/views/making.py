"""The box in which chosen words of an essay become a line: what it shows, and the lines that it offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q
from django.http import QueryDict

from debates.essays.hints import hints_on
from debates.essays.layout import Layout
from debates.forms.fields import new_key
from debates.forms.selection import ATTACH, CHECK, CLAIM, KINDS, NOTES, SHOWN, SelectionForm
from debates.models import Passage, Stance, Statement, Status
from debates.permissions import EDIT, WRITE
from debates.search import statements_matching
from debates.similar import similar_to
from debates.views.composing import joining_word

if TYPE_CHECKING:
    from debates.essays.hints import Hints
    from debates.essays.segmenting import Span
    from debates.models import Essay, Topic

NEAREST = 6
CLAIMS_OFFERED = 10
FOUND = 20


class Line(NamedTuple):
    """A line that may be chosen. `own`: the reader may rest it on a passage."""

    pk: int
    text: str
    stance: str
    own: bool


@dataclass(frozen=True)
class Making:
    """One open box."""

    form: SelectionForm
    essay: Essay
    version: int  # of the text that the reader's page shows
    span: Span | None
    words: str
    sentences: tuple[int, int]
    block: int  # the paragraph below which it stands
    kind: str
    kinds: list[tuple[str, Any]]
    lines: list[Line]
    parent: Line | None
    query: str
    hints: Hints | None
    alike: list[Statement]
    key: str
    suggests: bool
    edits: bool

    @property
    def word(self) -> str:
        return joining_word(self.kind) if self.kind in Stance.values else ""

    @property
    def text(self) -> str:
        return str(self.form.of("text") or self.form.data.get("text", ""))

    @property
    def show(self) -> str:
        asked = str(self.form.of("show") or "")
        return asked if asked in dict(SHOWN) else NOTES

    @property
    def close(self) -> str:
        return f"{essay_address(self.essay, self.show)}#part-{self.block}"

    @property
    def draft_key(self) -> str:
        return f"essay-{self.essay.pk}-{self.span.start}-{self.span.end}" if self.span else f"essay-{self.essay.pk}"


def making_for(essay: Essay, form: SelectionForm, *, offers: bool = True) -> Making:
    """The box for what `form` says so far. `offers`: with lines to choose from."""
    form.is_valid()
    topic, span, layout = essay.topic, form.span, form.layout
    parent, query = form.of("parent"), form.of("q") or ""
    lines = lines_for(essay, span, query=query, chosen=parent) if offers else []
    words = layout.text[span.start : span.end] if span else str(form.data.get("words", ""))
    typed = form.of("text") or ""
    checked = form.asks == CHECK or (form.makes and bool(form.errors))
    return Making(
        form=form, essay=essay, version=form.of("version") or essay.version, span=span, words=words,
        sentences=layout.numbers_of(span) if span else (0, 0), block=layout.block_of(span.end - 1) if span else 0,
        kind=form.of("kind") or CLAIM, kinds=kinds_for(topic), lines=lines,
        parent=next((line for line in lines if line.pk == parent), None), query=query,
        hints=hints_on(typed, words, topic.language) if typed and checked else None,
        alike=similar_to(typed, topic) if typed and checked else [],
        key=form.data.get("key") or new_key(), suggests=not topic.standing.may(WRITE), edits=topic.standing.may(EDIT),
    )  # fmt: skip


def blank_box(essay: Essay) -> Making:
    """The box before any words are chosen, for scripts to fill in. It costs no query."""
    layout = Layout(essay.text, [], essay.topic.language)
    return making_for(essay, SelectionForm(QueryDict(), layout, makes=False), offers=False)


def essay_address(essay: Essay, show: str) -> str:
    """The page of an essay, with the same beside it."""
    return essay.get_absolute_url() + (f"&show={show}" if show not in ("", NOTES) else "")


def kinds_for(topic: Topic) -> list[tuple[str, Any]]:
    """What the reader can make: only who may change a line can rest it on something."""
    attaches = topic.standing.may(EDIT) or (topic.standing.user_id is not None and topic.standing.may(WRITE))
    return [kind for kind in KINDS if attaches or kind[0] != ATTACH]


# -- lines to choose from ------------------------------------------------------------------------------------------


def lines_for(essay: Essay, span: Span | None, *, query: str = "", chosen: int | None = None) -> list[Line]:
    """Lines that a new one can stand under: the chosen one, those that rest on passages near by, then the claims; or
    what matches `query`. Two queries."""
    topic = essay.topic
    offered = Statement.objects.get_queryset().filter(topic=topic, status=Status.VISIBLE, refers_to=None)
    if query.strip():
        matching = statements_matching(query).filter(topic=topic, refers_to=None)
        order, which = list(matching.values_list("pk", flat=True)[:FOUND]), Q(pk__in=[chosen or 0])
    else:
        order, which = _nearest(essay, span), Q(pk__in=[chosen or 0]) | Q(depth=0)
    found = offered.filter(Q(pk__in=order) | which).only("text", "stance", "depth", "author")
    known = {line.pk: line for line in found.order_by("depth", "position", "pk")[: CLAIMS_OFFERED + FOUND]}
    claims = [pk for pk, line in known.items() if not line.depth][:CLAIMS_OFFERED]
    return [
        Line(pk, known[pk].text, known[pk].stance, topic.standing.may_change(known[pk].author_id))
        for pk in dict.fromkeys([chosen, *order, *claims]) if pk in known
    ]  # fmt: skip


def _nearest(essay: Essay, span: Span | None) -> list[int]:
    """The statements that rest on the passages nearest to `span`, the nearest first."""
    if span is None:
        return []
    passages = Passage.objects.filter(
        essay=essay, lost=False, statement__status=Status.VISIBLE, statement__refers_to=None
    ).values_list("start", "end", "statement")
    by_distance = sorted(passages, key=lambda row: (max(row[0] - span.end, span.start - row[1], 0), row))
    return list(dict.fromkeys(statement for _start, _end, statement in by_distance))[:NEAREST]
