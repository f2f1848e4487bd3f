"""Where the boxes of a left-to-right tree stand: one column a level, a parent level with its first child.

Branches are stacked whole, so that no two boxes meet whatever their heights, and a reader who goes down a column
reads siblings in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Spot(NamedTuple):
    column: int
    top: float


def place(
    root: int, children: Mapping[int, Sequence[int]], heights: Mapping[int, float], *, gap: float, wide_gap: float
) -> dict[int, Spot]:
    """The column and the top of every box from `root` down; `wide_gap` separates the branches of the root.

    `children` holds the ids below an id, in order; it must be a tree. The topmost box begins at 0.
    """
    order = _top_down(root, children)
    reach = dict(heights)
    for key in reversed(order):
        below = children.get(key, ())
        between = wide_gap if key == root else gap
        if below:
            reach[key] = max(heights[key], sum(reach[child] for child in below) + between * (len(below) - 1))
    spots = {root: Spot(0, 0.0)}
    for key in order:
        column, top = spots[key]
        between = wide_gap if key == root else gap
        for child in children.get(key, ()):
            spots[child] = Spot(column + 1, top)
            top += reach[child] + between
    return spots


def _top_down(root: int, children: Mapping[int, Sequence[int]]) -> list[int]:
    order = [root]
    for key in order:
        order.extend(children.get(key, ()))
    return order
