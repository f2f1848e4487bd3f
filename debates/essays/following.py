"""Where the words of a text went in another state of it: those that stayed in order, and those that were moved."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from debates.essays.aligning import FIRM, firm_and_loose, in_order
from debates.essays.moves import moved, moved_paragraphs
from debates.essays.tokens import Run, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debates.essays.tokens import Tokens


def followed(old: Tokens, new: Tokens) -> list[Run]:
    """The runs that both texts have, in the order of the old one."""
    firm, loose = firm_and_loose(old, new)
    moves = moved_paragraphs(old, new, firm)
    stayed = _without(moves, old, new, (firm, loose)) if moves else in_order(old, new, (firm, loose))
    # A word or two that seem to have stayed do not hold a passage back that was moved as a whole.
    found = moved(old, new, [*moves, *(run for run in stayed if run.exact and run.old_length >= FIRM)])
    olds = {at for run in found for at in range(run.old, run.old_end)}
    news = {at for run in found for at in range(run.new, run.new_end)}
    stayed = [
        run
        for run in stayed
        if olds.isdisjoint(range(run.old, run.old_end)) and news.isdisjoint(range(run.new, run.new_end))
    ]
    return joined([*moves, *stayed, *found])


def _without(moves: Sequence[Run], old: Tokens, new: Tokens, first: tuple[list[Run], list[Run]]) -> list[Run]:
    """The runs in order once what moved is cut out of both, so that nothing in it is taken for words that stayed."""
    olds = _others(len(old), [(run.old, run.old_end) for run in moves])
    news = _others(len(new), [(run.new, run.new_end) for run in moves])
    firm, loose = ([run for part in runs for run in _moved_up(part, olds, news)] for runs in first)
    runs = in_order(old.only(olds), new.only(news), (joined(firm), loose))
    return joined([part for run in runs for part in _back(run, olds, news)])


def _moved_up(run: Run, olds: Sequence[int], news: Sequence[int]) -> Iterator[Run]:
    """A run of the whole texts, as a run of what is left."""
    old, new = bisect_left(olds, run.old), bisect_left(news, run.new)
    if olds[old : old + run.old_length] == [*range(run.old, run.old_end)] and news[new : new + run.new_length] == [
        *range(run.new, run.new_end)
    ]:
        yield run._replace(old=old, new=new)


def _others(length: int, taken: Sequence[tuple[int, int]]) -> list[int]:
    cut = {at for start, end in taken for at in range(start, end)}
    return [at for at in range(length) if at not in cut]


def _back(run: Run, olds: Sequence[int], news: Sequence[int]) -> Iterator[Run]:
    """A run of what was left, as runs of the whole texts."""
    if run.exact:
        for at in range(run.old_length):
            yield Run(olds[run.old + at], news[run.new + at], 1, 1)
    else:
        old, new = olds[run.old], news[run.new]
        if (olds[run.old_end - 1] - old, news[run.new_end - 1] - new) == (run.old_length - 1, run.new_length - 1):
            yield run._replace(old=old, new=new)
