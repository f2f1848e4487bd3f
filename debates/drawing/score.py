"""The score: every argument of a claim as a note in reading order, stem up for the claim, stem down against it.

The longer the stem, the nearer the argument is to the claim. A wider gap separates the branches right below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debates.analysis import AGAINST, FOR, reading_order, sides_in

if TYPE_CHECKING:
    from debates.analysis import Shape

HEIGHT = 56
MIDDLE = HEIGHT // 2
PITCH = 9.0
GAP = 7 / 9  # between branches, in addition and in parts of the pitch
MOST_WIDE = 640
MARGIN = 4
HEAD_HEIGHT = 7
HEAD_HALF = 4.0
# The stem from the middle to the tip of the head, by depth; what lies deeper has the last.
REACH = (27, 22, 18, 15, 13, 11)


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of one side: `stems` and `heads` are the data of two SVG paths."""

    side: str
    count: int
    stems: str
    heads: str


@dataclass(frozen=True, slots=True)
class Score:
    width: int
    height: int
    middle: int
    sides: tuple[Notes, Notes]

    @property
    def for_it(self) -> int:
        return self.sides[0].count

    @property
    def against_it(self) -> int:
        return self.sides[1].count


def score(shape: Shape | None) -> Score | None:
    """The score of one claim's `shape` (see debates.tree.glance). None for nothing to draw, or too much."""
    order = reading_order(shape or ())
    if not order:
        return None
    sides = sides_in(shape or ())
    places, pitch = _places([depth for _pk, depth in order])
    notes: dict[str, list[tuple[float, int]]] = {FOR: [], AGAINST: []}
    for x, (pk, depth) in zip(places, order, strict=True):
        notes[sides[pk]].append((x, depth))
    half = min(HEAD_HALF, pitch / 2)
    drawn = (_notes(FOR, notes[FOR], half), _notes(AGAINST, notes[AGAINST], half))
    return Score(round(places[-1]) + MARGIN, HEIGHT, MIDDLE, drawn)


def _places(depths: list[int]) -> tuple[list[float], float]:
    """Where on the line each note stands, and the pitch, which shrinks until all fit into MOST_WIDE."""
    steps = [1 + GAP * (depth == 1) for depth in depths[1:]]
    pitch = min(PITCH, (MOST_WIDE - 2 * MARGIN) / sum(steps)) if steps else PITCH
    places = [float(MARGIN)]
    for step in steps:
        places.append(places[-1] + pitch * step)
    return places, pitch


def _notes(side: str, notes: list[tuple[float, int]], half: float) -> Notes:
    up = -1 if side == FOR else 1
    stems, heads = [], []
    for x, depth in notes:
        tip = MIDDLE + up * REACH[min(depth, len(REACH)) - 1]
        stems.append(f"M{x:.4g} {MIDDLE}V{tip - up * (HEAD_HEIGHT - 1)}")
        heads.append(f"M{x:.4g} {tip}l-{half:.3g} {-up * HEAD_HEIGHT}h{2 * half:.3g}Z")
    return Notes(side, len(notes), "".join(stems), "".join(heads))
