"""How a claim moves with the reader's ratings: published worked values, and what the formula promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.analysis.acceptance import acceptance, df_quad, quadratic_energy
from debates.analysis.excerpt import excerpt_of
from debates.analysis.forest import forest_of
from tests.debates.analysis.planting import Planted, plant

# t <- p1, p2 (support), t <- c1 (oppose), c1 <- r (oppose), every weight .5
WORKED = "t\n  + p1\n  + p2\n  - c1\n    - r"


def values(planted: Planted, ratings: dict[str, float], root: str = "", **options: object) -> dict[str, float]:
    excerpt = excerpt_of(planted.forest, planted.ids[root] if root else 1)
    known = {planted.ids[words]: value for words, value in ratings.items()}
    found = acceptance(excerpt, known, **options)  # type: ignore[arg-type]
    return dict(zip(planted.words(found), found.values(), strict=True))


def test_quadratic_energy_gives_the_published_values() -> None:
    found = values(plant(WORKED), {"p1": 0.5, "p2": 0.5, "r": 0.5})

    assert found["c1"] == pytest.approx(0.4)
    assert found["t"] == pytest.approx(0.632352941)


def test_df_quad_gives_the_published_values() -> None:
    found = values(plant(WORKED), {"p1": 0.5, "p2": 0.5, "r": 0.5}, semantics=df_quad)

    assert found["c1"] == pytest.approx(0.25)
    assert found["t"] == pytest.approx(0.75)


def test_df_quad_stands_still_where_many_speak_on_both_sides_and_quadratic_energy_moves() -> None:
    """The measured comparison for which quadratic energy was chosen."""
    many = [0.5] * 6

    assert df_quad(0.5, many, many) == 0.5
    assert abs(df_quad(0.5, many[1:], many) - 0.5) < 0.01
    assert quadratic_energy(0.5, many[1:], many) == pytest.approx(0.4)


def test_line_that_is_not_rated_does_not_count() -> None:
    planted = plant(WORKED)

    assert values(planted, {}) == {}
    assert values(planted, {"p1": 1}) == {"p1": 1, "t": 0.75}
    # c1 stands above nothing that is rated: it does not count as an undecided objection.
    assert "c1" not in values(planted, {"p1": 1, "p2": 1})


def test_rating_of_nothing_counts_and_moves_nothing() -> None:
    assert values(plant(WORKED), {"p1": 0}) == {"p1": 0, "t": 0.5}
    # Who does not accept the reply at all has considered the objection: it counts, undecided.
    assert values(plant(WORKED), {"r": 0}) == {"r": 0, "c1": 0.5, "t": 0.4}


def test_ratings_of_other_lines_are_passed_over() -> None:
    assert values(plant(WORKED), {"p1": 1, "c1": 1, "t": 1}) == {"p1": 1, "t": 0.75}


def test_link_has_the_value_of_its_target() -> None:
    planted = plant("A\n  + a\n    - ax\n  - b\n    - =a")

    found = values(planted, {"ax": 1})

    assert found["a"] == found["=a"] == pytest.approx(0.25)
    assert found["b"] == pytest.approx(quadratic_energy(0.5, [], [0.25]))


def test_link_to_another_branch_is_rated_as_its_target_once() -> None:
    planted = plant("A\n  + a\nB\n  + =a\n  - b\n    - =a")
    excerpt = excerpt_of(planted.forest, planted.ids["B"])

    found = values(planted, {"a": 1}, root="B")

    assert excerpt.rated == [planted.ids["a"]]
    assert found["=a"] == found["=a#6"] == 1
    assert found["b"] == pytest.approx(0.25)


def test_ring_of_links_has_no_value_and_breaks_nothing() -> None:
    planted = plant("A\n  + a\n    - x\n  + b\n    - =a")
    ring = planted.records[1]._replace(
        id=9, parent=planted.ids["a"], target=planted.ids["b"], stance="opposes", depth=2
    )
    excerpt = excerpt_of(forest_of([*planted.records, ring]), 1)

    found = acceptance(excerpt, {planted.ids["x"]: 1.0})

    assert excerpt.rated == [planted.ids["x"]]
    assert found == {planted.ids["x"]: 1.0, planted.ids["a"]: 0.25, 1: pytest.approx(0.5 + 0.5 * 0.0625 / 1.0625)}


RATING = st.floats(0, 1)


@given(RATING, st.lists(RATING, max_size=9), st.lists(RATING, max_size=9))
def test_value_stays_between_not_at_all_and_wholly(start: float, pro: list[float], con: list[float]) -> None:
    for semantics in (quadratic_energy, df_quad):
        assert -1e-9 <= semantics(start, pro, con) <= 1 + 1e-9
        assert semantics(start, [], []) == start


@given(RATING, st.lists(RATING, max_size=9), st.lists(RATING, max_size=9), RATING)
def test_one_more_reason_never_lowers_a_claim(start: float, pro: list[float], con: list[float], more: float) -> None:
    value = quadratic_energy(start, pro, con)

    assert quadratic_energy(start, [*pro, more], con) >= value - 1e-9
    assert quadratic_energy(start, pro, [*con, more]) <= value + 1e-9
