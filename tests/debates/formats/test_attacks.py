"""apx, tgf and i23: what we write, and that small parsers of the three see one framework."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings

from debates.formats.document import Document, Line
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, small_document
from tests.debates.formats.graphs import relations, statements

type Framework = tuple[list[str], list[tuple[str, str]]]
KEEPS = FORMATS["apx"].keeps

WRITTEN = {
    "apx": """\
% a_1: School should begin at nine.
% a_1_1: Teenagers sleep late.
% a_1_1_1: They sleep late by choice.
% a_1_2: Parents begin at eight.
% a_2: School should stay as it is.
arg(a_1).
arg(a_1_1).
arg(a_1_1_1).
arg(a_1_2).
arg(a_2).
att(a_1_1_1,a_1_1).
att(a_1_2,a_1).
""",
    "tgf": "a_1\na_1_1\na_1_1_1\na_1_2\na_2\n#\na_1_1_1 a_1_1\na_1_2 a_1\n",
    "i23": """\
p af 5
# 1: School should begin at nine.
# 2: Teenagers sleep late.
# 3: They sleep late by choice.
# 4: Parents begin at eight.
# 5: School should stay as it is.
3 2
4 1
""",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_write_gives_statements_and_attacks(name: str) -> None:
    assert FORMATS[name].write(small_document()).decode() == WRITTEN[name]


def read_apx(text: str) -> Framework:
    """Facts wherever they stand, as sloppy parsers look for them: comments must not hold any."""
    names = re.findall(r"arg\(([a-z][a-z0-9_]*)\)\.", text)
    return names, re.findall(r"att\(([a-z][a-z0-9_]*),([a-z][a-z0-9_]*)\)\.", text)


def read_tgf(text: str) -> Framework:
    above, below = text.split("#\n")
    return above.splitlines(), [(a, b) for a, b in (row.split() for row in below.splitlines())]


def read_i23(text: str) -> Framework:
    head, *rows = text.splitlines()
    count = int(head.removeprefix("p af "))
    pairs = [row.split() for row in rows if not row.startswith("#")]
    assert all(1 <= int(end) <= count for pair in pairs for end in pair)
    return [str(number + 1) for number in range(count)], [(a, b) for a, b in pairs]


PARSERS = {"apx": read_apx, "tgf": read_tgf, "i23": read_i23}


@settings(max_examples=20, deadline=None)
@given(documents(KEEPS | FORMATS["dot"].keeps))
def test_three_parsers_find_the_same_attacks(document: Document) -> None:
    texts = [line.text for line in document.lines if not line.is_link]
    attacks = {(a, b) for a, stance, b in relations(document) if stance == "opposes"}

    for name, parse in PARSERS.items():
        names, pairs = parse(FORMATS[name].write(document).decode())
        assert len(set(names)) == len(names) == len(texts)
        words = dict(zip(names, texts, strict=True))
        assert Counter(words.values()) == statements(document)
        assert {(words[a], words[b]) for a, b in pairs} == attacks
        assert len(set(pairs)) == len(pairs)


def test_a_link_attacks_with_the_statement_that_it_repeats_and_once() -> None:
    document = Document("Tea", lines=[
        Line("a", text="Tea."), Line("b", "a", "opposes", "No."), Line("c", text="Milk."),
        Line("d", "c", "opposes", refers_to="b"), Line("e", "c", "opposes", refers_to="b"),
    ])  # fmt: skip

    assert read_tgf(FORMATS["tgf"].write(document).decode())[1] == [("a_1_1", "a_1"), ("a_1_1", "a_2")]


def test_words_make_no_facts() -> None:
    document = Document("Tea", lines=[Line("a", text="arg(b). att(b,b).")])

    assert read_apx(FORMATS["apx"].write(document).decode()) == (["a_1"], [])


@pytest.mark.parametrize("name", WRITTEN)
def test_an_empty_topic_is_an_empty_framework(name: str) -> None:
    assert PARSERS[name](FORMATS[name].write(Document("Tea")).decode()) == ([], [])
