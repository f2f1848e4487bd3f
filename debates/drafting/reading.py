"""What a text can be made of: the lines of a topic that the reader sees, with their sources and passages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from debates.branches import steps_below
from debates.drafting.choices import MOST_ARGUMENTS
from debates.drafting.composing import Material, Quoted
from debates.essays.segmenting import blocks_of
from debates.models import Essay, Passage, Refused, Source, Statement
from debates.tree import assemble, claims_of, flatten, nodes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from debates.drafting.choices import Choices
    from debates.models import Topic
    from debates.models.act import Actor
    from debates.tree import Node

MOST_PASSAGES = 1_000


def material_for(topic: Topic, user: Actor, choices: Choices, *, claims: Sequence[Node] | None = None) -> Material:
    """What `user` may see of `topic` and `choices` may need; `claims` are those of the topic, where they are known.

    Eight queries at most. Raises Refused where that is more than MOST_ARGUMENTS lines.
    """
    known = claims_of(topic, user) if claims is None else claims
    chosen = [claim for claim in known if not choices.claims or claim.id in choices.claims]
    ids = _below([claim.id for claim in chosen], choices.depth)
    found = nodes_of(Statement.objects.get_queryset().filter(pk__in=ids), topic, user) if ids else []
    forest = assemble([*chosen, *found])
    bearers = {node.branch_id for node in flatten(forest) if not node.gone}
    return Material(forest, _sources(bearers), _passages(bearers) if choices.quotations else {}, topic.language)


def _below(claims: list[int], depth: int) -> list[int]:
    """The ids of all that stands at most `depth` levels below `claims`."""
    steps = steps_below(claims, levels=depth)
    if len(steps) - len(claims) > MOST_ARGUMENTS:
        raise Refused(
            _("That is more than %(most)s arguments, too many for one text. Choose one claim, or fewer levels.")
            % {"most": MOST_ARGUMENTS},
            field="depth",
        )
    return [step.id for step in steps if step.level]


def _sources(statements: Collection[int]) -> dict[int, list[Source]]:
    found: defaultdict[int, list[Source]] = defaultdict(list)
    for source in Source.objects.filter(statement__in=statements).order_by("pk"):
        found[source.statement_id].append(source)
    return dict(found)


def _passages(statements: Collection[int]) -> dict[int, list[Quoted]]:
    columns = ("statement_id", "essay_id", "start", "quote")
    placed = Passage.objects.placed().filter(statement__in=statements).order_by("start", "pk")
    rows = list(placed.values_list(*columns)[:MOST_PASSAGES])
    texts = {essay.pk: _Text(essay) for essay in Essay.objects.filter(pk__in={row[1] for row in rows})} if rows else {}
    found: defaultdict[int, list[Quoted]] = defaultdict(list)
    for statement, essay, start, quote in rows:
        found[statement].append(Quoted(quote, texts[essay].place(start)))
    return dict(found)


class _Text:
    """Where words stand in an essay, as one tells a reader who has another edition of it."""

    def __init__(self, essay: Essay) -> None:
        self.essay = essay
        self.blocks = blocks_of(essay.text)

    def place(self, start: int) -> str:
        """“Ann Author, A Title, “Heading”, paragraph 3”."""
        before = [block for block in self.blocks if block.start <= start]
        headings = [block for block in before if block.level]
        parts = [self.essay.author, self.essay.title]
        if headings and self._heading(headings[-1].start, headings[-1].end) != self.essay.title:
            parts.append(f"“{self._heading(headings[-1].start, headings[-1].end)}”")
        parts.append(_("paragraph %(number)s") % {"number": max(1, len(before) - len(headings))})
        return ", ".join(part for part in parts if part)

    def _heading(self, start: int, end: int) -> str:
        return self.essay.text[start:end].strip()


def lines_of(material: Material) -> list[Node]:
    """Every line of `material` that shows, in reading order."""
    return [node for node in flatten(material.claims) if not node.gone]
