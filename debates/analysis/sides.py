"""The sides of a tree that is small enough to be seen at a glance: pure functions over its shape.

`shape` is what debates.tree.glance returns: (id, parent id, stance, depth) of visible statements, parents first
by depth. A statement's side is the product of the stances on its path: "for" or "against" the claim at the root.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

type Shape = Sequence[tuple[int, int | None, str, int]]

FOR, AGAINST = "for", "against"


def side_along(stances: Iterable[str]) -> str:
    """The side of the last statement of a path of `stances` (the claim's own, "", may be among them)."""
    return AGAINST if sum(stance == "opposes" for stance in stances) % 2 else FOR


def sides_in(shape: Shape) -> dict[int, str]:
    """The side of every argument in `shape`, by id. Replies to what is not in it are left out."""
    sides: dict[int, str] = {}
    for pk, parent, stance, depth in shape:
        if depth == 0:
            sides[pk] = FOR
        elif parent in sides:
            other = AGAINST if sides[parent] == FOR else FOR
            sides[pk] = sides[parent] if stance == "supports" else other
    return sides


def open_objections(shape: Shape) -> list[int]:
    """Ids of the opposing arguments that no argument opposes, in order."""
    answered = {parent for _pk, parent, stance, _depth in shape if stance == "opposes"}
    return [pk for pk, _parent, stance, _depth in shape if stance == "opposes" and pk not in answered]


def unanswered(shape: Shape) -> list[int]:
    """Ids of the open objections that speak against the claim: those that its side still owes an answer."""
    sides = sides_in(shape)
    return [pk for pk in open_objections(shape) if sides.get(pk) == AGAINST]


def reading_order(shape: Shape) -> list[tuple[int, int]]:
    """(id, depth) of every argument below the claim, each followed by what is below it."""
    below: defaultdict[int | None, list[tuple[int, int]]] = defaultdict(list)
    roots: list[tuple[int, int]] = []
    for pk, parent, _stance, depth in shape:
        (roots if depth == 0 else below[parent]).append((pk, depth))
    order, stack = [], roots[::-1]
    while stack:
        pk, depth = stack.pop()
        if depth:
            order.append((pk, depth))
        stack.extend(reversed(below[pk]))
    return order
