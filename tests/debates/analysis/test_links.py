"""What a link counts as: one line with its own stance and place; its words, evidence and replies are its target's."""

from __future__ import annotations

from debates.analysis.balance import Balance
from debates.analysis.exchanges import labels
from debates.analysis.forest import forest_of
from debates.analysis.whole import analyse
from tests.debates.analysis.planting import plant


def test_link_counts_once_with_its_own_stance_and_nothing_below_it() -> None:
    planted = plant("A\n  + a\n    - ax\nB\n  - =a")

    found = analyse(planted.scope())

    assert found.all_levels == Balance(for_it=1, against_it=2)
    assert found.depths == (2, 2, 1)
    assert planted.forest.sides[planted.ids["=a"]] == "against"
    assert analyse(planted.scope("B")).statements == 2


def test_reply_to_its_target_answers_a_link_too() -> None:
    planted = plant("A\n  + a\n    - ax\n  + b\nB\n  - =a\n  - =b")

    found = analyse(planted.scope())

    assert planted.words(found.open_objections.for_it) == ["ax", "=b"]
    assert sorted(planted.words(found.answered)) == ["=a", "B", "a"]


def test_target_below_what_was_taken_back_keeps_its_replies() -> None:
    """The link shows; what its target stands under is not among the records."""
    planted = plant("Gone\n  + a\n    - ax\nB\n  - =a")
    visible = forest_of(planted.records[1:])

    assert planted.words(visible.records) == ["B", "=a"]
    assert planted.words(labels(visible)[0]) == ["=a"]


def test_link_asks_for_no_evidence_and_no_test_of_its_own() -> None:
    planted = plant("A\n  - x\n  + a\nB\n  + =a\n  - y\nC\n  + =a")

    found = analyse(planted.scope())

    assert planted.words(found.unsupported) == ["x", "a", "y"]
    assert planted.words(each.id for each in found.unsourced) == ["x", "a", "y"]
    assert planted.words(found.untested) == ["a", "C"]


def test_exchange_ends_at_a_link() -> None:
    planted = plant("A\n  + a\n    - ax\n      - axx\nB\n  - b\n    - =ax")

    found = analyse(planted.scope("B"))

    assert planted.words(found.longest_exchange) == ["B", "b", "=ax"]


def test_ring_of_links_is_neither_answered_nor_standing() -> None:
    """a is opposed by a link to b, and b by a link to a: nothing says which of them is answered."""
    planted = plant("A\n  + a\nB\n  + b\n    - =a")
    ring = planted.records[1]._replace(id=9, parent=2, target=planted.ids["b"], stance="opposes", depth=2)
    forest = forest_of([*planted.records, ring])

    answered, stands = labels(forest)

    assert answered == set()
    assert planted.words(sorted(stands)) == ["A", "B"]


def test_line_that_is_answered_in_a_ring_from_outside_breaks_it() -> None:
    planted = plant("A\n  + a\n    - no\nB\n  + b\n    - =a")
    ring = planted.records[1]._replace(id=9, parent=2, target=planted.ids["b"], stance="opposes", depth=2)

    answered, stands = labels(forest_of([*planted.records, ring]))

    assert planted.words(sorted(answered)) == ["a", "=a"]
    assert planted.ids["b"] in stands
