"""Hints on a line made from a passage: what they see in many pairs, and how seldom they are wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from debates.essays.hints import Further, copied_run, goes_further, two_ideas

TEXT = "People follow the band before any prize is handed out, and they will follow it after."


@pytest.mark.parametrize(
    ("claim", "run"),
    [
        (TEXT, TEXT.removesuffix(".")),
        ("We know: people follow the BAND, before any prize is handed out!",
         "people follow the BAND, before any prize is handed out"),
        ("people follow the band before any prize is", "people follow the band before any prize is"),
        ("people follow the band before any prize", ""),
        ("They follow it whatever prizes there are.", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_copied_run_is_eight_words_in_a_row(claim: str, run: str) -> None:
    assert copied_run(claim, TEXT) == run


def test_copied_run_counts_signs_where_words_have_no_spaces_between_them() -> None:
    passage = "音楽は国境を越えて人々をつなぐ力を持っていると彼らは信じている。"

    assert copied_run(passage[:20], passage) == passage[:20]
    assert copied_run(passage[:19], passage) == ""
    assert copied_run("音楽は人をつなぐ。", passage) == ""


def test_copied_run_counts_words_in_korean_and_arabic() -> None:
    korean = "팬들은 상을 받기 전에도 그 밴드를 따르고 그 뒤에도 계속 따른다"
    arabic = "يتابع الناس الفرقة قبل أن تمنح أي جائزة وبعد ذلك"

    assert copied_run(korean, korean) == korean
    assert copied_run("팬들은 상을 받기 전에도 그 밴드를 좋아한다", korean) == ""
    assert copied_run(arabic, arabic) == arabic


FURTHER = [
    ("Fandom is a community.", "Fandom can be a community.", ("can be", "is")),
    ("A prize divides the fans.", "But a prize may also divide fans.", ("may divide", "divides")),
    ("The prize changed the industry.", "This prize could change the whole industry.", ("could change", "changed")),
    ("Prizes always divide fans.", "Prizes sometimes divide fans of a band.", ("sometimes", "always")),
    ("All fans feel tired after the votes.", "Some fans feel tired after such votes.", ("Some", "All")),
    ("The results prove that taste moves on.", "The results suggest that taste moves on.", ("suggest", "prove")),
    ("The vote proves that taste moves on.", "The vote suggests that taste moves on.", ("suggests", "proves")),
    ("Four days will improve sleep.", "Four days might improve sleep a little.", ("might", "will")),
    ("Schools have less money then.", "Schools may have less money.", ("may have", "have")),
    ("팬덤은 반드시 공동체가 된다.", "팬덤은 공동체가 될 수 있다.", ("수 있다", "반드시")),
    ("그 상은 항상 팬을 나눈다.", "그 상은 팬을 나눌지도 모른다.", ("나눌지도 모른다", "항상")),
]
NO_FURTHER = [
    ("Fandom can be a community.", "Fandom can be a community."),
    ("Perhaps fandom is a community.", "Fandom may be a community."),
    ("The week is long.", "Fandom can be a community. The week is long."),
    ("The band is from Korea.", "A prize can divide the fans."),
    ("Fans are a community.", "Fans are a community, whatever critics can say."),
    ("No count can replace the songs.", "No count can replace the songs."),
    ("Counting cannot replace the songs.", "No count can replace the songs."),
    ("Prizes will never replace songs.", "Prizes will never replace songs, though they can help."),
    ("Rest helps people learn.", "Rest helps people learn. Nobody denies it."),
    ("팬덤은 공동체가 될 수 있다.", "팬덤은 공동체가 될 수 있다."),
    ("밴드는 한국에서 왔다.", "팬덤은 공동체가 될 수 있다."),
    ("", "Fandom can be a community."),
    ("Fandom is a community.", ""),
]


@pytest.mark.parametrize(("claim", "passage", "pair"), FURTHER)
def test_claim_goes_further_than_a_careful_text(claim: str, passage: str, pair: tuple[str, str]) -> None:
    assert goes_further(claim, passage) == Further(*pair)


@pytest.mark.parametrize(("claim", "passage"), NO_FURTHER)
def test_claim_goes_no_further_than_its_text(claim: str, passage: str) -> None:
    assert goes_further(claim, passage) is None


TWO = [
    ("Fans vote a lot; artists lose sleep.", ";"),
    ("Fans vote a lot. Artists lose sleep over it.", "Artists lose sleep …"),
    ("Fans vote a lot and also buy records twice.", "and also"),
    ("Fans vote because they care, and because the band asks them to.", "and because"),
    ("Fans vote because they care, others because the band asks them to.", "because"),
    ("Prizes reward charts, and they tire the fans.", "and they tire"),
    ("Fans vote. They win.", "They win."),
    ("팬들은 투표를 한다. 가수들은 잠을 잃는다.", "가수들은 잠을 잃는다."),
    ("팬들은 투표를 많이 한다 그러나 가수는 쉬지 못한다.", "그러나"),
]
ONE = [
    "Fans vote, buy, and share.",
    "Prizes reward charts, sales, and the press.",
    "A prize shows reach and quality.",
    "Dr. Kim says that rest helps.",
    "It is worth 3.5 points in the U.S. charts.",
    "Small, but real: that is what changed.",
    "Who wins matters less than who listens.",
    "What matters is not the prize but the people.",
    "Because the vote is open, fans decide.",
    "Rest and sleep help people learn and remember.",
    "",
]


@pytest.mark.parametrize(("claim", "joint"), TWO)
def test_two_ideas_are_seen_by_what_joins_them(claim: str, joint: str) -> None:
    assert two_ideas(claim, "ko" if "팬" in claim else "en") == joint


@pytest.mark.parametrize("claim", ONE)
def test_one_idea_is_left_alone(claim: str) -> None:
    assert two_ideas(claim) == ""


def demo_lines() -> list[tuple[str, str]]:
    """Every line of the demo, which people wrote with care, with the words it rests on."""
    folder = Path(__file__).parents[3] / "debates/demo"
    content: dict[str, Any] = json.loads((folder / "topic.json").read_text(encoding="utf-8"))
    return [
        (line["text"], " ".join(passage["quote"] for passage in line.get("passages", [])))
        for line in content["statements"]
    ]


def test_hints_are_quiet_on_lines_that_were_written_well() -> None:
    lines = demo_lines()

    alarms = {
        "copied": sum(1 for text, passage in lines if copied_run(text, passage)),
        "further": sum(1 for text, passage in lines if goes_further(text, passage)),
        "two": sum(1 for text, _passage in lines if two_ideas(text)),
    }

    # The one is no false alarm: the first claim does take over thirteen words of the essay.
    assert (len(lines), alarms) == (60, {"copied": 1, "further": 0, "two": 0})
