"""An essay with the statements that rest on it: marked passages, notes in the margin, and what is not used yet."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from debates.essays.layout import lay_out
from debates.essays.segmenting import Span, segments_of, unused_sentences
from debates.models import Passage, Statement, Status
from debates.tree import MOST_CLAIMS, nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debates.essays.layout import Layout
    from debates.essays.segmenting import Segment
    from debates.models import Essay
    from debates.models.act import Actor
    from debates.tree import Node

MOST_PASSAGES = 1_000
MOST_LOST = 100


class Number(NamedTuple):
    """The number behind a passage, the key of its note, and the stance of what rests on it."""

    number: int
    key: int
    stance: str


class Note(NamedTuple):
    """One statement beside its passage.

    `key` names the passage in the page whatever is added before it: the id of the first that rests on it.
    """

    number: int
    key: int
    first: bool
    node: Node
    anchor: str
    again: Number | None  # where the statement stood first, None when it stands here
    claim: int  # its number among the claims, 0 for an argument


@dataclass(slots=True)
class Piece:
    """Some text of one paragraph. `anchors` are the ids in the page of the passages that begin here."""

    text: str
    stance: str = ""  # of the narrowest passage
    also: str = ""  # the stance of another one, where they differ
    keys: list[int] = field(default_factory=list)  # of the notes of the passages that cover it
    overlap: int = 0  # how many they are, told once where the same ones overlap
    anchors: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    sentence: int = 0  # the number of the one that begins here
    unused: bool = False
    chosen: bool = False


@dataclass(slots=True)
class Part:
    """A paragraph (level 0) or a heading, with its notes and the sentences in it that nothing rests on."""

    number: int
    level: int
    start: int
    pieces: list[Piece] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unused: list[int] = field(default_factory=list)

    def bears(self, statement: int) -> bool:
        return any(note.node.id == statement for note in self.notes)


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
    unused: list[int]  # the numbers of the sentences that nothing rests on
    words: int

    @property
    def used(self) -> int:
        return self.sentences - len(self.unused)

    def notes(self) -> dict[int, list[Note]]:
        """Where each statement stands in the text, by its id."""
        found: defaultdict[int, list[Note]] = defaultdict(list)
        for part in self.parts:
            for note in part.notes:
                found[note.node.id].append(note)
        return found

    def changed(self, span: Span, statement: int) -> list[Part]:
        """The parts that look otherwise since `statement` rests on `span`."""
        ends = [part.start for part in self.parts[1:]]
        return [
            part for at, part in enumerate(self.parts)
            if (part.start < span.end and (at == len(ends) or span.start < ends[at])) or part.bears(statement)
        ]  # fmt: skip


def read(essay: Essay, user: Actor, *, layout: Layout | None = None, chosen: Span | None = None) -> Reading:
    """`essay` as `user` may see it, with the `chosen` words marked. Three queries."""
    resting, topic = _resting_on(essay), essay.topic
    claims = Statement.objects.get_queryset().visible().filter(topic=topic, depth=0).in_order()
    ids = {pk for statements in resting.values() for pk in statements}
    lines = Statement.objects.get_queryset().filter(pk__in=ids)
    nodes = {node.id: node for node in nodes_of(lines, topic, user, tallied=False)} if ids else {}
    numbers = {pk: at for at, pk in enumerate(claims.values_list("pk", flat=True)[:MOST_CLAIMS], 1)}
    return _Reader(layout or lay_out(essay), resting, nodes, numbers).reading(chosen)


def _resting_on(essay: Essay) -> dict[Span, dict[int, int]]:
    """What rests on each passage, for statements that show, in the order of the text: statement -> its passage."""
    passages = (
        Passage.objects.filter(essay=essay, lost=False, statement__status=Status.VISIBLE)
        .exclude(statement__parent__status=Status.SUGGESTED)
        .order_by("start", "-end", "statement")
        .values_list("pk", "start", "end", "statement")[:MOST_PASSAGES]
    )
    resting: defaultdict[Span, dict[int, int]] = defaultdict(dict)
    for pk, start, end, statement in passages:
        if start < len(essay.text):
            resting[Span(start, min(end, len(essay.text)))].setdefault(statement, pk)
    return resting


def lost_passages(essay: Essay) -> list[Passage]:
    """Passages that were not found again when the text was edited, with their statements. One query."""
    lost = Passage.objects.filter(essay=essay, lost=True, statement__status=Status.VISIBLE)
    return list(lost.select_related("statement").order_by("start", "pk")[:MOST_LOST])


class _Reader:
    def __init__(
        self, layout: Layout, resting: dict[Span, dict[int, int]], nodes: dict[int, Node], claims: dict[int, int]
    ) -> None:
        self.layout, self.text, self.nodes, self.claims = layout, layout.text, nodes, claims
        self.spans = sorted(resting, key=lambda span: (span.start, -span.end))
        self.resting = [list(resting[span]) for span in self.spans]
        self.keys = [next(iter(resting[span].values())) for span in self.spans]
        self.stances = [nodes[statements[0]].stance for statements in self.resting]
        self.starts = [span.start for span in layout.sentences]
        self.unused = {bisect_right(self.starts, span.start) for span in unused_sentences(layout.sentences, self.spans)}
        self.first: dict[int, int] = {}  # statement -> the passage where it is met first
        for at, statements in enumerate(self.resting):
            for pk in statements:
                self.first.setdefault(pk, at)

    def reading(self, chosen: Span | None) -> Reading:
        parts = [Part(at, block.level, block.start) for at, block in enumerate(self.layout.blocks)]
        cuts = [place for span in self.layout.sentences for place in span] + list(chosen or ())
        segments = segments_of(self.layout.blocks, self.spans, cuts)
        last = {span: at for at, segment in enumerate(segments) for span in segment.spans}
        begun: set[int] = set()
        for at, segment in enumerate(segments):
            beginning = [span for span in segment.spans if span not in begun]
            begun.update(beginning)
            part, piece = parts[segment.block], self._piece(segment, chosen)
            part.pieces.append(piece)
            piece.anchors = [self._anchor(pk, span) for span in beginning for pk in self.resting[span]]
            piece.numbers = [self._number(span) for span in segment.spans if last[span] == at]
            part.notes += [note for span in beginning for note in self._notes(span)]
            following = segments[at + 1] if at + 1 < len(segments) else None
            if len(segment.spans) > 1 and (following is None or not _same(segment, following)):
                piece.overlap = len(segment.spans)
        for number in sorted(self.unused):
            parts[self.layout.block_of(self.layout.sentences[number - 1].start)].unused.append(number)
        words = sum(len(self.text[block.start : block.end].split()) for block in self.layout.blocks if not block.level)
        return Reading(parts, self._bars(), len(self.starts), sorted(self.unused), words)

    def _piece(self, segment: Segment, chosen: Span | None) -> Piece:
        piece = Piece(self.text[segment.start : segment.end])
        sentence = bisect_right(self.starts, segment.start)
        if sentence and segment.start < self.layout.sentences[sentence - 1].end:
            piece.unused = sentence in self.unused
            piece.sentence = sentence if self.starts[sentence - 1] == segment.start else 0
        piece.chosen = chosen is not None and chosen.start <= segment.start < chosen.end
        if segment.spans:
            narrowest = min(segment.spans, key=lambda span: self.spans[span].end - self.spans[span].start)
            piece.keys = [self.keys[span] for span in sorted(segment.spans)]
            piece.stance = self.stances[narrowest]
            others = (self.stances[span] for span in segment.spans)
            piece.also = next((stance for stance in others if stance not in ("", piece.stance)), "")
        return piece

    def _number(self, span: int) -> Number:
        return Number(span + 1, self.keys[span], self.stances[span])

    def _anchor(self, pk: int, span: int) -> str:
        return f"p-{pk}" if self.first[pk] == span else f"p-{pk}-{self.spans[span].start}"

    def _notes(self, span: int) -> Iterable[Note]:
        for at, pk in enumerate(self.resting[span]):
            first = self.first[pk]
            again = None if first == span else self._number(first)
            yield Note(
                span + 1, self.keys[span], at == 0, self.nodes[pk], self._anchor(pk, span), again,
                self.claims.get(pk, 0),
            )  # fmt: skip

    def _bars(self) -> list[Bar]:
        unit = 1000 / max(1, len(self.text))
        bars = [(stance or "claim", span) for stance, span in zip(self.stances, self.spans, strict=True)]
        bars += [("unused", self.layout.sentences[number - 1]) for number in sorted(self.unused)]
        return [Bar(kind, round(s.start * unit, 1), round((s.end - s.start) * unit, 1)) for kind, s in bars]


def _same(one: Segment, other: Segment) -> bool:
    return one.block == other.block and one.spans == other.spans
