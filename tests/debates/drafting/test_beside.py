"""What stands beside a draft: which lines are in the text, what is still to be written, what references lack."""

from __future__ import annotations

from typing import Any

from debates.drafting.beside import lacking_in, lines_beside, prompts_of
from debates.drafting.citations import Citations
from debates.drafting.composing import Material
from tests.debates.drafting.forests import card, forest


def test_line_that_stands_in_the_text_is_told_and_brings_its_citation() -> None:
    material = Material(forest("A claim\n  + Rest *helps*.\n    - But no"), {2: [card("Sleep", "Kim, Min", "2026")]})

    lines = lines_beside(material, "He says: rest \\*helps\\*, and a\nclaim.", Citations(material.sources, "apa", "en"))

    assert [(line.sentence, line.used, line.level) for line in lines] == [
        ("A claim.", True, 0),
        ("Rest \\*helps\\* (Kim, 2026).", True, 1),
        ("But no.", False, 2),
    ]


def test_line_that_was_taken_back_is_not_offered() -> None:
    material = Material(forest("A claim\n  + x\n    - But no", n2={"status": "withdrawn", "text": ""}))

    assert [line.node.id for line in lines_beside(material, "", Citations({}, "apa", "en"))] == [1, 3]


def test_heading_with_nothing_below_it_is_asked_for() -> None:
    text = "## Introduction\n\nA claim.\n\n## Reasons\n\n### First\n\n## Conclusion"

    assert prompts_of(text, "en") == [
        "Nothing stands below “First” yet.",
        "Conclusion: what follows from all this? Say what weighs most for you, and why.",
    ]
    assert prompts_of(text + "\n\nSo it is.", "en") == ["Nothing stands below “First” yet."]


def test_source_that_lacks_something_is_told_with_what() -> None:
    whole: Any = card("Sleep", "Kim, Min", "2026", publisher="A Press")
    entries = Citations({1: [whole], 2: [card("Rest", "", "")]}, "apa", "en").entries

    assert [(work.title, work.pk, len(work.sentences)) for work in lacking_in(entries, "apa")] == [("Rest", "1", 3)]
