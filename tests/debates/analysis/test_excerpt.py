"""A branch cut down to the lines that one reader can rate."""

from __future__ import annotations

from debates.analysis.excerpt import excerpt_of
from tests.debates.analysis.planting import plant

TREE = """
A
  + a
    - ax
      + axs
    - ay
  - b
  + c
    + cs
"""


def test_small_branch_is_there_with_all_its_leaves() -> None:
    planted = plant(TREE)

    excerpt = excerpt_of(planted.forest, 1)

    assert planted.words(line.id for line in excerpt.lines) == ["A", "a", "ax", "axs", "ay", "b", "c", "cs"]
    assert [line.level for line in excerpt.lines] == [0, 1, 2, 3, 2, 1, 1, 2]
    assert planted.words(excerpt.rated) == ["axs", "ay", "b", "cs"]
    assert excerpt.left_out == 0


def test_whole_levels_stay_as_long_as_their_leaves_have_room() -> None:
    """At the second level the leaves are ax, ay, b and cs."""
    planted = plant(TREE)

    excerpt = excerpt_of(planted.forest, 1, most=3)

    assert planted.words(excerpt.rated) == ["a", "b", "c"]
    assert {planted.words([line.id])[0]: line.left_out for line in excerpt.lines if line.left_out} == {"a": 3, "c": 1}


def test_first_level_that_has_no_room_is_cut() -> None:
    planted = plant(TREE)

    excerpt = excerpt_of(planted.forest, 1, most=2)

    assert planted.words(excerpt.rated) == ["a", "b"]
    assert {planted.words([line.id])[0]: line.left_out for line in excerpt.lines if line.left_out} == {"A": 2, "a": 3}


def test_branch_begins_anew_at_its_root() -> None:
    planted = plant(TREE)

    excerpt = excerpt_of(planted.forest, planted.ids["a"])

    assert [(line.parent, line.level) for line in excerpt.lines[:2]] == [(0, 0), (planted.ids["a"], 1)]
    assert planted.words(excerpt.rated) == ["axs", "ay"]


def test_line_without_replies_gives_nothing_to_rate() -> None:
    planted = plant(TREE)

    assert excerpt_of(planted.forest, planted.ids["b"]).rated == []
