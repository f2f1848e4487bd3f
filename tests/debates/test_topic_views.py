"""Beginning a topic, its settings, closing, deleting and copying it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.forms.topic import title_from
from debates.models import Comment, Essay, Membership, Statement, Topic, Vote
from tests.factories import make_guest, make_topic, make_tree, make_votes
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text

type LogIn = Callable[[User], Client]

EVIL = "<img src=x onerror=alert(1)>"
SETTINGS: dict[str, Any] = {
    "title": "Five days",
    "question": "Should school take five days?",
    "background": "Since **1926**.",
    "language": "de",
    "visibility": "public",
    "visitor_role": "suggester",
    "guests_vote": "on",
    "votes_shown": "always",
    "names_shown": "names",
}


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A private topic of Alice, in which Bob is an editor."""
    topic = make_topic(alice)
    Membership.objects.create(topic=topic, user=bob, role="editor")
    return topic


def at(name: str, topic: Topic) -> str:
    return reverse(name, args=[topic.slug])


def error(response: Any, field: str) -> str:
    return text(by_id(response, f"{field}_error"))


# -- a new topic ----------------------------------------------------------------------------------------------


def test_question_is_enough_for_a_topic(alice: User, log_in: LogIn) -> None:
    answer = log_in(alice).post("/topics/new/", {"question": "Who owns the street?"})
    topic = Topic.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/topics/who-owns-the-street/")
    assert (topic.title, topic.question) == ("Who owns the street", "Who owns the street?")
    assert (topic.visibility, topic.created_by) == ("private", alice)


def test_topic_begins_with_all_that_is_given(alice: User, log_in: LogIn) -> None:
    fields = {
        "question": "Who owns the street?", "title": "Streets", "background": "Cars *and* people",
        "claim": "The street is everyone's.", "visibility": "unlisted",
    }  # fmt: skip
    log_in(alice).post("/topics/new/", fields)
    topic = Topic.objects.get()
    assert (topic.title, topic.background, topic.visibility) == ("Streets", "Cars *and* people", "unlisted")
    assert [claim.text for claim in topic.statements.all()] == ["The street is everyone's."]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Who owns the street?", "Who owns the street"),
        ("Is it?!?", "Is it?!"),
        ("???", "???"),
        ("Good? " + "a question so long " * 4, "Good? a question so long a question so long a question so…"),
        ("四" * 80 + "？", "四" * 60 + "…"),
    ],
)  # fmt: skip
def test_title_is_taken_from_the_question(question: str, title: str) -> None:
    assert title_from(question) == title


@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_topic_sent_twice_is_begun_once(alice: User, log_in: LogIn, headers: dict[str, str]) -> None:
    typed = {"question": "Who owns the street?", "claim": "Nobody", "key": "k-1"}
    browser = log_in(alice)

    answers = [browser.post("/topics/new/", typed, headers=headers) for _press in range(2)]

    places = {answer.headers.get("Location") or answer.headers.get("HX-Redirect") for answer in answers}
    assert places == {"/topics/who-owns-the-street/"}
    assert (Topic.objects.count(), Statement.objects.count()) == (1, 1)


def test_other_topic_under_an_old_key_is_begun_too(alice: User, bob: User, log_in: LogIn) -> None:
    browser = log_in(alice)
    browser.post("/topics/new/", {"question": "Who owns the street?", "key": "k-1"})

    browser.post("/topics/new/", {"question": "Who owns the park?", "key": "k-1"})
    log_in(bob).post("/topics/new/", {"question": "Who owns the street?", "key": "k-1"})

    titles = sorted(Topic.objects.values_list("title", flat=True))
    assert titles == ["Who owns the park", "Who owns the street", "Who owns the street"]


@pytest.mark.parametrize("address", ["/topics/new/", "/topics/four-days/copies/"])
def test_each_form_that_makes_a_topic_has_a_key_of_its_own(
    topic: Topic, alice: User, log_in: LogIn, address: str
) -> None:
    browser = log_in(alice)
    keys = {by_id(browser.get(address), "id_key").get("value") for _visit in range(2)}

    assert len(keys - {None, ""}) == 2


def test_script_is_led_to_the_new_topic(alice: User, log_in: LogIn) -> None:
    answer = log_in(alice).post("/topics/new/", {"question": "Who owns the street?"}, headers=PARTIAL)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/topics/who-owns-the-street/")


@pytest.mark.parametrize("headers", [{}, PARTIAL])
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("question", "", "A topic begins with a question. Write it here."),
        ("question", "\u200b \u2060", "A topic begins with a question. Write it here."),
        ("question", "a" * 301, "at most 300"),
        ("title", "a" * 121, "at most 120"),
        ("claim", "a" * 301, "at most 300"),
        ("background", "a" * 5_001, "at most 5000"),
        ("visibility", "everyone", "everyone is not one of the available choices"),
    ],
)
def test_topic_that_cannot_be_begun_comes_back_as_typed(
    alice: User, log_in: LogIn, field: str, typed: str, sentence: str, headers: dict[str, str]
) -> None:
    fields = {"question": "Who owns the street?", "background": f"Kept {EVIL}"} | {field: typed}
    answer = log_in(alice).post("/topics/new/", fields, headers=headers)
    assert answer.status_code == 422
    assert is_fragment(answer) == bool(headers)
    assert sentence.lower() in error(answer, f"id_{field}").lower()
    if field != "background":
        assert (by_id(answer, "id_background").text or "").strip() == f"Kept {EVIL}"
    assert EVIL.encode() not in answer.content
    assert not Topic.objects.exists()


def test_claim_that_is_refused_leaves_no_topic_behind(alice: User, log_in: LogIn, settings: Any) -> None:
    settings.WRITES_PER_MINUTE = 1
    answer = log_in(alice).post("/topics/new/", {"question": "Who owns it?", "claim": "We do."})
    assert answer.status_code == 429
    assert "Wait a moment" in text(by_class(dom(answer), "notice")[0])
    assert not Topic.objects.exists()


def test_stranger_signs_in_and_finds_their_words_again(client: Client, alice: User) -> None:
    answer = client.post("/topics/new/", {"question": "Who owns the street?", "claim": "We do."})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/accounts/login/?next=%2Ftopics%2Fnew%2F")
    assert not Topic.objects.exists()
    signed_in = client.post(
        "/accounts/login/?next=/topics/new/", {"login": "alice", "password": "correct horse battery"}
    )
    assert signed_in.headers["Location"] == "/topics/new/"
    form = client.get("/topics/new/")
    assert (by_id(form, "id_question").text or "").strip() == "Who owns the street?"
    assert (by_id(form, "id_claim").text or "").strip() == "We do."
    client.post("/topics/new/", {"question": "Who owns the street?"})
    assert (by_id(client.get("/topics/new/"), "id_question").text or "").strip() == ""


def test_stranger_is_led_to_sign_in_by_scripts_too(client: Client, db: None) -> None:
    answer = client.post("/topics/new/", {"question": "Who?"}, headers=PARTIAL)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/accounts/login/?next=%2Ftopics%2Fnew%2F")


def test_guest_is_told_to_make_an_account_first(log_in: LogIn, db: None) -> None:
    guest = log_in(make_guest())
    answer = guest.post("/topics/new/", {"question": "Who owns the street?"})
    assert answer.status_code == 403
    assert [link.get("href") for link in by_class(by_id(answer, "main"), "button--primary")] == [
        "/accounts/upgrade/?next=/topics/new/"
    ]
    assert guest.get("/topics/new/").status_code == 403
    assert not Topic.objects.exists()


def test_no_topic_takes_the_address_of_the_form(alice: User, log_in: LogIn) -> None:
    log_in(alice).post("/topics/new/", {"question": "What is new?", "title": "New"})
    assert Topic.objects.get().slug != "new"


# -- settings -------------------------------------------------------------------------------------------------


def test_settings_are_saved(topic: Topic, alice: User, log_in: LogIn) -> None:
    answer = log_in(alice).post(at("topic-edit", topic), SETTINGS)
    assert (answer.status_code, answer.headers["Location"]) == (303, at("topic-edit", topic))
    topic.refresh_from_db()
    assert topic.settings() == SETTINGS | {"guests_vote": True}
    assert topic.changes.filter(verb="topic-revised").count() == 1


def test_settings_show_what_is_set(topic: Topic, alice: User, log_in: LogIn) -> None:
    page = log_in(alice).get(at("topic-edit", topic))
    form = by_id(page, "settings-form")
    assert by_id(page, "id_title").get("value") == "Four days"
    checked = {box.get("value") for box in form.iter("input") if box.get("checked") is not None}
    assert checked == {"private", "writer", "after_voting", "pseudonyms"}


@pytest.mark.parametrize("headers", [{}, PARTIAL])
@pytest.mark.parametrize(
    ("field", "typed"),
    [("title", ""), ("title", "a" * 121), ("visitor_role", "owner"), ("visibility", ""), ("language", "xx")],
)
def test_settings_that_cannot_be_come_back_as_typed(
    topic: Topic, alice: User, log_in: LogIn, field: str, typed: str, headers: dict[str, str]
) -> None:
    before = topic.settings()
    fields = SETTINGS | {"question": f"Typed {EVIL}", field: typed}
    answer = log_in(alice).post(at("topic-edit", topic), fields, headers=headers)
    assert answer.status_code == 422
    assert is_fragment(answer) == bool(headers)
    assert error(answer, f"id_{field}")
    assert (by_id(answer, "id_question").text or "").strip() == f"Typed {EVIL}"
    assert EVIL.encode() not in answer.content
    topic.refresh_from_db()
    assert topic.settings() == before


def settings_of(browser: Client, topic: Topic) -> dict[str, str]:
    """The settings as the form gives them, with the version that they were made from."""
    fields = list(by_id(browser.get(at("topic-edit", topic)), "settings-form").iter("input"))
    (version,) = [each.get("value", "") for each in fields if each.get("name") == "version"]
    return {name: str(value) for name, value in topic.settings().items() if value} | {"version": version}


def test_settings_made_from_others_are_a_conflict(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    Membership.objects.filter(user=bob).update(role="owner")
    typed = settings_of(log_in(alice), topic) | {"title": "Six days"}
    topic.revise(by=bob, title="Five days", visibility="public")

    answer = log_in(alice).post(at("topic-edit", topic), typed)

    assert answer.status_code == 409
    topic.refresh_from_db()
    assert (topic.title, topic.visibility) == ("Five days", "public")
    form = by_id(answer, "settings-form")
    (notice,) = [text(each) for each in by_class(form, "pairs")]
    assert notice == "Title Five days Who can read it Public: listed for everyone"
    assert by_id(answer, "id_title").get("value") == "Six days"


def test_settings_sent_after_the_conflict_was_shown_are_saved(
    topic: Topic, alice: User, bob: User, log_in: LogIn
) -> None:
    browser = log_in(alice)
    typed = settings_of(browser, topic) | {"title": "Six days"}
    topic.revise(by=bob, title="Five days")
    shown = by_id(browser.post(at("topic-edit", topic), typed), "settings-form")
    (version,) = [each.get("value", "") for each in shown.iter("input") if each.get("name") == "version"]

    assert browser.post(at("topic-edit", topic), typed | {"version": version}).status_code == 303
    topic.refresh_from_db()
    assert topic.title == "Six days"


def test_settings_that_were_wrong_are_still_those_of_before(
    topic: Topic, alice: User, bob: User, log_in: LogIn
) -> None:
    browser = log_in(alice)
    typed = settings_of(browser, topic) | {"title": ""}
    topic.revise(by=bob, title="Five days")

    form = by_id(browser.post(at("topic-edit", topic), typed), "settings-form")

    assert [each.get("value") for each in form.iter("input") if each.get("name") == "version"] == [typed["version"]]


def test_settings_sent_twice_are_no_conflict(topic: Topic, alice: User, log_in: LogIn) -> None:
    browser = log_in(alice)
    typed = settings_of(browser, topic) | {"title": "Six days"}

    statuses = [browser.post(at("topic-edit", topic), typed).status_code for _press in range(2)]

    assert (statuses, topic.changes.filter(verb="topic-revised").count()) == ([303, 303], 1)


def test_names_are_not_shown_once_others_have_a_pseudonym(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    topic.add_claim("Mine", by=bob)
    before = topic.changes.count()

    answer = log_in(alice).post(at("topic-edit", topic), SETTINGS)

    assert answer.status_code == 422
    assert error(answer, "id_names_shown").startswith("Others have a pseudonym here")
    topic.refresh_from_db()
    assert (topic.names_shown, topic.title, topic.changes.count()) == ("pseudonyms", "Four days", before)


def test_choice_of_names_says_what_it_binds_to(topic: Topic, alice: User, log_in: LogIn) -> None:
    page = log_in(alice).get(at("topic-edit", topic))

    assert "names cannot be shown here any more" in text(by_id(page, "id_names_shown_helptext"))


def test_settings_take_nothing_that_is_not_in_the_form(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    fields = SETTINGS | {"slug": "mine", "created_by": bob.pk, "closed_at": "2020-01-01", "last_change": 99}
    log_in(alice).post(at("topic-edit", topic), fields)
    topic.refresh_from_db()
    assert (topic.slug, topic.created_by, topic.closed_at) == ("four-days", alice, None)


# -- closing and opening --------------------------------------------------------------------------------------


def test_topic_is_closed_and_opened_again(topic: Topic, alice: User, log_in: LogIn) -> None:
    hers = log_in(alice)
    for name, is_open in (("topic-closure", False), ("topic-reopening", True)):
        answer = hers.post(at(name, topic))
        assert (answer.status_code, answer.headers["Location"]) == (303, at("topic-edit", topic))
        topic.refresh_from_db()
        assert topic.is_open is is_open
    assert [change.verb for change in topic.changes.order_by("number")][1:] == ["topic-closed", "topic-reopened"]


def test_closing_answers_a_script_with_the_way_back(topic: Topic, alice: User, log_in: LogIn) -> None:
    fragment = log_in(alice).post(at("topic-closure", topic), headers=PARTIAL)
    assert is_fragment(fragment)
    assert by_id(fragment, "closure").findall(".//form")[0].get("action") == at("topic-reopening", topic)
    assert text(by_id(fragment, "messages")) == "Closed. Everyone who could read it still can."


# -- deleting -------------------------------------------------------------------------------------------------


def test_topic_is_deleted_with_all_that_is_in_it(topic: Topic, alice: User, log_in: LogIn) -> None:
    tree = make_tree(topic, alice, "A claim\n  + Because\n    - But\nAnother\n")
    tree["But"].link_under(tree["Another"], stance="supports", by=alice)
    make_votes(tree["Because"], 3)
    tree["Because"].comment("Why?", by=alice)
    essay = Essay.objects.create(topic=topic, title="Doors", text="A door.")
    tree["Because"].quote(essay, 0, 6, by=alice)
    kept = make_topic(alice, title="Kept").add_claim("Kept", by=alice)

    answer = log_in(alice).post(at("topic-removal", topic), {"title": " four  DAYS"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/topics/")
    assert list(Statement.objects.all()) == [kept]
    assert not Vote.objects.exists()
    assert not Comment.objects.exists()
    assert not Essay.objects.exists()
    assert [found.title for found in Topic.objects.all()] == ["Kept"]


@pytest.mark.parametrize("headers", [{}, PARTIAL])
@pytest.mark.parametrize("typed", ["", "Four", EVIL, "a" * 1_000])
def test_topic_is_not_deleted_without_its_title(
    topic: Topic, alice: User, log_in: LogIn, typed: str, headers: dict[str, str]
) -> None:
    answer = log_in(alice).post(at("topic-removal", topic), {"title": typed}, headers=headers)
    assert answer.status_code == 422
    assert is_fragment(answer) == bool(headers)
    assert by_id(answer, "removal_title").get("value", "") == typed
    assert error(answer, "removal_title")
    assert Topic.objects.filter(pk=topic.pk).exists()


# -- copies ---------------------------------------------------------------------------------------------------


def test_copy_is_made_and_opened(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    make_tree(topic, alice, "A claim\n  + Because\n")
    answer = log_in(bob).post(at("topic-copy", topic), {"title": "Mine", "extent": "everything"})
    copy = Topic.objects.get(title="Mine")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/topics/mine/")
    assert (copy.created_by, copy.visibility) == (bob, "private")
    assert [each.text for each in Statement.objects.filter(topic=copy).order_by("depth")] == ["A claim", "Because"]


def test_copy_sent_twice_is_made_once(topic: Topic, alice: User, log_in: LogIn) -> None:
    typed = {"title": "Again", "extent": "everything", "key": "k-1"}
    browser = log_in(alice)

    places = {browser.post(at("topic-copy", topic), typed)["Location"] for _press in range(2)}

    assert (places, Topic.objects.count()) == ({"/topics/again/"}, 2)


def test_copy_of_the_claims_alone(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    make_tree(topic, alice, "A claim\n  + Because\n")
    answer = log_in(bob).post(at("topic-copy", topic), {"title": "Mine", "extent": "claims"}, headers=PARTIAL)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/topics/mine/")
    assert [each.text for each in Statement.objects.filter(topic__title="Mine")] == ["A claim"]


@pytest.mark.parametrize("headers", [{}, PARTIAL])
@pytest.mark.parametrize(("field", "typed"), [("title", ""), ("title", "a" * 121), ("extent", "votes")])
def test_copy_that_cannot_be_made_comes_back_as_typed(
    topic: Topic, bob: User, log_in: LogIn, field: str, typed: str, headers: dict[str, str]
) -> None:
    fields = {"title": EVIL, "extent": "claims"} | {field: typed}
    answer = log_in(bob).post(at("topic-copy", topic), fields, headers=headers)
    assert answer.status_code == 422
    assert is_fragment(answer) == bool(headers)
    assert error(answer, f"id_{field}")
    assert by_id(answer, "id_title").get("value", "") == fields["title"]
    assert Topic.objects.count() == 1


def test_topic_too_large_is_copied_without_its_arguments(
    topic: Topic, alice: User, bob: User, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debates.models.copying.MOST_COPIED", 1)
    make_tree(topic, alice, "A claim\n  + Because\n")
    his = log_in(bob)
    answer = his.post(at("topic-copy", topic), {"title": "Mine", "extent": "everything"})
    assert (answer.status_code, Topic.objects.count()) == (422, 1)
    assert "Copy its claims alone." in error(answer, "id_extent")
    assert his.post(at("topic-copy", topic), {"title": "Mine", "extent": "claims"}).status_code == 303


def test_copying_needs_an_account(alice: User, client: Client, log_in: LogIn) -> None:
    public = make_topic(alice, visibility="public")
    fields = {"title": "Mine", "extent": "claims"}
    stranger = client.post(at("topic-copy", public), fields)
    assert stranger.headers["Location"] == "/accounts/login/?next=%2Ftopics%2Ffour-days%2Fcopies%2F"
    assert log_in(make_guest()).post(at("topic-copy", public), fields).status_code == 403
    assert Topic.objects.count() == 1


# -- who may --------------------------------------------------------------------------------------------------

OWNERS = ("topic-edit", "topic-closure", "topic-reopening", "topic-removal")


@pytest.mark.parametrize("name", [*OWNERS, "topic-copy"])
def test_private_topic_is_nowhere_for_outsiders(
    topic: Topic, client: Client, charlie: User, log_in: LogIn, name: str
) -> None:
    before = (topic.settings(), topic.last_change)
    for browser in (client, log_in(charlie), log_in(make_guest())):
        answer = browser.post(at(name, topic), SETTINGS | {"extent": "claims"})
        unknown = browser.post(reverse(name, args=["nowhere"]), SETTINGS | {"extent": "claims"})
        assert (answer.status_code, unknown.status_code) == (404, 404)
    topic.refresh_from_db()
    assert (topic.settings(), topic.last_change) == before
    assert Topic.objects.count() == 1


@pytest.mark.parametrize("name", OWNERS)
@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_only_owners_manage(topic: Topic, bob: User, log_in: LogIn, name: str, headers: dict[str, str]) -> None:
    before = topic.settings()
    answer = log_in(bob).post(at(name, topic), SETTINGS, headers=headers)
    assert answer.status_code == 403
    assert b"Only the owner of this topic may do that." in answer.content
    topic.refresh_from_db()
    assert (topic.settings(), topic.last_change, topic.is_open) == (before, 1, True)


@pytest.mark.parametrize("name", ["topic-closure", "topic-reopening", "topic-removal"])
def test_reading_changes_nothing(topic: Topic, alice: User, log_in: LogIn, name: str) -> None:
    assert log_in(alice).get(at(name, topic)).status_code == 405
    topic.refresh_from_db()
    assert topic.last_change == 1
