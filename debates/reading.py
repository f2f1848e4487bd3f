"""An essay with the statements that rest on it: marked passages, notes in the margin, and what is not used yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from debates.drawing.essay import Segment, Span, blocks_of, segments_of, sentences_of, unused_sentences
from debates.models import Essay, Passage, Statement, Status, Topic
from debates.tree import MOST_CLAIMS, nodes_of

if TYPE_CHECKING:
    from debates.drawing.essay import Block
    from debates.models.act import Actor
    from debates.tree import Node

MOST_PASSAGES = 1_000
JUMPS = 8


class Number(NamedTuple):
    """The number behind a passage, and the stance of what rests on it."""

    number: int
    stance: str


class Note(NamedTuple):
    """One statement beside its passage. `again` is the number where it stood first, 0 when it stands here."""

    number: int
    first: bool
    node: Node
    anchor: str
    again: int
    claim: int  # its number among the claims, 0 for an argument


@dataclass(slots=True)
class Piece:
    """Some text of one paragraph. `anchors` are the ids in the page of the passages that begin here."""

    text: str
    marked: bool = False
    stance: str = ""
    anchors: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    unused: int = 0


@dataclass(slots=True)
class Part:
    """A paragraph (level 0) or a heading, with its notes."""

    level: int
    pieces: list[Piece]
    notes: list[Note]


class Bar(NamedTuple):
    """A piece of the coverage strip, in thousandths of the text."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Reading:
    parts: list[Part]
    bars: list[Bar]
    sentences: int
    unused: int  # sentences that nothing rests on
    words: int

    @property
    def used(self) -> int:
        return self.sentences - self.unused

    @property
    def unused_numbers(self) -> range:
        """The numbers of the first few of them, to jump to."""
        return range(1, min(self.unused, JUMPS) + 1)


def read(essay: Essay, topic: Topic, user: Actor) -> Reading:
    """`essay` as `user` may see it. Four queries at most."""
    resting = _resting_on(essay)
    claims = Statement.objects.get_queryset().visible().filter(topic=topic, depth=0).in_order()
    ids = {pk for statements in resting.values() for pk in statements}
    found = nodes_of(Statement.objects.get_queryset().filter(pk__in=ids), topic, user) if ids else []
    nodes = {node.id: node for node in found}
    return _Reader(essay, resting, nodes, list(claims.values_list("pk", flat=True)[:MOST_CLAIMS])).reading()


def _resting_on(essay: Essay) -> dict[Span, list[int]]:
    """The ids of what rests on each passage, for statements that show, in the order of the text."""
    passages = (
        Passage.objects.filter(essay=essay, statement__status=Status.VISIBLE)
        .exclude(statement__parent__status=Status.SUGGESTED)
        .order_by("start", "-end", "statement")
        .values_list("start", "end", "statement")[:MOST_PASSAGES]
    )
    resting: defaultdict[Span, list[int]] = defaultdict(list)
    for start, end, statement in passages:
        if start < len(essay.text) and statement not in resting[Span(start, min(end, len(essay.text)))]:
            resting[Span(start, min(end, len(essay.text)))].append(statement)
    return {span: statements for span, statements in resting.items() if statements}


class _Reader:
    def __init__(self, essay: Essay, resting: dict[Span, list[int]], nodes: dict[int, Node], claims: list[int]) -> None:
        self.text, self.nodes, self.claims = essay.text, nodes, claims
        self.spans = sorted(resting, key=lambda span: (span.start, -span.end))
        self.resting = [resting[span] for span in self.spans]
        self.blocks = [block for block in blocks_of(self.text) if not self._is_title(block, essay.title)]
        sentences = [span for block in self.blocks if not block.level for span in sentences_of(self.text, block)]
        self.sentences, self.unused = len(sentences), unused_sentences(sentences, self.spans)
        self.first: dict[int, int] = {}  # statement -> the passage where it is met first
        for at, statements in enumerate(self.resting):
            for pk in statements:
                self.first.setdefault(pk, at)

    def _is_title(self, block: Block, title: str) -> bool:
        return block.level == 1 and self.text[block.start : block.end].strip() == title.strip()

    def reading(self) -> Reading:
        parts = [Part(block.level, [], []) for block in self.blocks]
        segments = segments_of(self.blocks, self.spans, [place for span in self.unused for place in span])
        last = {span: at for at, segment in enumerate(segments) for span in segment.spans}
        begun: set[int] = set()
        for at, segment in enumerate(segments):
            beginning = [span for span in segment.spans if span not in begun]
            begun.update(beginning)
            ending = [span for span in segment.spans if last[span] == at]
            part = parts[segment.block]
            part.pieces.append(self._piece(segment, beginning, ending))
            part.notes += [note for span in beginning for note in self._notes(span)]
        words = sum(len(self.text[block.start : block.end].split()) for block in self.blocks if not block.level)
        return Reading(parts, self._bars(), self.sentences, len(self.unused), words)

    def _piece(self, segment: Segment, beginning: list[int], ending: list[int]) -> Piece:
        piece = Piece(self.text[segment.start : segment.end], marked=bool(segment.spans))
        if segment.spans:
            narrowest = min(segment.spans, key=lambda span: self.spans[span].end - self.spans[span].start)
            piece.stance = self._stance(narrowest)
        piece.anchors = [self._anchor(pk, span) for span in beginning for pk in self.resting[span]]
        piece.numbers = [Number(span + 1, self._stance(span)) for span in ending]
        if not segment.spans:
            piece.unused = next((at for at, span in enumerate(self.unused, 1) if span.start == segment.start), 0)
        return piece

    def _anchor(self, pk: int, span: int) -> str:
        return f"p-{pk}" if self.first[pk] == span else f"p-{pk}-{span + 1}"

    def _stance(self, span: int) -> str:
        return self.nodes[self.resting[span][0]].stance

    def _notes(self, span: int) -> list[Note]:
        notes = []
        for at, pk in enumerate(self.resting[span]):
            again = 0 if self.first[pk] == span else self.first[pk] + 1
            claim = self.claims.index(pk) + 1 if pk in self.claims else 0
            notes.append(Note(span + 1, at == 0, self.nodes[pk], self._anchor(pk, span), again, claim))
        return notes

    def _bars(self) -> list[Bar]:
        unit = 1000 / max(1, len(self.text))
        bars = [(self._stance(at) or "claim", span) for at, span in enumerate(self.spans)]
        bars += [("unused", span) for span in self.unused]
        return [Bar(kind, round(s.start * unit, 1), round((s.end - s.start) * unit, 1)) for kind, s in bars]
