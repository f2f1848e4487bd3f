"""Share links and joining through them: the holder of a link comes in, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from debates.models import Membership, Pseudonym, ShareLink, Topic
from debates.views.sharing import qr
from tests.factories import make_guest, make_topic
from tests.markup import PARTIAL, by_class, by_id, dom, is_fragment, text

type LogIn = Callable[[User], Client]

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def topic(alice: User, bob: User) -> Topic:
    """A private topic of Alice, in which Bob is an editor."""
    topic = make_topic(alice)
    Membership.objects.create(topic=topic, user=bob, role="editor")
    return topic


@pytest.fixture
def link(topic: Topic, alice: User) -> ShareLink:
    return topic.share("writer", by=alice)


def links_of(topic: Topic) -> str:
    return reverse("topic-links", args=[topic.slug])


def revocation(link: ShareLink) -> str:
    return reverse("share-link-revocation", args=[link.topic.slug, link.pk])


def role_of(user: User, topic: Topic) -> str | None:
    return Membership.objects.filter(topic=topic, user=user).values_list("role", flat=True).first()


# -- links ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "left"), [("1", 1), ("14", 14), ("", None)])
def test_owner_makes_a_link(topic: Topic, alice: User, log_in: LogIn, days: str, left: int | None) -> None:
    answer = log_in(alice).post(links_of(topic), {"role": "viewer", "days": days})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/topics/four-days/people/#share-links")
    link = ShareLink.objects.get()
    assert (link.topic, link.role, link.created_by) == (topic, "viewer", alice)
    if left is None:
        assert link.expires is None
    else:
        assert link.expires is not None
        assert abs(link.expires - timezone.now() - timedelta(days=left)) < timedelta(minutes=1)


@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_link_sent_twice_is_made_once(topic: Topic, alice: User, log_in: LogIn, headers: dict[str, str]) -> None:
    browser = log_in(alice)
    people = browser.get(reverse("topic-people", args=[topic.slug]))
    typed = {"role": "viewer", "days": "1", "key": by_id(people, "id_key").get("value", "")}

    statuses = {browser.post(links_of(topic), typed, headers=headers).status_code for _press in range(2)}

    assert (statuses, ShareLink.objects.count()) == ({200 if headers else 303}, 1)


def test_link_answers_a_script_with_its_whole_address(topic: Topic, alice: User, log_in: LogIn) -> None:
    fragment = log_in(alice).post(links_of(topic), {"role": "viewer", "days": "1"}, headers=PARTIAL)
    assert is_fragment(fragment)
    address = f"http://testserver/join/{ShareLink.objects.get().token}/"
    assert text(by_class(dom(fragment), "share-links__address")[0]) == address
    assert [each.get("data-copy") for each in dom(fragment).iter("button") if each.get("data-copy")] == [address]
    assert text(by_id(fragment, "messages")) == "The link is ready. Whoever has it can join."


@pytest.mark.parametrize("headers", [{}, PARTIAL])
@pytest.mark.parametrize("fields", [{"role": "owner", "days": "1"}, {"role": "viewer", "days": "365"}, {}])
def test_link_that_cannot_be_is_not_made(
    topic: Topic, alice: User, log_in: LogIn, fields: dict[str, str], headers: dict[str, str]
) -> None:
    answer = log_in(alice).post(links_of(topic), fields, headers=headers)
    assert answer.status_code == 422
    assert is_fragment(answer) == bool(headers)
    assert by_class(dom(answer), "error")
    assert not ShareLink.objects.exists()


def test_address_of_the_links_leads_to_the_page_that_lists_them(topic: Topic, alice: User, log_in: LogIn) -> None:
    assert log_in(alice).get(links_of(topic)).headers["Location"] == "/topics/four-days/people/#share-links"


def test_expired_link_is_listed_without_its_address(topic: Topic, alice: User, log_in: LogIn) -> None:
    link = topic.share("writer", by=alice, expires=timezone.now() - timedelta(hours=1))
    page = log_in(alice).get(reverse("topic-people", args=[topic.slug]))
    assert "Expired" in text(by_class(dom(page), "share-links")[0])
    assert link.token.encode() not in page.content


def test_link_is_shown_large_with_its_qr_code(topic: Topic, link: ShareLink, alice: User, log_in: LogIn) -> None:
    page = log_in(alice).get(reverse("share-link", args=[topic.slug, link.pk]))
    address = f"http://testserver/join/{link.token}/"
    assert text(by_class(dom(page), "projector__address")[0]) == address
    drawing = by_class(dom(page), "qr")[0]
    assert [part.tag.rpartition("}")[2] for part in drawing.iter()] == ["svg", "path", "path"]


def test_qr_code_holds_no_style_and_no_text() -> None:
    drawing = qr("https://example.org/join/abcdefghijklmnopqrstuv/")
    assert drawing.startswith("<svg ")
    assert "style" not in drawing
    assert "example" not in drawing


def test_link_is_revoked(topic: Topic, link: ShareLink, alice: User, log_in: LogIn) -> None:
    hers = log_in(alice)
    answer = hers.post(revocation(link))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/topics/four-days/people/#share-links")
    link.refresh_from_db()
    assert not link.works
    assert hers.post(revocation(link)).status_code == 404
    assert hers.get(reverse("share-link", args=[topic.slug, link.pk])).status_code == 404


def test_revocation_answers_a_script_with_the_links_left(
    topic: Topic, link: ShareLink, alice: User, log_in: LogIn
) -> None:
    topic.share("viewer", by=alice)
    fragment = log_in(alice).post(revocation(link), headers=PARTIAL)
    assert is_fragment(fragment)
    assert len(by_class(dom(fragment), "share-links")[0]) == 1


def test_only_owners_share(topic: Topic, link: ShareLink, bob: User, log_in: LogIn) -> None:
    his = log_in(bob)
    assert his.post(links_of(topic), {"role": "viewer", "days": "1"}).status_code == 403
    assert his.post(revocation(link)).status_code == 403
    assert his.get(reverse("share-link", args=[topic.slug, link.pk])).status_code == 403
    assert link.token.encode() not in his.get(reverse("topic-people", args=[topic.slug])).content
    assert [each.works for each in ShareLink.objects.all()] == [True]


def test_links_of_a_private_topic_are_nowhere_for_outsiders(
    topic: Topic, link: ShareLink, client: Client, charlie: User, log_in: LogIn
) -> None:
    other = make_topic(charlie, title="Other")
    for browser in (client, log_in(charlie)):
        assert browser.post(links_of(topic), {"role": "viewer", "days": "1"}).status_code == 404
        assert browser.post(revocation(link)).status_code == 404
        assert browser.get(reverse("share-link", args=[topic.slug, link.pk])).status_code == 404
    assert log_in(charlie).post(reverse("share-link-revocation", args=[other.slug, link.pk])).status_code == 404
    assert [each.works for each in ShareLink.objects.all()] == [True]


def test_reading_revokes_nothing(link: ShareLink, alice: User, log_in: LogIn) -> None:
    assert log_in(alice).get(revocation(link)).status_code == 405


# -- joining --------------------------------------------------------------------------------------------------


def test_link_says_what_it_is_of_and_changes_nothing(
    topic: Topic, link: ShareLink, client: Client, charlie: User
) -> None:
    Topic.objects.filter(pk=topic.pk).update(title=EVIL, question=f"Why {EVIL}?")
    people, members = User.objects.count(), Membership.objects.count()
    page = client.get(f"/join/{link.token}/")
    main = by_id(page, "main")
    assert text(main.findall(".//h1")[0]) == EVIL
    assert "Writer: adds arguments and changes their own" in text(main)
    assert EVIL.encode() not in page.content
    assert "no-store" in page.headers["Cache-Control"]
    assert (User.objects.count(), Membership.objects.count()) == (people, members)


def test_person_joins(topic: Topic, link: ShareLink, charlie: User, log_in: LogIn) -> None:
    theirs = log_in(charlie)
    assert theirs.get(topic.get_absolute_url()).status_code == 404
    answer = theirs.post(f"/join/{link.token}/")
    assert (answer.status_code, answer.headers["Location"]) == (303, topic.get_absolute_url())
    assert role_of(charlie, topic) == "writer"
    assert theirs.get(topic.get_absolute_url()).status_code == 200


def test_newcomer_is_told_their_pseudonym(topic: Topic, link: ShareLink, charlie: User, log_in: LogIn) -> None:
    page = log_in(charlie).post(f"/join/{link.token}/", follow=True)
    name = Pseudonym.objects.get(topic=topic, user=charlie).name
    assert text(by_id(page, "messages")) == f"Welcome. In this topic you are {name}."


def test_newcomer_is_told_their_name_where_names_show(
    topic: Topic, link: ShareLink, alice: User, charlie: User, log_in: LogIn
) -> None:
    topic.revise(by=alice, names_shown="names")
    page = log_in(charlie).post(f"/join/{link.token}/", follow=True)
    assert text(by_id(page, "messages")) == "Welcome. In this topic you are charlie."


def test_stranger_joins_as_a_guest(topic: Topic, link: ShareLink, client: Client) -> None:
    answer = client.post(f"/join/{link.token}/")
    guest = User.objects.get(is_guest=True)
    assert (answer.status_code, answer.headers["Location"]) == (303, topic.get_absolute_url())
    assert role_of(guest, topic) == "writer"
    assert client.get(topic.get_absolute_url()).context["user"] == guest


def test_stranger_may_sign_in_first(link: ShareLink, client: Client) -> None:
    links = [each.get("href") for each in by_id(client.get(f"/join/{link.token}/"), "main").iter("a")]
    assert links == [f"/accounts/login/?next=/join/{link.token}/"]


def test_member_keeps_the_higher_role(topic: Topic, link: ShareLink, bob: User, log_in: LogIn) -> None:
    his = log_in(bob)
    main = by_id(his.get(f"/join/{link.token}/"), "main")
    assert "You belong to this topic already." in text(main)
    assert not main.findall(".//form")
    his.post(f"/join/{link.token}/")
    assert role_of(bob, topic) == "editor"


def test_member_may_take_a_higher_role(topic: Topic, alice: User, charlie: User, log_in: LogIn) -> None:
    theirs = log_in(charlie)
    theirs.post(f"/join/{topic.share('viewer', by=alice).token}/")
    higher = f"/join/{topic.share('editor', by=alice).token}/"
    assert len(by_id(theirs.get(higher), "main").findall(".//form")) == 1
    theirs.post(higher)
    assert role_of(charlie, topic) == "editor"


def test_guests_are_not_made_without_end(link: ShareLink, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"guest": "2/m/ip"}
    answers = [Client().post(f"/join/{link.token}/").status_code for _visitor in range(3)]
    assert answers == [303, 303, 429]
    assert User.objects.filter(is_guest=True).count() == 2


@pytest.mark.parametrize("method", ["get", "post"])
def test_link_that_is_over_says_so(topic: Topic, alice: User, client: Client, method: str) -> None:
    expired = topic.share("writer", by=alice, expires=timezone.now() - timedelta(seconds=1))
    revoked = topic.share("writer", by=alice)
    revoked.revoke()
    for link, sentence in ((expired, "its time was over"), (revoked, "it was taken back")):
        answer = getattr(client, method)(f"/join/{link.token}/")
        assert answer.status_code == 410
        assert sentence in text(by_id(answer, "main"))
        assert topic.title not in text(by_id(answer, "main"))
    assert not User.objects.filter(is_guest=True).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_guessed_link_leads_nowhere(client: Client, method: str, db: None) -> None:
    assert getattr(client, method)("/join/abcdefghijklmnopqrstuv/").status_code == 404
    assert not User.objects.exists()


def test_guest_joins_as_themselves(topic: Topic, link: ShareLink, log_in: LogIn) -> None:
    guest = make_guest()
    log_in(guest).post(f"/join/{link.token}/")
    assert role_of(guest, topic) == "writer"
    assert User.objects.filter(is_guest=True).count() == 1
