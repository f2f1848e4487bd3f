"""Reading essays in Markdown: what is marked becomes plain words, and what the marks mean stays."""

from __future__ import annotations

from itertools import pairwise

import pytest

from debates.essays.readers import read_file
from tests.debates.essays.reader_files import refused

ESSAY = """\
---
title: "School: when?"
authors:
  - Ann Lee
  - name: Bo Kim
date: 2024-05-01
---

# On time

School *should* begin **late**, as [studies](https://example.org/a "A") say.[^1]
It goes on\\
in a second line, with `code` &amp; <b>tags</b>.

Too early
---------

- sleep
- buses
  1. cost
  2. noise

3. third

> Quoted words
> go on.

| Town | Start |
|------|-------|
| A    | 8:00  |

<div>A <i>block</i> of HTML.</div><!-- unseen -->

    kept = as_it_is

![A clock](clock.png)

***

[^1]: A study
    of sleep.
"""

TEXT = """\
# On time

School should begin late, as studies say. It goes on
in a second line, with code & tags.

## Too early

- sleep

- buses

1) cost

2) noise

3) third

Quoted words go on.

Town | Start

A | 8:00

A block of HTML.

kept = as_it_is"""


def test_markdown_becomes_the_text_it_means() -> None:
    file = read_file("essay.md", ESSAY.encode())
    assert file.text == TEXT
    assert (file.title, file.author, file.kind) == ("School: when?", "Ann Lee, Bo Kim", "md")
    assert file.notes == (
        "Left out: 1 picture and 1 footnote.",
        "1 table is read as text, a row to a paragraph.",
    )


def test_first_heading_is_the_title_where_nothing_names_one() -> None:
    assert read_file("essay.md", b"# *On* time\n\nWords.").title == "On time"
    assert read_file("essay.md", b"Words.\n\n# Late").title == "essay"


@pytest.mark.parametrize("start", ["---\nJust words.\n---\n", "---\n", "---\nkey: [1, {a: *x}\n---\n", "---\n---\n"])
def test_lines_that_name_nothing_are_no_title(start: str) -> None:
    file = read_file("essay.md", f"{start}\nText.".encode())
    assert file.title == "essay"
    assert file.text.endswith("Text.")


def test_front_matter_is_not_expanded() -> None:
    laughs = "a: &a [x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise("abcdefg"))
    assert read_file("essay.md", f"---\ntitle: T\n{laughs}---\nText.".encode()).title == "T"


def test_names_in_one_line_are_parted() -> None:
    assert read_file("essay.md", b"---\nauthor: ['Ann Lee', Bo]\n---\nText.").author == "Ann Lee, Bo"


def test_markdown_that_nests_too_deep_is_refused() -> None:
    assert refused("essay.md", b">" * 1_000 + b" words").startswith(
        "Lists and quotations in this file are nested deeper"
    )


@pytest.mark.parametrize(
    "source",
    ["[" * 100_000, "*a " * 30_000, "`a``b" * 20_000, "![" * 50_000, "<a " * 30_000, "[a](b" * 20_000, "a_" * 40_000],
)
def test_markdown_that_is_slow_to_parse_is_read_as_it_is(source: str) -> None:
    assert read_file("essay.md", source.encode()).text == source.strip()


def test_very_long_markdown_is_refused() -> None:
    assert refused("essay.md", b"words\n" * 90_000) == (
        "This Markdown file is too long to be read. Split it into several texts."
    )
