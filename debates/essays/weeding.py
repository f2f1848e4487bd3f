"""Runs of words that were matched by chance, or could as well have been matched elsewhere."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from debates.essays.tokens import ENDS, OPENS, Run, joined

# How many words a cut may be moved to begin where a sentence does.
FAR = 12

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debates.essays.tokens import Tokens


def weeded(runs: Sequence[Run]) -> list[Run]:
    """`runs` without the few words between long stretches that replaced each other."""
    kept: list[Run] = []
    for at, run in enumerate(runs):
        following = runs[at + 1] if at + 1 < len(runs) else None
        before = (run.old - kept[-1].old_end, run.new - kept[-1].new_end) if kept else (0, 0)
        behind = (following.old - run.old_end, following.new - run.new_end) if following else (0, 0)
        least = 2 * run.old_length + 1
        replaced = min(*before) >= least or min(*behind) >= least
        if not (replaced and max(before) >= least and max(behind) >= least):
            kept.append(run)
    return kept


def settled(a: list[str], b: list[str], runs: list[Run]) -> list[Run]:
    """`runs` where a few words between two cuts go with their neighbours, if they stand there as well.

    Of "x y. z y." without its middle, "x y." is left; that the "y." is the first one would make two cuts of one.
    """
    placed = list(runs)
    for at in range(1, len(runs)):
        before, run = placed[at - 1], placed[at]
        behind = runs[at + 1] if at + 1 < len(runs) else None
        if behind and _apart(before, run) and _apart(run, behind):
            said = a[run.old : run.old_end]
            for place in ((behind.old - run.old_length, behind.new - run.new_length), (before.old_end, before.new_end)):
                if _says(a, place[0], said) and _says(b, place[1], said):
                    placed[at] = Run(*place, run.old_length, run.old_length)
    return joined(placed)


def bordered(old: Tokens, new: Tokens, runs: list[Run]) -> list[Run]:
    """`runs` between which something was written or cut from the beginning of a sentence on, where that can be.

    Where "3.5 new." was written before "3.5 old.", it was that, and not "5 new. 3." in the middle of it.
    """
    placed = list(runs)
    for at in range(1, len(runs)):
        before, run = placed[at - 1], placed[at]
        if before.exact and run.exact and (before.old_end == run.old) != (before.new_end == run.new):
            text, end = (old, run.old) if before.old_end == run.old else (new, run.new)
            steps = [] if text.is_border(end) else _steps(old.words, new.words, before, run)
            step = next((step for step in steps if text.is_border(end + step)), 0)
            length = before.old_length + step
            placed[at - 1] = Run(before.old, before.new, length, length)
            length = run.old_length - step
            placed[at] = Run(run.old + step, run.new + step, length, length)
    return joined(placed)


def _steps(a: list[str], b: list[str], before: Run, run: Run) -> list[int]:
    """By how many tokens the cut between two runs can be moved: back, or on."""
    most = min(FAR, before.old_length - 1), min(FAR, run.old_length - 1)
    back = takewhile(
        lambda step: a[before.old_end - step] == a[run.old - step] and b[before.new_end - step] == b[run.new - step],
        range(1, most[0] + 1),
    )
    on = takewhile(
        lambda step: (
            a[before.old_end + step - 1] == a[run.old + step - 1]
            and b[before.new_end + step - 1] == b[run.new + step - 1]
        ),
        range(1, most[1] + 1),
    )
    return sorted([*(-step for step in back), *on], key=abs)


def _apart(before: Run, behind: Run) -> bool:
    return (before.old_end, before.new_end) != (behind.old, behind.new)


def shaved(a: list[str], runs: list[Run]) -> list[Run]:
    """`runs` without marks at their ends that belong to words which are gone: a full stop, or what opens a heading."""
    kept = []
    for at, run in enumerate(runs):
        start, end = 0, run.old_length
        if at and _apart(runs[at - 1], run):
            start = len(list(takewhile(ENDS.__contains__, a[run.old : run.old_end])))
        if at + 1 < len(runs) and _apart(run, runs[at + 1]):
            end -= len(list(takewhile(OPENS.__contains__, a[run.old + start : run.old_end][::-1])))
        if run.exact and start < end:
            kept.append(Run(run.old + start, run.new + start, end - start, end - start))
        elif not run.exact and (start, end) == (0, run.old_length):
            kept.append(run)
    return kept


def _says(words: list[str], at: int, said: list[str]) -> bool:
    return words[at : at + len(said)] == said
