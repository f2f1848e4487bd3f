"""What somebody chose to write from a map: which claims and lines, in what order, joined how."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from debates.models.draft import CitationStyle
from debates.models.kinds import MAX_DEPTH

if TYPE_CHECKING:
    from debates.tree import Node

# More than an essay has room for; a page of them is read and drawn in a moment.
MOST_ARGUMENTS = 500
# So many lines are offered to be ticked one by one: more would be a long page.
MOST_TICKED = 200
MOST_CLAIMS = 100
LARGEST_ID = 2**63 - 1


class Order(TextChoices):
    OBJECTIONS = "objections", _("Reasons, then each objection with its reply")
    STRONGEST = "strongest", _("The same, the best supported lines first")
    SIDES = "sides", _("All for, all against, then the weighing")


class Lines(TextChoices):
    ALL = "all", _("All lines")
    MINE = "mine", _("Only my own lines, and the claim")
    TICKED = "ticked", _("The lines that I tick")


class Joining(TextChoices):
    PROSE = "prose", _("Sentences with joining words")
    NUMBERED = "numbered", _("A numbered list")


@dataclass(frozen=True, slots=True)
class Choices:
    """`claims`, `()` for all of them, and `ticked` are ids. `depth` counts the levels below a claim."""

    claims: tuple[int, ...] = ()
    order: str = Order.OBJECTIONS.value
    lines: str = Lines.ALL.value
    ticked: tuple[int, ...] = ()
    depth: int = MAX_DEPTH
    joining: str = Joining.PROSE.value
    quotations: bool = False
    references: bool = True
    style: str = CitationStyle.APA.value

    def __post_init__(self) -> None:
        """Raises ValueError for what no form of this site sends."""
        _check_ids("claims", self.claims, MOST_CLAIMS)
        _check_ids("ticked", self.ticked, MOST_ARGUMENTS)
        for name, allowed in _WORDS.items():
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} is none of {', '.join(allowed)}")
        if type(self.depth) is not int or not 1 <= self.depth <= MAX_DEPTH:
            raise ValueError(f"depth is no number from 1 to {MAX_DEPTH}")
        for name in ("quotations", "references"):
            if type(getattr(self, name)) is not bool:
                raise ValueError(f"{name} is neither true nor false")

    def as_json(self) -> dict[str, Any]:
        """As Draft.choices keeps it."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, kept: object) -> Choices:
        """The choices that as_json() made, also where some are missing. Raises ValueError for anything else."""
        if not isinstance(kept, dict) or not kept.keys() <= {each.name for each in fields(cls)}:
            raise ValueError("these are no choices")
        ids = {name: _ids(kept[name]) for name in ("claims", "ticked") if name in kept}
        return cls(**(kept | ids))

    def takes(self, node: Node) -> bool:
        """Whether the argument `node` is to be written."""
        if self.lines == Lines.MINE:
            return node.mine
        return self.lines == Lines.ALL or node.id in self.ticked


_WORDS = {
    "order": Order.values, "lines": Lines.values, "joining": Joining.values, "style": CitationStyle.values,
}  # fmt: skip


def _ids(kept: object) -> tuple[Any, ...]:
    if not isinstance(kept, list):
        raise ValueError("ids stand in a list")
    return tuple(kept)


def _check_ids(name: str, ids: tuple[int, ...], most: int) -> None:
    if len(ids) > most or not all(type(each) is int and 0 < each <= LARGEST_ID for each in ids):
        raise ValueError(f"{name} are no ids, or too many")
