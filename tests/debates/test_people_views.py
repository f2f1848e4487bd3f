"""Members of a topic: who sees them, who changes them, who may leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from debates.models import Membership, Pseudonym, Topic
from tests.factories import make_guest, make_topic, make_user
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text, texts
from tests.queries import data_queries

type LogIn = Callable[[User], Client]

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A private topic of Alice, in which Bob is an editor."""
    topic = make_topic(alice)
    Membership.objects.create(topic=topic, user=bob, role="editor")
    return topic


def people(topic: Topic) -> str:
    return reverse("topic-people", args=[topic.slug])


def member(topic: Topic, user: User) -> Membership:
    return Membership.objects.get(topic=topic, user=user)


def at(name: str, topic: Topic, user: User) -> str:
    return reverse(name, args=[topic.slug, member(topic, user).pk])


def roles(topic: Topic) -> dict[str, str]:
    return dict(Membership.objects.filter(topic=topic).values_list("user__username", "role"))


# -- who sees whom --------------------------------------------------------------------------------------------


def test_owner_sees_the_members_by_name(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    bob.rename(f"Bob {EVIL}")
    page = log_in(alice).get(people(topic))
    names = [text(each.findall(".//strong")[0]) for each in by_class(dom(page), "members")[0]]
    assert names == ["alice", f"Bob {EVIL}"]
    assert EVIL.encode() not in page.content


def test_owner_is_not_told_whose_pseudonym_is_whose(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    name = Pseudonym.objects.give(topic, bob)
    assert name not in text(by_id(log_in(alice).get(people(topic)), "main"))


def test_guests_go_by_their_pseudonym(topic: Topic, alice: User, log_in: LogIn) -> None:
    guest = make_guest()
    Membership.objects.create(topic=topic, user=guest, role="viewer")
    name = Pseudonym.objects.give(topic, guest)
    page = text(by_id(log_in(alice).get(people(topic)), "members"))
    assert name in page
    assert guest.username not in page


@pytest.mark.parametrize("names_shown", ["pseudonyms", "names"])
def test_others_see_how_many_and_no_names(
    topic: Topic, alice: User, bob: User, charlie: User, log_in: LogIn, names_shown: str
) -> None:
    topic.revise(by=alice, names_shown=names_shown, visibility="public")
    for reader in (bob, charlie):
        main = by_id(log_in(reader).get(people(topic)), "main")
        assert [text(each) for each in by_class(main, "facts")[0]] == ["1 owner", "1 editor"]
        assert "alice" not in text(main)
        assert not by_class(main, "share-links")


def test_people_cost_the_same_however_many(topic: Topic, alice: User, log_in: LogIn) -> None:
    hers = log_in(alice)
    with data_queries() as few:
        hers.get(people(topic))
    for _number in range(60):
        Membership.objects.create(topic=topic, user=make_user(), role="writer")
    with data_queries() as many:
        page = hers.get(people(topic))
    assert len(by_class(dom(page), "members")[0]) == 50
    assert "60 writers" in text(by_id(page, "members"))
    assert len(many) == len(few)


# -- roles ----------------------------------------------------------------------------------------------------


def test_owner_gives_another_role(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    answer = log_in(alice).post(at("member-role", topic, bob), {"role": "suggester"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{people(topic)}#members")
    assert roles(topic) == {"alice": "owner", "bob": "suggester"}


def test_role_answers_a_script_with_the_members(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    fragment = log_in(alice).post(at("member-role", topic, bob), {"role": "owner"}, headers=PARTIAL)
    assert is_fragment(fragment)
    chosen = [
        each.get("value") for each in by_id(fragment, "members").iter("option") if each.get("selected") is not None
    ]
    assert chosen == ["owner", "owner"]
    assert text(by_id(fragment, "messages")) == "The role is changed."


@pytest.mark.parametrize("role", ["", "king", EVIL])
def test_role_that_is_none_changes_nothing(topic: Topic, alice: User, bob: User, log_in: LogIn, role: str) -> None:
    answer = log_in(alice).post(at("member-role", topic, bob), {"role": role})
    assert answer.status_code == 422
    assert texts(by_id(answer, "members"), "notice") == ["Choose one of the roles."]
    assert roles(topic) == {"alice": "owner", "bob": "editor"}


@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_last_owner_stays_one(topic: Topic, alice: User, log_in: LogIn, headers: dict[str, str]) -> None:
    hers = log_in(alice)
    for address, fields in (
        (at("member-role", topic, alice), {"role": "editor"}),
        (at("member-removal", topic, alice), {}),
        (reverse("topic-departure", args=[topic.slug]), {}),
    ):
        answer = hers.post(address, fields, headers=headers)
        assert answer.status_code == 422
        assert "Make another member an owner first." in answer.content.decode()
        assert is_fragment(answer) == bool(headers)
    assert roles(topic) == {"alice": "owner", "bob": "editor"}


def test_owner_who_becomes_less_sees_the_page_of_everyone(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    member(topic, bob).change_role("owner")
    answer = log_in(alice).post(at("member-role", topic, alice), {"role": "writer"}, headers=PARTIAL)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, people(topic))
    assert roles(topic) == {"alice": "writer", "bob": "owner"}


# -- going ----------------------------------------------------------------------------------------------------


def test_owner_removes_a_member_and_what_they_wrote_stays(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    topic.add_claim("Bob was here", by=bob)
    answer = log_in(alice).post(at("member-removal", topic, bob))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{people(topic)}#members")
    assert roles(topic) == {"alice": "owner"}
    assert [claim.text for claim in topic.statements.all()] == ["Bob was here"]


def test_removal_answers_a_script_with_the_members(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    fragment = log_in(alice).post(at("member-removal", topic, bob), headers=PARTIAL)
    assert is_fragment(fragment)
    assert len(by_class(dom(fragment), "members")[0]) == 1


def test_member_leaves(topic: Topic, bob: User, log_in: LogIn) -> None:
    his = log_in(bob)
    answer = his.post(reverse("topic-departure", args=[topic.slug]))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/topics/")
    assert roles(topic) == {"alice": "owner"}
    assert his.get(people(topic)).status_code == 404


def test_only_owner_is_told_how_to_leave(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    departure = f".//form[@action='{reverse('topic-departure', args=[topic.slug])}']"
    assert dom(log_in(alice).get(people(topic))).find(departure) is None
    member(topic, bob).change_role("owner")
    assert dom(log_in(alice).get(people(topic))).find(departure) is not None


def test_reader_who_is_no_member_leaves_without_harm(alice: User, charlie: User, log_in: LogIn) -> None:
    public = make_topic(alice, visibility="public")
    assert log_in(charlie).post(reverse("topic-departure", args=[public.slug])).status_code == 303
    assert roles(public) == {"alice": "owner"}


# -- who may --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["member-role", "member-removal"])
def test_only_owners_change_members(topic: Topic, alice: User, bob: User, log_in: LogIn, name: str) -> None:
    answer = log_in(bob).post(at(name, topic, alice), {"role": "viewer"})
    assert answer.status_code == 403
    assert roles(topic) == {"alice": "owner", "bob": "editor"}


@pytest.mark.parametrize("name", ["member-role", "member-removal"])
def test_members_of_a_private_topic_are_nowhere_for_outsiders(
    topic: Topic, client: Client, bob: User, charlie: User, log_in: LogIn, name: str
) -> None:
    for browser in (client, log_in(charlie)):
        assert browser.post(at(name, topic, bob), {"role": "owner"}).status_code == 404
        assert browser.post(reverse("topic-departure", args=[topic.slug])).status_code == 404
        assert browser.get(people(topic)).status_code == 404
    assert roles(topic) == {"alice": "owner", "bob": "editor"}


@pytest.mark.parametrize("name", ["member-role", "member-removal"])
def test_owner_of_one_topic_is_none_of_another(
    topic: Topic, bob: User, charlie: User, log_in: LogIn, name: str
) -> None:
    other = make_topic(charlie, title="Other")
    address = reverse(name, args=[other.slug, member(topic, bob).pk])
    assert log_in(charlie).post(address, {"role": "viewer"}).status_code == 404
    assert roles(topic) == {"alice": "owner", "bob": "editor"}


def test_reading_changes_no_member(topic: Topic, alice: User, bob: User, log_in: LogIn) -> None:
    hers = log_in(alice)
    for address in (
        at("member-role", topic, bob), at("member-removal", topic, bob), reverse("topic-departure", args=[topic.slug]),
    ):  # fmt: skip
        assert hers.get(address).status_code == 405
    assert roles(topic) == {"alice": "owner", "bob": "editor"}
