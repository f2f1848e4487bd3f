"""When two sources are one work."""

from __future__ import annotations

import pytest

from debates.citing.cards import Card
from debates.citing.works import works_of

KIM = {"title": "Night buses", "author": "Kim, Minsu"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (KIM, KIM, True),
        (KIM, {"title": "Night Buses!", "author": "kim, minsu"}, True),
        ({"title": "Report"}, {"title": "Report"}, False),
        (KIM | {"doi": "10.1/a1"}, KIM | {"doi": "10.1/b1"}, True),  # neither is a DOI
        (KIM | {"doi": "10.1000/a"}, KIM | {"doi": "10.1000/b"}, False),
        ({"title": "A", "doi": "10.1000/a"}, {"title": "B", "url": "https://doi.org/10.1000/A"}, True),
        ({"title": "A", "url": "http://www.example.org/a/#x"}, {"title": "B", "url": "https://example.org/a"}, True),
        (
            {"title": "A", "url": "https://example.org/?utm_id=x"},
            {"title": "B", "url": "https://example.org/"},
            True,
        ),
        (KIM | {"url": "https://example.org/a"}, KIM | {"url": "https://example.org/b"}, False),
        (KIM | {"url": "https://example.org/a"}, KIM, True),
    ],
)
def test_sources_are_one_work(one: dict[str, str], other: dict[str, str], same: bool) -> None:
    works = works_of([Card(**one), Card(**other)])

    assert (len(works) == 1) is same
    assert sum(len(work.sources) for work in works) == 2


def test_work_says_what_any_of_its_sources_says() -> None:
    [work] = works_of([Card(**KIM, pages="1-9"), Card(**KIM, published="2026", pages="2-9")])

    assert (work.card.published, work.card.pages) == ("2026", "1-9")
