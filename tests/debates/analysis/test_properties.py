"""What holds of every tree: each count equals a naive recount, and the order of the rows says nothing."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from debates.analysis.acceptance import acceptance
from debates.analysis.balance import Balance
from debates.analysis.evidence import PassageRecord
from debates.analysis.excerpt import excerpt_of
from debates.analysis.forest import Record, forest_of
from debates.analysis.scope import scope_of
from debates.analysis.sides import AGAINST, FOR
from debates.analysis.whole import Analysis, analyse

if TYPE_CHECKING:
    from collections.abc import Iterator

    type Rows = list[Record]

SIGN = {"": 1, "supports": 1, "opposes": -1}
LINE = st.tuples(st.integers(-1, 30), st.booleans(), st.integers(0, 2), st.integers(0, 1), st.integers(0, 1))


def rows_of(lines: list[tuple[int, bool, int, int, int]]) -> Rows:
    """Records of random lines: number of the parent, stance, author (0: none), sources, passages. Some hang on nothing.

    Every seventh line repeats the one before it, if it may.
    """
    rows: Rows = []
    for at, (above, opposes, author, sources, passages) in enumerate(lines):
        parent = rows[above % at] if at and above >= 0 else None
        while parent is not None and parent.target is not None:
            parent = rows[parent.parent - 1] if parent.parent else None
        stance = "" if parent is None else ("supports", "opposes")[opposes]
        depth = parent.depth + 1 if parent else 0
        target = rows[-1].branch if at % 7 == 6 and parent and rows[-1].branch != parent.id else None
        rows.append(
            Record(at + 1, parent and parent.id, target, stance, depth, at % 3, author or None, sources, passages)
        )
    return rows


def path(rows: Rows, row: Record) -> Iterator[Record]:
    """From a line up to its claim."""
    yield row
    while row.parent is not None:
        row = rows[row.parent - 1]
        yield row


def side(rows: Rows, row: Record) -> str:
    return FOR if prod(SIGN[each.stance] for each in path(rows, row)) > 0 else AGAINST


def recount(rows: Rows) -> dict[str, object]:
    """Every count the slow way: by looking at all lines for each line, and by walking up."""
    arguments = [row for row in rows if row.parent]
    answers = {row.id: [each for each in rows if each.parent == row.branch and each.opposes] for row in rows}
    is_open = [row for row in arguments if row.opposes and not answers[row.id]]
    below = {row.id: [each for each in rows if each != row and row in path(rows, each)] for row in rows}
    sides = {row.id: side(rows, row) for row in rows}
    return {
        "all_levels": Balance(*(sum(sides[row.id] == each for row in arguments) for each in (FOR, AGAINST))),
        "depths": Counter(row.depth for row in rows),
        "for_it": {row.id for row in is_open if sides[row.id] == AGAINST},
        "against_it": {row.id for row in is_open if sides[row.id] == FOR},
        "untested claims": {row.id for row in rows if not row.parent and not any(r.opposes for r in below[row.id])},
        "unsupported": {
            row.id
            for row in rows
            if not row.target
            and not (row.sources or row.passages)
            and not any(each.parent == row.id and not each.opposes for each in rows)
        },
        "unsourced": {row.id: len(below[row.id]) for row in arguments if not row.target and not row.sources},
        "longest": max((exchange_up_to(rows, row) for row in rows), default=0),
    }


def exchange_up_to(rows: Rows, row: Record) -> int:
    """How many objections in a row lead down to a line."""
    steps = 0
    for each in path(rows, row):
        if not each.opposes:
            break
        steps += 1
    return steps


def told(found: Analysis, rows: Rows) -> dict[str, object]:
    return {
        "all_levels": found.all_levels,
        "depths": Counter(dict(enumerate(found.depths))),
        "for_it": set(found.open_objections.for_it),
        "against_it": set(found.open_objections.against_it),
        "untested claims": {pk for pk in found.untested if not rows[pk - 1].parent},
        "unsupported": set(found.unsupported),
        "unsourced": dict(found.unsourced),
        "longest": max(0, len(found.longest_exchange) - 1),
    }


@settings(max_examples=50)
@given(st.lists(LINE, max_size=40))
def test_counts_equal_a_naive_recount(lines: list[tuple[int, bool, int, int, int]]) -> None:
    rows = rows_of(lines)
    forest = forest_of(rows)

    found = analyse(scope_of(forest))

    assert forest.sides == {row.id: side(rows, row) for row in rows}
    assert told(found, rows) == recount(rows)
    assert all(rows[under - 1].parent == above for above, under in pairwise(found.longest_exchange))


@settings(max_examples=50)
@given(st.lists(LINE, min_size=1, max_size=40), st.integers(0, 99), st.sampled_from([None, 1, 2]))
def test_order_of_the_rows_says_nothing(
    lines: list[tuple[int, bool, int, int, int]], seed: int, author: int | None
) -> None:
    rows = rows_of(lines)
    passages = [PassageRecord(row.id, row.id, 1, row.id % 5, 9 + row.id % 7) for row in rows if row.passages]
    shuffled, moved = rows[:], passages[:]
    random.Random(seed).shuffle(shuffled)
    random.Random(seed).shuffle(moved)
    root = rows[seed % len(rows)].id

    for chosen in (None, root):
        one = analyse(scope_of(forest_of(rows), root=chosen, author=author), passages)
        assert analyse(scope_of(forest_of(shuffled), root=chosen, author=author), moved) == one
    ratings = {row.id: row.id % 11 / 10 for row in rows}
    values = acceptance(excerpt_of(forest_of(rows), root), ratings)
    assert acceptance(excerpt_of(forest_of(shuffled), root), ratings) == values


@settings(max_examples=50)
@given(st.lists(LINE, min_size=1, max_size=40), st.sets(st.integers(1, 40)))
def test_what_does_not_show_is_in_no_count(lines: list[tuple[int, bool, int, int, int]], hidden: set[int]) -> None:
    """Taking a line away, and all below it, leaves what taking the line alone away does."""
    rows = rows_of(lines)
    alone = [row for row in rows if row.id not in hidden]
    whole = [row for row in rows if hidden.isdisjoint(each.id for each in path(rows, row))]
    # A link to a target below what is hidden shows still, with its target's replies: see test_links.py.
    alone = [row for row in alone if row.target is None]
    whole = [row for row in whole if row.target is None]

    assert analyse(scope_of(forest_of(alone))) == analyse(scope_of(forest_of(whole)))


@settings(max_examples=50)
@given(st.lists(LINE, min_size=1, max_size=40))
def test_label_follows_from_the_labels_of_the_objections(lines: list[tuple[int, bool, int, int, int]]) -> None:
    """Answered if and only if some objection is not: where there are no links there is no ring, and one solution."""
    rows = [row._replace(target=None) for row in rows_of(lines)]

    answered = analyse(scope_of(forest_of(rows))).answered

    for row in rows:
        objections = [each.id for each in rows if each.parent == row.id and each.opposes]
        assert (row.id in answered) == any(pk not in answered for pk in objections)
