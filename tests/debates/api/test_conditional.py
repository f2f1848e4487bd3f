"""ETags: what has not changed costs four queries at most and no body, and nothing that changed is kept from anyone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from accounts import personal_data
from accounts.models import ApiToken
from debates.models import Essay, Topic
from tests.debates.large import bushy, grow
from tests.factories import make_member, make_topic, make_tree, make_user
from tests.queries import data_queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from tests.conftest import LogIn
    from tests.debates.api.conftest import Api, Program

WHATS = ("", "tree/", "changes/?since=0")


def tag(program: Program, topic: Topic, what: str = "tree/") -> str:
    return str(program.get(f"topics/{topic.pk}/{what}")["ETag"])


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("size", [3, 300])
def test_unchanged_topic_costs_four_queries_at_most_and_no_body(
    api: Api, log_in: LogIn, alice: User, what: str, size: int
) -> None:
    topic = make_topic(alice, visibility="public")
    grow(topic, alice, bushy(size))
    url = f"/api/v1/topics/{topic.pk}/{what}"
    browser = log_in(alice)
    askers: list[Callable[..., Any]] = [
        api().ask,
        api(alice).ask,
        lambda _method, url, **headers: browser.get(url, headers=headers),
    ]
    ApiToken.objects.update(last_used=None)

    for ask in askers:
        known = ask("GET", url)["ETag"]
        ApiToken.objects.update(last_used=None)
        with data_queries() as asked:
            answer = ask("GET", url, **{"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == known
        assert answer["Cache-Control"] == "private, no-cache"
        assert {"Authorization", "Cookie", "Accept"} <= set(answer["Vary"].split(", "))
        assert len(asked) <= 4, asked


@pytest.mark.parametrize("what", WHATS)
def test_every_change_makes_another_tag(api: Api, alice: User, what: str) -> None:
    topic = make_topic(alice)
    line = make_tree(topic, alice, "A claim")["A claim"]
    program = api(alice)
    tags = [tag(program, topic, what)]

    line.add_argument("supports", "because", by=alice)
    tags.append(tag(program, topic, what))
    topic.revise(by=alice, title="Another title")
    tags.append(tag(program, topic, what))
    topic.close(by=alice)
    tags.append(tag(program, topic, what))

    assert len(set(tags)) == 4


def test_reader_of_another_kind_gets_another_tag(api: Api, alice: User, bob: User, charlie: User) -> None:
    topic = make_topic(alice, visibility="public")
    make_member(topic, bob)
    programs = [api(), api(alice), api(bob), api(charlie)]
    before = [tag(program, topic) for program in programs]

    topic.memberships.get(user=bob).change_role("editor")

    assert len(set(before)) == 4
    assert tag(api(bob), topic) not in before


def test_tag_of_one_question_is_not_that_of_another(api: Api, alice: User) -> None:
    topic = make_topic(alice)
    program = api(alice)

    assert len({tag(program, topic, f"tree/{query}") for query in ("", "?shape=flat", "?depth=1")}) == 3


def test_renaming_and_leaving_make_another_tag(api: Api, alice: User, bob: User) -> None:
    topic, other = make_topic(alice, names_shown="names"), make_topic(alice)
    make_member(topic, bob)
    line = make_tree(topic, bob, "A claim")["A claim"]
    line.add_argument("supports", "because", by=alice)
    program = api(alice)
    first, elsewhere = tag(program, topic), tag(program, other)

    bob.rename("Robert")
    second = tag(program, topic)
    renamed = program.get(f"topics/{topic.pk}/tree/").json()["statements"][0]["author"]
    personal_data.erase(bob)
    left = program.get(f"topics/{topic.pk}/tree/")

    assert renamed == "Robert"
    assert left.json()["statements"][0]["author"] is None
    assert len({first, second, left["ETag"]}) == 3
    assert tag(program, other) == elsewhere


def test_guest_who_becomes_an_account_makes_another_tag(api: Api, alice: User) -> None:
    from tests.factories import make_guest

    topic, guest = make_topic(alice, names_shown="names", visibility="public"), make_guest()
    make_tree(topic, guest, "A claim")
    first = tag(api(), topic)

    guest.upgrade(username="gustav", password="a long one")

    assert tag(api(), topic) != first


def test_essay_makes_another_tag(api: Api, alice: User) -> None:
    topic = make_topic(alice)
    first = tag(api(alice), topic, "")

    Essay.objects.create(topic=topic, title="An essay", text="We sleep.")

    assert tag(api(alice), topic, "") != first


def test_votes_are_never_answered_from_a_copy(api: Api, alice: User) -> None:
    topic = make_topic(alice, votes_shown="always")
    line = make_tree(topic, alice, "A claim")["A claim"]
    url = f"topics/{topic.pk}/tree/?include=votes"
    first = api(alice).get(url)

    line.cast_vote(voter=make_user(), value=4)
    second = api(alice).get(url, if_none_match="*")

    assert "ETag" not in first
    assert first["Cache-Control"] == "no-store"
    assert second.json()["statements"][0]["tally"]["votes"] == 1


def test_token_notes_its_use_every_ten_minutes(api: Api, alice: User) -> None:
    program = api(alice)
    program.get("me/")
    first = ApiToken.objects.get().last_used
    program.get("me/")
    second = ApiToken.objects.get().last_used
    ApiToken.objects.update(last_used=timezone.now() - ApiToken.USED_AT_MOST_EVERY)
    program.get("me/")

    assert first is not None
    assert first == second
    assert ApiToken.objects.get().last_used > first  # type: ignore[operator]
