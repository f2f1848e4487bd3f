"""The map of a branch in numbers: boxes with wrapped text, the lines that join them, and where a branch is shut."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from debates.drawing.layout import Spot, place
from debates.drawing.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from debates.tree import Node

MARGIN = 8
BETWEEN = 88  # from a box to the column of its children
TRUNK = 26  # from a box to the line that its children hang on
GAP, WIDE_GAP = 14, 30  # between siblings, and between the branches of the root
BADGE = 13  # the radius of what opens a branch
REST_HEIGHT = 28


@dataclass(frozen=True, slots=True)
class Face:
    """How a kind of box is set. `room` is what a line of text may take; `first`, `foot` the space around the lines."""

    width: int
    padding: int
    room: int
    size: float
    leading: int
    first: int
    foot: int
    port: int  # where lines go in and out, from the top

    def height(self, lines: Sequence[str]) -> int:
        return self.first + self.leading * (len(lines) - 1) + self.foot


# The claim is bold, which makes it wider than its 17 units.
CLAIM = Face(width=270, padding=16, room=246, size=18, leading=22, first=32, foot=18, port=28)
ARGUMENT = Face(width=212, padding=11, room=197, size=14, leading=18, first=39, foot=17, port=14)


@dataclass(frozen=True, slots=True)
class Box:
    """One statement in the drawing."""

    node: Node
    face: Face
    x: int
    y: int
    lines: tuple[str, ...]
    root: bool
    first: bool  # among its siblings
    trunk_end: int  # how far down its children hang; 0 without any
    shut: bool  # something below it is not in the drawing

    @property
    def height(self) -> int:
        return self.face.height(self.lines)

    @property
    def right(self) -> int:
        return self.x + self.face.width

    @property
    def port(self) -> int:
        return self.y + self.face.port

    @property
    def edge(self) -> str:
        return "" if self.root else edge_to(self.x, self.port, first=self.first)

    @property
    def trunk(self) -> str:
        """The line that the children hang on: empty without any, straight with one."""
        if not self.trunk_end:
            return ""
        down = f"V{self.trunk_end - 10}" if self.trunk_end > self.port else ""
        return f"M{self.right} {self.port}H{self.right + TRUNK}{down}"

    @property
    def baselines(self) -> list[tuple[int, str]]:
        return [(self.y + self.face.first + self.face.leading * at, line) for at, line in enumerate(self.lines)]


@dataclass(frozen=True, slots=True)
class Rest:
    """Where the further children of `node` would stand."""

    node: Node
    x: int
    y: int

    @property
    def edge(self) -> str:
        return edge_to(self.x, self.y + ARGUMENT.port, first=False)

    @property
    def baseline(self) -> int:
        return self.y + ARGUMENT.port + 5


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    boxes: tuple[Box, ...]
    rests: tuple[Rest, ...]

    @property
    def sheets(self) -> list[tuple[int, int]]:
        """The drawing cut between the branches of the root, for paper: where each piece begins, and its height."""
        tops = [box.y - WIDE_GAP // 2 for box in self.boxes if box.node.parent_id == self.boxes[0].node.id]
        cuts = [0, *tops[1:], self.height]
        return [(top, bottom - top) for top, bottom in pairwise(cuts)]


def edge_to(x: int, port: int, *, first: bool) -> str:
    """The line into a box at `x`, from the trunk of its parent; only the first one needs no bend."""
    trunk = x - BETWEEN + TRUNK
    return f"M{trunk} {port}H{x - 12}" if first else f"M{trunk} {port - 10}q0 10 10 10H{x - 12}"


class _Plan(NamedTuple):
    faces: dict[int, Face]
    lines: dict[int, tuple[str, ...]]
    below: dict[int, list[int]]
    spots: dict[int, Spot]


def draw(top: Node, *, bearing: Collection[int], gone: str) -> Drawing:
    """The map of `top` with its children. `bearing` ids have something below; `gone` stands for lost words."""
    nodes = _all(top)
    plan = _plan(top, nodes, gone)
    root = plan.faces[top.id]
    firsts = {children[0] for children in plan.below.values()}
    boxes = []
    for key, node in nodes.items():
        spot, face = plan.spots[key], plan.faces[key]
        shut = not node.children and not node.is_link and key in bearing
        end = _trunk_end(plan.below.get(key, ()), plan.spots)
        y = _y(spot) - _raised(face)
        boxes.append(Box(node, face, _x(spot, root), y, plan.lines[key], key == top.id, key in firsts, end, shut))
    rests = [Rest(nodes[-key], _x(spot, root), _y(spot)) for key, spot in plan.spots.items() if key < 0]
    right = max(box.right + TRUNK + BADGE for box in boxes)
    bottom = max([box.y + box.height for box in boxes] + [rest.y + REST_HEIGHT for rest in rests])
    return Drawing(right + MARGIN, bottom + MARGIN, tuple(boxes), tuple(rests))


def _plan(top: Node, nodes: Mapping[int, Node], gone: str) -> _Plan:
    faces = {key: CLAIM if node.is_claim else ARGUMENT for key, node in nodes.items()}
    lines = {
        key: tuple(wrap(node.text or gone, width=faces[key].room, size=faces[key].size)) for key, node in nodes.items()
    }
    below = {key: _children(node) for key, node in nodes.items() if node.children}
    heights = {key: float(face.height(lines[key]) - _raised(face)) for key, face in faces.items()}
    heights |= {-key: float(REST_HEIGHT) for key, children in below.items() if -key in children}
    return _Plan(faces, lines, below, place(top.id, below, heights, gap=GAP, wide_gap=WIDE_GAP))


def _all(top: Node) -> dict[int, Node]:
    nodes, queue = {top.id: top}, [top]
    for node in queue:
        nodes |= {child.id: child for child in node.children}
        queue.extend(node.children)
    return nodes


def _children(node: Node) -> list[int]:
    """The ids below `node`; its own, negative, stands for those that are not in the drawing."""
    return [child.id for child in node.children] + [-node.id] * bool(node.more)


def _raised(face: Face) -> int:
    """How much higher a box begins than an argument whose port is on the same level."""
    return face.port - ARGUMENT.port


def _x(spot: Spot, root: Face) -> int:
    if spot.column == 0:
        return MARGIN
    return MARGIN + root.width + BETWEEN + (spot.column - 1) * (ARGUMENT.width + BETWEEN)


def _y(spot: Spot) -> int:
    return MARGIN + _raised(CLAIM) + round(spot.top)


def _trunk_end(children: Sequence[int], spots: Mapping[int, Spot]) -> int:
    return _y(spots[children[-1]]) + ARGUMENT.port if children else 0
