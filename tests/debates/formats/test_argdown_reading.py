"""Argdown as people write it: the whole syntax, what is odd in real files, and files that are none."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debates.formats.document import Document
from debates.formats.drafts import Draft, NoteKind, Unreadable
from debates.formats.registry import FORMATS
from tests.debates.formats.documents import documents, mutated
from tests.debates.formats.test_kialo import outline

ARGDOWN = FORMATS["argdown"]


def read(text: str) -> Draft:
    return ARGDOWN.read(text.encode())


def noted(draft: Draft) -> list[tuple[str, int]]:
    return [(note.kind.value, note.at) for note in draft.notes]


# -- statements, arguments, relations --------------------------------------------------------------------------------

PETS = """===
title: Pets
author: Ada
model:
    mode: loose
===

# Another title

[Cats]: Cats are good pets.
    They are quiet.
  + <Sleep>: They sleep // all day
    a lot. #behaviour #(at home)
      - They wake at night.
      +> [Quiet]: Homes are quiet.
  <- [Dogs]: Dogs are better. {source: "A study", page: 3}

<Sleep>
  <_ <Not always>: Some do not.

[Quiet]
  -> [Dogs]
"""


@pytest.mark.parametrize("text", [PETS, PETS.replace("\n", "\r\n"), "\ufeff" + PETS])
def test_read_understands_relations_in_both_directions(text: str) -> None:
    draft = read(text)

    cats, sleep, quiet = "Cats are good pets. They are quiet.", "They sleep a lot.", "Homes are quiet."
    assert draft.document.title == "Pets"
    assert outline(draft) == [
        (None, "", cats),
        (cats, "supports", sleep),
        (sleep, "opposes", "They wake at night."),
        (sleep, "opposes", "Some do not."),
        (cats, "opposes", "Dogs are better."),
        ("Dogs are better.", "opposes", quiet),
        (quiet, "supports", sleep),
    ]
    assert [line.at for line in draft.document.lines] == [10, 12, 14, 19, 16, 15, 15]


def test_read_puts_each_under_the_first_it_bears_on_and_links_it_under_the_others() -> None:
    draft = read("[A]: One.\n  + <X>: Reason.\n\n[B]: Two.\n  - <X>\n    + [C]: Three.\n")

    assert outline(draft) == [
        (None, "", "One."), ("One.", "supports", "Reason."), ("Reason.", "supports", "Three."), (None, "", "Two."),
        ("Two.", "opposes", "Reason."),
    ]  # fmt: skip
    assert [line.is_link for line in draft.document.lines] == [False, False, False, False, True]
    assert draft.notes == []


def test_read_tells_statements_and_arguments_of_one_title_apart() -> None:
    draft = read("[Tea]: Tea is good.\n  + <Tea>: It wakes.\n")

    assert outline(draft) == [(None, "", "Tea is good."), ("Tea is good.", "supports", "It wakes.")]


def test_read_turns_relations_around_that_point_down() -> None:
    draft = read("<A>: Reason.\n  +> [B]: Claim.\n  -> [C]: Other.\n")

    assert outline(draft) == [
        (None, "", "Claim."), ("Claim.", "supports", "Reason."), (None, "", "Other."), ("Other.", "opposes", "Reason."),
    ]  # fmt: skip


def test_read_takes_the_last_text_of_a_title_or_the_canonical_one() -> None:
    last = read("[A]: One.\n\n[A]: Two.\n")
    canonical = read("[A]: One. {isCanonical: true}\n\n[A]: Two.\n")

    assert (outline(last), noted(last)) == ([(None, "", "Two.")], [("merged", 3)])
    assert (outline(canonical), noted(canonical)) == ([(None, "", "One.")], [("merged", 3)])


def test_read_lets_the_title_stand_for_what_is_never_said() -> None:
    draft = read("[A]: Claim.\n  + <Argument from evil>\n")

    assert outline(draft) == [(None, "", "Claim."), ("Claim.", "supports", "Argument from evil")]
    assert noted(draft) == [("repaired", 2)]


def test_read_keeps_titles_tags_rules_and_data_in_the_note() -> None:
    draft = read(
        '[Tea]: Tea wakes. #drinks #(hot ones) {note: "Daily.", author: Ada, colour: red, sources: [A book]}\n'
    )

    (line,) = draft.document.lines
    assert (line.text, line.note, line.author) == ("Tea wakes.", "Tea\n\n#drinks #(hot ones)\n\nDaily.", "Ada")
    assert [card.title for card in line.sources] == ["A book"]
    assert noted(draft) == [("skipped", 1)]
    assert "colour" in draft.notes[0].sentence


def test_read_reads_data_in_every_layout() -> None:
    draft = read(
        "[A]: One. {author: Ada}\n  + <B>: Two.\n    {author: Bob}\n  - <C>: Three. {\n    author: Eve\n  }\n"
        "    + <D>: Four. {a: {b: [1, {c: d}]},\n    author: Joe}\n"
    )

    assert [line.author for line in draft.document.lines] == ["Ada", "Bob", "Eve", "Joe"]


def test_read_understands_emphasis_escapes_links_mentions_and_shortcodes() -> None:
    draft = read(
        "*Some* __very__ \\[real\\] [text](https://x.org/a_(b)), see @[A B] and @<C>: a_b 2 * 3 :heart: .->. **x\n"
    )

    (line,) = draft.document.lines
    assert line.text == "Some very [real] text, see “A B” and “C”: a_b 2 * 3 ❤ → **x"
    assert [(card.title, card.url) for card in line.sources] == [("text", "https://x.org/a_(b)")]


def test_read_passes_over_comments_but_not_over_addresses() -> None:
    draft = read(
        "// first\n[A]: See [b](http://x.org) // not\n<!-- two\n\nlines -->\n"
        "  + <B>: C /* in */ D.\n/* never closed\n\nE\n"
    )

    assert outline(draft) == [
        (None, "", "See b"), ("See b", "supports", "C D. /* never closed"), (None, "", "E"),
    ]  # fmt: skip


def test_read_makes_claims_of_list_items_and_leaves_out_further_headings() -> None:
    draft = read("# Topic\n\n## Part one\n\n1. First.\n   + reason\n2. <X>: Second.\n\n* Third.\n")

    assert draft.document.title == "Topic"
    assert outline(draft) == [
        (None, "", "First."), ("First.", "supports", "reason"), (None, "", "Second."), (None, "", "Third."),
    ]  # fmt: skip
    assert noted(draft) == [("skipped", 3)]


def test_read_counts_indents_as_argdown_does() -> None:
    draft = read("A\n    + B\n        + C\n      - D\n\t- E\n")

    assert outline(draft) == [
        (None, "", "A"), ("A", "supports", "B"), ("B", "supports", "C"), ("A", "opposes", "D"), ("A", "opposes", "E"),
    ]  # fmt: skip


def test_read_reads_contraries_of_the_strict_mode_once() -> None:
    draft = read("===\nmodel:\n  mode: strict\n===\n\n[A]: One.\n  - [B]: Two.\n  >< [C]: Three.\n\n[B]\n  - [A]\n")

    assert outline(draft) == [(None, "", "One."), ("One.", "opposes", "Two."), ("One.", "opposes", "Three.")]
    assert sorted(noted(draft)) == [("cut", 11), ("repaired", 8)]


def test_read_cuts_circles_and_self_attacks() -> None:
    draft = read("[A]: One.\n  + [B]: Two.\n    + [C]: Three.\n      + [A]\n  - [A]\n")

    assert outline(draft) == [(None, "", "One."), ("One.", "supports", "Two."), ("Two.", "supports", "Three.")]
    assert sorted(noted(draft)) == [("cut", 4), ("cut", 5)]


# -- reconstructions -------------------------------------------------------------------------------------------------

CENSORSHIP = """[Censorship]: Censorship is wrong.
  - <Harm>: Free speech does harm.
    - <Doubt>: How much?

<Harm>

(1) Speech leads to harm. {author: Ada}
(2) [Prevent]: Harm should be prevented.
-- Modus ponens, some rule {x: 1} --
(3) Speech leads to what should be prevented.
----
(4) [Limit]: Speech should be limited.

[Prevent]
  - <Rights>: Not at any price.
"""


def test_read_puts_the_premises_of_a_reconstruction_below_its_argument() -> None:
    draft = read(CENSORSHIP)

    claim, harm = "Censorship is wrong.", "Free speech does harm."
    between = "Speech leads to what should be prevented."
    assert outline(draft) == [
        (None, "", claim),
        (claim, "opposes", harm),
        (harm, "opposes", "How much?"),
        (harm, "supports", between),
        (between, "supports", "Speech leads to harm."),
        (between, "supports", "Harm should be prevented."),
        ("Harm should be prevented.", "opposes", "Not at any price."),
    ]
    lines = {line.text: line for line in draft.document.lines}
    assert lines[harm].note == "Harm\n\nModus ponens, some rule\n\nSpeech should be limited."
    assert lines["Speech leads to harm."].group == lines["Harm should be prevented."].group is not None
    assert lines[between].group is None
    assert noted(draft) == [("repaired", 7)]


def test_read_lets_a_reconstruction_support_the_statement_it_concludes() -> None:
    draft = read("[A]: One.\n\n<B>: Why.\n\n(1) P.\n(2) Q.\n----\n(3) [A]\n  - <C>: But.\n")

    assert outline(draft) == [
        (None, "", "One."), ("One.", "opposes", "But."), ("One.", "supports", "Why."), ("Why.", "supports", "P."),
        ("Why.", "supports", "Q."),
    ]  # fmt: skip


def test_read_gives_the_premises_of_a_nameless_reconstruction_to_its_conclusion() -> None:
    draft = read("[A]: One.\n\n(1) P.\n(2) Q.\n----\n(3) [A]\n\n(1) R.\n--\nrule\n--\n(2) [A]\n")

    assert outline(draft) == [
        (None, "", "One."), ("One.", "supports", "P."), ("One.", "supports", "Q."), ("One.", "supports", "R."),
    ]  # fmt: skip
    assert [line.group is None for line in draft.document.lines] == [True, False, False, True]


def test_read_takes_an_undercut_of_an_inference_for_an_objection_to_the_argument() -> None:
    draft = read("<A>: Why.\n\n(1) P.\n----\n  <_ <B>: It does not follow.\n(2) C.\n")

    assert outline(draft) == [
        (None, "", "Why."),
        ("Why.", "opposes", "It does not follow."),
        ("Why.", "supports", "P."),
    ]


def test_read_takes_a_reconstruction_without_an_end() -> None:
    draft = read("<A>: Why.\n\n(1) P.\n(2) Q.\n--\nrule")

    assert outline(draft) == [(None, "", "Why."), ("Why.", "supports", "P."), ("Why.", "supports", "Q.")]


# -- files that are odd, or none -------------------------------------------------------------------------------------


def test_read_notes_what_it_forgives() -> None:
    draft = read(
        "- nothing above\n\n[A] no colon\n\n@include(other.argdown)\n\nB {a: [}\n\n"
        "C {a: &x [1], b: *x}\n\n-----\n\nD\n+ E\n"
    )

    assert outline(draft)[-1] == ("D", "supports", "E")
    assert noted(draft) == [
        ("repaired", 1), ("repaired", 3), ("skipped", 5), ("skipped", 7), ("skipped", 9),
        ("skipped", 11),
    ]  # fmt: skip


def test_read_takes_front_matter_with_a_single_line_break_and_without_yaml() -> None:
    assert read("===\ntitle: T\n===\n[A]: One.\n").document.title == "T"
    assert noted(read("===\n[ {\n===\n\nOne.\n")) == [("skipped", 1)]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 0), ("// nothing\n", 0), ("# Heading\n", 0), ("\n[#a] Text {x: 1}\n[#a] --> [#b]\n", 2),
        ("#casualtheorics.argdown2/document\n{:id :a}", 1), ("[A]: \0", 1),
    ],
)  # fmt: skip
def test_read_refuses_what_says_nothing_and_names_the_line(text: str, at: int) -> None:
    with pytest.raises(Unreadable) as refused:
        read(text)

    assert refused.value.at == at


def test_read_takes_long_chains_and_many_levels() -> None:
    chain = "".join(f"<A{at}>: {at}\n  + <A{at + 1}>\n\n" for at in range(5_000))
    nested = "".join(f"{' ' * at}+ {at}\n" for at in range(1, 1_500))
    start = time.process_time()

    assert len(read(chain).document.lines) == 5_001
    assert len(read(f"top\n{nested}").document.lines) == 1_500
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "sign",
    ["[", "{", "<", "(", "{a: ", "[a](", "/*", "<!--", "*a", "_", "#(", "-", "--", "\\", "}", ":a", ".a", "@[", "=",
     "===\n", "[a]: ", "(1) ", "- ", "\n\n", "[x](y(", "{[", "}\n", "{a: 1} "],
)  # fmt: skip
def test_read_takes_any_number_of_any_sign(sign: str) -> None:
    start = time.process_time()

    for before in ("x ", ""):
        with suppress(Unreadable):
            read(before + sign * (50_000 // len(sign)))
    assert time.process_time() - start < 4


PIECES = st.sampled_from(
    ["[A]", "[A]: ", "<B>", "<B>: ", "[B]: ", "\n", "\n\n", "  ", "    ", "+ ", "- ", "<_ ", "+> ", ">< ", "-> ",
     "(1) ", "(2) ", "----\n", "--\n", "-- r --\n", "{a: 1}", '{"here": {}}', "{", "}", "===\n", "title: x\n", "# ",
     "1. ", "* ", "word", "*", "//", "/*", "*/", "\\", "#tag", "@[A]", "{sources: [1, {title: [x]}], tally: [1]}",
     "\x01", "\x020\x02", "{group: 1, version: 1e9}", "{note: [1], created: 2020-01-01}"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.lists(PIECES, max_size=30).map(lambda parts: "".join(parts).encode())))
def test_read_gives_a_draft_or_a_sentence(data: bytes) -> None:
    with suppress(Unreadable):
        draft = ARGDOWN.read(data)
        assert {note.kind for note in draft.notes} <= set(NoteKind)


@settings(max_examples=40, deadline=None)
@given(documents(ARGDOWN.keeps, max_lines=6), st.data())
def test_read_gives_a_draft_or_a_sentence_for_what_was_changed(document: Document, data: st.DataObject) -> None:
    with suppress(Unreadable):
        ARGDOWN.read(mutated(ARGDOWN.write(document), data))


def test_read_takes_includes_that_never_end_in_linear_time() -> None:
    began = time.process_time()

    draft = read("[A]: " + "@include(" * 40_000)

    assert not any("is not included" in note.sentence for note in draft.notes)
    assert time.process_time() - began < 10  # what is quadratic takes a minute


def test_read_gives_back_an_empty_topic_of_ours() -> None:
    document = Document(title="Pets", question="Cats or dogs?", background="None yet.")

    draft = ARGDOWN.read(ARGDOWN.write(document))

    assert draft.document == document
    assert draft.notes == []


def test_read_refuses_front_matter_of_others_without_a_statement() -> None:
    with pytest.raises(Unreadable, match="no statement"):
        read("===\ntitle: Pets\ncounterpoint: yes\n===\n\n# Pets\n")
