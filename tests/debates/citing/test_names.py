"""One line of a form as the names of a reference list, and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debates.citing.names import Name, author_from, csl_names, names_in, shown_names
from debates.text import clean_line


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("", []),
        ("Kim, Minsu", [Name("Kim", "Minsu")]),
        ("Kim, Minsu; Lee, Ann B.", [Name("Kim", "Minsu"), Name("Lee", "Ann B.")]),
        ("King, Martin Luther, Jr.", [Name("King", "Martin Luther", "Jr.")]),
        ("World Health Organization", [Name("World Health Organization")]),
        ("김, 민수", [Name("김", "민수")]),
        ("{Ministry of Health, Labour and Welfare}", [Name("Ministry of Health, Labour and Welfare")]),
        ("{One; two}; Kim, Minsu", [Name("One; two"), Name("Kim", "Minsu")]),
        ("A, B, C, D", [Name("A, B, C, D")]),
        (" ; Kim , ;", [Name("Kim")]),
        ("{}", [Name("{}")]),
    ],
)
def test_names_are_told_apart(author: str, names: list[Name]) -> None:
    assert names_in(author) == names


def test_braces_are_not_shown() -> None:
    assert shown_names("{Health, Labour}; Kim, Minsu") == "Health, Labour; Kim, Minsu"
    assert shown_names(";") == ";"


def test_names_of_csl_have_their_parts() -> None:
    assert csl_names("van Gogh, Vincent; WHO; King, Martin, Jr.") == [
        {"family": "van Gogh", "given": "Vincent"},
        {"literal": "WHO"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
    ]


@pytest.mark.parametrize(
    ("value", "author"),
    [
        ([{"family": "Gogh", "non-dropping-particle": "van", "given": "Vincent"}], "van Gogh, Vincent"),
        ([{"literal": "Farrar, Straus and Giroux"}], "{Farrar, Straus and Giroux}"),
        ([{"given": "Plato"}], "Plato"),
        ([{"family": "Kim; Lee", "given": "A, B"}], "Kim Lee, A B"),
        ([{"family": ""}, "text", None, {"family": 3}], ""),
        ("Kim", ""),
        (None, ""),
    ],
)
def test_names_from_csl_make_a_line(value: object, author: str) -> None:
    assert author_from(value) == author


_WORD = st.text(alphabet="abA é김.-'", min_size=1, max_size=8).map(clean_line).filter(bool)
_NAMES = st.one_of(
    st.builds(Name, st.text(alphabet="abA ,;é", min_size=1, max_size=9).map(clean_line).filter(bool)),
    st.builds(Name, _WORD, _WORD),
    st.builds(Name, _WORD, _WORD, _WORD),
)


@settings(max_examples=50)
@given(st.lists(_NAMES, max_size=4))
def test_names_survive_csl(names: list[Name]) -> None:
    line = "; ".join(map(str, names))

    assert names_in(author_from(csl_names(line))) == names_in(line)
