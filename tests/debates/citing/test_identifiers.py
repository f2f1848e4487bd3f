"""What is pasted to begin a source. Nothing here may fetch anything."""

from __future__ import annotations

import pytest

from debates.citing.identifiers import Found, doi_in, tidy_address, understand


@pytest.mark.parametrize(
    "text",
    [
        "10.1000/182", "doi:10.1000/182", "DOI: 10.1000/182", "https://doi.org/10.1000/182",
        "http://dx.doi.org/10.1000/182", "doi.org/10.1000/182", " <https://www.doi.org/10.1000/182> ", "10.1000/182.",
        "urn:doi:10.1000/182",
    ],
)  # fmt: skip
def test_doi_is_found_in_any_form(text: str) -> None:
    assert doi_in(text) == "10.1000/182"
    assert understand(text) == Found(doi="10.1000/182", medium="article-journal")


def test_doi_keeps_the_signs_that_belong_to_it() -> None:
    wild = "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"

    assert doi_in(f"https://doi.org/{wild}") == wild.lower()
    assert doi_in("(10.1000/182)") == ""
    assert doi_in("10.1016/0022(68)90015-2)") == "10.1016/0022(68)90015-2"
    assert doi_in("https://doi.org/10.1002/%28SICI%291") == "10.1002/(sici)1"


@pytest.mark.parametrize("text", ["", "10.1000", "11.1000/182", "see 10.1000/182", "https://example.org/10.1000/182"])
def test_what_is_no_doi_is_none(text: str) -> None:
    assert doi_in(text) == ""


@pytest.mark.parametrize(
    ("url", "tidy"),
    [
        ("HTTPS://Example.ORG/Path?B=1#Top", "https://example.org/Path?B=1#Top"),
        ("https://example.org/?utm_source=x&a=1&fbclid=2&utm_medium=y", "https://example.org/?a=1"),
        ("https://example.org/?utm_source=x", "https://example.org/"),
        ("https://example.org/?a=%20b&c", "https://example.org/?a=%20b&c"),
        ("https://한국.kr/뉴스?q=가", "https://한국.kr/뉴스?q=가"),
        ("http://[bad", "http://[bad"),
    ],
)
def test_address_is_tidied(url: str, tidy: str) -> None:
    assert tidy_address(url) == tidy
    assert tidy_address(tidy) == tidy


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("https://www.youtube.com/watch?v=1", "motion_picture"),
        ("https://m.youtube.com/watch?v=1", "motion_picture"),
        ("https://bsky.app/profile/a", "post"),
        ("https://notyoutube.com/", "webpage"),
        ("example.org/x", "webpage"),
    ],
)
def test_medium_is_guessed_where_the_host_tells(text: str, medium: str) -> None:
    assert understand(text).medium == medium


@pytest.mark.parametrize(
    "text",
    ["", "a title", "javascript:alert(1)", "ftp://example.org", "mailto:a@b.org", "x" * 9_000],
)
def test_anything_else_is_nothing(text: str) -> None:
    assert understand(text) == Found()
