"""What debates hold about a person: all of it taken along, none of it left behind, and nobody else's words harmed."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, models
from django.utils import timezone

from accounts import personal_data
from accounts.models import User
from debates.erasure import ERASED
from debates.models import (
    Change,
    Comment,
    Draft,
    DraftVersion,
    Essay,
    EssayVersion,
    Membership,
    Passage,
    Pseudonym,
    ShareLink,
    Source,
    Statement,
    Topic,
    Visit,
    Vote,
)
from debates.models.errors import Refused
from debates.personal import Debates
from tests.factories import make_guest, make_topic, make_tree, make_user


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A public topic of Alice, in which Bob writes."""
    topic = make_topic(alice, visibility="public", title="Four days")
    Membership.objects.create(topic=topic, user=bob, role="writer")
    return topic


@pytest.fixture
def claim(topic: Topic, alice: User) -> Statement:
    return topic.add_claim("A claim of Alice", by=alice)


def rows(user: User, section: str) -> list[dict[str, Any]]:
    return [dict(row) for each in Debates().export(user) if each.key == section for row in each.rows]


def everything() -> str:
    """All that the database holds, row by row, as one text."""
    held = [list(model._default_manager.values()) for model in apps.get_models()]
    return json.dumps(held, cls=DjangoJSONEncoder, default=str)


def pointing_to(pk: int) -> list[str]:
    """Every row of every table with a foreign key that holds this user's id."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is User:
                found += [f"{model.__name__}.{field.name}"] * model._default_manager.filter(
                    **{field.attname: pk}
                ).count()
    return found


def standing(topic: Topic) -> set[str]:
    return set(topic.statements.values_list("text", flat=True))


# -- taken along ------------------------------------------------------------------------------------------------


def test_export_holds_all_that_a_person_wrote_and_did(topic: Topic, claim: Statement, alice: User, bob: User) -> None:
    line = claim.add_argument("opposes", "A line of Bob", by=bob, note="His note")
    line.revise(text="A better line of Bob", version=1, by=bob)
    line.cite(by=bob, title="His source", url="https://example.org/")
    claim.comment("His question", by=bob, kind="question")
    claim.cast_vote(voter=bob, value=3)
    own = Topic.objects.begin(by=bob, title="His topic")
    own.share("viewer", by=bob)

    (said,) = rows(bob, "statements")
    assert (said["topic"], said["text"], said["note"], said["answers"]) == (
        "Four days",
        "A better line of Bob",
        "His note",
        claim.pk,
    )
    assert (said["stance"], said["status"], said["version"]) == ("opposes", "visible", 2)
    (source,) = rows(bob, "sources")
    assert (source["title"], source["url"], source["about"]) == ("His source", "https://example.org/", line.pk)
    (comment,) = rows(bob, "comments")
    assert (comment["text"], comment["kind"], comment["about"]) == ("His question", "Open question", claim.pk)
    (vote,) = rows(bob, "votes")
    assert (vote["about"], vote["value"], vote["words"]) == (claim.pk, 3, "a lot")
    assert [row["title"] for row in rows(bob, "topics")] == ["His topic"]
    assert [row["topic"] for row in rows(bob, "memberships")] == ["Four days", "His topic"]
    assert {row["name"] for row in rows(bob, "pseudonyms")} == set(
        Pseudonym.objects.filter(user=bob).values_list("name", flat=True)
    )
    assert [row["topic"] for row in rows(bob, "share_links")] == ["His topic"]


def test_export_holds_the_former_wordings(topic: Topic, claim: Statement, alice: User) -> None:
    claim.revise(text="Another wording", version=1, by=alice)

    told = {(row["act"], row["text"]) for row in rows(alice, "changes")}

    assert {("add", "A claim of Alice"), ("revise", "Another wording")} <= told


def test_export_holds_what_was_taken_back(topic: Topic, claim: Statement, alice: User, bob: User) -> None:
    line = claim.add_argument("opposes", "A line of Bob", by=bob)
    line.remove(by=alice)

    (said,) = rows(bob, "statements")
    assert (said["text"], said["status"]) == ("A line of Bob", "removed by a moderator")


def test_export_holds_nothing_of_others(topic: Topic, claim: Statement, alice: User, bob: User) -> None:
    claim.revise(text="Bob made it better", version=1, by=bob)
    claim.comment("A remark of Alice", by=alice)
    link = topic.share("viewer", by=alice)

    told = json.dumps([row for each in Debates().export(bob) for row in each.rows], default=str)

    assert "A claim of Alice" not in told
    assert "A remark of Alice" not in told
    assert "alice" not in told
    assert link.token not in json.dumps([row for each in Debates().export(alice) for row in each.rows], default=str)


def test_export_keeps_the_title_of_a_topic_that_is_private_now(
    topic: Topic, claim: Statement, alice: User, bob: User
) -> None:
    claim.add_argument("opposes", "A line of Bob", by=bob)
    Membership.objects.filter(user=bob).delete()
    topic.revise(by=alice, visibility="private", title="Secret title")

    (said,) = rows(bob, "statements")
    assert (said["topic"], said["text"]) == ("", "A line of Bob")


def test_export_has_a_heading_for_every_value_and_can_be_written_as_json(
    topic: Topic, claim: Statement, alice: User
) -> None:
    claim.cite(by=alice, title="A source")
    claim.comment("A remark", by=alice)

    sections = Debates().export(alice)

    assert json.loads(json.dumps([list(each.rows) for each in sections], cls=DjangoJSONEncoder))
    for section in sections:
        assert all(row.keys() == section.columns.keys() for row in section.rows), section.key


def test_export_is_part_of_the_data_of_a_person(topic: Topic, claim: Statement, alice: User) -> None:
    (statements,) = [each for each in personal_data.export(alice)["debates"] if each.key == "statements"]

    assert [row["text"] for row in statements.rows] == ["A claim of Alice"]


# -- erased: statements -----------------------------------------------------------------------------------------


def test_erase_keeps_what_others_answered_and_all_above_it(topic: Topic, alice: User, bob: User) -> None:
    made = make_tree(
        topic,
        alice,
        """
        Kept claim
          + Kept reason
          + Lone reason
            - Lone objection
        Lone claim
        """,
    )
    made["Kept reason"].add_argument("opposes", "Bob’s answer", by=bob)

    personal_data.erase(alice)

    assert standing(topic) == {"Kept claim", "Kept reason", "Bob’s answer"}
    assert set(topic.statements.filter(author=None).values_list("text", flat=True)) == {"Kept claim", "Kept reason"}


def test_erase_keeps_what_others_linked_or_commented_on(topic: Topic, alice: User, bob: User) -> None:
    made = make_tree(topic, alice, "A claim\n  + Linked\n  + Discussed\n  + Voted on")
    other = topic.add_claim("Bob’s claim", by=bob)
    made["Linked"].link_under(other, stance="supports", by=bob)
    made["Discussed"].comment("Which one?", by=bob)
    made["Voted on"].cast_vote(voter=bob, value=4)

    personal_data.erase(alice)

    assert standing(topic) == {"A claim", "Linked", "Discussed", "Bob’s claim", ""}


def test_erase_takes_the_words_that_went_out_of_the_history(
    topic: Topic, claim: Statement, alice: User, bob: User
) -> None:
    line = claim.add_argument("opposes", "Secret words", by=bob, note="Secret note")
    line.revise(text="Secret words, revised", version=1, by=alice)
    line.cite(by=bob, title="Secret source")
    last = topic.changes.latest("number").number

    personal_data.erase(bob)

    assert "Secret" not in everything()
    assert list(topic.changes.order_by("number").values_list("number", flat=True)) == list(range(1, last + 2))


def test_erase_is_told_in_the_history_without_a_name(topic: Topic, claim: Statement, bob: User) -> None:
    claim.add_argument("opposes", "A line of Bob", by=bob)

    personal_data.erase(bob)

    told = topic.changes.latest("number")
    assert (told.verb, told.actor, told.before, told.after) == ("erase", None, {}, {})


def test_erase_keeps_the_wordings_of_what_stays(topic: Topic, claim: Statement, alice: User, bob: User) -> None:
    claim.revise(text="A second wording", version=1, by=alice)
    claim.add_argument("opposes", "Bob’s answer", by=bob)

    personal_data.erase(alice)

    told = [change.after["text"] for change in Change.objects.filter(statement=claim).order_by("number")]
    assert told == ["A claim of Alice", "A second wording"]


@pytest.mark.parametrize("verb", ["withdraw", "remove"])
def test_erase_blanks_what_stays_but_does_not_show(
    topic: Topic, claim: Statement, alice: User, bob: User, verb: str
) -> None:
    line = claim.add_argument("opposes", "Secret words", by=bob, note="Secret note")
    line.revise(text="Secret words, revised", version=1, by=bob)
    line.add_argument("opposes", "Alice’s answer", by=alice)
    getattr(line, verb)(by=alice)

    personal_data.erase(bob)

    line.refresh_from_db()
    assert (line.text, line.note, line.author) == (ERASED, "", None)
    assert "Secret" not in everything()
    assert "Alice’s answer" in standing(topic)


def test_erase_lets_a_suggestion_wait_no_more_that_an_editor_commented_on(
    topic: Topic, claim: Statement, alice: User, bob: User
) -> None:
    line = claim.add_argument("opposes", "Secret words", by=bob, suggested=True)
    line.comment("Which ones?", by=alice)

    personal_data.erase(bob)

    line.refresh_from_db()
    assert (line.text, line.status) == (ERASED, "removed")
    assert "Secret" not in everything()


def test_erase_keeps_what_others_found_a_source_for(topic: Topic, claim: Statement, alice: User, bob: User) -> None:
    line = claim.add_argument("opposes", "A line of Bob", by=bob)
    own = claim.add_argument("opposes", "Another line of Bob", by=bob)
    line.cite(by=alice, title="Alice’s report")
    own.cite(by=bob, title="Bob’s report")

    personal_data.erase(bob)

    assert standing(topic) == {"A claim of Alice", "A line of Bob"}
    assert list(Source.objects.values_list("title", "statement")) == [("Alice’s report", line.pk)]


# -- erased: comments, votes and the rest -----------------------------------------------------------------------


def test_erase_deletes_comments_that_nobody_answered(topic: Topic, claim: Statement, alice: User, bob: User) -> None:
    claim.comment("Secret remark", by=bob)
    claim.uncomment(claim.comment("Secret second remark", by=bob), by=alice)

    personal_data.erase(bob)

    assert not Comment.objects.exists()
    assert "Secret" not in everything()
    assert Statement.objects.filter(pk=claim.pk).exists()


def test_erase_keeps_the_place_of_a_comment_that_was_answered(
    topic: Topic, claim: Statement, alice: User, bob: User
) -> None:
    asked = claim.comment("Secret remark", by=bob)
    claim.comment("Alice’s reply", by=alice, reply_to=asked)

    personal_data.erase(bob)

    asked.refresh_from_db()
    assert (asked.text, asked.removed, asked.author) == (ERASED, True, None)
    assert Comment.objects.filter(text="Alice’s reply", reply_to=asked, author=alice).exists()
    assert "Secret" not in everything()
    assert "Alice’s reply" in {change.after.get("text") for change in Change.objects.filter(verb="comment")}


def test_erase_leaves_sources_with_their_statement(topic: Topic, claim: Statement, bob: User) -> None:
    claim.cite(by=bob, title="A good source")

    personal_data.erase(bob)

    assert Source.objects.get().added_by is None


def test_erase_takes_votes_memberships_pseudonyms_and_links(
    topic: Topic, claim: Statement, alice: User, bob: User
) -> None:
    claim.cast_vote(voter=bob, value=1)
    claim.comment("A remark", by=bob)
    topic.share("viewer", by=bob)

    personal_data.erase(bob)

    assert not Vote.objects.exists()
    assert not ShareLink.objects.exists()
    assert not Pseudonym.objects.exclude(user=alice).exists()
    assert list(Membership.objects.values_list("user", flat=True)) == [alice.pk]


def test_erase_leaves_no_trace_in_any_table(topic: Topic, claim: Statement, alice: User, db: None) -> None:
    walter = make_user("walter.white", display_name="Walter Hartwell", email="walter@school.example")
    walter.change_email("walter@school.example")
    line = claim.add_argument("opposes", "A line", by=walter)
    line.add_argument("opposes", "An answer", by=alice)
    claim.comment("A remark", by=walter)
    claim.cast_vote(voter=walter, value=2)
    claim.quote(Essay.objects.create(topic=topic, title="E", text="One two"), 0, 3, by=walter)
    Topic.objects.begin(by=walter, title="Mine alone")
    pseudonyms = list(Pseudonym.objects.filter(user=walter).values_list("name", flat=True))
    pk = walter.pk
    assert len(pointing_to(pk)) >= 12

    personal_data.erase(walter)

    assert pointing_to(pk) == []
    held = everything().lower()
    for word in ("walter", "hartwell", "school.example", *(name.lower() for name in pseudonyms)):
        assert word not in held


def test_erase_harms_nothing_of_others(topic: Topic, claim: Statement, alice: User, bob: User) -> None:
    claim.add_argument("supports", "A reason of Alice", by=alice)
    claim.comment("A remark of Alice", by=alice)
    line = claim.add_argument("opposes", "A line of Bob", by=bob)
    line.add_argument("opposes", "Alice’s answer", by=alice)
    before = [set(model.objects.filter(author=alice).values_list("pk", "text")) for model in (Statement, Comment)]
    told = list(Change.objects.filter(actor=alice).values("pk", "before", "after"))

    personal_data.erase(bob)

    assert [
        set(model.objects.filter(author=alice).values_list("pk", "text")) for model in (Statement, Comment)
    ] == before
    assert list(Change.objects.filter(actor=alice).values("pk", "before", "after")) == told


# -- erased: topics ---------------------------------------------------------------------------------------------


def test_erase_deletes_a_topic_that_is_only_theirs(alice: User) -> None:
    topic = make_topic(alice, visibility="public")
    make_tree(topic, alice, "A claim\n  + A reason")

    personal_data.erase(alice)

    assert not Topic.objects.exists()


def test_erase_gives_the_topic_to_who_can_do_most_and_was_first(alice: User) -> None:
    topic = make_topic(alice)
    now = timezone.now()
    people = {}
    for days, (name, role, user) in enumerate([
        ("guest", "editor", make_guest()), ("writer", "writer", make_user()),
        ("editor", "editor", make_user()), ("later editor", "editor", make_user()),
    ]):  # fmt: skip
        people[name] = user
        Membership.objects.create(topic=topic, user=user, role=role, joined=now + timedelta(days=days))

    personal_data.erase(alice)

    assert Membership.objects.get(topic=topic, role="owner").user == people["editor"]
    assert Topic.objects.get().created_by is None


def test_erase_leaves_a_topic_with_another_owner_as_it_is(topic: Topic, alice: User, bob: User, charlie: User) -> None:
    Membership.objects.create(topic=topic, user=charlie, role="owner")

    personal_data.erase(alice)

    assert dict(Membership.objects.values_list("user", "role")) == {bob.pk: "writer", charlie.pk: "owner"}
    assert Topic.objects.get().is_open


def test_erase_closes_a_topic_that_nobody_looks_after_any_more(alice: User, bob: User) -> None:
    topic = make_topic(alice, visibility="public")
    topic.add_claim("Bob’s claim", by=bob)
    topic.add_claim("Alice’s claim", by=alice)

    personal_data.erase(alice)

    topic.refresh_from_db()
    assert not topic.is_open
    assert standing(topic) == {"Bob’s claim"}
    assert topic.changes.filter(verb="topic-closed", actor=None).exists()


def test_erase_keeps_a_topic_in_which_others_only_commented(alice: User, bob: User) -> None:
    topic = make_topic(alice, visibility="public")
    topic.add_claim("Alice’s claim", by=alice).comment("Bob’s remark", by=bob)

    personal_data.erase(alice)

    assert standing(topic) == {"Alice’s claim"}
    assert Comment.objects.get().text == "Bob’s remark"


def test_erase_of_a_guest_is_the_same(topic: Topic, claim: Statement) -> None:
    guest = make_guest()
    claim.add_argument("opposes", "A lone line", by=guest)
    pk = guest.pk

    personal_data.erase(guest)

    assert pointing_to(pk) == []
    assert standing(topic) == {"A claim of Alice"}


def test_erase_of_many_lines_goes_in_chunks(topic: Topic, bob: User) -> None:
    Statement.objects.bulk_create(
        [Statement(topic=topic, text=f"Claim {number}", author=bob, position=number) for number in range(1_100)]
    )

    personal_data.erase(bob)

    assert standing(topic) == set()


# -- C12: deleted while posting ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_erase_while_they_are_posting_leaves_no_row(
    topic: Topic, claim: Statement, bob: User, settings: LazySettings
) -> None:
    settings.WRITES_PER_MINUTE = 10_000
    pk, posted, started = bob.pk, [], threading.Event()

    def post() -> None:
        """Go on until the account is gone."""
        try:
            for number in range(400):
                posted.append(claim.add_argument("supports", f"Bob’s line {number}", by=bob))
                claim.cast_vote(voter=bob, value=number % 5)
                if number == 3:
                    started.set()
        except (DatabaseError, Refused, Statement.DoesNotExist):
            pass
        finally:
            started.set()
            connection.close()

    poster = threading.Thread(target=post)
    poster.start()
    started.wait(timeout=30)
    personal_data.erase(User.objects.get(pk=pk))
    poster.join(timeout=60)

    assert len(posted) >= 4
    assert not poster.is_alive()
    assert pointing_to(pk) == []
    assert standing(topic) == {"A claim of Alice"}
    numbers = list(topic.changes.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


# -- texts beside the map, drafts, visits -----------------------------------------------------------------------


def quote(line: Statement, essay: Essay, words: str, by: User) -> Passage:
    start = essay.text.index(words)
    return line.quote(essay, start, start + len(words), by=by)


def test_export_holds_every_text_that_a_person_stored(topic: Topic, alice: User, bob: User) -> None:
    essay = topic.add_essay(by=bob, title="Ways", text="First of Bob.", author="Kim", source="A paper")
    essay.revise(by=alice, version=1, text="Second, of Alice.")
    essay.revise(by=bob, version=2, text="Third of Bob.")
    other = topic.add_essay(by=alice, title="Hers", text="Not his.")
    other.remove(by=alice)
    topic.changes.get(verb="essay-removed").undo(by=bob)

    texts = [(row["version"], row["title"], row["text"]) for row in rows(bob, "essays")]

    assert texts == [(1, "Ways", "First of Bob."), (3, "Ways", "Third of Bob.")]
    assert rows(bob, "essays")[0] | {"text": ""} == {
        "topic": "Four days", "number": essay.pk, "version": 1, "title": "Ways", "author": "Kim", "source": "A paper",
        "text": "",
    }  # fmt: skip


def test_export_holds_drafts_and_visits(topic: Topic, alice: User, bob: User) -> None:
    draft = Draft.objects.begin(topic, by=bob, title="My essay", text="One.", choices={"claims": [3]})
    draft.write("Two.", version=1)
    Draft.objects.begin(topic, by=alice, title="Hers", text="Alice’s words")
    Visit.objects.note(topic, bob)

    (told,) = rows(bob, "drafts")
    assert (told["topic"], told["title"], told["text"], told["style"], told["choices"]) == (
        "Four days", "My essay", "Two.", "APA 7", '{"claims": [3]}',
    )  # fmt: skip
    assert [row["text"] for row in rows(bob, "draft_versions")] == ["One."]
    assert [(row["topic"], row["seen"]) for row in rows(bob, "visits")] == [("Four days", topic.last_change)]


def test_erase_takes_a_text_on_which_nobody_else_rests(topic: Topic, claim: Statement, bob: User) -> None:
    essay = topic.add_essay(by=bob, title="Bob’s title", text="Bob’s words. More of them.")
    line = claim.add_argument("supports", "A line of Bob", by=bob)
    quote(line, essay, "Bob’s words.", bob)
    essay.revise(by=bob, version=1, text="Bob’s words. Others of them.")
    removed = topic.add_essay(by=bob, title="Bob’s second", text="Bob’s removed text")
    removed.remove(by=bob)

    personal_data.erase(bob)

    assert (Essay.objects.count(), EssayVersion.objects.count()) == (0, 0)
    assert "Bob’s" not in everything()
    assert pointing_to(bob.pk) == []


def test_erase_keeps_a_text_on_which_others_rest_without_a_name(
    topic: Topic, claim: Statement, alice: User, bob: User
) -> None:
    essay = topic.add_essay(by=bob, title="Ways", text="Buses are late. Trains are full.")
    quote(claim, essay, "Trains are full.", alice)
    essay.revise(by=bob, version=1, text="Buses were late. Trains are full.")

    personal_data.erase(bob)

    kept = Essay.objects.get()
    assert (kept.added_by, kept.title, Passage.objects.get().quote) == (None, "Ways", "Trains are full.")
    assert EssayVersion.objects.get().by is None


def test_erase_leaves_the_texts_of_others_alone(topic: Topic, alice: User, bob: User) -> None:
    essay = topic.add_essay(by=alice, title="Ways", text="Alice’s words.")
    essay.revise(by=bob, version=1, text="Alice’s words, mended.")

    personal_data.erase(bob)

    assert (Essay.objects.get().text, EssayVersion.objects.get().text) == ("Alice’s words, mended.", "Alice’s words.")


def test_erase_takes_drafts_and_visits(topic: Topic, alice: User, bob: User) -> None:
    draft = Draft.objects.begin(topic, by=bob, title="Bob’s draft", text="Bob’s own")
    draft.write("Bob’s newer", version=1)
    hers = Draft.objects.begin(topic, by=alice, title="Hers", text="Kept")
    for person in (alice, bob):
        Visit.objects.note(topic, person)

    personal_data.erase(bob)

    assert (list(Draft.objects.all()), DraftVersion.objects.count(), Visit.objects.get().user) == ([hers], 0, alice)
    assert "Bob’s" not in everything()


def test_erase_keeps_a_topic_with_a_text_of_somebody_else(alice: User, bob: User) -> None:
    topic = make_topic(alice)
    Membership.objects.create(topic=topic, user=bob, role="writer")
    topic.add_essay(by=bob, title="Bob’s", text="Bob’s words")
    Membership.objects.filter(user=bob).delete()

    personal_data.erase(alice)

    assert Topic.objects.get().closed_at is not None
    assert Essay.objects.get().text == "Bob’s words"
