"""A topic as a document: what every format is written from and read into. It knows nothing of the database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class SourceCard:
    """Evidence outside the map. The fields are those of debates.models.Source."""

    title: str = ""
    url: str = ""
    quotation: str = ""
    kind: str = "document"
    author: str = ""
    publisher: str = ""
    published: str = ""
    locator: str = ""
    medium: str = "document"
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    doi: str = ""
    accessed: str = ""


@dataclass(slots=True)
class Span:
    """A passage: `start` and `end` count the code points of the text of the essay `essay`; `end` is exclusive.

    One that is `lost` is not in the text any more: it keeps what it said, and where that stood once.
    """

    essay: str
    start: int
    end: int
    quote: str = ""
    lost: bool = False


@dataclass(slots=True)
class Remark:
    """A comment on the wording, or an open question. `reply_to` is the id of the remark it answers."""

    id: str
    text: str
    kind: str = "comment"
    author: str = ""
    created: datetime | None = None
    reply_to: str | None = None


@dataclass(slots=True)
class Ballot:
    """One person's vote, 0 to 4. `voter` is a name that stands for the same person in this document alone."""

    voter: str
    value: int


@dataclass(slots=True)
class Line:
    """A statement: a claim (no parent), an argument, or a link (`refers_to`, with the words and branch of its target).

    `group` numbers the co-premises of one inference: lines under one parent with the same number stand together.
    `at` is the line of the file it was read from, 0 where that says nothing.
    """

    id: str
    parent: str | None = None
    stance: str = ""
    text: str = ""
    note: str = ""
    refers_to: str | None = None
    group: int | None = None
    status: str = "visible"
    author: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    version: int = 1
    sources: list[SourceCard] = field(default_factory=list)
    passages: list[Span] = field(default_factory=list)
    comments: list[Remark] = field(default_factory=list)
    tally: tuple[int, ...] | None = None
    ballots: list[Ballot] = field(default_factory=list)
    at: int = field(default=0, compare=False)

    @property
    def is_link(self) -> bool:
        return self.refers_to is not None

    @property
    def gone(self) -> bool:
        """Taken back: its place and what rests on it stay, its words do not."""
        return self.status in ("withdrawn", "removed")


@dataclass(slots=True)
class Text:
    """An essay beside the map."""

    id: str
    title: str
    text: str
    author: str = ""
    source: str = ""


@dataclass(slots=True)
class Document:
    """A topic with its lines in reading order: each before what is below it, siblings in the author's order."""

    title: str = ""
    question: str = ""
    background: str = ""
    language: str = "en"
    lines: list[Line] = field(default_factory=list)
    essays: list[Text] = field(default_factory=list)

    def by_id(self) -> dict[str, Line]:
        return {line.id: line for line in self.lines}

    def below(self) -> defaultdict[str | None, list[Line]]:
        """The lines under each parent, in order; under None the claims."""
        found: defaultdict[str | None, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.parent].append(line)
        return found

    def depths(self) -> dict[str, int]:
        """How many lines stand above each. Counts on reading order."""
        found: dict[str, int] = {}
        for line in self.lines:
            found[line.id] = 0 if line.parent is None else found[line.parent] + 1
        return found

    def numbers(self) -> dict[str, tuple[int, ...]]:
        """The place of each line as in a numbered outline: (1, 2) is the second argument under the first claim."""
        found: dict[str, tuple[int, ...]] = {}
        count: defaultdict[str | None, int] = defaultdict(int)
        for line in self.lines:
            count[line.parent] += 1
            above = () if line.parent is None else found[line.parent]
            found[line.id] = (*above, count[line.parent])
        return found

    def words(self) -> dict[str, str]:
        """What each line says; a link says what its target says."""
        by_id = self.by_id()
        return {line.id: by_id[line.refers_to].text if line.refers_to else line.text for line in self.lines}

    def made_of(self) -> dict[str, int]:
        """How much of each thing there is."""
        lines = self.lines
        return {
            "claims": sum(line.parent is None for line in lines),
            "arguments": sum(line.parent is not None and not line.is_link for line in lines),
            "links": sum(line.is_link for line in lines),
            "sources": sum(len(line.sources) for line in lines),
            "essays": len(self.essays),
            "passages": sum(len(line.passages) for line in lines),
            "comments": sum(len(line.comments) for line in lines),
            "votes": sum(len(line.ballots) for line in lines),
        }


def reading_order(lines: list[Line]) -> list[Line]:
    """`lines` so that each stands before what is below it. Siblings keep their order; parents must be among them."""
    below: defaultdict[str | None, list[Line]] = defaultdict(list)
    for line in lines:
        below[line.parent].append(line)
    order: list[Line] = []
    stack = below[None][::-1]
    while stack:
        line = stack.pop()
        order.append(line)
        stack.extend(reversed(below.get(line.id, ())))
    return order
