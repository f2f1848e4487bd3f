"""The reference list of a draft: of what it cites, in the place where it stands."""

from __future__ import annotations

from typing import Any

import pytest

from debates.drafting.citations import Citations, recited, with_references
from tests.debates.drafting.forests import card

KIM, LEE, KIM_TOO = (
    card("Sleep", "Kim, Min", "2026"),
    card("Wake", "Lee, Ann", "2025"),
    card("Rest", "Kim, Min", "2020"),
)


def citations(style: str = "apa", **sources: list[Any]) -> Citations:
    return Citations({int(name[1:]): found for name, found in sources.items()}, style, "en")


def test_list_holds_the_works_that_the_text_cites() -> None:
    known = citations(s1=[KIM], s2=[LEE], s3=[KIM_TOO])

    entries = known.entries_in("We sleep (Kim, 2026, p. 3). So it is (see Lee, 2025; others).")

    assert [entry.text for entry in entries] == ["Kim, M. (2026). Sleep.", "Lee, A. (2025). Wake."]
    assert known.entries_in("Nothing is cited, and Kimchi, 2026 is no name.") == []


def test_line_without_a_source_is_not_cited() -> None:
    known = citations(s1=[KIM])

    assert known.of(2) is None
    cited = known.of(1)
    assert cited is not None
    assert cited.text == "(Kim, 2026)"


def test_works_are_cited_in_one_pair_of_brackets() -> None:
    cited = citations(s1=[KIM, LEE, KIM]).of(1)

    assert cited is not None
    assert cited.text == "(Kim, 2026; Lee, 2025)"


def test_work_without_an_author_keeps_its_italics() -> None:
    cited = citations(s1=[card("Sleep *now*", "", "2026")]).of(1)

    assert cited is not None
    assert cited.text == "(Sleep *now*, 2026)"
    assert cited.markdown == "(*Sleep \\*now\\**, 2026)"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("", "## References\n\nKim, M. (2026). *Sleep*."),
        ("Text.", "Text.\n\n## References\n\nKim, M. (2026). *Sleep*."),
        ("Text.\n\n## References\n\nKim, M. (n.d.). *Sleep*.\n\nKim. *SLEEP*.",
         "Text.\n\n## References\n\nKim, M. (2026). *Sleep*."),
        ("Text.\n\n# Works Cited\nKim, M. *Sleep*.\n\n## Notes\n\nMine.",
         "Text.\n\n## References\n\nKim, M. (2026). *Sleep*.\n\n## Notes\n\nMine."),
        ("My References\n\nare few.", "My References\n\nare few.\n\n## References\n\nKim, M. (2026). *Sleep*."),
    ],
)  # fmt: skip
def test_list_takes_the_place_of_the_one_that_is_there(text: str, made: str) -> None:
    entries = citations(s1=[KIM]).entries

    assert with_references(text, entries, "References", known=entries) == made
    assert with_references(made, entries, "References", known=entries) == made


def test_list_of_nothing_is_no_list() -> None:
    known = citations(s1=[KIM]).entries

    assert with_references("Text.\n\n## References\n\nKim. *Sleep*.", [], "References", known=known) == "Text."


def test_what_was_written_below_a_list_stays_below_it() -> None:
    entries, mine = citations(s1=[KIM]).entries, "I went on here.\n\n1. one\n   - two\n\nLee, A. A book of mine."

    told = with_references(f"Text.\n\n## References\n\nKim. *Sleep*.\n\n{mine}", entries, "References", known=entries)

    assert told == f"Text.\n\n## References\n\nKim, M. (2026). *Sleep*.\n\n{mine}"
    assert with_references(told, entries, "References", known=entries) == told


def test_list_that_somebody_wrote_by_hand_stays() -> None:
    text = "Text.\n\n## References\n\nLee, A. A book of mine."

    assert with_references(text, [], "References", known=citations(s1=[KIM]).entries) == text


def test_citations_are_written_anew_in_another_style() -> None:
    sources = {1: [KIM], 2: [LEE, KIM]}

    told = recited("One (Kim, 2026). Two (Lee, 2025; Kim, 2026). Three (Lee 2025).", sources, "mla", "en")

    assert told == "One (Kim). Two (Lee; Kim). Three (Lee 2025)."


def test_citation_that_could_be_of_two_works_is_left_as_it_is() -> None:
    assert recited("One (Kim).", {1: [KIM], 2: [KIM_TOO]}, "apa", "en") == "One (Kim)."
