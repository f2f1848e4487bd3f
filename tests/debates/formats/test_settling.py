"""From relations to a tree: one place each, links for the rest, circles cut, and everything said."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.formats.document import Line, reading_order
from debates.formats.drafts import Draft, NoteKind, Relation
from debates.formats.settling import settle


def settled(lines: list[Line], *relations: Relation) -> Draft:
    draft = Draft(relations=list(relations))
    draft.document.lines = lines
    settle(draft)
    return draft


def tree(draft: Draft) -> list[tuple[str, str | None, str, str | None]]:
    return [(line.id, line.parent, line.stance, line.refers_to) for line in draft.document.lines]


def kinds(draft: Draft) -> list[NoteKind]:
    return [note.kind for note in draft.notes]


def named(*names: str) -> list[Line]:
    return [Line(name, text=name) for name in names]


def test_settling_makes_the_first_relation_the_place_and_the_next_a_link() -> None:
    draft = settled(named("a", "b", "c"), Relation("b", "a", "supports"), Relation("c", "a", "opposes"),
                    Relation("c", "b", "supports", at=7))  # fmt: skip

    assert tree(draft) == [
        ("a", None, "", None), ("b", "a", "supports", None), ("c>b", "b", "supports", "c"), ("c", "a", "opposes", None),
    ]  # fmt: skip
    assert draft.notes == []


def test_settling_cuts_a_circle_at_its_first_line() -> None:
    draft = settled(named("a", "b", "c"), Relation("a", "c", "opposes"), Relation("b", "a", "supports"),
                    Relation("c", "b", "supports"))  # fmt: skip

    assert tree(draft) == [("a", None, "", None), ("b", "a", "supports", None), ("c", "b", "supports", None)]
    assert kinds(draft) == [NoteKind.CUT]


def test_settling_cuts_what_bears_on_itself() -> None:
    draft = settled(named("a", "b"), Relation("a", "a", "opposes"), Relation("b", "a", "supports"))

    assert tree(draft) == [("a", None, "", None), ("b", "a", "supports", None)]
    assert kinds(draft) == [NoteKind.CUT]


def test_settling_merges_a_relation_that_is_told_twice() -> None:
    draft = settled(named("a", "b"), Relation("b", "a", "supports"), Relation("b", "a", "supports"))

    assert tree(draft) == [("a", None, "", None), ("b", "a", "supports", None)]
    assert kinds(draft) == [NoteKind.MERGED]


def test_settling_leaves_out_relations_of_lines_that_are_not_there() -> None:
    draft = settled(named("a"), Relation("b", "a", "supports", at=3), Relation("a", "z", "supports"))

    assert tree(draft) == [("a", None, "", None)]
    assert [(note.kind, note.at) for note in draft.notes] == [(NoteKind.SKIPPED, 3), (NoteKind.SKIPPED, 0)]


def test_settling_gives_lines_of_one_name_two() -> None:
    draft = settled([Line("a", text="one"), Line("a", text="two", at=5)])

    assert [line.id for line in draft.document.lines] == ["a", "a~2"]
    assert [(note.kind, note.at) for note in draft.notes] == [(NoteKind.REPAIRED, 5)]


def test_settling_makes_an_orphan_a_claim() -> None:
    draft = settled([Line("a", text="a"), Line("b", "gone", "supports", "b")])

    assert [(line.id, line.parent) for line in draft.document.lines] == [("a", None), ("b", None)]
    assert kinds(draft) == [NoteKind.REPAIRED]


def test_settling_gives_what_stands_under_a_link_to_its_target() -> None:
    draft = settled([
        Line("a", text="a"), Line("b", "a", "supports", "b"), Line("l", "a", "opposes", refers_to="b"),
        Line("c", "l", "supports", "c"),
    ])  # fmt: skip

    assert ("c", "b", "supports", None) in tree(draft)
    assert kinds(draft) == [NoteKind.REPAIRED]


def test_settling_follows_links_to_links_and_drops_those_that_lead_nowhere() -> None:
    draft = settled([
        Line("a", text="a"), Line("b", "a", "supports", "b"), Line("c", text="c"),
        Line("k", "c", "supports", refers_to="b"), Line("l", "c", "opposes", refers_to="k"),
        Line("m", "c", "opposes", refers_to="nobody"), Line("n", "c", "opposes", refers_to="n"),
    ])  # fmt: skip

    assert {line.id: line.refers_to for line in draft.document.lines if line.is_link} == {"k": "b", "l": "b"}
    assert kinds(draft) == [NoteKind.SKIPPED, NoteKind.SKIPPED]


def test_settling_cuts_a_link_below_its_own_target() -> None:
    draft = settled([Line("a", text="a"), Line("b", "a", "supports", "b"), Line("l", "b", "opposes", refers_to="a")])

    assert [line.id for line in draft.document.lines] == ["a", "b"]
    assert kinds(draft) == [NoteKind.CUT]


def test_settling_takes_a_hundred_thousand_levels_in_linear_time() -> None:
    count = 100_000
    lines = [Line(str(at), str(at - 1) if at else None, "supports" if at else "", "x") for at in range(count)]
    began = time.process_time()

    draft = settled(lines, *[Relation(str(at), str(count - 1), "opposes") for at in range(1, 1_001)])

    assert len(draft.document.lines) == count
    assert kinds(draft).count(NoteKind.CUT) == 1_000
    assert time.process_time() - began < 20  # what is quadratic takes hours


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(["supports", "opposes"])), max_size=30))
def test_settling_makes_a_tree_of_any_graph(edges: list[tuple[int, int, str]]) -> None:
    relations = [Relation(str(child), str(parent), stance) for child, parent, stance in edges]

    draft = settled(named(*map(str, range(10))), *relations)

    lines = draft.document.lines
    ids = [line.id for line in lines]
    assert len(set(ids)) == len(ids)
    assert reading_order(lines) == lines
    assert set(map(str, range(10))) == {line.id for line in lines if not line.is_link}
    assert all(line.parent is not None for line in lines if line.is_link)
    places = {(line.refers_to or line.id, line.parent) for line in lines}
    assert len(places) == len(lines)
    _no_link_below_its_target(lines)


def _no_link_below_its_target(lines: list[Line]) -> None:
    above = {line.id: line.parent for line in lines}
    for line in lines:
        at = line.parent if line.is_link else None
        while at is not None:
            assert at != line.refers_to
            at = above[at]


@pytest.mark.parametrize("order", [0, 1])
def test_settling_keeps_the_order_of_siblings(order: int) -> None:
    lines = [Line("a", text="a"), *(Line(f"b{n}", "a", "supports", "x") for n in (3, 1, 2))]

    draft = settled(lines if not order else [*lines[1:], lines[0]])

    assert [line.id for line in draft.document.lines] == ["a", "b3", "b1", "b2"]


def test_settling_names_many_lines_of_one_name_in_linear_time() -> None:
    count = 30_000
    began = time.process_time()

    draft = settled([Line("a", text="x") for _at in range(count)])

    assert [line.id for line in draft.document.lines] == ["a", *(f"a~{n}" for n in range(2, count + 1))]
    assert time.process_time() - began < 10  # what is quadratic takes minutes


def test_settling_passes_over_a_name_that_is_taken() -> None:
    draft = settled(named("a~2", "a", "a", "a", "a~2"))

    assert [line.id for line in draft.document.lines] == ["a~2", "a", "a~3", "a~4", "a~2~2"]


def test_settling_follows_a_long_chain_of_links_in_linear_time() -> None:
    count = 30_000
    lines = [Line("0", text="a"), Line("c", text="c")]
    lines += [Line(str(at), "c", "supports", refers_to=str(at - 1)) for at in range(count, 0, -1)]
    began = time.process_time()

    draft = settled(lines)

    assert {line.refers_to for line in draft.document.lines if line.is_link} == {"0"}
    assert time.process_time() - began < 10  # what is quadratic takes minutes


def test_settling_drops_links_that_lead_into_a_circle_of_links() -> None:
    links = [Line(name, "a", "supports", refers_to=target) for name, target in ("kl", "lm", "ml", "nk")]

    draft = settled([Line("a", text="a"), *links])

    assert tree(draft) == [("a", None, "", None)]
    assert kinds(draft) == [NoteKind.SKIPPED] * 4
