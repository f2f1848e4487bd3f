"""A document into the database: all of it or nothing, with its people, and out again by one undo."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from accounts.models import User
from debates.formats.bringing import Bringing, Order, not_stored
from debates.formats.document import Ballot, Document, Line, Text
from debates.formats.features import ALL, Feature, kept
from debates.formats.sections import Taking
from debates.formats.taking import document_of
from debates.models import Refused, Statement, Topic, Vote
from debates.permissions import topic_for
from tests.debates.formats.documents import documents, full_document, shape, small_document
from tests.debates.trees import faults
from tests.factories import make_topic, make_tree
from tests.queries import data_queries

pytestmark = pytest.mark.django_db


def bring(document: Document, by: User, into: Topic | None = None) -> Topic:
    return Bringing(Order(document, by, into, format="json")).whole()


def taken(topic: Topic, by: User) -> Document:
    return document_of(Taking(topic_for(by, topic.slug), by, ballots=True))


def _borne_on(document: Document) -> set[str | None]:
    return {line.parent for line in document.lines} | {line.refers_to for line in document.lines}


# A line without an author is by "Imported", totals are counted anew from the votes, and moments are those of the import
# where the file has none.
COMPARED = ALL - {Feature.TALLIES, Feature.AUTHORS, Feature.DATES}


@settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(document=documents())
def test_what_is_brought_in_can_be_taken_along_again(alice: User, document: Document) -> None:
    with transaction.atomic():
        topic = bring(document, alice)
        Topic.objects.filter(pk=topic.pk).update(votes_shown="always")
        again = taken(topic, alice)
        assert faults(topic) == []
        transaction.set_rollback(True)

    assert shape(_without_gone(again)) == shape(_without_gone(document))


def _without_gone(document: Document) -> Document:
    """As far as an import and an export keep it: of what was taken back, the place and what rests on it."""
    alike = kept(document, COMPARED)
    while any(not_needed := [line for line in alike.lines if line.gone and line.id not in _borne_on(alike)]):
        alike.lines = [line for line in alike.lines if line not in not_needed]
    for line in alike.lines:
        if line.gone:
            line.text, line.note, line.sources, line.passages, line.comments, line.ballots = "", "", [], [], [], []
    cast: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, line in enumerate(alike.lines):
        line.comments = [replace(remark, author="", created=None) for remark in line.comments]
        for ballot in line.ballots:
            cast[ballot.voter].append((place, ballot.value))
    # The numbers of voters are dealt anew for each file: what stays is who voted alike.
    numbers = {voter: f"{number:03}" for number, voter in enumerate(sorted(cast, key=cast.__getitem__))}
    for line in alike.lines:
        line.ballots = [Ballot(numbers[ballot.voter], ballot.value) for ballot in line.ballots]
        line.ballots.sort(key=lambda ballot: ballot.voter)
    return alike


def test_import_makes_a_private_topic_of_whoever_brings_it(alice: User, bob: User) -> None:
    topic = bring(full_document(), alice)

    assert (topic.title, topic.visibility, topic.created_by) == ("School mornings", "private", alice)
    assert not Topic.objects.visible_to(bob).filter(pk=topic.pk).exists()
    assert faults(topic) == []


def test_import_keeps_names_of_people_who_can_never_sign_in(alice: User) -> None:
    topic = bring(full_document(), alice)

    author = topic.statements.get(text="School should begin at nine.").author
    assert author is not None
    assert topic.pseudonyms.get(user=author).name == "Azure Heron"
    assert (author.is_active, author.is_guest, author.has_usable_password()) == (False, True, False)
    assert not topic.statements.filter(author=alice).exists()


def test_import_gives_a_name_that_is_taken_a_number(alice: User, bob: User) -> None:
    topic = make_topic(alice)
    topic.pseudonyms.create(user=bob, name="Azure Heron")

    bring(full_document(), alice, into=topic)

    claim = topic.statements.get(text="School should begin at nine.")
    assert topic.pseudonyms.get(user=claim.author).name == "Azure Heron 2"


def test_import_keeps_single_votes_and_nobody_votes_twice(alice: User) -> None:
    claim = Line("1", text="Claim", ballots=[Ballot("a", 4), Ballot("b", 0), Ballot("a", 1)])

    topic = bring(Document("T", lines=[claim]), alice)

    assert sorted(Vote.objects.filter(statement__topic=topic).values_list("value", flat=True)) == [0, 1]


def test_import_into_a_topic_stands_behind_what_is_there(alice: User) -> None:
    topic = make_topic(alice)
    make_tree(topic, alice, "First claim\n  + reason")

    bring(full_document(), alice, into=topic)

    claims = list(topic.claims.in_order().values_list("text", flat=True))
    assert claims == ["First claim", "School should begin at nine.", "School should stay as it is."]
    assert faults(topic) == []


def test_import_that_is_stopped_leaves_nothing_behind(alice: User) -> None:
    people, topics = User.objects.count(), Topic.objects.count()
    running = Bringing(Order(full_document(), alice)).run()
    next(running)
    next(running)

    running.close()

    assert (User.objects.count(), Topic.objects.count(), Statement.objects.count()) == (people, topics, 0)


def test_import_that_fails_leaves_nothing_behind(alice: User) -> None:
    people = User.objects.count()
    broken = full_document()
    broken.lines[-1].refers_to = "nobody"

    with pytest.raises(KeyError):
        bring(broken, alice)

    assert (User.objects.count(), Topic.objects.count(), Statement.objects.count()) == (people, 0, 0)


def test_import_into_a_closed_topic_is_refused(alice: User) -> None:
    topic = make_topic(alice)
    topic.close(by=alice)

    with pytest.raises(Refused):
        bring(full_document(), alice, into=topic)

    assert not topic.statements.exists()


def test_import_is_one_change_and_one_undo(alice: User) -> None:
    topic = make_topic(alice)
    make_tree(topic, alice, "First claim")
    bring(full_document(), alice, into=topic)
    topic.statements.get(text="Teenagers sleep late.").remove(by=alice)
    imported = topic.changes.get(verb="import")

    undone = imported.undo(by=alice)

    assert list(topic.statements.filter(status="visible").values_list("text", flat=True)) == ["First claim"]
    assert (undone.verb, undone.before["statements"]) == ("unimport", 5)

    undone.undo(by=alice)

    assert topic.statements.filter(status="visible").count() == 6
    assert topic.statements.get(text="Teenagers sleep late.").status == "removed"
    assert faults(topic) == []


def test_import_costs_queries_by_levels_and_not_by_lines(alice: User) -> None:
    def flat(lines: int) -> Document:
        return Document("T", lines=[Line("c", text="C"), *(Line(str(n), "c", "supports", "x") for n in range(lines))])

    with data_queries() as few:
        bring(flat(3), alice)
    with data_queries() as many:
        bring(flat(300), alice)

    assert len(many) == len(few)


def test_import_tells_how_far_it_is(alice: User) -> None:
    steps = list(Bringing(Order(full_document(), alice)).run())

    assert steps[0].done == 0
    assert steps[-1].done == steps[-1].total
    assert [step.done for step in steps] == sorted(step.done for step in steps)


def test_undone_import_takes_its_essays_along_and_brings_them_back(alice: User) -> None:
    topic = make_topic(alice)
    bring(full_document(), alice, into=topic)
    before = [(each.quote, each.statement_id) for each in topic.essays.get().passages.all()]

    undone = topic.changes.get(verb="import").undo(by=alice)
    without = topic.essays.count()
    undone.undo(by=alice)

    assert without == 0
    assert [(each.quote, each.statement_id) for each in topic.essays.get().passages.all()] == before


def test_undone_import_leaves_an_essay_on_which_others_rest(alice: User) -> None:
    topic = make_topic(alice)
    own = topic.add_claim("My own", by=alice)
    bring(full_document(), alice, into=topic)
    own.quote(topic.essays.get(), 0, 5, by=alice)

    topic.changes.get(verb="import").undo(by=alice)

    assert topic.essays.count() == 1


def test_import_of_an_essay_alone_is_a_change_that_can_be_undone(alice: User) -> None:
    topic = make_topic(alice)
    bring(Document("T", essays=[Text("e", "Sleep", "Nine hours.")]), alice, into=topic)

    topic.changes.get(verb="import").undo(by=alice)

    assert not topic.essays.exists()


def test_import_brought_back_leaves_removed_what_was_removed_since(alice: User) -> None:
    topic = bring(small_document(), alice)
    undone = topic.changes.get(verb="import").undo(by=alice)
    line = topic.statements.get(text="Parents begin at eight.")
    line.restore(by=alice)
    line.remove(by=alice)

    undone.undo(by=alice)

    line.refresh_from_db()
    assert line.status == "removed"
    assert topic.statements.filter(status="visible").count() == 5


def test_nobody_in_a_file_looks_like_a_member(alice: User, bob: User) -> None:
    topic = make_topic(alice, names_shown="names")

    bring(Document("T", lines=[Line("1", text="I am wrong.", author="Alice")]), alice, into=topic)

    author = topic.statements.get(text="I am wrong.").author
    assert topic.pseudonyms.get(user=author).name == "Alice 2"


def test_people_of_a_file_go_with_its_topic(alice: User) -> None:
    people = User.objects.count()
    bring(full_document(), alice).delete()

    call_command("clear_expired")

    assert User.objects.count() == people


def test_preview_says_that_totals_are_not_stored_and_people_are_not_countless() -> None:
    lines = [Line("c", text="Claim", tally=(1, 0, 0, 0, 2))]
    lines += [Line(str(n), "c", "supports", "x", author=f"Person {n}") for n in range(2_001)]

    said = [note.sentence for note in not_stored(Document("T", lines=lines))]

    assert said == [
        "The totals of votes on 1 lines are not stored: only single votes are, by their voters.",
        "Of 2002 authors 2000 are named; what the others wrote is by “Imported”.",
    ]
