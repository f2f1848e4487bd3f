"""The demo topic: its two deliberate gaps and its unused sentences are found, and nothing else of their kinds.

Read from its file, as the definitions need no database; test_loading.py shows that the database says the same.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from debates.analysis.balance import Balance
from debates.analysis.evidence import PassageRecord
from debates.analysis.forest import Record, forest_of
from debates.analysis.scope import scope_of
from debates.analysis.whole import Analysis, analyse
from debates.essays.segmenting import Span, blocks_of, sentences_of, unused_sentences

DEMO = Path(settings.BASE_DIR) / "debates/demo"
STATEMENTS: list[dict[str, Any]] = json.loads((DEMO / "topic.json").read_text(encoding="utf-8"))["statements"]
NUMBERS = {line["key"]: at for at, line in enumerate(STATEMENTS, 1)}


def keys(ids: tuple[int, ...]) -> list[str]:
    return [str(STATEMENTS[pk - 1]["key"]) for pk in ids]


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    records: list[Record] = []
    for pk, line in enumerate(STATEMENTS, 1):
        parent = NUMBERS[line["parent"]] if "parent" in line else None
        depth = records[parent - 1].depth + 1 if parent else 0
        passages = len(line.get("passages", ()))
        records.append(Record(pk, parent, None, line.get("stance", ""), depth, pk, None, 0, passages))
    return analyse(scope_of(forest_of(records)), list(passages_of()))


def passages_of() -> list[PassageRecord]:
    places = [(NUMBERS[line["key"]], place) for line in STATEMENTS for place in line.get("passages", ())]
    return [PassageRecord(at, pk, 1, place["start"], place["end"]) for at, (pk, place) in enumerate(places, 1)]


def test_demo_has_one_objection_without_a_reply(analysis: Analysis) -> None:
    assert keys(analysis.open_objections.for_it) == ["one-measure"]
    assert analysis.reinstated.for_it == ()


def test_demo_has_one_reason_that_nobody_tested(analysis: Analysis) -> None:
    assert keys(analysis.untested) == ["economy"]


def test_demo_is_counted_as_in_its_file(analysis: Analysis) -> None:
    """5 for and 4 against the first claim, 2 and 3 the second, 2 and 1 the third; six lines below "second-try"."""
    assert (analysis.statements, analysis.claims) == (60, 3)
    assert analysis.top == Balance(for_it=9, against_it=8)
    assert analysis.unsupported == ()
    assert analysis.all_levels == Balance(for_it=35, against_it=22)
    assert len(analysis.unsourced) == 57
    assert analysis.unsourced[0] == (NUMBERS["second-try"], 6)
    assert analysis.repeated == ()
    assert keys(analysis.longest_exchange) == ["step-forward", "not-yet", "either-way"]


def test_demo_essay_has_four_sentences_that_nothing_rests_on() -> None:
    text = (DEMO / "essay.md").read_text(encoding="utf-8")
    sentences = [span for block in blocks_of(text) if not block.level for span in sentences_of(text, block, "en")]

    unused = unused_sentences(sentences, [Span(each.start, each.end) for each in passages_of()])

    assert [tuple(span) for span in unused] == [(229, 269), (3094, 3121), (5701, 5815), (5816, 5936)]
