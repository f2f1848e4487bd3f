"""The drawings in numbers: the score, wrapped text, and the map's layout."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debates.drawing.layout import place
from debates.drawing.map import draw
from debates.drawing.score import HEIGHT, MOST_WIDE, score
from debates.drawing.wrapping import text_width, wrap, xml_safe
from debates.tree import Node, assemble

type Shape = list[tuple[int, int | None, str, int]]

# -- score --------------------------------------------------------------------------------------------------------

CLAIM = (1, None, "", 0)


def test_score_points_up_for_and_down_against_the_claim() -> None:
    shape: Shape = [CLAIM, (2, 1, "supports", 1), (3, 2, "opposes", 2), (4, 3, "opposes", 3)]

    drawn = score(shape)

    assert drawn is not None
    assert (drawn.for_it, drawn.against_it) == (2, 1)
    assert drawn.sides[0].stems == "M4 28V7M22 28V16"
    assert drawn.sides[0].heads == "M4 1l-4 7h8ZM22 10l-4 7h8Z"
    assert drawn.sides[1].heads == "M13 50l-4 -7h8Z"


def test_score_sets_branches_apart() -> None:
    drawn = score([CLAIM, (2, 1, "supports", 1), (3, 1, "supports", 1)])

    assert drawn is not None
    assert drawn.sides[0].stems == "M4 28V7M20 28V7"
    assert (drawn.width, drawn.height) == (24, HEIGHT)


@pytest.mark.parametrize("shape", [None, [], [CLAIM]])
def test_score_of_nothing_is_none(shape: Shape | None) -> None:
    assert score(shape) is None


def test_score_leaves_out_what_answers_a_hidden_line() -> None:
    drawn = score([CLAIM, (2, 1, "supports", 1), (9, 8, "opposes", 2)])

    assert drawn is not None
    assert (drawn.for_it, drawn.against_it) == (1, 0)


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["supports", "opposes"])), min_size=1, max_size=300))
def test_score_draws_every_argument_within_its_width(arguments: list[tuple[int, str]]) -> None:
    shape: Shape = [CLAIM]
    for at, (above, stance) in enumerate(arguments):
        parent = shape[above % len(shape)]
        shape.append((at + 2, parent[0], stance, parent[3] + 1))
    shape.sort(key=lambda row: row[3])

    drawn = score(shape)

    assert drawn is not None
    assert drawn.for_it + drawn.against_it == len(arguments)
    assert drawn.width <= MOST_WIDE + 4
    assert sum(side.heads.count("Z") for side in drawn.sides) == len(arguments)


# -- text ---------------------------------------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("abc WMil.,’é́漢字、。😀\u200d한 \n"), max_size=300)


def test_wrap_breaks_between_words() -> None:
    lines = wrap("People follow BTS before any prize is handed out", width=150, size=14)

    assert " ".join(lines) == "People follow BTS before any prize is handed out"
    assert len(lines) == 3


def test_wrap_breaks_a_word_that_is_too_long() -> None:
    lines = wrap("so " + "W" * 50 + " it is", width=150, size=14)

    assert "".join(lines).replace(" ", "") == "so" + "W" * 50 + "itis"
    assert max(text_width(line, 14) for line in lines) <= 150


def test_wrap_breaks_wide_scripts_without_spaces() -> None:
    text = "韓国の音楽は世界の舞台で大きな一歩を踏み出した。"

    lines = wrap(text, width=150, size=14)

    assert "".join(lines) == text
    assert len(lines) == 3
    assert not lines[-1].startswith("。")


def test_wrap_of_nothing_is_one_empty_line() -> None:
    assert wrap("", width=100, size=14) == [""]
    assert wrap(" \n ", width=100, size=14) == [""]


@given(TEXTS, st.integers(40, 300))
def test_wrap_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width=width, size=14)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line, 14) <= width for line in lines)


def test_xml_safe_replaces_what_xml_has_no_place_for() -> None:
    assert xml_safe("a\x00b\x1fc\ud800d\ufffee\tf\n") == "a\ufffdb\ufffdc\ufffdd\ufffde\tf\n"


# -- layout -------------------------------------------------------------------------------------------------------

TREES = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 400)), min_size=0, max_size=120)


def grown(rows: list[tuple[int, int]]) -> tuple[dict[int, list[int]], dict[int, float]]:
    children: dict[int, list[int]] = {}
    heights: dict[int, float] = {0: 50.0}
    for at, (above, height) in enumerate(rows, 1):
        children.setdefault(above % at, []).append(at)
        heights[at] = float(height)
    return children, heights


@given(TREES)
def test_place_lets_no_two_boxes_meet(rows: list[tuple[int, int]]) -> None:
    children, heights = grown(rows)

    spots = place(0, children, heights, gap=10, wide_gap=20)

    assert set(spots) == set(heights)
    for column in {spot.column for spot in spots.values()}:
        here = sorted((spot.top, heights[key]) for key, spot in spots.items() if spot.column == column)
        assert all(top + height + 10 <= below for (top, height), (below, _height) in pairwise(here))


@given(TREES)
def test_place_puts_children_one_column_on_and_in_order(rows: list[tuple[int, int]]) -> None:
    children, heights = grown(rows)

    spots = place(0, children, heights, gap=10, wide_gap=20)

    for parent, below in children.items():
        assert [spots[child].column for child in below] == [spots[parent].column + 1] * len(below)
        assert spots[below[0]].top == spots[parent].top
        tops = [spots[child].top for child in below]
        assert tops == sorted(tops)


def test_place_is_the_same_every_time() -> None:
    children, heights = grown([(7 * at, 20 + at) for at in range(60)])

    assert place(0, children, heights, gap=1, wide_gap=2) == place(0, children, heights, gap=1, wide_gap=2)


# -- map ----------------------------------------------------------------------------------------------------------


def node(pk: int, parent: int | None, stance: str = "supports", text: str = "", **more: object) -> Node:
    plain: dict[str, object] = {
        "branch_id": pk, "note": "", "status": "visible", "version": 1, "author": "", "author_id": None, "mine": False,
        "created": datetime(2026, 1, 1, tzinfo=UTC), "supporting": 0, "opposing": 0, "passages": 0, "sources": 0,
        "comments": 0, "votes": 0, "tally": None, "my_vote": None, "position": pk,
    }  # fmt: skip
    plain |= {"depth": 0 if parent is None else 1} | more
    stance = stance if parent else ""
    return Node(id=pk, parent_id=parent, stance=stance, text=text or f"Line {pk}", **plain)  # type: ignore[arg-type]


def test_map_stands_the_claim_level_with_its_first_argument() -> None:
    [top] = assemble([node(1, None, supporting=2), node(2, 1), node(3, 1, "opposes")])

    drawing = draw(top, bearing=(), gone="")

    claim, first, second = drawing.boxes
    assert claim.port == first.port
    assert first.edge == f"M{first.x - 62} {first.port}H{first.x - 12}"
    assert second.edge.startswith(f"M{second.x - 62} {second.port - 10}q0 10 10 10")
    assert claim.trunk == f"M{claim.right} {claim.port}H{claim.right + 26}V{second.port - 10}"
    assert claim.right < first.x


def test_map_says_where_a_branch_is_shut() -> None:
    [top] = assemble([node(1, None, supporting=1), node(2, 1, supporting=3)])

    boxes = draw(top, bearing={1, 2}, gone="").boxes

    assert [box.shut for box in boxes] == [False, True]


def test_map_leaves_a_place_for_siblings_that_are_not_drawn() -> None:
    [top] = assemble([node(1, None, supporting=9), node(2, 1)])

    drawing = draw(top, bearing=(), gone="")

    assert [(rest.node.id, rest.node.more) for rest in drawing.rests] == [(1, 8)]
    assert drawing.rests[0].y > drawing.boxes[1].y + drawing.boxes[1].height
    assert drawing.height > drawing.rests[0].y


def test_map_is_cut_for_paper_between_branches() -> None:
    rows = [node(1, None, supporting=3), node(2, 1), node(3, 1), node(4, 1), node(5, 3, depth=2)]
    [top] = assemble(rows)

    drawing = draw(top, bearing=(), gone="")

    sheets = drawing.sheets
    assert len(sheets) == 3
    assert sum(height for _top, height in sheets) == drawing.height
    for box in drawing.boxes[1:]:
        assert sum(top <= box.y and box.y + box.height <= top + height for top, height in sheets) == 1


def test_map_of_300_boxes_takes_less_than_a_twentieth_of_a_second() -> None:
    words = "On a stage that draws the whole world, the group has outgrown the label of one country only. "
    depths = {1: 0}
    rows = [node(1, None)]
    for pk in range(2, 301):
        depths[pk] = depths[pk // 2] + 1
        rows.append(node(pk, pk // 2, text=words[pk % 40 :], depth=depths[pk]))
    [top] = assemble(rows)

    took = []
    for _time in range(5):
        start = time.process_time()
        drawing = draw(top, bearing=(), gone="")
        took.append(time.process_time() - start)

    assert len(drawing.boxes) == 300
    assert min(took) < 0.05
