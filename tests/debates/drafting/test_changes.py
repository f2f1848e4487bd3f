"""What is different between two states of a draft."""

from __future__ import annotations

from debates.diff import Piece
from debates.drafting.changes import AROUND, changes_between


def test_same_text_has_no_changes() -> None:
    assert changes_between("The same.", "The same.") == []


def test_short_texts_are_shown_whole() -> None:
    assert changes_between("Rest helps.", "Rest hurts.") == [
        Piece("kept", "Rest "), Piece("removed", "helps"), Piece("inserted", "hurts"), Piece("kept", "."),
    ]  # fmt: skip


def test_what_stayed_the_same_is_shown_beside_a_change_alone() -> None:
    one, two, three = (" ".join(f"Sentence {20 * part + n} stands here." for n in range(12)) for part in (1, 2, 3))

    first, removed, inserted, between, added, last = changes_between(
        f"{one} A house. {two} {three}", f"{one} A tree. {two} And more. {three}"
    )

    assert (removed.text, inserted.text, added.text) == ("house", "tree", ". And more")
    assert first.text.startswith("… ")
    assert first.text.endswith("stands here. A ")
    assert between.text.startswith(". Sentence 40 stands")
    assert " … " in between.text
    assert last.text.startswith(". Sentence 60")
    assert last.text.endswith(" … ")
    assert all(len(piece.text) <= 2 * AROUND + 3 for piece in (first, between, last))
