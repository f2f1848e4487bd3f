"""Which lines are written, and below which: the tree of a map cut down to what was chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from debates.drafting.choices import Order
from debates.rows import NO_VOTES
from debates.tree import flatten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debates.drafting.choices import Choices
    from debates.tree import Node


@dataclass(slots=True, eq=False)
class Point:
    """A line that is written. `stance` is how it stands to `above`, the nearest line over it that is written."""

    node: Node
    above: Point | None = None
    stance: str = ""
    joined: Point | None = None  # the line with which it makes one reason
    below: list[Point] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.node.text

    def sided(self, stance: str) -> list[Point]:
        return [point for point in self.below if point.stance == stance]


def points_of(claims: Iterable[Node], choices: Choices) -> list[Point]:
    """The chosen claims with the lines below that are written, in the chosen order.

    A line whose own parent is not written stands to the next one above as the stances on the way say. What stands below
    a line that was taken back is not written: what it was about is gone.
    """
    chosen = [claim for claim in claims if not claim.gone and (not choices.claims or claim.id in choices.claims)]
    return [_claim(claim, choices) for claim in chosen]


def _claim(claim: Node, choices: Choices) -> Point:
    top = Point(claim)
    # For each line the point that what is below it belongs to, and the stance along the way from there.
    known: dict[int, tuple[Point, str]] = {claim.id: (top, "supports")}
    for node in flatten(claim.children):
        if node.gone or node.parent_id not in known or node.depth - claim.depth > choices.depth:
            continue
        above, way = known[node.parent_id]
        stance = node.stance if way == "supports" else _OTHER[node.stance]
        known[node.id] = (above, stance)
        if choices.takes(node):
            point = Point(node, above, stance)
            above.below.append(point)
            known[node.id] = (point, "supports")
    for point in walk([top]):
        if choices.order == Order.STRONGEST:
            point.below.sort(key=_strength)
        point.below = _grouped(point.below)
    return top


_OTHER = {"supports": "opposes", "opposes": "supports"}


def walk(points: Sequence[Point]) -> Iterator[Point]:
    """`points` and all below them, each before what is below it. What is below may be changed once it was given."""
    stack = list(points[::-1])
    while stack:
        point = stack.pop()
        yield point
        stack.extend(reversed(point.below))


def _strength(point: Point) -> tuple[float, int, int, int]:
    """The best supported line first: by the votes that the reader may see, then by the replies for and against it."""
    node = point.node
    return -(node.tally or NO_VOTES).shrunk_mean, node.opposing - node.supporting, node.position, node.id


def _grouped(points: Sequence[Point]) -> list[Point]:
    """`points`, with those that make one reason together behind each other."""
    groups: dict[object, list[Point]] = {}
    for point in points:
        node = point.node
        alone = node.premise_group is None
        groups.setdefault(point if alone else (node.parent_id, node.premise_group, point.stance), []).append(point)
    for group in groups.values():
        for before, point in pairwise(group):
            point.joined = before
    return [point for group in groups.values() for point in group]


def cut_off(points: Sequence[Point]) -> list[Point]:
    """Take the objections out of the branches of `points`, which keep their supporting lines: what is to be weighed."""
    weighed = []
    for point in walk(points):
        weighed += point.sided("opposes")
        point.below = point.sided("supports")
    return weighed


def left_out(claims: Iterable[Node]) -> int:
    """How many lines of `claims` stand below one that was taken back, and so are in no text."""
    lost: set[int] = set()
    count = 0
    for node in flatten(claims):
        if node.gone or node.parent_id in lost:
            lost.add(node.id)
            count += not node.gone
    return count
