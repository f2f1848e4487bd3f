"""Topics: beginning, changing, closing, sharing, joining; who is named how; who stays an owner."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User
from debates.models import Closed, Membership, Pseudonym, Refused, Role, ShareLink, Topic
from debates.models.pseudonym import ANIMALS, COLOURS, free_name
from tests.factories import make_topic, make_user


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


# -- beginning and changing -----------------------------------------------------------------------------------


def test_topic_begins_with_an_owner_a_name_for_them_and_its_first_change(alice: User) -> None:
    topic = Topic.objects.begin(by=alice, title="  Four   days\u202e ", question="Should school?", background="A\r\nB")
    topic.refresh_from_db()
    assert (topic.title, topic.background, topic.slug) == ("Four days", "A\nB", "four-days")
    assert (topic.visibility, topic.is_open, topic.created_by) == ("private", True, alice)
    assert Membership.objects.get(topic=topic).role == "owner"
    assert Pseudonym.objects.filter(topic=topic, user=alice).exists()
    change = topic.changes.get()
    assert (change.number, change.verb, change.actor) == (1, "topic-created", alice)
    assert change.after["title"] == "Four days"


def test_topics_of_one_title_have_addresses_of_their_own(alice: User) -> None:
    first, second = make_topic(alice), make_topic(alice)
    assert first.slug == "four-days"
    assert second.slug.startswith("four-days-")
    assert make_topic(alice, title="!?").slug.startswith("topic")
    assert make_topic(alice, title="四日制").slug == "四日制"


def test_revision_records_what_it_altered(topic: Topic, alice: User) -> None:
    topic.revise(by=alice, title="Five days", question=topic.question, guests_vote=True)
    change = topic.changes.get(verb="topic-revised")
    assert change.before == {"title": "Four days", "guests_vote": False}
    assert change.after == {"title": "Five days", "guests_vote": True}
    assert Topic.objects.matching("five").get() == topic
    topic.revise(by=alice, title="Five days")
    assert topic.changes.filter(verb="topic-revised").count() == 1


def test_revisions_of_two_owners_do_not_undo_each_other(topic: Topic, alice: User, bob: User) -> None:
    read_before = Topic.objects.get(pk=topic.pk)
    topic.revise(by=alice, title="Five days")
    read_before.revise(by=bob, guests_vote=True)
    topic.refresh_from_db()
    assert (topic.title, topic.guests_vote) == ("Five days", True)
    assert read_before.title == "Five days"


def test_names_are_shown_while_only_who_decides_it_has_a_pseudonym(topic: Topic, alice: User) -> None:
    topic.add_claim("Mine", by=alice)

    topic.revise(by=alice, names_shown="names")

    assert topic.names_shown == "names"


def test_pseudonyms_are_kept_on_every_way(topic: Topic, alice: User, bob: User) -> None:
    topic.revise(by=alice, names_shown="names")
    topic.revise(by=alice, names_shown="pseudonyms")
    hidden = topic.changes.get(number=3)
    topic.add_claim("Mine", by=bob)

    for unmask in (lambda: topic.revise(by=alice, names_shown="names"), lambda: hidden.undo(by=alice)):
        with pytest.raises(Refused) as refused:
            unmask()
        assert (refused.value.status, refused.value.field) == (422, "names_shown")

    topic.refresh_from_db()
    assert topic.names_shown == "pseudonyms"


def test_claims_of_a_topic_are_its_lines_without_a_parent(topic: Topic, alice: User) -> None:
    claim = topic.add_claim("A claim", by=alice)
    claim.add_argument("supports", "Because.", by=alice)
    make_topic(alice).add_claim("Elsewhere", by=alice)
    assert [line.text for line in topic.claims.all()] == ["A claim"]


def test_closed_topic_takes_nothing_until_it_is_open_again(topic: Topic, alice: User, bob: User) -> None:
    claim = topic.add_claim("A claim", by=alice)
    topic.close(by=alice)
    topic.close(by=alice)
    assert not Topic.objects.get(pk=topic.pk).is_open
    for act in (
        lambda: topic.add_claim("Another", by=bob),
        lambda: claim.revise(text="Other words", version=1, by=alice),
        lambda: claim.withdraw(by=alice),
        lambda: claim.reorder(by=alice, after=None),
    ):
        with pytest.raises(Closed):
            act()
    topic.reopen(by=alice)
    topic.reopen(by=alice)
    assert topic.add_claim("Another", by=bob).pk
    verbs = list(topic.changes.order_by("number").values_list("verb", flat=True))
    assert verbs == ["topic-created", "add", "topic-closed", "topic-reopened", "add"]


def test_topics_are_found_by_every_word_whatever_its_accents(alice: User) -> None:
    cafe = make_topic(alice, title="Le Café", question="Ouvert à midi ?")
    make_topic(alice, title="Le Jardin")
    assert list(Topic.objects.matching("CAFE midi")) == [cafe]
    assert not Topic.objects.matching("cafe soir").exists()
    assert Topic.objects.matching("").count() == 2


def test_private_topics_are_listed_for_their_members_only(alice: User, bob: User, charlie: User) -> None:
    private, public = make_topic(alice), make_topic(alice, visibility="public")
    unlisted = make_topic(alice, visibility="unlisted")
    Membership.objects.create(topic=private, user=bob, role=Role.VIEWER)
    assert set(Topic.objects.visible_to(alice)) == {private, public, unlisted}
    assert set(Topic.objects.visible_to(bob)) == {private, public}
    assert set(Topic.objects.visible_to(charlie)) == {public}
    assert set(Topic.objects.visible_to(AnonymousUser())) == {public}
    assert set(Topic.objects.of(bob)) == {private}


# -- sharing and belonging ------------------------------------------------------------------------------------


def test_share_link_makes_a_member(topic: Topic, alice: User, bob: User) -> None:
    link = topic.share("writer", by=alice)
    assert len(link.token) >= 22
    assert link.token != topic.share("writer", by=alice).token
    membership = topic.join(bob, link=link)
    assert (membership.user, membership.role) == (bob, "writer")
    assert topic.join(bob, link=link) == membership


def test_member_keeps_the_higher_role(topic: Topic, alice: User, bob: User) -> None:
    topic.join(bob, link=topic.share("suggester", by=alice))
    assert topic.join(bob, link=topic.share("editor", by=alice)).role == "editor"
    assert topic.join(bob, link=topic.share("viewer", by=alice)).role == "editor"
    assert topic.join(alice, link=topic.share("viewer", by=alice)).role == "owner"


@pytest.mark.parametrize("role", ["owner", "king", ""])
def test_link_gives_no_ownership(topic: Topic, alice: User, role: str) -> None:
    with pytest.raises(Refused) as caught:
        topic.share(role, by=alice)
    assert caught.value.field == "role"
    assert not ShareLink.objects.exists()


def test_link_that_does_not_work_makes_no_member(topic: Topic, alice: User, bob: User) -> None:
    expired = topic.share("writer", by=alice, expires=timezone.now() - timedelta(seconds=1))
    revoked = topic.share("writer", by=alice)
    revoked.revoke()
    elsewhere = make_topic(alice).share("writer", by=alice)
    for link in (expired, revoked, elsewhere):
        with pytest.raises(Refused, match="no longer works"):
            topic.join(bob, link=link)
    assert not Membership.objects.filter(user=bob).exists()
    assert topic.share("writer", by=alice, expires=timezone.now() + timedelta(hours=1)).works


def test_topic_keeps_an_owner(topic: Topic, alice: User, bob: User) -> None:
    own = Membership.objects.get(topic=topic, user=alice)
    with pytest.raises(Refused, match="needs an owner"):
        own.change_role("editor")
    with pytest.raises(Refused, match="needs an owner"):
        own.end()
    topic.join(bob, link=topic.share("writer", by=alice)).change_role("owner")
    own.change_role("editor")
    assert {member.user: member.role for member in topic.memberships.all()} == {alice: "editor", bob: "owner"}
    own.end()
    assert not Membership.objects.filter(user=alice).exists()


# -- names ------------------------------------------------------------------------------------------------


def test_pseudonym_is_a_colour_and_an_animal_unlike_others(topic: Topic) -> None:
    people = [make_user() for _index in range(60)]
    names = {Pseudonym.objects.give(topic, person) for person in people}
    assert len(names) == 60
    assert all(name.split()[0] in COLOURS and name.split()[1] in ANIMALS for name in names)
    assert Pseudonym.objects.give(topic, people[0]) == Pseudonym.objects.get(topic=topic, user=people[0]).name


def test_wished_pseudonym_is_given_while_it_is_free(topic: Topic, bob: User, charlie: User) -> None:
    assert Pseudonym.objects.give(topic, bob, wish="Amber Heron") == "Amber Heron"
    assert Pseudonym.objects.give(topic, charlie, wish="Amber Heron") != "Amber Heron"
    assert Pseudonym.objects.give(make_topic(bob), charlie, wish="Amber Heron") == "Amber Heron"


def test_free_name_is_found_when_all_pairs_are_taken() -> None:
    taken = {f"{colour} {animal}" for colour in COLOURS for animal in ANIMALS}
    assert free_name(taken) not in taken


def test_previewed_name_is_free(topic: Topic, bob: User) -> None:
    taken = Pseudonym.objects.give(topic, bob)
    assert Pseudonym.objects.preview(topic) != taken
    assert Pseudonym.objects.filter(topic=topic).count() == 2, "bob and the owner; a preview names nobody"
