"""Dates as people write them: what is sure, and what is left as it stands."""

from __future__ import annotations

from typing import Any

import pytest

from debates.citing.dates import Dated, csl_date, date_from, read_date


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2026", (2026,)),
        ("2026-11", (2026, 11)),
        ("2026-11-25", (2026, 11, 25)),
        ("2026. 11. 25.", ()),
        ("25 November 2026", (2026, 11, 25)),
        ("Nov. 2026", (2026, 11)),
        ("Sept 2026", (2026, 9)),
        ("November 25th, 2026", (2026, 11, 25)),
        ("3 May 2024", (2024, 5, 3)),
        ("May 2024", (2024, 5)),
        ("2026년 3월 5일", (2026, 3, 5)),
    ],
)
def test_date_is_read_as_far_as_it_is_sure(text: str, parts: tuple[int, ...]) -> None:
    assert read_date(text) == (Dated(parts) if parts else Dated(raw=text))


@pytest.mark.parametrize("text", ["", " ", "n.d.", "N. d.", "[n.d.]", "no date", "undated"])
def test_no_date_is_none(text: str) -> None:
    assert read_date(text) == Dated()
    assert not read_date(text).is_known


@pytest.mark.parametrize(
    "text", ["3/5/2024", "Spring 1999", "1998–2001", "30 February 2020", "2026-13", "1998-99", "0000", "Smarch 2020"]
)
def test_date_that_is_not_sure_stays_as_it_was_written(text: str) -> None:
    assert read_date(text) == Dated(raw=text)
    assert csl_date(text) == {"literal": text}


def test_about_is_kept_apart() -> None:
    assert read_date("c. 1999") == read_date("ca. 1999") == read_date("~1999") == Dated((1999,), about=True)
    assert csl_date("c. 1999") == {"date-parts": [[1999]], "circa": True}
    assert read_date("about spring").raw == "about spring"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"date-parts": [[2026, 11, 25]]}, "2026-11-25"),
        ({"date-parts": [["2026", "3"]]}, "2026-03"),
        ({"date-parts": [[2020], [2021]]}, "2020/2021"),
        ({"date-parts": [[1999]], "circa": 1}, "c. 1999"),
        ({"date-parts": [[1999]], "season": 1}, "Spring 1999"),
        ({"date-parts": [[-350]]}, "-350"),
        ({"date-parts": [[2020, 13]]}, "2020-13"),
        ({"raw": "3 May"}, "3 May"),
        ({"literal": "Spring"}, "Spring"),
        ({"date-parts": "x"}, ""),
        ({"date-parts": [[]]}, ""),
        ({"date-parts": [[0]]}, ""),
        ("2020", ""),
        (None, ""),
    ],
)
def test_date_of_csl_is_written_here(value: Any, said: str) -> None:
    assert date_from(value) == said


@pytest.mark.parametrize("text", ["2026", "2026-11", "2026-11-25", "c. 1999", "Spring 1999", "3/5/2024", ""])
def test_date_survives_csl(text: str) -> None:
    assert date_from(csl_date(text)) == text
