"""What an Argdown file says: statements and arguments by their titles, what they bear on, and reconstructions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from debates.formats.argdown_data import Row

if TYPE_CHECKING:
    from debates.formats.document import SourceCard


@dataclass(slots=True)
class Node:
    """All members of one title. Statements and arguments have titles of their own: the key holds the brackets."""

    key: str
    title: str  # "" for a statement without one
    at: int  # where it is said in full for the first time, or else named for the first time
    text: str = ""
    chosen: bool = False  # the text is the canonical one
    defined: bool = False
    uses: int = 0
    cards: list[SourceCard] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    data: Row = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Bond:
    """That `child` bears on `parent`. `here` is the data of a link's own place, None for a place like any other."""

    child: str
    parent: str
    stance: str
    at: int
    here: Row | None = None
    group: int | None = None


@dataclass(slots=True)
class Step:
    """A line of a reconstruction: a statement, or an inference (without a key) from those above to the next."""

    key: str | None
    at: int


@dataclass(slots=True)
class Structure:
    """The premises and conclusions of an argument."""

    argument: str
    at: int
    steps: list[Step] = field(default_factory=list)


@dataclass(slots=True)
class Model:
    nodes: dict[str, Node] = field(default_factory=dict)
    bonds: list[Bond] = field(default_factory=list)
    structures: list[Structure] = field(default_factory=list)
    title: str = ""
    front_matter: Row = field(default_factory=dict)
