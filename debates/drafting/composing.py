"""The outline or draft itself: lines, joined, in sections, with their passages and sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from debates.drafting import words
from debates.drafting.blocks import Block, Kind, Origin, Run
from debates.drafting.choices import Joining, Order
from debates.drafting.citations import Citations
from debates.drafting.points import Point, cut_off, points_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from debates.drafting.choices import Choices
    from debates.models import Source
    from debates.tree import Node

# A paragraph that goes on longer is hard to read; where the text comes back to a line further up, one ends earlier.
MOST_SENTENCES = 6
SENTENCES_TO_TURN = 3


class Quoted(NamedTuple):
    """A passage that a line rests on, and where it stands, in words."""

    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Material:
    """What a text can be made of. Sources and passages stand under the statement that bears them: a link's target."""

    claims: Sequence[Node]
    sources: Mapping[int, Sequence[Source]] = field(default_factory=dict)
    passages: Mapping[int, Sequence[Quoted]] = field(default_factory=dict)
    language: str = "en"


class Section(NamedTuple):
    title: str
    points: Sequence[Point]


def compose(material: Material, choices: Choices) -> list[Block]:
    """The text of `choices` in the language that is active. Every chosen line is in it once; [] without a claim.

    A conclusion is a heading with nothing below it: it is for the person to write.
    """
    points = points_of(material.claims, choices)
    if not points:
        return []
    writing = _Writing(material, choices, points)
    writing.introduce(points)
    for claim in points:
        writing.claim(claim, level=2 if len(points) == 1 else 3)
    writing.heading(_("Conclusion"), 2)
    writing.refer()
    return writing.blocks


def sections_of(claim: Point, order: str) -> list[Section]:
    """The parts of a text about `claim`; what has nothing in it is none."""
    supporting, opposing = claim.sided("supports"), claim.sided("opposes")
    if order == Order.SIDES:
        weighed = cut_off([*supporting, *opposing])
        sections = [
            Section(_("For the claim"), supporting),
            Section(_("Against the claim"), opposing),
            Section(_("Weighing"), weighed),
        ]
    else:
        sections = [Section(_("Reasons"), supporting), Section(_("Objections and replies"), opposing)]
    return [section for section in sections if section.points]


class _Writing:
    """A text while it is being put together."""

    def __init__(self, material: Material, choices: Choices, points: Sequence[Point]) -> None:
        self.material, self.choices = material, choices
        self.blocks: list[Block] = []
        written = [point.node for point in walk(points)]
        self.elsewhere = _repeated(written)
        bearers = {node.branch_id for node in written}
        sources = {pk: found for pk, found in material.sources.items() if pk in bearers}
        self.citations = Citations(sources, choices.style, material.language)
        self.paragraph: list[tuple[Run, ...]] = []
        self.last: Point | None = None

    # -- parts ---------------------------------------------------------------------------------------------------------

    def heading(self, title: str, level: int) -> None:
        self.end_paragraph()
        self.blocks.append(Block(Kind.HEADING, (Run(title, Origin.JOINING),), level))

    def introduce(self, claims: Sequence[Point]) -> None:
        """The claims, each a paragraph of its own."""
        self.heading(_("Introduction"), 2)
        for at, claim in enumerate(claims):
            self.say(claim, words.another_claim() if at else "")
            self.end_paragraph()

    def claim(self, claim: Point, *, level: int) -> None:
        if level > 2:
            title = words.about_claim() % {"line": words.shortened(claim.text)}
            self.end_paragraph()
            self.blocks.append(Block(Kind.HEADING, (Run(title, Origin.POINTER, claim.node.id),), level - 1))
        for section in sections_of(claim, self.choices.order):
            self.heading(section.title, level)
            if self.choices.joining == Joining.NUMBERED:
                self.number(section, claim)
            else:
                self.tell(section, claim)

    def refer(self) -> None:
        """The reference list, where there is anything to list."""
        if not self.choices.references or not self.citations.entries:
            return
        self.heading(self.citations.style.heading, 2)
        for entry in self.citations.entries:
            self.blocks.append(Block(Kind.REFERENCE, (Run(entry.text, Origin.CITATION, markdown=entry.markdown),)))

    # -- prose ---------------------------------------------------------------------------------------------------------

    def tell(self, section: Section, claim: Point) -> None:
        """The branches of a section one after the other, each from the top down."""
        self.last = None
        seen: set[str] = set()
        for point in walk(section.points):
            top = point.above is claim
            turns = point.above is not self.last and len(self.paragraph) >= SENTENCES_TO_TURN
            if (top and not point.joined) or turns or len(self.paragraph) >= MOST_SENTENCES:
                self.end_paragraph()
            before = words.beginning(point.stance, first=point.stance not in seen) if top else self.turning(point)
            if top:
                seen.add(point.stance)
            self.say(point, self.together(point) or before)
        self.end_paragraph()

    def turning(self, point: Point) -> str:
        """What leads from the last sentence to `point`, whose parent may stand further up."""
        assert point.above is not None  # noqa: S101 - claims are introduced otherwise
        if point.above is self.last:
            return words.following(point.stance, point.above.stance)
        return words.returning(point.stance, point.above.stance) % {"line": words.shortened(point.above.text)}

    def together(self, point: Point) -> str:
        """What joins `point` to the line that makes one reason with it, "" where there is none."""
        if point.joined is None:
            return ""
        if point.joined is self.last:
            return words.together()
        return words.together_with() % {"line": words.shortened(point.joined.text)}

    def say(self, point: Point, before: str) -> None:
        """One more sentence of the paragraph; a passage ends it."""
        self.paragraph.append(self.sentence(point, before))
        self.last = point
        for quotation in self.quotations(point):
            self.end_paragraph()
            self.blocks.append(quotation)

    def end_paragraph(self) -> None:
        if self.paragraph:
            gap = (Run(" ", Origin.JOINING),)
            runs = [run for at, sentence in enumerate(self.paragraph) for run in (gap if at else ()) + sentence]
            self.blocks.append(Block(Kind.PARAGRAPH, tuple(runs)))
        self.paragraph = []

    # -- a numbered list -----------------------------------------------------------------------------------------------

    def number(self, section: Section, claim: Point) -> None:
        """The branches of a section as lists within lists."""
        self.last = None
        levels: dict[Point, int] = {}
        for point in walk(section.points):
            above = levels.get(point.above, 0) if point.above else 0
            levels[point] = above + 1
            self.last = point.above if above else None
            before = "" if point.above is claim else self.turning(point)
            self.last = point.joined or self.last
            runs = self.sentence(point, self.together(point) or before)
            self.blocks.append(Block(Kind.ITEM, runs, above + 1, point.node.id))
            self.blocks += self.quotations(point, level=above + 1)

    # -- a line --------------------------------------------------------------------------------------------------------

    def sentence(self, point: Point, before: str) -> tuple[Run, ...]:
        """A line with what stands before it, its citation and its full stop."""
        lead = (Run(f"{before} ", Origin.POINTER if "“" in before else Origin.JOINING),) if before else ()
        if point.node.id in self.elsewhere:
            again = words.elsewhere() % {"line": words.shortened(point.text)}
            return (*lead, Run(again, Origin.POINTER, point.node.id))
        return (*lead, *sentence_of(point.node, self.citations.of(point.node.branch_id)))

    def quotations(self, point: Point, *, level: int = 0) -> list[Block]:
        """The passages that a line rests on, as blocks; for an item, at its level."""
        node = point.node
        if not self.choices.quotations or node.id in self.elsewhere:
            return []
        return [
            Block(Kind.QUOTATION, _quotation(quoted, node.id), level, node.id)
            for quoted in self.material.passages.get(node.branch_id, ())
        ]


def _repeated(written: Sequence[Node]) -> set[int]:
    """The links that only point: to a line with its own place in the text, or to one that another link stands for."""
    standing = {node.id for node in written if not node.is_link}
    pointing: set[int] = set()
    for node in written:
        if node.is_link:
            if node.branch_id in standing:
                pointing.add(node.id)
            standing.add(node.branch_id)
    return pointing


def sentence_of(node: Node, citation: Run | None) -> tuple[Run, ...]:
    """The words of `node` as a sentence, with its citation before the full stop."""
    said, stop = words.ending_of(node.text, cited=citation is not None)
    runs = [Run(said, Origin.LINE, node.id)]
    if citation is not None:
        runs += [Run(" ", Origin.JOINING), citation]
    return (*runs, Run(stop, Origin.JOINING)) if stop else tuple(runs)


def _quotation(quoted: Quoted, statement: int) -> tuple[Run, ...]:
    """The passage, and in brackets where it stands."""
    begin, end = Run(" (", Origin.JOINING), Run(")", Origin.JOINING)
    return Run(quoted.words, Origin.PASSAGE, statement), begin, Run(quoted.place, Origin.PASSAGE, statement), end


def statements_in(blocks: Iterable[Block]) -> set[int]:
    """The ids of the lines whose words stand in `blocks`."""
    return {run.statement for block in blocks for run in block.runs if run.origin == Origin.LINE}
