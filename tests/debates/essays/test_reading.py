"""An essay laid out and read: sentences counted, chosen words found, passages cut into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from debates.essays.layout import Layout, chosen_sentences, chosen_words, lay_out
from debates.essays.reading import lost_passages, read
from debates.essays.segmenting import Span, blocks_of
from debates.models import Conflict, Essay, Refused, Topic
from tests.factories import make_topic, make_tree

TEXT = "# Title\n\nOne is here. Two is there.\n\n## Part\n\nThree stands apart."


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


@pytest.fixture
def essay(topic: Topic, alice: User) -> Essay:
    return topic.add_essay(by=alice, title="Title", text=TEXT)


def layout_of(text: str) -> Layout:
    return Layout(text, blocks_of(text), "en")


# -- the layout ----------------------------------------------------------------------------------------------------


def test_layout_leaves_out_the_title_and_counts_sentences_of_paragraphs(essay: Essay) -> None:
    layout = lay_out(essay)

    said = [TEXT[span.start : span.end] for span in layout.sentences]
    assert said == ["One is here.", "Two is there.", "Three stands apart."]
    assert [TEXT[block.start : block.end] for block in layout.blocks][1:] == ["Part", "Three stands apart."]
    assert layout.numbers_of(layout.sentences[1]) == (2, 2)
    assert layout.numbers_of(Span(TEXT.index("here"), TEXT.index("Three") + 1)) == (1, 3)
    assert layout.block_of(TEXT.index("Three")) == 2


@pytest.mark.parametrize(("first", "last", "words"), [(2, 2, "Two is there."), (2, 1, "One is here. Two is there.")])
def test_sentences_are_chosen_from_the_first_to_the_last(essay: Essay, first: int, last: int, words: str) -> None:
    span = chosen_sentences(lay_out(essay), first, last)

    assert TEXT[span.start : span.end] == words


@pytest.mark.parametrize("number", [0, 4, -1])
def test_sentence_that_is_not_there_is_not_chosen(essay: Essay, number: int) -> None:
    with pytest.raises(Refused, match="Choose some words"):
        chosen_sentences(lay_out(essay), number, number)


# -- chosen words -----------------------------------------------------------------------------------------------------


def test_chosen_words_lose_the_spaces_around_them() -> None:
    assert chosen_words("  One two  ", Span(0, 11)) == Span(2, 9)


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("e\u0301te\u0301", (1, 3), "e\u0301te\u0301"[0:3]),
        ("x👩‍👩‍👧y", (2, 3), "👩‍👩‍👧"),
        ("👍🏽!", (0, 1), "👍🏽"),
        ("שָׁלוֹם רב", (0, 1), "שָׁ"),
    ],
)
def test_chosen_words_cut_no_sign_apart(text: str, cut: tuple[int, int], whole: str) -> None:
    span = chosen_words(text, Span(*cut))

    assert text[span.start : span.end] == whole


def test_text_that_is_one_long_sign_is_walked_through_once() -> None:
    # Looking to its end from every place on the way back takes a time that grows with its square.
    with pytest.raises(Refused, match="at most 5,000"):
        chosen_words("a\u200d" * 100_000, Span(100_000, 100_010))


def test_words_that_stand_elsewhere_are_found_once_or_not_at_all() -> None:
    text = "New. One two\n\nthree. Four."

    assert chosen_words(text, Span(0, 3), "One two three") == Span(5, 19)
    assert chosen_words(text, Span(90, 99), "# Four") == Span(21, 25)
    with pytest.raises(Conflict, match="not in this text"):
        chosen_words(text, Span(0, 3), "Five")
    with pytest.raises(Conflict, match="more than once"):
        chosen_words(text, Span(0, 1), "e")
    with pytest.raises(Refused, match="Choose some words"):
        chosen_words(text, Span(90, 99))


@settings(max_examples=40)
@given(st.text(alphabet="ab é\u0301😀שल\n#", max_size=30), st.integers(-2, 32), st.integers(-2, 32))
def test_chosen_words_are_words_of_the_text_whatever_is_sent(text: str, start: int, end: int) -> None:
    try:
        span = chosen_words(text, Span(start, end))
    except Refused:
        assert not 0 <= start < end <= len(text) or not text[start:end].strip()
        return

    said = text[span.start : span.end]
    assert said == said.strip() != ""
    assert text[start:end].strip() in said


# -- the reading ------------------------------------------------------------------------------------------------------


def quote(topic: Topic, essay: Essay, alice: User, *spans: str) -> None:
    tree = make_tree(topic, alice, "Claim\n" + "\n".join(f"  + Line {at}" for at in range(len(spans))))
    for at, words in enumerate(spans):
        start = essay.text.index(words)
        tree[f"Line {at}"].quote(essay, start, start + len(words), by=alice)


def test_pieces_put_together_are_the_paragraph(topic: Topic, essay: Essay, alice: User) -> None:
    quote(topic, essay, alice, "is here. Two", "Two is", "there.\n\n## Part\n\nThree")

    reading = read(essay, alice, chosen=Span(TEXT.index("here"), TEXT.index("there")))

    paragraphs = ["".join(piece.text for piece in part.pieces) for part in reading.parts]
    assert paragraphs == ["One is here. Two is there.", "Part", "Three stands apart."]
    assert [part.start for part in reading.parts] == [TEXT.index(paragraph) for paragraph in paragraphs]
    assert "".join(piece.text for part in reading.parts for piece in part.pieces if piece.chosen) == "here. Two is "
    assert [piece.overlap for part in reading.parts for piece in part.pieces if piece.overlap] == [2]
    numbers = [number.number for part in reading.parts for piece in part.pieces for number in piece.numbers]
    assert numbers == [1, 2, 3]
    assert [piece.sentence for piece in reading.parts[0].pieces if piece.sentence] == [1, 2]


def test_reading_says_which_parts_a_passage_changes(topic: Topic, essay: Essay, alice: User) -> None:
    quote(topic, essay, alice, "One is", "Three stands")
    reading = read(essay, alice)
    line = topic.statements.get(text="Line 1").pk

    assert [part.number for part in reading.changed(Span(TEXT.index("Two"), TEXT.index("there")), 0)] == [0]
    assert [part.number for part in reading.changed(Span(TEXT.index("Two"), TEXT.index("Part") + 2), 0)] == [0, 1]
    assert [part.number for part in reading.changed(Span(TEXT.index("Two"), TEXT.index("there")), line)] == [0, 2]


def test_sentence_that_is_cut_is_unused_in_all_its_pieces(topic: Topic, essay: Essay, alice: User) -> None:
    reading = read(essay, alice, chosen=Span(TEXT.index("is there"), TEXT.index("is there") + 2))

    assert [(piece.text, piece.unused) for piece in reading.parts[0].pieces] == [
        ("One is here.", True), (" ", False), ("Two ", True), ("is", True), (" there.", True),
    ]  # fmt: skip
    assert reading.unused == [1, 2, 3]
    assert [part.unused for part in reading.parts] == [[1, 2], [], [3]]


def test_lost_passage_is_listed_and_covers_nothing(topic: Topic, essay: Essay, alice: User) -> None:
    quote(topic, essay, alice, "One is", "Three stands")
    essay.revise(by=alice, version=1, text="## Part\n\nThree stands apart. A new sentence comes after it.")

    reading = read(essay, alice)

    assert [passage.quote for passage in lost_passages(essay)] == ["One is"]
    assert [note.node.text for part in reading.parts for note in part.notes] == ["Line 1"]
