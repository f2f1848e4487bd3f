"""Adding and wording statements: what is stored, what is refused, and what the history keeps of it."""

from __future__ import annotations

import pytest

from accounts.models import User
from debates.models import (
    Argument,
    Change,
    Claim,
    Closed,
    Conflict,
    Pseudonym,
    Rebuttal,
    Refused,
    SlowDown,
    Statement,
    Topic,
)  # fmt: skip
from tests.factories import make_topic, make_tree


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


@pytest.fixture
def claim(topic: Topic, alice: User) -> Statement:
    return topic.add_claim("A claim", by=alice)


def numbers(topic: Topic) -> list[int]:
    return list(topic.changes.values_list("number", flat=True))


# -- adding -----------------------------------------------------------------------------------------------


def test_claim_stands_alone_and_is_recorded(topic: Topic, alice: User) -> None:
    claim = topic.add_claim("  A   claim ", by=alice, note="Why.\r\n\r\n\r\nSo.")
    claim.refresh_from_db()
    assert (claim.text, claim.note, claim.search_text) == ("A claim", "Why.\n\nSo.", "a claim")
    assert (claim.parent, claim.stance, claim.depth, claim.status, claim.version) == (None, "", 0, "visible", 1)
    change = topic.changes.get(number=2)
    assert (change.verb, change.statement, change.actor, change.before) == ("add", claim, alice, {})
    assert change.after == {
        "parent": None, "stance": "", "text": "A claim", "note": "Why.\n\nSo.", "position": claim.position,
    }  # fmt: skip


def test_argument_stands_under_its_parent_behind_its_siblings(claim: Statement, bob: User) -> None:
    first = claim.add_argument("supports", "Because.", by=bob)
    second = claim.add_argument("opposes", "But.", by=bob)
    below = second.add_argument("opposes", "No.", by=bob)
    assert (first.parent, first.stance, first.depth, first.author) == (claim, "supports", 1, bob)
    assert first.position < second.position
    assert below.depth == 2
    assert list(claim.arguments.all().order_by("position")) == [first, second]


def test_changes_are_numbered_without_a_gap_although_some_are_refused(claim: Statement, bob: User) -> None:
    claim.add_argument("supports", "Because.", by=bob)
    with pytest.raises(Refused):
        claim.add_argument("supports", "", by=bob)
    with pytest.raises(Refused):
        claim.move_under(claim, by=bob)
    claim.add_argument("opposes", "But.", by=bob)
    topic = Topic.objects.get(pk=claim.topic_id)
    assert numbers(topic) == [1, 2, 3, 4]
    assert topic.last_change == 4
    assert topic.changed_at == topic.changes.get(number=4).at


@pytest.mark.parametrize(
    ("text", "note", "field", "words"),
    [
        ("", "", "text", "Write one sentence"),
        (" \u200b\u202e\n\t ", "", "text", "Write one sentence"),
        ("x" * 301, "", "text", "at most 300"),
        ("x", "n" * 5001, "note", "at most 5,000"),
    ],
)
def test_text_out_of_bounds_is_refused(
    claim: Statement, bob: User, text: str, note: str, field: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as caught:
        claim.add_argument("supports", text, by=bob, note=note)
    assert (caught.value.field, caught.value.status) == (field, 422)
    assert Statement.objects.count() == 1
    assert numbers(claim.topic) == [1, 2]


def test_text_of_exactly_the_limit_is_stored(claim: Statement, bob: User) -> None:
    made = claim.add_argument("supports", "é" * 300, by=bob, note="n" * 5000)
    made.refresh_from_db()
    assert (len(made.text), len(made.note)) == (300, 5000)


def test_unknown_stance_is_refused(claim: Statement, bob: User) -> None:
    with pytest.raises(Refused, match="supports or opposes") as caught:
        claim.add_argument("maybe", "Because.", by=bob)
    assert caught.value.field == "stance"
    assert Statement.objects.count() == 1


@pytest.mark.parametrize("verb", ["withdraw", "remove"])
def test_line_that_was_taken_back_is_not_answered(claim: Statement, alice: User, bob: User, verb: str) -> None:
    getattr(claim, verb)(by=alice)
    with pytest.raises(Refused, match="taken back meanwhile"):
        claim.add_argument("supports", "Because.", by=bob)
    assert Statement.objects.count() == 1


def test_suggestion_waits_and_is_not_answered(claim: Statement, alice: User, bob: User) -> None:
    made = claim.add_argument("supports", "Because.", by=bob, suggested=True)
    assert made.status == "suggested"
    assert Change.objects.get(statement=made).verb == "suggest"
    with pytest.raises(Refused, match="taken back"):
        made.add_argument("opposes", "But.", by=alice)
    made.accept(by=alice)
    assert made.status == "visible"
    change = Change.objects.get(statement=made, verb="accept")
    assert (change.before, change.after) == ({"status": "suggested"}, {"status": "visible"})


def test_deepest_level_is_reached_and_not_passed(claim: Statement, alice: User) -> None:
    deepest = claim
    for level in range(1, 51):
        deepest = deepest.add_argument("opposes", f"Level {level}", by=alice)
    assert deepest.depth == 50
    with pytest.raises(Refused, match="50 levels deep"):
        deepest.add_argument("opposes", "Level 51", by=alice)
    assert Statement.objects.count() == 51


def test_same_key_makes_one_statement(claim: Statement, bob: User) -> None:
    first = claim.add_argument("supports", "Because.", by=bob, key="k-1")
    again = claim.add_argument("supports", "Because.", by=bob, key="k-1")
    assert again == first
    assert numbers(claim.topic) == [1, 2, 3]


def test_same_key_answers_although_the_parent_is_gone_since(claim: Statement, alice: User, bob: User) -> None:
    first = claim.add_argument("supports", "Because.", by=bob, key="k-1")
    claim.withdraw(by=alice)
    claim.topic.close(by=alice)
    assert claim.add_argument("supports", "Because.", by=bob, key="k-1") == first


def test_same_key_of_another_person_is_another_statement(claim: Statement, alice: User, bob: User) -> None:
    first = claim.add_argument("supports", "Because.", by=bob, key="k-1")
    second = claim.add_argument("supports", "Because.", by=alice, key="k-1")
    assert first != second


def test_statements_without_a_key_are_as_many_as_were_sent(claim: Statement, bob: User) -> None:
    first = claim.add_argument("supports", "Because.", by=bob)
    second = claim.add_argument("supports", "Because.", by=bob)
    assert first != second


def test_closed_topic_takes_no_statement(claim: Statement, alice: User) -> None:
    claim.topic.close(by=alice)
    with pytest.raises(Closed) as caught:
        claim.add_argument("supports", "Because.", by=alice)
    assert caught.value.status == 403
    assert Statement.objects.count() == 1


def test_more_acts_in_a_minute_than_the_limit_slow_down(claim: Statement, bob: User, settings: object) -> None:
    settings.WRITES_PER_MINUTE = 2  # type: ignore[attr-defined]
    claim.add_argument("supports", "One.", by=bob)
    claim.add_argument("supports", "Two.", by=bob)
    with pytest.raises(SlowDown) as caught:
        claim.add_argument("supports", "Three.", by=bob)
    assert caught.value.status == 429
    assert claim.arguments.count() == 2
    Change.objects.filter(actor=bob).update(at="2026-01-01T00:00:00Z")
    claim.add_argument("supports", "Three, a while later.", by=bob)


def test_first_act_gives_a_pseudonym_and_later_ones_keep_it(claim: Statement, bob: User) -> None:
    assert not Pseudonym.objects.filter(user=bob).exists()
    claim.add_argument("supports", "One.", by=bob)
    name = Pseudonym.objects.get(user=bob).name
    claim.add_argument("supports", "Two.", by=bob)
    assert Pseudonym.objects.get(user=bob).name == name


def test_words_of_the_domain_are_classes(topic: Topic, alice: User) -> None:
    tree = make_tree(topic, alice, "A claim\n  + because\n    - but\n    + and\n  - but no\nAnother")
    assert {line.text for line in Claim.objects.filter(topic=topic)} == {"A claim", "Another"}
    assert Argument.objects.filter(topic=topic).count() == 4
    assert [line.text for line in Rebuttal.objects.filter(topic=topic)] == ["but"]
    assert [line.text for line in Argument(pk=tree["because"].pk).rebuttals] == ["but"]
    of_claim = Statement.objects.filter(parent=tree["A claim"])
    assert [line.text for line in of_claim.supporting()] == ["because"]
    assert [line.text for line in of_claim.opposing()] == ["but no"]
    assert Claim.objects.get(text="Another").is_claim


# -- wording ----------------------------------------------------------------------------------------------


def test_new_words_are_stored_searched_and_recorded(claim: Statement, alice: User) -> None:
    claim.revise(text="A clearer claim", version=1, by=alice)
    assert (claim.text, claim.version, claim.search_text) == ("A clearer claim", 2, "a clearer claim")
    change = claim.changes.get(verb="revise")
    assert (change.before, change.after) == ({"text": "A claim"}, {"text": "A clearer claim"})


def test_note_alone_can_be_changed(claim: Statement, alice: User) -> None:
    claim.revise(text="A claim", note="See there.", version=1, by=alice)
    change = claim.changes.get(verb="revise")
    assert (change.before, change.after) == ({"note": ""}, {"note": "See there."})


def test_same_words_are_no_change(claim: Statement, alice: User) -> None:
    claim.revise(text=" A claim", version=1, by=alice)
    assert claim.version == 1
    assert numbers(claim.topic) == [1, 2]


def test_stale_version_is_a_conflict_with_what_is_stored(claim: Statement, alice: User, bob: User) -> None:
    mine = Statement.objects.get(pk=claim.pk)
    claim.revise(text="Alice's words", version=1, by=alice)
    with pytest.raises(Conflict) as caught:
        mine.revise(text="Bob's words", version=1, by=bob)
    assert caught.value.status == 409
    assert caught.value.current.text == "Alice's words"
    claim.refresh_from_db()
    assert (claim.text, claim.version) == ("Alice's words", 2)
    assert numbers(claim.topic) == [1, 2, 3]


@pytest.mark.parametrize("text", ["", "\u202e", "x" * 301])
def test_bad_words_are_refused_and_the_old_ones_stay(claim: Statement, alice: User, text: str) -> None:
    with pytest.raises(Refused):
        claim.revise(text=text, version=1, by=alice)
    claim.refresh_from_db()
    assert (claim.text, claim.version) == ("A claim", 1)


# -- showing ------------------------------------------------------------------------------------------------


def test_withdrawn_line_keeps_its_place_and_replies(topic: Topic, alice: User) -> None:
    tree = make_tree(topic, alice, "A claim\n  + because\n    - but")
    tree["because"].withdraw(by=alice)
    tree["but"].refresh_from_db()
    assert (tree["because"].status, tree["because"].parent_id) == ("withdrawn", tree["A claim"].pk)
    assert (tree["but"].status, tree["but"].parent_id) == ("visible", tree["because"].pk)
    change = tree["because"].changes.get(verb="withdraw")
    assert (change.before, change.after) == ({"status": "visible"}, {"status": "withdrawn"})


def test_withdrawing_twice_is_one_change(claim: Statement, alice: User) -> None:
    claim.withdraw(by=alice)
    claim.withdraw(by=alice)
    assert numbers(claim.topic) == [1, 2, 3]


def test_removed_line_is_not_withdrawn_over_it(claim: Statement, alice: User) -> None:
    claim.remove(by=alice)
    claim.withdraw(by=alice)
    assert claim.status == "removed"


def test_restored_line_can_be_answered_again(claim: Statement, alice: User, bob: User) -> None:
    claim.remove(by=alice)
    claim.restore(by=alice)
    assert claim.status == "visible"
    assert claim.add_argument("supports", "Because.", by=bob).parent == claim


def test_suggestion_is_accepted_and_not_restored(claim: Statement, alice: User, bob: User) -> None:
    made = claim.add_argument("supports", "Because.", by=bob, suggested=True)
    made.restore(by=bob)
    assert made.status == "suggested"


def test_withdrawn_line_is_restored_and_not_accepted(claim: Statement, alice: User) -> None:
    claim.withdraw(by=alice)
    claim.accept(by=alice)
    assert claim.status == "withdrawn"


def test_line_removed_a_moment_ago_is_not_restored_by_its_author(claim: Statement, alice: User, bob: User) -> None:
    claim.withdraw(by=alice)
    Statement.objects.get(pk=claim.pk).remove(by=bob)
    claim.restore(by=alice, removed_too=False)
    assert claim.status == "removed"


def test_suggestion_accepted_a_moment_ago_is_not_declined(claim: Statement, alice: User, bob: User) -> None:
    made = claim.add_argument("supports", "A line.", by=bob, suggested=True)
    Statement.objects.get(pk=made.pk).accept(by=alice)
    made.decline(by=alice)
    assert made.status == "visible"
    assert Change.objects.get(number=numbers(made.topic)[-1], topic=made.topic).verb == "accept"
