"""Files of CSL-JSON, ours and other people's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debates.citing.csl import fields_of
from debates.citing.csl_files import MOST_ITEMS, read, write
from debates.citing.identifiers import doi_in
from debates.formats.document import SourceCard
from debates.formats.drafts import Unreadable
from debates.models import Source, SourceMedium
from debates.text import clean_line

ARTICLE = SourceCard(
    title="Sleep & school", medium="article-journal", author="Wheaton, Anne G.; CDC", published="2016-05",
    container="Journal of School Health", volume="86", issue="5", pages="363–381", doi="10.1111/josh.12388",
    kind="data", locator="p. 370", quotation="Nine hours.\n\nNot eight.",
)  # fmt: skip


def test_article_is_an_item() -> None:
    [item] = json.loads(write([("source-1", ARTICLE)]))

    assert item == {
        "id": "source-1", "type": "article-journal", "title": "Sleep & school",
        "author": [{"family": "Wheaton", "given": "Anne G."}, {"literal": "CDC"}],
        "container-title": "Journal of School Health", "volume": "86", "issue": "5", "page": "363–381",
        "issued": {"date-parts": [[2016, 5]]}, "DOI": "10.1111/josh.12388",
        "custom": {"counterpoint": {"kind": "data", "locator": "p. 370", "quotation": "Nine hours.\n\nNot eight."}},
    }  # fmt: skip


def test_article_comes_back_as_it_was() -> None:
    items = read(write([("source-1", ARTICLE)]))

    assert items.notes == []
    assert items.rows == [{name: getattr(ARTICLE, name) for name in items.rows[0]}]
    assert set(items.rows[0]) == set(Source.FIELDS)


_LINE = st.text(alphabet="ab &'\"é김(),.:", max_size=12).map(clean_line)
_CARDS = st.builds(
    SourceCard, title=_LINE.filter(bool), medium=st.sampled_from(SourceMedium.values), container=_LINE, volume=_LINE,
    issue=_LINE, pages=_LINE, edition=_LINE, publisher=_LINE, locator=_LINE, quotation=_LINE,
    published=st.sampled_from(["", "2020", "2020-02-03", "c. 1999", "Spring 1999"]),
    url=st.sampled_from(["", "https://example.org/a?b=c#d"]), doi=st.sampled_from(["", "10.1000/182"]),
    author=st.sampled_from(["", "Kim, Minsu; Lee, Ann", "WHO", "{A, B}"]),
)  # fmt: skip


@settings(max_examples=50)
@given(st.lists(_CARDS, min_size=1, max_size=3))
def test_sources_survive_a_file(cards: list[SourceCard]) -> None:
    items = read(write((f"s{number}", card) for number, card in enumerate(cards)))

    assert items.notes == []
    assert [SourceCard(**row) for row in items.rows] == cards


@pytest.mark.parametrize(
    ("item", "fields", "notes"),
    [
        ({"title": "T"}, {"title": "T", "medium": "document"}, 0),
        ({"type": "post-weblog", "title": "T"}, {"medium": "webpage"}, 1),
        ({"type": "map", "title": "T"}, {"medium": "document"}, 1),
        ({"title": 'On <i>Homo</i> <span class="nocase">sapiens</span>'}, {"title": "On Homo sapiens"}, 0),
        ({"title": "T", "volume": 3, "page": "1-2"}, {"volume": "3", "pages": "1-2"}, 0),
        ({"title": "T", "URL": "javascript:alert(1)"}, {"url": ""}, 1),
        ({"title": "T", "URL": "HTTPS://Example.org/?utm_source=a"}, {"url": "https://example.org/"}, 0),
        ({"title": "T", "DOI": "https://doi.org/10.1000/182"}, {"doi": "10.1000/182"}, 0),
        ({"title": "x" * 300}, {"title": "x" * 199 + "…"}, 1),
        ({"title": "T", "URL": "https://example.org/" + "x" * 600}, {"url": ""}, 1),
        ({"title": "T", "editor": [{"family": "Kim", "given": "M"}]}, {"author": "Kim, M"}, 1),
        ({"title": "T", "custom": {"counterpoint": {"kind": "rumour", "quotation": 3}}}, {"kind": "document"}, 0),
        ({"title": "T", "author": "Kim", "issued": "2020"}, {"author": "", "published": ""}, 0),
    ],
)
def test_item_of_another_program_is_read(item: dict[str, Any], fields: dict[str, str], notes: int) -> None:
    found = fields_of(item)

    assert found is not None
    assert found.fields.items() >= fields.items()
    assert len(found.notes) == notes


def test_what_has_no_title_is_left_out_and_told() -> None:
    items = read(b'[{"type": "book"}, "text", {"title": "T"}, {"title": ["no"]}]')

    assert [row["title"] for row in items.rows] == ["T"]
    assert items.notes == [f"Number {number} has no title, and is left out." for number in (1, 2, 4)]


def test_items_may_stand_in_an_object() -> None:
    assert [row["title"] for row in read(b'{"items": [{"title": "T"}]}').rows] == ["T"]
    assert [row["title"] for row in read(b'{"title": "T"}').rows] == ["T"]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"3", b"@book{x}", b'{"items": 3}', b"[" * 400, b"\xff\xfe", b'[{"title": "T"}' + b"," * 3]
)
def test_what_is_no_such_file_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read(content)


def test_too_many_items_are_refused() -> None:
    with pytest.raises(Unreadable):
        read(json.dumps([{"title": "T"}] * (MOST_ITEMS + 1)).encode())


def test_doi_of_a_file_is_one() -> None:
    assert doi_in(ARTICLE.doi) == ARTICLE.doi
