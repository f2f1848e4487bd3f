"""Passages on which two or more statements rest: the same words, or more than half of the longer passage."""

from __future__ import annotations

import time

import pytest

from debates.analysis.evidence import PassageRecord, is_same, repeated_passages
from tests.debates.analysis.planting import plant

type Places = list[tuple[str, int, int]]


def repeated(places: Places, *, root: str = "", author: str = "") -> list[tuple[tuple[int, int], list[str]]]:
    """The place and the statements of each group, of passages given as statement, start and end."""
    planted = plant("A\n  + a\n  + b | by bob\nB\n  + c")
    passages = [PassageRecord(at, planted.ids[words], 1, start, end) for at, (words, start, end) in enumerate(places)]
    found = repeated_passages(planted.scope(root, author), passages)
    assert found == repeated_passages(planted.scope(root, author), passages[::-1])
    return [((each.start, each.end), planted.words(each.statements)) for each in found]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ((0, 10), (0, 10), True),
        ((0, 10), (0, 6), True),
        ((0, 10), (0, 5), False),  # half is not most of it
        ((0, 10), (4, 14), True),
        ((0, 10), (5, 15), False),
        ((0, 100), (40, 60), False),  # a phrase within a paragraph
        ((0, 10), (10, 20), False),
        ((0, 10), (50, 60), False),
    ],
)
def test_most_of_the_longer_passage_must_lie_in_both(
    first: tuple[int, int], second: tuple[int, int], same: bool
) -> None:
    one, other = PassageRecord(1, 1, 1, *first), PassageRecord(2, 2, 1, *second)

    assert (is_same(one, other), is_same(other, one)) == (same, same)
    assert not is_same(one, other._replace(essay=2))


def test_same_words_under_two_statements_are_found_once() -> None:
    places: Places = [("a", 0, 10), ("c", 1, 10), ("b", 50, 60), ("A", 0, 10)]

    assert repeated(places) == [((0, 10), ["A", "a", "c"])]


def test_statement_that_rests_twice_on_the_same_words_repeats_nobody() -> None:
    assert repeated([("a", 0, 10), ("a", 1, 10)]) == []


def test_chain_of_overlaps_does_not_tie_its_ends_together() -> None:
    assert repeated([("a", 0, 10), ("b", 4, 14), ("c", 8, 18)]) == [((0, 10), ["a", "b"])]


def test_branch_and_person_see_what_is_theirs() -> None:
    places: Places = [("a", 0, 10), ("b", 0, 10), ("c", 20, 30), ("a", 20, 30)]

    assert repeated(places) == [((0, 10), ["a", "b"]), ((20, 30), ["a", "c"])]
    assert repeated(places, root="A") == [((0, 10), ["a", "b"])]
    assert repeated(places, author="bob") == [((0, 10), ["a", "b"])]


def test_passage_of_what_is_not_counted_repeats_nobody() -> None:
    planted = plant("A\n  + a")
    passages = [PassageRecord(1, planted.ids["a"], 1, 0, 9), PassageRecord(2, 99, 1, 0, 9)]

    assert repeated_passages(planted.scope(), passages) == ()


def test_thousands_of_passages_that_all_overlap_take_no_square_of_time() -> None:
    planted = plant("A\n  + a")
    passages = [PassageRecord(at, 1 + at % 2, 1, at, 100_000 + at) for at in range(8_000)]
    began = time.perf_counter()

    (found,) = repeated_passages(planted.scope(), passages)

    assert len(found.statements) == 2
    assert time.perf_counter() - began < 1  # 32 million comparisons take far longer
