"""What was chosen, as it is kept: read strictly, because a person could have changed it."""

from __future__ import annotations

from typing import Any

import pytest

from debates.drafting.choices import MOST_ARGUMENTS, Choices
from tests.debates.drafting.forests import node


def test_choices_come_back_from_json() -> None:
    choices = Choices(
        claims=(3, 1), order="sides", lines="ticked", ticked=(7, 9), depth=2, joining="numbered", quotations=True,
        references=False, style="mla",
    )  # fmt: skip

    assert Choices.from_json(choices.as_json()) == choices


def test_what_is_not_kept_is_the_usual() -> None:
    assert Choices.from_json({}) == Choices()
    assert Choices.from_json({"order": "sides"}) == Choices(order="sides")


@pytest.mark.parametrize(
    "kept",
    [
        None, [], "x", {"other": 1}, {"claims": 3}, {"claims": ["3"]}, {"claims": [True]}, {"claims": [-1]},
        {"claims": [2**63]}, {"ticked": list(range(1, MOST_ARGUMENTS + 2))}, {"order": "shortest"},
        {"order": ["sides"]}, {"depth": 0}, {"depth": 51}, {"depth": "3"}, {"depth": True}, {"quotations": "yes"},
        {"references": 1}, {"style": "vancouver"}, {"lines": None}, {"joining": ""},
    ],
)  # fmt: skip
def test_anything_else_is_no_choice(kept: Any) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Choices.from_json(kept)


def test_lines_are_taken_as_chosen() -> None:
    mine, other = node(1, "Mine"), node(2, "Other", mine=False)

    assert [Choices().takes(each) for each in (mine, other)] == [True, True]
    assert [Choices(lines="mine").takes(each) for each in (mine, other)] == [True, False]
    assert [Choices(lines="ticked", ticked=(2,)).takes(each) for each in (mine, other)] == [False, True]
