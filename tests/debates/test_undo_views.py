"""Taking a change back from the history: who may, what is answered, and what stands in the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Change, Membership, Statement, Topic
from tests.factories import make_topic, make_tree
from tests.markup import by_class, by_id, dom, text

if TYPE_CHECKING:
    from tests.markup import Response

type LogIn = Callable[[User], Client]

PARTIAL = {"HX-Request-Type": "partial", "HX-Request": "true"}


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A public topic of Alice, in which Bob is a writer."""
    topic = make_topic(alice, visibility="public")
    Membership.objects.create(topic=topic, user=bob, role="writer")
    return topic


@pytest.fixture
def line(topic: Topic, bob: User) -> Statement:
    """A line of Bob's, whose wording he changed: change 4."""
    line = make_tree(topic, bob, "A claim\n  + Rest helps")["Rest helps"]
    line.revise(text="Rest helps learning", version=1, by=bob)
    return line


def undo(client: Client, topic: Topic, number: int, *, partial: bool = False, **fields: str) -> Response:
    address = reverse("change-undo", args=[topic.slug, number])
    return client.post(address, fields, headers=PARTIAL if partial else {})


def wording(line: Statement) -> str:
    return Statement.objects.get(pk=line.pk).text


def undo_buttons(client: Client, topic: Topic) -> list[str]:
    response = client.get(reverse("topic-history", args=[topic.slug]))
    return [text(button) for button in dom(response).iter("button") if "change" in text(button)]


# -- what is answered -------------------------------------------------------------------------------------------


def test_undo_takes_the_change_back_and_leads_to_its_entry(
    topic: Topic, line: Statement, bob: User, log_in: LogIn
) -> None:
    client = log_in(bob)

    response = undo(client, topic, 4)

    assert wording(line) == "Rest helps"
    assert Change.objects.get(topic=topic, number=5).undoes == Change.objects.get(topic=topic, number=4)
    assert response.status_code == 303
    assert response.headers["Location"] == f"/topics/{topic.slug}/history/?before=5#change-4"
    assert "Undone." in text(by_id(client.get(response.headers["Location"]), "messages"))


def test_undo_leads_back_to_where_the_reader_was(topic: Topic, line: Statement, bob: User, log_in: LogIn) -> None:
    response = undo(log_in(bob), topic, 4, next=f"/topics/{topic.slug}/history/?show=mine")

    assert response.headers["Location"] == f"/topics/{topic.slug}/history/?show=mine#change-4"


def test_undo_leads_back_to_the_page_that_offered_it(topic: Topic, line: Statement, bob: User, log_in: LogIn) -> None:
    """A button in a message has no field for the way back; the browser says where it stood."""
    address = reverse("change-undo", args=[topic.slug, 4])
    came_from = f"http://testserver{line.get_absolute_url()}"

    response = log_in(bob).post(address, headers={"Referer": came_from})
    assert response.headers["Location"] == came_from

    response = log_in(bob).post(
        reverse("change-undo", args=[topic.slug, 5]), headers={"Referer": "https://evil.example/"}
    )
    assert response.headers["Location"] == f"/topics/{topic.slug}/history/?before=5#change-4"


def test_undo_leads_to_the_very_place_that_was_asked_for(
    topic: Topic, line: Statement, bob: User, log_in: LogIn
) -> None:
    assert (
        undo(log_in(bob), topic, 4, next="/my/contributions/#line-1").headers["Location"] == "/my/contributions/#line-1"
    )


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_undo_never_leads_to_another_host(
    topic: Topic, line: Statement, bob: User, log_in: LogIn, elsewhere: str
) -> None:
    assert undo(log_in(bob), topic, 4, next=elsewhere).headers["Location"].startswith(f"/topics/{topic.slug}/history/")


def test_undo_answers_a_script_with_the_entry_and_redo(topic: Topic, line: Statement, bob: User, log_in: LogIn) -> None:
    response = undo(log_in(bob), topic, 4, partial=True)

    entry = by_id(response, "change-4")
    assert response.status_code == 200
    assert entry.get("data-undone") is not None
    assert "undone by 5" in text(entry)
    assert "Undone." in text(entry)
    (form,) = entry.iter("form")
    assert text(form) == "Redo change 4"
    assert form.get("action") == f"/topics/{topic.slug}/changes/5/undoing/"
    assert form.get("hx-target") == "#change-4"
    assert json.loads(response.headers["HX-Trigger"]) == {"say": "Undone."}


def test_redo_answers_about_the_change_that_is_done_again(
    topic: Topic, line: Statement, bob: User, log_in: LogIn
) -> None:
    client = log_in(bob)
    undo(client, topic, 4)

    response = undo(client, topic, 5, partial=True)

    assert wording(line) == "Rest helps learning"
    entry = by_id(response, "change-4")
    assert entry.get("data-undone") is None
    assert [text(form) for form in entry.iter("form")] == ["Undo change 4"]
    assert json.loads(response.headers["HX-Trigger"]) == {"say": "Done again."}


def test_undo_can_be_done_again_and_again(topic: Topic, line: Statement, bob: User, log_in: LogIn) -> None:
    client = log_in(bob)
    for number, expected in [
        (4, "Rest helps"),
        (5, "Rest helps learning"),
        (4, "Rest helps"),
        (7, "Rest helps learning"),
    ]:
        undo(client, topic, number)

        assert wording(line) == expected


def test_history_offers_undo_once_for_each_change(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    undo(log_in(alice), topic, 4)

    assert undo_buttons(log_in(alice), topic) == ["Redo change 4", "Undo change 3", "Undo change 2"]
    assert undo_buttons(log_in(bob), topic) == ["Undo change 3", "Undo change 2"]


def test_history_marks_the_own_undo_for_the_key(topic: Topic, line: Statement, alice: User, log_in: LogIn) -> None:
    line.turn(by=alice)
    response = log_in(alice).get(reverse("topic-history", args=[topic.slug]))

    marked = [text(button) for button in dom(response).iter("button") if button.get("data-undo") is not None]

    assert marked == ["Undo change 5"]


# -- what stands in the way -------------------------------------------------------------------------------------


@pytest.fixture
def reworded(line: Statement, alice: User) -> Statement:
    """Alice wrote the wording anew, so that Bob's change 4 cannot be taken back alone."""
    line.revise(text="Sleep helps learning", version=2, by=alice)
    return line


def test_undo_that_comes_too_late_shows_both_texts(topic: Topic, reworded: Statement, bob: User, log_in: LogIn) -> None:
    response = undo(log_in(bob), topic, 4)

    assert response.status_code == 409
    assert wording(reworded) == "Sleep helps learning"
    (refusal,) = by_class(dom(response), "change__refusal")
    told = text(refusal)
    assert "Take the newer change back first." in told
    assert "Wording, as it was Rest helps As it is now Sleep helps learning" in told


def test_undo_that_comes_too_late_answers_a_script_with_the_entry(
    topic: Topic, reworded: Statement, bob: User, log_in: LogIn
) -> None:
    response = undo(log_in(bob), topic, 4, partial=True)

    entry = by_id(response, "change-4")
    assert response.status_code == 409
    assert "Sleep helps learning" in text(entry)
    assert dom(response).find(".//h1") is None
    assert Change.objects.filter(topic=topic).count() == 5


def test_undo_of_what_cannot_be_undone_is_refused_in_a_sentence(topic: Topic, alice: User, log_in: LogIn) -> None:
    response = undo(log_in(alice), topic, 1)

    assert response.status_code == 422
    assert "This cannot be taken back." in text(dom(response))
    assert Change.objects.filter(topic=topic).count() == 1


def test_undo_twice_is_refused_the_second_time(topic: Topic, line: Statement, bob: User, log_in: LogIn) -> None:
    client = log_in(bob)
    undo(client, topic, 4)

    response = undo(client, topic, 4, partial=True)

    assert response.status_code == 422
    assert "This was undone already." in text(by_id(response, "change-4"))
    assert Change.objects.filter(topic=topic).count() == 5


def test_undo_is_only_posted(topic: Topic, line: Statement, bob: User, log_in: LogIn) -> None:
    assert log_in(bob).get(reverse("change-undo", args=[topic.slug, 4])).status_code == 405
    assert wording(line) == "Rest helps learning"


def test_undo_needs_the_token_of_the_form(topic: Topic, line: Statement, bob: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob)

    assert undo(client, topic, 4).status_code == 403
    assert wording(line) == "Rest helps learning"


@pytest.mark.parametrize("number", [99, 10**30])
def test_undo_of_no_change_is_not_found(topic: Topic, alice: User, log_in: LogIn, number: int) -> None:
    assert undo(log_in(alice), topic, number).status_code == 404


# -- who may ----------------------------------------------------------------------------------------------------


def test_undo_of_anything_is_for_editors(topic: Topic, line: Statement, charlie: User, log_in: LogIn) -> None:
    Membership.objects.create(topic=topic, user=charlie, role="editor")

    assert undo(log_in(charlie), topic, 4).status_code == 303
    assert wording(line) == "Rest helps"


@pytest.mark.parametrize("role", ["", "viewer", "suggester", "writer"])
def test_undo_of_others_changes_is_for_nobody_else(
    topic: Topic, line: Statement, charlie: User, log_in: LogIn, role: str
) -> None:
    if role:
        Membership.objects.create(topic=topic, user=charlie, role=role)
    client = log_in(charlie)

    assert undo(client, topic, 4).status_code == 403
    assert wording(line) == "Rest helps learning"
    assert undo_buttons(client, topic) == []


def test_undo_by_a_visitor_is_forbidden(topic: Topic, line: Statement) -> None:
    assert undo(Client(), topic, 4).status_code == 403
    assert wording(line) == "Rest helps learning"
    assert undo_buttons(Client(), topic) == []


def test_undo_in_a_topic_that_one_cannot_see_is_not_found(
    topic: Topic, line: Statement, alice: User, charlie: User, log_in: LogIn
) -> None:
    topic.revise(by=alice, visibility="private")

    assert undo(log_in(charlie), topic, 4).status_code == 404
    assert undo(Client(), topic, 4).status_code == 404


def test_undo_of_a_change_in_another_topic_is_not_found(
    topic: Topic, line: Statement, bob: User, log_in: LogIn
) -> None:
    other = make_topic(bob, title="Another")

    assert undo(log_in(bob), other, 4).status_code == 404
    assert wording(line) == "Rest helps learning"


def test_undo_in_a_closed_topic_is_forbidden(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    topic.close(by=alice)

    for person in (alice, bob):
        response = undo(log_in(person), topic, 4)
        assert response.status_code == 403
        assert "This topic is closed." in text(dom(response))
    assert wording(line) == "Rest helps learning"
    assert undo_buttons(log_in(bob), topic) == []


def test_undo_of_the_closing_opens_the_topic_for_its_owner_alone(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    topic.close(by=alice)
    number = topic.changes.get(verb="topic-closed").number

    assert undo(log_in(bob), topic, number).status_code == 403
    assert undo(log_in(alice), topic, number).status_code == 303
    assert Topic.objects.get(pk=topic.pk).is_open


def test_undo_of_ones_own_change_ends_with_the_right_to_make_it(
    topic: Topic, line: Statement, bob: User, log_in: LogIn
) -> None:
    Topic.objects.filter(pk=topic.pk).update(visitor_role="viewer")
    Membership.objects.filter(topic=topic, user=bob).update(role="viewer")

    assert undo(log_in(bob), topic, 4).status_code == 403
    assert wording(line) == "Rest helps learning"


def test_undo_of_a_removal_stays_with_the_editors(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    """Bob was an editor when he removed Alice's claim; as a writer he does not bring it back."""
    claim = topic.add_claim("A claim of Alice", by=alice)
    claim.remove(by=bob)
    number = claim.changes.get(verb="remove").number

    assert undo(log_in(bob), topic, number).status_code == 403
    assert Statement.objects.get(pk=claim.pk).status == "removed"


def test_undo_of_ones_own_comment_and_suggestion_is_for_suggesters(
    topic: Topic, line: Statement, charlie: User, log_in: LogIn
) -> None:
    Membership.objects.create(topic=topic, user=charlie, role="suggester")
    remark = line.comment("Which rest?", by=charlie)
    made = line.add_argument("opposes", "An idea", by=charlie, suggested=True)
    client = log_in(charlie)

    undo(client, topic, 5)
    undo(client, topic, 6)

    remark.refresh_from_db()
    made.refresh_from_db()
    assert remark.removed
    assert made.status == "withdrawn"


def test_undo_by_an_author_does_not_bring_back_what_a_moderator_removed(
    topic: Topic, line: Statement, alice: User, bob: User, log_in: LogIn
) -> None:
    line.withdraw(by=bob)
    withdrawal = line.changes.get(verb="withdraw").number
    line.remove(by=alice)

    assert undo(log_in(bob), topic, withdrawal).status_code == 409
    assert Statement.objects.get(pk=line.pk).status == "removed"
