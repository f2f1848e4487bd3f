"""An essay cut into sections, blocks, sentences and segments."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

from debates.essays import segmenting
from debates.essays.segmenting import Block, Span, blocks_of, sections_of, segments_of, sentences_of, unused_sentences

DEMO = Path(__file__).parents[3] / "debates" / "demo"
ESSAY = "# A title\n\nFirst sentence. Second one!\n\n## Part\n\nThird “quoted.” Fourth\ngoes on."


def said(text: str, language: str = "en") -> list[str]:
    """The sentences of a text of one paragraph."""
    return [text[span.start : span.end] for span in sentences_of(text, Block(0, 0, len(text)), language)]


# -- blocks and sections ------------------------------------------------------------------------------------------


def test_blocks_are_headings_and_paragraphs() -> None:
    blocks = [(block.level, ESSAY[block.start : block.end]) for block in blocks_of(ESSAY)]

    assert blocks == [
        (1, "A title"), (0, "First sentence. Second one!"), (2, "Part"), (0, "Third “quoted.” Fourth\ngoes on."),
    ]  # fmt: skip


def test_sections_are_headings_with_their_sentences() -> None:
    text = f"Before. All.\n\n{ESSAY}"

    sections = sections_of(text, blocks_of(text), "en")

    assert [(each.heading and text[slice(*each.heading[1:])], len(each.sentences)) for each in sections] == [
        (None, 2), ("A title", 2), ("Part", 2),
    ]  # fmt: skip


def test_sections_without_text_before_the_first_heading_begin_with_it() -> None:
    assert [section.heading is None for section in sections_of(ESSAY, blocks_of(ESSAY), "en")] == [False, False]


# -- sentences ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Third “quoted.” | Fourth\ngoes on."),
        ("en", "He said “I go. You stay.” | She left."),
        ("en", "“Why?” she asked. | “Because.”"),
        ("en", "Mr. Kim paid $3.50 (approx. 4 euros) at 5 p.m. in the U.S. alone. | J. K. Rowling wrote, e.g. this."),
        ("en", "See p. 5. | Smith et al. (2020) say so [1]. | Others do not.[2] | So what?"),
        ("en", "Wait… | What? | Then… nothing. | And then... | Silence."),
        ("en", "One reason. | (A whole one.) | It ends (so they say.) Then more."),
        ("en", "He wrote:\n| - One thing\n| - Another thing\nand more.\n| 1. A third.\n| 2. Yes."),
        ("ko", "“음악은 좋다.” | 그는 말했다. | 정말? | 그렇다고 한다… 그래서 갔다."),
        ("ko", "그는 ‘좋다.’라고 말했다. | BTS가 3.5점을 받았다.| 끝."),
        ("ko", "2020. 5. 3. 에 왔다. | 네. | 갔다."),
        ("ja", "一つ目。| 二つ目！| 「三つ目。」| 最後"),
        ("zh", "真的？！| 好……然后。"),
        ("de", "Am 3. Mai kam er z. B. mit Dr. Meyer. | „Ja.“ | Sie ging."),
        ("fr", "C’est M. Dupont. | « Oui ! » | Vraiment ?"),
        ("ar", "هل هذا صحيح؟ | نعم. | لا!"),
        ("hi", "यह सही है। | क्या?"),
        ("", "One. | 音楽は良い。| 그래요. | Yes."),
    ],
)
def test_sentences_end_where_a_reader_ends_them(language: str, text: str) -> None:
    sentences = text.split("|")

    assert said("".join(each.removeprefix(" ") for each in sentences), language) == [each.strip() for each in sentences]


@pytest.mark.parametrize("sign", ["e\u0301", "!\ufe0f", "👍🏽", "👨\u200d👩\u200d👧", "।\u0902"])
def test_sentences_never_part_a_sign(sign: str) -> None:
    text = f"He saw this.{sign} Then! {sign} And so {sign}. {sign}"

    for span in sentences_of(text, Block(0, 0, len(text)), "en"):
        for at in (span.start, span.end):
            assert at in (0, len(text)) or unicodedata.category(text[at])[0] not in "M"
            assert at == 0 or text[at - 1] != "\u200d"


@given(
    st.text(st.sampled_from("Ab1 .!?…\n漢。「」한“”\"'()[]-\u00a0\u0301\u200d👍🏽«»"), max_size=80),
    st.sampled_from(["en", "ko", "zh-TW", ""]),
)
def test_sentences_are_all_of_the_words_in_order(text: str, language: str) -> None:
    """Whatever the text: sentencex 1.0 fails on a no-break space before a full stop."""
    spans = sentences_of(text, Block(0, 0, len(text)), language)

    assert "".join("".join(text[slice(*span)].split()) for span in spans) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(text[slice(*span)] == text[slice(*span)].strip() for span in spans)


@pytest.mark.parametrize("text", ["“" * 50_000, "漢字。" * 16_000, "1. " * 16_000, "word " * 10_000, "가.” " * 12_000])
def test_hard_paragraphs_are_read_in_windows_and_hardly_twice(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """sentencex takes a time that grows with the square of such texts: what counts is how much it is asked at once."""
    asked: list[int] = []

    def counted(language: str, window: str) -> Any:
        asked.append(len(window))
        return get_sentence_boundaries(language, window)

    monkeypatch.setattr(segmenting, "get_sentence_boundaries", counted)
    spans = sentences_of(text, Block(0, 0, len(text)), "ko")

    assert max(asked) <= segmenting.WINDOW
    assert sum(asked) <= 2 * len(text)
    assert "".join(text[slice(*span)] for span in spans).replace(" ", "") == text.replace(" ", "")


def test_sentences_of_the_demo_are_what_its_passages_are() -> None:
    text = (DEMO / "essay.md").read_text("utf-8")
    topic = json.loads((DEMO / "topic.json").read_text("utf-8"))
    passages = [Span(each["start"], each["end"]) for line in topic["statements"] for each in line.get("passages", ())]

    sentences = [span for section in sections_of(text, blocks_of(text), "en") for span in section.sentences]

    assert len(sentences) == 65
    borders = {span.start for span in sentences} | {span.end for span in sentences}
    # Some passages are part of a sentence; no whole sentence is parted by one that ends as a sentence does.
    assert all(passage.end in borders for passage in passages if text[passage.end - 1] in ".?!")
    assert [text[slice(*span)].split(" ")[:4] for span in unused_sentences(sentences, passages)] == [
        ["This", "essay", "sets", "both"],
        ["I", "have", "found", "no"],
        ["Both", "cases", "deserve", "to"],
        ["I", "would", "watch", "what"],
    ]


# -- segments -----------------------------------------------------------------------------------------------------


def test_segments_split_where_passages_overlap() -> None:
    text = "abcdefghij"

    segments = segments_of(blocks_of(text), [Span(1, 6), Span(4, 8)])

    assert [(text[s.start : s.end], s.spans) for s in segments] == [
        ("a", ()), ("bcd", (0,)), ("ef", (0, 1)), ("gh", (1,)), ("ij", ()),
    ]  # fmt: skip


@given(
    st.text(st.sampled_from("ab. \n#漢😀"), max_size=120),
    st.lists(st.tuples(st.integers(0, 119), st.integers(1, 60)), max_size=12),
)
def test_segments_say_the_whole_text_once_with_the_passages_of_each_place(
    text: str, spans: list[tuple[int, int]]
) -> None:
    blocks = blocks_of(text)
    cut = [Span(start, min(start + length, len(text))) for start, length in spans if start < len(text)]

    segments = segments_of(blocks, cut)

    said = "".join(text[segment.start : segment.end] for segment in segments)
    assert said == "".join(text[block.start : block.end] for block in blocks)
    for segment in segments:
        for at in range(segment.start, segment.end):
            assert set(segment.spans) == {n for n, span in enumerate(cut) if span.start <= at < span.end}


def test_unused_sentences_are_those_that_no_passage_touches() -> None:
    sentences = [Span(0, 10), Span(11, 20), Span(21, 30)]

    assert unused_sentences(sentences, [Span(15, 16), Span(12, 13)]) == [Span(0, 10), Span(21, 30)]
    assert unused_sentences(sentences, [Span(0, 40)]) == []
