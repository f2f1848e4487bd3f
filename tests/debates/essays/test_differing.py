"""What changed between two essays: where, word by word, and in time that is bounded."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debates.diff import INSERTED, KEPT, REMOVED
from debates.essays.differing import MOST_SHOWN, differing

OLD = "One is here.\n\nTwo is red.\n\nThree stays.\n\nFour goes."


def told(old: str, new: str) -> list[tuple[int, list[str]]]:
    marks = {KEPT: "{}", REMOVED: "-{}", INSERTED: "+{}"}
    return [
        (part.number, [marks[piece.op].format(piece.text) for piece in part.pieces])
        for part in differing(old, new).parts
    ]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (OLD, []),
        (OLD.replace("red", "blue"), [(2, ["Two is ", "-red", "+blue", "."])]),
        (OLD.replace("\n\nThree stays.", ""), [(3, ["-Three stays."])]),
        ("Zero.\n\n" + OLD, [(1, ["+Zero."])]),
        (
            OLD.replace("One is", "One was").replace("red", "blue"),
            [(1, ["One ", "-is", "+was", " here."]), (2, ["Two is ", "-red", "+blue", "."])],
        ),
        ("", [(1, ["-" + OLD])]),
    ],
)
def test_each_place_that_differs_is_told_word_by_word(new: str, expected: list[tuple[int, list[str]]]) -> None:
    assert told(OLD, new) == expected


def test_places_beyond_the_first_sixty_are_counted() -> None:
    old = [f"Paragraph {number}." for number in range(150)]

    changed = differing("\n\n".join(old), "\n\n".join(old[:1] + [f"{each} More." for each in old[1:]]))

    assert (len(changed.parts), changed.more) == (MOST_SHOWN, 149 - MOST_SHOWN)


_TEXTS = st.lists(st.sampled_from(["One.", "Two.", "Three four.", "Five six seven.", ""]), max_size=9).map("\n\n".join)


@settings(max_examples=50)
@given(_TEXTS, _TEXTS)
def test_what_differs_joins_to_both_texts(old: str, new: str) -> None:
    parts = differing(old, new).parts
    kept_of_new = new.split("\n\n")

    for part in parts:
        inserted = "".join(piece.text for piece in part.pieces if piece.op != REMOVED)
        there = "\n\n".join(kept_of_new[part.number - 1 :])
        assert there.startswith(inserted)
    assert bool(parts) == (old != new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n\n".join(["a"] * 66_000), "\n\n".join(["a", "b"] * 33_000)),
        ("word " * 40_000, "drow " * 40_000),
        ("\n\n".join(map(str, range(700))), "\n\n".join(map(str, reversed(range(700))))),
    ],
)
def test_the_worst_texts_take_no_minute_to_compare(old: str, new: str) -> None:
    begun = time.perf_counter()

    assert differing(old, new).parts
    assert time.perf_counter() - begun < 10  # 0.2 s on an idle machine
