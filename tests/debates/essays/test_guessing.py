"""Where a passage that lost its place may stand: guesses that resemble it, the best first, in time that is bounded."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from debates.essays.guessing import MOST_GUESSES, guesses

TEXT = (
    "Buses are late. Railways carry crowds of tired people, every day.\n\n"
    "Bicycles are quick, and they cost little. The music is loud. Nobody hears the rain.\n\n"
    "After the show the music is loud. 음악은 세계를 움직인다. 음악은 언제나 크다."
)


def found(quote: str) -> list[str]:
    return [guess.words for guess in guesses(TEXT, quote)]


@pytest.mark.parametrize(
    ("quote", "best"),
    [
        ("Trains carry crowds of many people.", "Railways carry crowds of tired people, every day."),
        ("BICYCLES are quick and cost little.", "Bicycles are quick, and they cost little."),
        ("carry crowds of people", "carry crowds of tired people"),
        ("음악은 세상을 움직인다.", "음악은 세계를 움직인다."),
        ("Nobody hears the rain.", "Nobody hears the rain."),
    ],
)
def test_words_that_were_changed_are_guessed(quote: str, best: str) -> None:
    assert found(quote)[0] == best


@pytest.mark.parametrize("quote", ["Ships sail over the seven seas.", "", " \n ", "?"])
def test_words_that_resemble_nothing_are_not_guessed(quote: str) -> None:
    assert found(quote) == []


@pytest.mark.parametrize(
    ("around", "before"),
    [(("and they cost little. ", ""), "cost little. "), (("After the show ", ". 음악은"), "After the show ")],
)
def test_words_that_stand_twice_are_ranked_by_what_stood_around(around: tuple[str, str], before: str) -> None:
    first, second = guesses(TEXT, "the music is loud", around=around)

    assert first.before.endswith(before)
    assert {first.likeness, second.likeness} == {1.0}


def test_guess_says_where_it_stands_with_whole_words_around() -> None:
    text = "word " * 40 + "the one place. " + "more " * 40

    (guess,) = guesses(text, "the one place")

    assert text[guess.start : guess.end] == guess.words == "the one place"
    assert (set(guess.before.split()), set(guess.after.split())) == ({"word"}, {".", "more"})


def test_guesses_are_few_and_apart() -> None:
    text = "The bell rings again. " * 30

    ranked = guesses(text, "The bell rings again.")

    assert len(ranked) == MOST_GUESSES
    assert all(one.end <= other.start for one, other in pairwise(ranked))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("ab " * 66_000, "ba ab " * 400),
        ("a" * 200_000, "a" * 5_000),
        ("…" * 200_000, "… " * 900),
        ("가" * 200_000, "가나"),
    ],
)
def test_the_worst_texts_take_no_minute(text: str, quote: str) -> None:
    begun = time.perf_counter()

    guesses(text, quote)

    assert time.perf_counter() - begun < 10  # 0.5 s on an idle machine
