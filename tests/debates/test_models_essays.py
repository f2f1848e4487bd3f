"""Texts beside the map: their verbs, what an edit does to passages, and taking it all back."""

from __future__ import annotations

import pytest

from accounts.models import User
from debates.models import Change, Closed, Conflict, Essay, EssayVersion, Gone, Passage, Refused, Statement, Topic
from tests.factories import make_topic

pytestmark = pytest.mark.django_db

TEXT = "Buses are late. Trains are full of people.\n\nBicycles are quick, and they cost little."


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


@pytest.fixture
def essay(topic: Topic, alice: User) -> Essay:
    return topic.add_essay(by=alice, title="Ways to town", text=TEXT, author="A. Writer", source="School paper, 2026")


@pytest.fixture
def claim(topic: Topic, alice: User) -> Statement:
    return topic.add_claim("Ride a bicycle.", by=alice)


def quote(claim: Statement, essay: Essay, words: str, by: User) -> Passage:
    start = essay.text.index(words)
    return claim.quote(essay, start, start + len(words), by=by)


def told(topic: Topic) -> list[str]:
    return list(topic.changes.order_by("number").values_list("verb", flat=True))


def test_essay_is_added_clean_and_recorded(topic: Topic, alice: User) -> None:
    essay = topic.add_essay(by=alice, title=" Ways  to town ", text="One.\r\n\r\n\r\n\r\nTwo.\x00")

    assert (essay.title, essay.text, essay.version, essay.added_by) == ("Ways to town", "One.\n\nTwo.", 1, alice)
    change = topic.changes.get(verb="essay-added")
    assert change.after == {"essay": essay.pk, "title": "Ways to town", "version": 1}


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"text": " \n "}, "text"),
        ({"title": ""}, "title"),
        ({"text": "a" * 200_001}, "text"),
    ],
)
def test_essay_without_words_or_name_is_refused(topic: Topic, alice: User, texts: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        topic.add_essay(by=alice, **{"title": "A", "text": "B"} | texts)

    assert refused.value.field == field
    assert not Essay.objects.exists()


def test_essay_sent_twice_is_one(topic: Topic, alice: User) -> None:
    first = topic.add_essay(by=alice, title="A", text="B", key="k")

    assert topic.add_essay(by=alice, title="A", text="B", key="k") == first
    with pytest.raises(Conflict):
        topic.add_essay(by=alice, title="A", text="Something else", key="k")
    assert Essay.objects.count() == 1


def test_topic_holds_fifty_essays(topic: Topic, alice: User) -> None:
    Essay.objects.bulk_create(Essay(topic=topic, title="A", text="B") for _each in range(50))

    with pytest.raises(Refused, match="at most 50"):
        topic.add_essay(by=alice, title="One more", text="B")


def test_closed_topic_takes_no_essay(topic: Topic, alice: User) -> None:
    topic.close(by=alice)

    with pytest.raises(Closed):
        topic.add_essay(by=alice, title="A", text="B")


def test_edit_keeps_the_former_text_and_moves_the_passages(essay: Essay, claim: Statement, alice: User) -> None:
    passage = quote(claim, essay, "Bicycles are quick", alice)

    anchored = essay.revise(by=alice, version=1, text="First of all: walk!\n\n" + TEXT.replace("quick", "very quick"))

    passage.refresh_from_db()
    assert (passage.quote, passage.lost) == ("Bicycles are very quick", False)
    assert essay.text[passage.start : passage.end] == passage.quote
    assert (anchored.kept, anchored.altered, anchored.lost) == (0, 1, 0)
    former = EssayVersion.objects.get()
    assert (former.text, former.version, former.by, essay.version) == (TEXT, 1, alice, 2)
    assert told(essay.topic)[-1] == "essay-revised"


def test_passage_that_is_cut_out_is_kept_as_lost(essay: Essay, claim: Statement, alice: User) -> None:
    passage = quote(claim, essay, "Trains are full of people.", alice)

    anchored = essay.revise(by=alice, version=1, text=TEXT.replace(" Trains are full of people.", ""))

    passage.refresh_from_db()
    assert (passage.lost, passage.quote, anchored.lost) == (True, "Trains are full of people.", 1)


def test_undone_edit_brings_every_passage_back_to_its_place(essay: Essay, claim: Statement, alice: User) -> None:
    lost = quote(claim, essay, "Trains are full of people.", alice)
    moved = quote(claim, essay, "they cost little", alice)
    essay.revise(by=alice, version=1, text="Bicycles cost next to nothing.")

    Change.objects.get(verb="essay-revised").undo(by=alice)

    essay.refresh_from_db()
    assert (essay.text, essay.version) == (TEXT, 3)
    for passage in (lost, moved):
        before = (passage.start, passage.end, passage.quote)
        passage.refresh_from_db()
        assert (passage.start, passage.end, passage.quote, passage.lost) == (*before, False)


def test_edit_is_undone_only_while_nothing_newer_was_written(essay: Essay, alice: User) -> None:
    essay.revise(by=alice, version=1, text="Two.")
    first = Change.objects.get(verb="essay-revised")
    essay.revise(by=alice, version=2, text="Three.")

    with pytest.raises(Conflict):
        first.undo(by=alice)
    assert Essay.objects.get().text == "Three."


def test_two_edits_of_one_version_lose_neither_text(essay: Essay, alice: User, bob: User) -> None:
    essay.revise(by=alice, version=1, text="Alice’s words.")

    with pytest.raises(Conflict) as conflict:
        essay.revise(by=bob, version=1, text="Bob’s words.")

    assert conflict.value.current.text == "Alice’s words."
    assert (Essay.objects.get().text, Essay.objects.get().version) == ("Alice’s words.", 2)


def test_edit_that_changes_nothing_is_no_change(essay: Essay, alice: User) -> None:
    essay.revise(by=alice, version=1, text=TEXT, title="Ways to town")

    assert (Essay.objects.get().version, EssayVersion.objects.count()) == (1, 0)
    assert "essay-revised" not in told(essay.topic)


def test_two_passages_that_become_the_same_words_are_both_kept(essay: Essay, claim: Statement, alice: User) -> None:
    quote(claim, essay, "Buses are late. Trains are full of people.", alice)
    quote(claim, essay, "Trains are full of people.", alice)

    essay.revise(by=alice, version=1, text=TEXT.replace("Buses are late. ", ""))

    assert Passage.objects.count() == 2
    placed = Passage.objects.placed()
    assert len({(passage.start, passage.end) for passage in placed}) == len(placed) >= 1


def test_former_text_is_restored_as_one_more_version(essay: Essay, claim: Statement, alice: User) -> None:
    passage = quote(claim, essay, "Buses are late.", alice)
    essay.revise(by=alice, version=1, text="Trams.")
    essay.revise(by=alice, version=2, text="Ships.")

    essay.restore(EssayVersion.objects.get(version=1), by=alice)

    passage.refresh_from_db()
    assert (essay.text, essay.version, passage.lost) == (TEXT, 4, False)


def test_removed_essay_comes_back_with_its_passages(essay: Essay, claim: Statement, alice: User) -> None:
    passage = quote(claim, essay, "Buses are late.", alice)
    essay.remove(by=alice)
    assert not Essay.objects.exists()
    assert not Passage.objects.exists()

    topic = Topic.objects.get()
    topic.changes.get(verb="essay-removed").undo(by=alice)

    again = Essay.objects.get()
    assert (again.pk, again.texts(), again.added_by) == (essay.pk, essay.texts(), alice)
    assert Passage.objects.get().pk == passage.pk
    assert Passage.objects.get().suffix == passage.suffix
    topic.changes.filter(verb="essay-added").latest("number").undo(by=alice)
    assert not Essay.objects.exists()


def test_passage_of_a_removed_essay_is_refused_with_a_sentence(essay: Essay, claim: Statement, alice: User) -> None:
    essay.remove(by=alice)

    with pytest.raises(Gone, match="removed meanwhile"):
        claim.quote(essay, 0, 15, by=alice)


def test_words_chosen_in_an_older_text_are_found_in_the_newer(essay: Essay, claim: Statement, alice: User) -> None:
    seen = Essay.objects.get()
    essay.revise(by=alice, version=1, text="Walk. " + TEXT)

    passage = claim.quote(seen, 0, 15, by=alice)

    assert (passage.start, passage.quote) == (6, "Buses are late.")


def test_words_that_are_gone_or_stand_twice_are_asked_for_again(essay: Essay, claim: Statement, alice: User) -> None:
    seen = Essay.objects.get()
    essay.revise(by=alice, version=1, text="Walk. Buses are late. Buses are late.")

    with pytest.raises(Conflict, match="Choose the words again"):
        claim.quote(seen, 0, 15, by=alice)
    assert not Passage.objects.exists()


def test_lost_passage_is_placed_again_and_that_can_be_undone(essay: Essay, claim: Statement, alice: User) -> None:
    passage = quote(claim, essay, "Trains are full of people.", alice)
    essay.revise(by=alice, version=1, text="Railways carry crowds. Bicycles do not.")

    passage = Passage.objects.get()
    passage.place(0, 22, by=alice)

    placed = Passage.objects.get()
    assert (placed.quote, placed.lost) == ("Railways carry crowds.", False)
    Change.objects.get(verb="place").undo(by=alice)
    assert (Passage.objects.get().quote, Passage.objects.get().lost) == ("Trains are full of people.", True)


def test_passage_is_placed_at_the_words_that_were_meant_in_an_older_text(
    essay: Essay, claim: Statement, alice: User
) -> None:
    quote(claim, essay, "Bicycles are quick", alice)
    seen = Passage.objects.select_related("essay", "statement").get()
    essay.revise(by=alice, version=1, text="Walk. " + TEXT)

    seen.place(0, 15, by=alice)

    assert (Passage.objects.get().start, Passage.objects.get().quote) == (6, "Buses are late.")


def test_passage_is_not_placed_at_words_that_stand_twice_by_now(essay: Essay, claim: Statement, alice: User) -> None:
    quote(claim, essay, "Bicycles are quick", alice)
    seen = Passage.objects.select_related("essay", "statement").get()
    essay.revise(by=alice, version=1, text="Walk. Buses are late. Buses are late. Bicycles are quick.")

    with pytest.raises(Conflict, match="Choose the words again"):
        seen.place(0, 15, by=alice)
    assert Passage.objects.get().quote == "Bicycles are quick"


def test_placing_a_passage_where_its_line_rests_already_leaves_one(essay: Essay, claim: Statement, alice: User) -> None:
    kept = quote(claim, essay, "Buses are late.", alice)
    other = quote(claim, essay, "Bicycles are quick", alice)

    other.place(kept.start, kept.end, by=alice)

    assert Passage.objects.get() == kept
    Change.objects.get(verb="unquote").undo(by=alice)
    assert Passage.objects.count() == 2


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 4), (3, 900), (15, 16)])
def test_passage_is_not_placed_outside_the_words(
    essay: Essay, claim: Statement, alice: User, start: int, end: int
) -> None:
    passage = quote(claim, essay, "Bicycles are quick", alice)

    with pytest.raises(Refused, match="not in the essay"):
        passage.place(start, end, by=alice)
    assert Passage.objects.get().quote == "Bicycles are quick"


def test_source_is_changed_by_version_and_taken_back(claim: Statement, alice: User, bob: User) -> None:
    source = claim.cite(by=alice, title="A study", author="Kim, Ann")

    claim.recite(source, by=alice, version=1, title="The study", doi="10.1000/1")
    source.refresh_from_db()
    assert (source.title, source.doi, source.author, source.version) == ("The study", "10.1000/1", "Kim, Ann", 2)
    with pytest.raises(Conflict):
        claim.recite(source, by=bob, version=1, title="Another")

    Change.objects.get(verb="recite").undo(by=alice)
    source.refresh_from_db()
    assert (source.title, source.doi, source.author) == ("A study", "", "Kim, Ann")
