"""Where passages are after an edit: by what stayed, by what they say, and never where they might not be."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from debates.essays.anchoring import Found, Place, reanchor
from tests.debates.essays.truth import Verdict, trial
from tests.debates.essays.writing import placed

if TYPE_CHECKING:
    from collections.abc import Sequence

OLD = """\
## What a prize is

The music is loved by many people. A prize does not change the music. Some say that a prize is everything.

## What it is not

Nobody listens to a prize at night. The music is what stays when the lights go out.

People who vote for hours do so together, and that is more than a feeling. Yes. The music is the music."""


def marked(old: str, quote: str, *, at: int = 0, lost: bool = False) -> Place:
    """The passage of `old` that says `quote`, the `at`-th of them."""
    start = -1
    for _time in range(at + 1):
        start = old.index(quote, start + 1)
    return placed(old, start, start + len(quote))._replace(lost=lost)


def said(new: str, found: Sequence[Found | None]) -> list[str | None]:
    return [None if place is None else new[place.start : place.end] for place in found]


def after(old: str, new: str, *quotes: str) -> list[str | None]:
    """What passages that said `quotes` in `old` say in `new`; None for those that lost their place."""
    return said(new, reanchor(old, new, [marked(old, quote) for quote in quotes]))


# -- by position --------------------------------------------------------------------------------------------------


def test_passages_of_an_unchanged_text_stay() -> None:
    places = [placed(OLD, start, start + length) for start in range(0, 250, 7) for length in (1, 9, 80)]
    places = [place for place in places if place.quote.strip()]

    assert reanchor(OLD, OLD, places) == [Found(place.start, place.end) for place in places]


def test_words_written_inside_belong_and_those_at_the_ends_do_not() -> None:
    new = OLD.replace("A prize does not change", "Indeed, a prize alone does not ever change").replace(
        "the music. Some", "the music itself. Some"
    )

    assert after(OLD, new, "A prize does not change the music") == ["a prize alone does not ever change the music"]


def test_a_slip_that_is_mended_stays_inside_even_at_the_ends() -> None:
    old = OLD.replace("Nobody", "Nobdoy").replace("night.", "nigth.")

    assert after(old, OLD, "Nobdoy listens to a prize at nigth.") == ["Nobody listens to a prize at night."]


def test_a_passage_shrinks_to_what_is_left_of_it() -> None:
    new = OLD.replace("Nobody listens to a prize", "At all a prize")

    assert after(OLD, new, "Nobody listens to a prize at night.") == [None]
    assert after(OLD, new, "listens to a prize at night. The music is what stays") == [
        "a prize at night. The music is what stays"
    ]


def test_a_passage_that_was_taken_out_is_lost_though_its_words_stand_elsewhere() -> None:
    new = OLD.replace("The music is loved by many people. ", "")

    assert after(OLD, new, "The music") == [None]
    assert new.count("The music") == 2


def test_sentences_that_are_parted_or_joined_keep_their_passages() -> None:
    new = OLD.replace("out.\n\nPeople", "out, and people").replace("together, and that", "together. That")

    assert after(OLD, new, "The music is what stays when the lights go out.", "People who vote for hours") == [
        "The music is what stays when the lights go out,", "people who vote for hours",
    ]  # fmt: skip
    assert after(OLD, new, "do so together, and that is more than a feeling") == [
        "do so together. That is more than a feeling"
    ]


def test_a_passage_is_not_stretched_over_a_paragraph_that_came_between() -> None:
    new = OLD.replace("\n\nPeople", "\n\nThis is a paragraph of its own.\n\nPeople")
    quote = "when the lights go out.\n\nPeople who vote for hours do so together"

    assert after(OLD, new, quote) == ["People who vote for hours do so together"]


# -- moved and copied ---------------------------------------------------------------------------------------------

FIRST, SECOND, THIRD = (paragraph for paragraph in OLD.split("\n\n") if not paragraph.startswith("#"))


def test_passages_go_with_a_paragraph_that_was_moved_and_edited() -> None:
    new = OLD.replace(f"{SECOND}\n\n{THIRD}", f"{THIRD}\n\n{SECOND}").replace("what stays", "what really stays")

    assert after(OLD, new, "The music is what stays", "Nobody listens", "The music is the music.") == [
        "The music is what really stays", "Nobody listens", "The music is the music.",
    ]  # fmt: skip


def test_passages_stay_where_they_are_when_their_paragraph_is_copied() -> None:
    new = f"{FIRST}\n\nSomething else.\n\n{OLD.replace('everything', 'a lot')}"

    [found] = reanchor(OLD, new, [marked(OLD, "A prize does not change the music.")])

    assert found is not None
    assert found.start > len(FIRST)


def test_of_two_new_copies_neither_is_taken() -> None:
    new = OLD.replace(f"{FIRST}\n\n", "") + f"\n\n{FIRST}\n\nBetween.\n\n{FIRST}"

    assert after(OLD, new, "A prize does not change the music.") == [None]


# -- by quotation -------------------------------------------------------------------------------------------------


def test_a_lost_passage_comes_back_with_its_words() -> None:
    cut = OLD.replace("Some say that a prize is everything.", "")
    place = marked(OLD, "Some say that a prize is everything.", lost=True)

    assert said(OLD, reanchor(cut, OLD, [place])) == [place.quote]


def test_a_lost_passage_comes_back_with_a_slip_in_it() -> None:
    cut = OLD.replace("Some say that a prize is everything.", "")
    new = OLD.replace("say that", "say taht")
    place = marked(OLD, "Some say that a prize is everything.", lost=True)

    assert said(new, reanchor(cut, new, [place])) == ["Some say taht a prize is everything."]


def test_a_lost_passage_of_few_words_comes_back_between_its_neighbours_only() -> None:
    place = marked(OLD, "The music", at=1, lost=True)
    cut = OLD.replace("The music is what stays", "It is what stays")

    assert reanchor(cut, OLD, [place]) == [Found(place.start, place.end)]
    assert reanchor(cut, f"{cut} The music.", [place]) == [None]


def test_a_lost_passage_is_not_put_where_something_else_stood_before() -> None:
    place = marked(OLD, "The music is the music.", lost=True)._replace(prefix="", suffix="")

    assert reanchor(OLD, f"{OLD} More.", [place]) == [None]


# -- characters ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "quote", "expected"),
    [
        ("韓国の音楽は世界の舞台へ。", "韓国の若い音楽は大きな世界の舞台へ。", "音楽は世界", "音楽は大きな世界"),
        ("그 음악은 상을 받았다.", "그 음악이 큰 상을 받았다.", "음악은 상을", "음악이 큰 상을"),
        ("קהל אוהב מוזיקה טובה.", "הקהל הזה אוהב מאוד מוזיקה טובה.", "אוהב מוזיקה", "אוהב מאוד מוזיקה"),
        ("a 👩\u200d👧 b 👍🏽 c d", "a big 👩\u200d👧 is b 👍🏽 c d", "👩\u200d👧 b 👍🏽", "👩\u200d👧 is b 👍🏽"),
        ("x q\u0303ue\u0301 y z w", "so x q\u0303ue\u0301 then y z w", "q\u0303ue\u0301 y", "q\u0303ue\u0301 then y"),
        ("สวัสดีครับทุกคน นะ", "สวัสดีคับทุกคน นะ", "สวัสดีครับทุกคน", "สวัสดีคับทุกคน"),
        ("a half-made thing is good", "a half-baked thing is good", "made thing is", "thing is"),
    ],
)
def test_every_script_keeps_its_signs_whole(old: str, new: str, quote: str, expected: str) -> None:
    assert after(old, new, quote) == [expected]


def test_passages_of_texts_that_share_nothing_are_lost() -> None:
    assert after(OLD, "x", "The music", OLD) == [None, None]
    assert reanchor(OLD, "", [marked(OLD, "The music")]) == [None]
    assert reanchor("", OLD, []) == []


# -- the figure ---------------------------------------------------------------------------------------------------


def judged(seeds: range, *, words: int, passages: int, edits: int) -> Verdict:
    total = Verdict()
    for seed in seeds:
        old, truth, places = trial(seed, words=words, passages=passages, edits=edits)
        total += truth.judge(places, reanchor(old, truth.new, places))
    return total


@pytest.mark.parametrize(
    ("seeds", "words", "passages", "edits"), [(range(1), 5_000, 500, 50), (range(100, 115), 500, 60, 6)]
)
def test_passages_are_placed_right_after_random_edits_or_not_at_all(
    seeds: range, words: int, passages: int, edits: int
) -> None:
    """99 % right, none wrong: what that means is said by Truth. `make bench ARGS=anchoring` tries a hundred essays."""
    verdict = judged(seeds, words=words, passages=passages, edits=edits)

    assert verdict.wrong == 0
    assert verdict.right >= 0.99 * (verdict.right + verdict.missed + verdict.twin)
    assert verdict.right > 0.9 * passages * len(seeds)


def test_truth_is_not_easily_pleased() -> None:
    old, truth, places = trial(1, words=500, passages=60, edits=10)

    shifted = [found and Found(found.start, found.end + 12) for found in reanchor(old, truth.new, places)]
    first = [Found(truth.new.find(place.quote), truth.new.find(place.quote) + len(place.quote)) for place in places]

    assert truth.judge(places, shifted).wrong > 40
    assert truth.judge(places, first).wrong > 10


HARD = {
    "other words": (" ".join(f"w{at % 991}" for at in range(6_000)), " ".join(f"w{at % 997}" for at in range(6_000))),
    "backwards": (" ".join(f"w{at}" for at in range(6_000)), " ".join(f"w{at}" for at in range(6_000, 0, -1))),
    "one word": ("ab " * 10_000, "ba " * 10_000),
    "no spaces": ("哈" * 20_000, "呵哈" * 10_000),
    "one sentence": ("Yes. " * 5_000, "Yes. No. " * 2_500),
    "a long word": ("a" * 20_000, "a" * 19_999 + "b"),
}


@pytest.mark.parametrize("name", HARD)
def test_anchoring_comes_to_an_end_in_hard_texts(name: str) -> None:
    old, new = HARD[name]
    places = [placed(old, at, at + 90) for at in range(0, len(old) - 100, 400)]

    start = time.process_time()
    reanchor(old, new, [*places, *(place._replace(lost=True) for place in places)])

    assert time.process_time() - start < 20  # under a second here; what is quadratic takes minutes
