"""Whatever the tree: every chosen line stands in the text once, in its own words, between nothing but ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from debates.drafting.blocks import Kind, Origin, to_markdown
from debates.drafting.choices import Choices, Joining, Lines, Order
from debates.drafting.composing import Material, compose, statements_in
from debates.drafting.paper import flat, paper_of
from debates.text import clean_line
from debates.tree import assemble, flatten
from tests.debates.drafting.forests import forest, node

if TYPE_CHECKING:
    from debates.tree import Node

# Letters, and what would be markup, stops or brackets.
SIGNS = st.text("ab 1.#>*_`[]()<&;!\\-+~=|“”?日ا", min_size=1, max_size=30)
WORDS = SIGNS.map(clean_line).filter(bool)
OURS = re.compile(
    r"(?:One reason|Another reason|One objection|Another objection|In support of this|In reply|Against this"
    r"|Together with this|Another claim): |Introduction|Conclusion|Reasons|Objections and replies|For the claim"
    r"|Against the claim|Weighing|[.。 ]"
)
POINTING = re.compile(
    r"(?:In support of|In reply to|Against|Together with|On the claim) “.*”(?:: )?|“.*” \(see there\)\."
)


@st.composite
def forests(draw: st.DrawFn) -> tuple[Node, ...]:
    """Up to three claims with arguments, some of them groups, links and lines that were taken back."""
    made = [node(1, draw(WORDS))]
    for pk in range(2, draw(st.integers(1, 14)) + 1):
        parent = draw(st.sampled_from([None, *made]))
        if parent is not None and parent.is_link:
            parent = None
        more = {"premise_group": draw(st.sampled_from([None, None, 1])), "mine": draw(st.booleans())}
        if draw(st.integers(0, 5)) == 0 and parent is not None:
            target = draw(st.sampled_from(made))
            made.append(
                node(pk, target.text, parent=parent, stance="supports", **more | {"branch_id": target.branch_id})
            )
        elif draw(st.integers(0, 7)) == 0:
            made.append(node(pk, "", parent=parent, stance="opposes" if parent else "", status="withdrawn"))
        else:
            stance = draw(st.sampled_from(["supports", "opposes"])) if parent else ""
            made.append(node(pk, draw(WORDS), parent=parent, stance=stance, **more))
    return assemble(made)


CHOICES = st.builds(
    Choices, order=st.sampled_from(Order.values), joining=st.sampled_from(Joining.values),
    lines=st.sampled_from([Lines.ALL.value, Lines.MINE.value]), depth=st.sampled_from([1, 2, 50]),
)  # fmt: skip


def written_of(claims: tuple[Node, ...], choices: Choices) -> dict[int, str]:
    """By its number, every line that is to be written, counted by hand: links that repeat a written line are none."""
    told: dict[int, str] = {}
    known: set[int] = set()
    for each in flatten(claims):
        if each.gone or not (each.is_claim or each.parent_id in known):
            continue
        known.add(each.id)
        if each.is_claim or (each.depth <= choices.depth and choices.takes(each)):
            told[each.id] = each.text
    return told


@settings(max_examples=30)
@given(forests(), CHOICES)
def test_every_chosen_line_is_said_once_in_its_own_words(claims: tuple[Node, ...], choices: Choices) -> None:
    blocks = compose(Material(claims), choices)

    wanted, links = written_of(claims, choices), {each.id for each in flatten(claims) if each.is_link}
    said = [(run.statement, run.text) for block in blocks for run in block.runs if run.origin == Origin.LINE]
    assert len(said) == len(dict(said))
    assert dict(said) == {pk: wanted[pk] for pk in dict(said)}
    assert wanted.keys() - statements_in(blocks) <= links
    pointed = {run.statement for block in blocks for run in block.runs if run.origin == Origin.POINTER}
    assert wanted.keys() - statements_in(blocks) <= pointed


@settings(max_examples=50)
@given(forests(), CHOICES)
def test_between_the_lines_stand_only_our_joining_words(claims: tuple[Node, ...], choices: Choices) -> None:
    for block in compose(Material(claims), choices):
        for run in block.runs:
            if run.origin == Origin.JOINING:
                assert OURS.fullmatch(run.text), run
            elif run.origin == Origin.POINTER:
                assert POINTING.fullmatch(run.text.strip() if run.text.endswith(".") else run.text), run


@settings(max_examples=50)
@given(forests(), CHOICES)
@example(forest("1. #\n  + - a\n  - *b* [c](d) <e> &amp;"), Choices())
def test_text_read_back_says_what_was_put_together(claims: tuple[Node, ...], choices: Choices) -> None:
    blocks = compose(Material(claims), choices)

    read = [(piece.kind, piece.text) for piece in flat(paper_of(to_markdown(blocks)))]

    kinds = {Kind.ITEM: "paragraph"}
    assert read == [(kinds.get(block.kind, block.kind.value), block.text) for block in blocks]
