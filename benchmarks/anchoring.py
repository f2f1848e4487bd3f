"""Passages after an edit: placed right, wrong or lost, by how the truth is known in the tests, and how fast.

SEEDS essays of 5,000 words with 500 passages, each edited 50 times at random. Time is compared with the least there
is: finding the first place of every quotation, which is wrong wherever words come back; its own verdict stands beside.
"""

from __future__ import annotations

import os
import statistics
import time
from typing import TYPE_CHECKING

from debates.essays.anchoring import Found, reanchor
from tests.debates.essays.truth import Verdict, trial

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debates.essays.anchoring import Place

SEEDS = int(os.environ.get("SEEDS", "100"))

type Way = Callable[[str, str, Sequence[Place]], list[Found | None]]


def run(_sizes: list[int]) -> None:
    """Print both verdicts. Exits with a sentence where less than 99 % was right, or more than 1 in 10,000 wrong."""
    ways: dict[str, Way] = {"anchoring": reanchor, "str.find": _first}
    verdicts = dict.fromkeys(ways, Verdict())
    times: dict[str, list[float]] = {name: [] for name in ways}
    for seed in range(SEEDS):
        old, truth, places = trial(seed)
        for name, way in ways.items():
            start = time.process_time()
            found = way(old, truth.new, places)
            times[name].append(time.process_time() - start)
            verdicts[name] += truth.judge(places, found)
    print(f"\nAnchoring: {SEEDS} essays of 5,000 words, 500 passages each, after 50 random edits.")
    print(f"{'':12}{'right':>9}{'wrong':>8}{'lost':>7}{'rightly lost':>14}{'twins':>7}{'ms':>8}{'slowest':>9}")
    for name, verdict in verdicts.items():
        middle, slowest = 1_000 * statistics.median(times[name]), 1_000 * max(times[name])
        counts = f"{verdict.right:>9,}{verdict.wrong:>8,}{verdict.missed:>7,}{verdict.gone:>14,}{verdict.twin:>7,}"
        print(f"{name:12}{counts}{middle:>8.1f}{slowest:>9.1f}")
    ours = verdicts["anchoring"]
    there = ours.right + ours.wrong + ours.missed + ours.twin
    ratio = statistics.median(one / other for one, other in zip(*times.values(), strict=True))
    print(f"  {ours.right / there:.2%} of those that are left placed right; {ratio:.0f} times the bare search")
    if ours.right < 0.99 * there or ours.wrong > there / 10_000:
        raise SystemExit("Passages were placed wrong, or too many lost.")


def _first(_old: str, new: str, places: Sequence[Place]) -> list[Found | None]:
    starts = [(new.find(place.quote), len(place.quote)) for place in places]
    return [Found(start, start + length) if start >= 0 else None for start, length in starts]
