"""From a map to a text: each order and each way of joining, on trees that can be seen."""

from __future__ import annotations

import pytest

from debates.drafting.blocks import Kind
from debates.drafting.choices import Choices
from debates.drafting.composing import Material, Quoted, compose
from debates.drafting.points import left_out
from debates.rows import Tally
from tests.debates.drafting.forests import card, forest, written

WEEK = forest("""
    Four days are enough
      + Rest helps learning
        - Rest is not free
          - Boredom is not rest.
        - Some rest too much
      + Teachers get time
      - Parents work five days
        - Not all of them
        + Both of mine do
""")


def lines(text: str) -> str:
    """An indented text without its indentation."""
    margin = min(len(line) - len(line.lstrip()) for line in text.splitlines() if line.strip())
    return "\n".join(line[margin:] for line in text.splitlines()).strip()


def test_objections_in_prose_stand_behind_the_reasons_with_their_replies() -> None:
    assert written(WEEK) == lines("""
        ## Introduction

        Four days are enough.

        ## Reasons

        One reason: Rest helps learning. Against this: Rest is not free. In reply: Boredom is not rest.

        Against “Rest helps learning”: Some rest too much.

        Another reason: Teachers get time.

        ## Objections and replies

        One objection: Parents work five days. In reply: Not all of them. In support of “Parents work five days”: Both of mine do.

        ## Conclusion
    """)  # noqa: E501 - a paragraph is one line


def test_objections_numbered_are_lists_in_lists() -> None:
    assert written(WEEK, joining="numbered") == lines("""
        ## Introduction

        Four days are enough.

        ## Reasons

        1. Rest helps learning.
           1. Against this: Rest is not free.
              1. In reply: Boredom is not rest.
           2. Against this: Some rest too much.
        2. Teachers get time.

        ## Objections and replies

        1. Parents work five days.
           1. In reply: Not all of them.
           2. In support of this: Both of mine do.

        ## Conclusion
    """)


def test_sides_in_prose_keep_what_is_disputed_for_the_weighing() -> None:
    assert written(WEEK, order="sides") == lines("""
        ## Introduction

        Four days are enough.

        ## For the claim

        One reason: Rest helps learning.

        Another reason: Teachers get time.

        ## Against the claim

        One objection: Parents work five days. In support of this: Both of mine do.

        ## Weighing

        Against “Rest helps learning”: Rest is not free. In reply: Boredom is not rest. Against “Rest helps learning”: Some rest too much.

        In reply to “Parents work five days”: Not all of them.

        ## Conclusion
    """)  # noqa: E501


def test_sides_numbered_name_the_line_that_is_weighed() -> None:
    assert written(WEEK, order="sides", joining="numbered").split("## Weighing\n\n")[1] == lines("""
        1. Against “Rest helps learning”: Rest is not free.
           1. In reply: Boredom is not rest.
        2. Against “Rest helps learning”: Some rest too much.
        3. In reply to “Parents work five days”: Not all of them.

        ## Conclusion
    """)


def test_strongest_first_goes_by_the_votes_that_show_and_then_by_replies() -> None:
    claims = forest(
        """
        A claim
          + Nobody voted
          + Ten people find it decisive
          + Ten people find it nothing
          + Nobody voted, and it is supported
        """,
        n3={"tally": Tally((0, 0, 0, 0, 10))}, n4={"tally": Tally((10, 0, 0, 0, 0))}, n5={"supporting": 2},
    )  # fmt: skip

    told = written(claims, order="strongest", joining="numbered")

    assert told.split("## Reasons\n\n")[1].split("\n\n")[0].splitlines() == [
        "1. Ten people find it decisive.",
        "2. Nobody voted, and it is supported.",
        "3. Nobody voted.",
        "4. Ten people find it nothing.",
    ]


def test_several_claims_have_a_part_each() -> None:
    claims = forest("""
        Four days are enough
          + Rest helps
        Five days are better
          - Nobody says why
    """)

    assert written(claims) == lines("""
        ## Introduction

        Four days are enough.

        Another claim: Five days are better.

        ## On the claim “Four days are enough”

        ### Reasons

        One reason: Rest helps.

        ## On the claim “Five days are better”

        ### Objections and replies

        One objection: Nobody says why.

        ## Conclusion
    """)
    assert "Five" not in written(claims, claims=(1,))


def test_topic_without_claims_gives_nothing() -> None:
    assert compose(Material(()), Choices()) == []
    assert written(forest("A claim"), claims=(7,)) == ""


def test_claim_alone_is_stated_and_left_to_be_concluded() -> None:
    assert written(forest("Is it so?")) == "## Introduction\n\nIs it so?\n\n## Conclusion"


# -- which lines ------------------------------------------------------------------------------------------------------


def test_depth_cuts_what_stands_deeper() -> None:
    told = written(WEEK, depth=1)

    assert "Rest helps learning." in told
    assert "Rest is not free" not in told


def test_line_whose_parent_is_not_chosen_stands_to_the_next_above_as_the_way_says() -> None:
    claims = forest("""
        A claim
          + A reason
            - An objection
              - My reply
    """)

    told = written(claims, lines="ticked", ticked=(2, 4))

    assert "One reason: A reason. In support of this: My reply." in told
    assert "An objection" not in told


def test_only_mine_leaves_out_what_others_wrote_but_not_the_claim() -> None:
    claims = forest("A claim\n  + Mine\n  - Not mine", n1={"mine": False}, n3={"mine": False})

    assert written(claims, lines="mine") == lines("""
        ## Introduction

        A claim.

        ## Reasons

        One reason: Mine.

        ## Conclusion
    """)


def test_withdrawn_line_is_left_out_with_what_stands_below_it() -> None:
    claims = forest(
        "A claim\n  + Gone\n    - Said to it\n      + And to that\n  - Stays", n2={"status": "withdrawn", "text": ""}
    )

    told = written(claims)

    assert "One objection: Stays." in told
    assert "Said to it" not in told
    assert left_out(claims) == 2


def test_lines_that_make_one_reason_stand_together() -> None:
    claims = forest(
        "A claim\n  + First half\n  + On its own\n  + Second half\n    - But then",
        n2={"premise_group": 1}, n4={"premise_group": 1},
    )  # fmt: skip

    assert "One reason: First half. Together with this: Second half. Against this: But then." in written(claims)
    assert "1. First half.\n2. Together with this: Second half." in written(claims, joining="numbered")


def test_link_points_to_the_line_that_it_repeats() -> None:
    claims = forest("A claim\n  + Rest helps\n  - Another\n    - Rest helps", n4={"branch_id": 2})

    told = written(claims)

    assert "One objection: Another. In reply: “Rest helps” (see there)." in told


def test_link_to_a_line_that_is_not_written_says_its_words_once() -> None:
    claims = forest("A claim\n  + Far away\n  - Far away", n2={"branch_id": 90}, n3={"branch_id": 90})

    told = written(claims)

    assert "One reason: Far away." in told
    assert "One objection: “Far away” (see there)." in told


def test_chain_of_fifty_is_written_to_its_end() -> None:
    text = "A claim\n" + "\n".join("  " * level + f"- Level {level}" for level in range(1, 51))
    claims = forest(text)

    told = written(claims)
    numbered = written(claims, joining="numbered")

    assert all(f"Level {level}." in told for level in range(1, 51))
    assert max(len(paragraph) for paragraph in told.split("\n\n")) < 200
    assert numbered.splitlines()[-3] == "   " * 49 + "1. In reply: Level 50."


# -- what lines rest on -----------------------------------------------------------------------------------------------


def test_citation_stands_before_the_full_stop_and_its_work_in_the_list() -> None:
    claims = forest("A claim\n  + Rest helps.\n  - Is it so?\n  - In the U.S.\n  - Lately")
    kim, lee = card("Sleep", "Kim, Min", "2026"), card("Wake", "Lee, Ann", "2025")

    told = written(claims, {2: [kim, lee], 3: [kim], 4: [kim], 5: [lee]}, joining="numbered")

    assert "1. Rest helps (Kim, 2026; Lee, 2025).\n" in told
    assert "1. Is it so? (Kim, 2026).\n2. In the U.S. (Kim, 2026).\n3. Lately (Lee, 2025).\n" in told
    assert told.endswith("## References\n\nKim, M. (2026). *Sleep*.\n\nLee, A. (2025). *Wake*.")


@pytest.mark.parametrize(
    ("style", "cited", "heading"),
    [("mla", "(Kim 5)", "Works Cited"), ("chicago", "(Kim 2026, 5)", "References"),
     ("apa", "(Kim, 2026, p. 5)", "References")],
)  # fmt: skip
def test_style_is_that_of_the_choice(style: str, cited: str, heading: str) -> None:
    told = written(forest("A claim"), {1: [card("Sleep", "Kim, Min", "2026", locator="p. 5")]}, style=style)

    assert f"A claim {cited}." in told
    assert f"## {heading}" in told


def test_reference_list_can_be_left_out_and_holds_no_work_of_other_lines() -> None:
    claims, sources = forest("A claim\n  + Rest helps\n    + Deep"), {3: [card("Sleep", "Kim, Min", "2026")]}

    assert "## References" not in written(claims, sources, references=False)
    assert "Kim" not in written(claims, sources, depth=1)


def test_passage_is_a_quotation_with_its_place() -> None:
    passages = {2: [Quoted("We sleep.\n\n# And *rest*.", "Ann, An Essay, paragraph 1")]}

    told = written(forest("A claim\n  + Rest helps\n  + More"), None, passages, quotations=True)
    numbered = written(forest("A claim\n  + Rest helps\n  + More"), None, passages, quotations=True, joining="numbered")

    quoted = "> We sleep.\n>\n> \\# And \\*rest\\*. (Ann, An Essay, paragraph 1)"
    assert f"One reason: Rest helps.\n\n{quoted}\n\nAnother reason: More." in told
    assert "1. Rest helps.\n\n   > We sleep.\n   >\n   > \\# And" in numbered
    assert numbered.split("paragraph 1)\n\n")[1].startswith("2. More.")
    assert "We sleep" not in written(forest("A claim\n  + Rest helps"), None, passages)


def test_block_remembers_the_line_it_came_from() -> None:
    blocks = compose(Material(WEEK), Choices(joining="numbered"))

    assert [block.statement for block in blocks if block.kind == Kind.ITEM] == [2, 3, 4, 5, 6, 7, 8, 9]
