"""The definitions on a tree that is small enough to be counted by hand: every expected value here was."""

from __future__ import annotations

import pytest

from debates.analysis.balance import Balance, Place, emptiest_place
from debates.analysis.sides import AGAINST, FOR
from debates.analysis.whole import Analysis, analyse
from tests.debates.analysis.planting import Planted, plant

TREE = """
A
  + a1 | source by bob
    - a1x
      - a1xx | by bob
        - a1xxx
  + a2
    + a2s | passage
  - a3 | by bob
    + a3s
  - a4
    - a4x
B
  + b1
"""


@pytest.fixture(scope="module")
def planted() -> Planted:
    return plant(TREE)


@pytest.fixture(scope="module")
def analysis(planted: Planted) -> Analysis:
    return analyse(planted.scope())


def test_sides_are_the_product_of_the_stances(planted: Planted) -> None:
    sides = planted.forest.sides

    assert {words for words, pk in planted.ids.items() if sides[pk] == AGAINST} == {"a1x", "a1xxx", "a3", "a3s", "a4"}


def test_balance_counts_arguments_and_no_claims(analysis: Analysis) -> None:
    assert (analysis.statements, analysis.claims) == (13, 2)
    assert analysis.top == Balance(for_it=3, against_it=2)
    assert analysis.all_levels == Balance(for_it=6, against_it=5)
    assert analysis.depths == (2, 5, 4, 1, 1)


def test_open_objections_stand_by_the_side_they_hurt(planted: Planted, analysis: Analysis) -> None:
    assert planted.words(analysis.open_objections.for_it) == ["a1xxx", "a3"]
    assert planted.words(analysis.open_objections.against_it) == ["a4x"]


def test_reply_to_an_objection_puts_what_it_hurt_back_in_its_place(planted: Planted, analysis: Analysis) -> None:
    """a1xxx answers a1xx, so a1x stands again, and answers a1."""
    assert sorted(planted.words(analysis.answered)) == ["A", "a1", "a1xx", "a4"]
    assert planted.words(analysis.reinstated.for_it) == ["a1x"]
    assert analysis.reinstated.against_it == ()


def test_longest_exchange_begins_with_what_was_first_objected_to(planted: Planted, analysis: Analysis) -> None:
    assert planted.words(analysis.longest_exchange) == ["a1", "a1x", "a1xx", "a1xxx"]


def test_untested_is_a_claim_without_any_objection_below_or_a_reason_of_another(
    planted: Planted, analysis: Analysis
) -> None:
    assert planted.words(analysis.untested) == ["a2", "B"]


def test_unsupported_has_no_reason_no_passage_and_no_source(planted: Planted, analysis: Analysis) -> None:
    assert planted.words(analysis.unsupported) == ["a1x", "a1xx", "a1xxx", "a3s", "a4", "a4x", "b1"]


def test_missing_sources_are_ordered_by_what_rests_on_them(planted: Planted, analysis: Analysis) -> None:
    assert planted.words(each.id for each in analysis.unsourced) == [
        "a1x", "a1xx", "a2", "a3", "a4", "a1xxx", "a2s", "a3s", "a4x", "b1",
    ]  # fmt: skip
    assert [each.below for each in analysis.unsourced] == [2, 1, 1, 1, 1, 0, 0, 0, 0, 0]


def test_branch_is_counted_without_the_rest(planted: Planted) -> None:
    found = analyse(planted.scope("a1"))

    assert (found.statements, found.claims) == (4, 0)
    assert (found.top, found.all_levels) == (Balance(0, 1), Balance(1, 2))
    assert found.depths == (0, 1, 1, 1, 1)
    assert planted.words(found.open_objections.for_it) == ["a1xxx"]
    assert planted.words(found.longest_exchange) == ["a1", "a1x", "a1xx", "a1xxx"]
    assert planted.words(each.id for each in found.unsourced) == ["a1x", "a1xx", "a1xxx"]
    assert found.untested == ()


def test_exchange_of_a_branch_does_not_begin_above_it(planted: Planted) -> None:
    assert planted.words(analyse(planted.scope("a1x")).longest_exchange) == ["a1x", "a1xx", "a1xxx"]


def test_branch_that_nobody_tested_is_in_its_own_list(planted: Planted) -> None:
    assert planted.words(analyse(planted.scope("a2")).untested) == ["a2"]
    assert planted.words(analyse(planted.scope("B")).untested) == ["B"]


def test_one_persons_part_holds_their_lines_and_the_objections_to_them(planted: Planted) -> None:
    found = analyse(planted.scope(author="bob"))

    assert (found.statements, found.claims) == (3, 0)
    assert (found.top, found.all_levels) == (Balance(1, 1), Balance(2, 1))
    assert planted.words(found.open_objections.for_it) == ["a1xxx"]
    assert found.open_objections.against_it == ()
    assert planted.words(found.reinstated.for_it) == ["a1x"]
    assert planted.words(found.unsupported) == ["a1xx"]
    assert planted.words(each.id for each in found.unsourced) == ["a1xx", "a3"]
    assert planted.words(found.longest_exchange) == ["a1", "a1x", "a1xx", "a1xxx"]


def test_objection_to_ones_own_line_counts_whoever_made_it() -> None:
    planted = plant("A\n  + mine | by bob\n    - theirs\n  - also mine | by bob\n    - own doubt | by bob\n  - no")

    found = analyse(planted.scope(author="bob"))

    assert planted.words(found.open_objections.for_it) == ["theirs"]
    assert planted.words(found.open_objections.against_it) == ["own doubt"]


def test_nothing_at_all_is_counted_as_nothing() -> None:
    found = analyse(plant("").scope())

    assert (found.statements, found.depths, found.longest_exchange, found.untested) == (0, (), (), ())
    assert emptiest_place(plant("").forest, FOR) is None


def test_emptiest_place_is_the_claim_with_the_fewest_on_that_side(planted: Planted) -> None:
    forest, ids = planted.forest, planted.ids

    assert emptiest_place(forest, AGAINST) == Place(ids["B"], "opposes")
    assert emptiest_place(forest, FOR) == Place(ids["B"], "supports")
    assert emptiest_place(plant("A\nB").forest, FOR) == Place(1, "supports")


@pytest.mark.parametrize(("pro", "con", "thin"), [(3, 1, AGAINST), (1, 3, FOR), (2, 2, "")])
def test_thin_side_is_the_one_with_fewer(pro: int, con: int, thin: str) -> None:
    assert Balance(pro, con).thin == thin
