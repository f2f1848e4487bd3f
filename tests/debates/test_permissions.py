"""Who may do what: the table itself, and the loaders that find and authorise in one call."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from debates.models import Change, Membership, Role, Statement, Topic
from debates.permissions import (
    CHANGE,
    CHANGE_ESSAY,
    CLOSED,
    COMMENT,
    EDIT,
    MANAGE,
    READ,
    RIGHTS,
    SENTENCES,
    SUGGEST,
    UNDO,
    VOTE,
    WRITE,
    bearer_for,
    change_for,
    share_link_for,
    standing_in,
    statement_for,
    topic_for,
)  # fmt: skip
from tests.factories import make_guest, make_member, make_topic, make_tree

NOBODY = AnonymousUser()
ALL = (READ, VOTE, COMMENT, SUGGEST, WRITE, EDIT, MANAGE)

TABLE = """
            read  vote  comment  suggest  write  edit  manage
owner       yes   yes   yes      yes      yes    yes   yes
editor      yes   yes   yes      yes      yes    yes   no
writer      yes   yes   yes      yes      yes    no    no
suggester   yes   yes   yes      yes      no     no    no
viewer      yes   yes   no       no       no     no    no
"""


def rows_of(table: str) -> dict[str, dict[str, bool]]:
    head, *lines = [line.split() for line in table.strip().splitlines()]
    return {role: {right: said == "yes" for right, said in zip(head, cells, strict=True)} for role, *cells in lines}


@pytest.fixture
def private(alice: User) -> Topic:
    return make_topic(alice)


@pytest.fixture
def public(alice: User) -> Topic:
    return make_topic(alice, visibility="public")


def allowed(topic: Topic, user: Any, role: str = "") -> set[str]:
    return set(standing_in(topic, user, role).rights)


# -- the table --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("right", ALL)
def test_role_has_the_rights_of_the_table(private: Topic, bob: User, role: str, right: str) -> None:
    assert standing_in(private, bob, role).may(right) is rows_of(TABLE)[role][right]


def test_every_role_and_every_right_is_in_the_table() -> None:
    assert rows_of(TABLE).keys() == set(Role.values) == RIGHTS.keys() - {""}
    assert {right for rights in RIGHTS.values() for right in rights} == set(ALL)


def test_every_role_may_what_the_role_below_it_may() -> None:
    ranked = [RIGHTS[role] for role in Role.values]

    assert all(lower < higher for lower, higher in pairwise(ranked))


def test_every_right_that_can_be_missing_has_a_sentence() -> None:
    assert SENTENCES.keys() == {*ALL, CHANGE, CHANGE_ESSAY, UNDO} - {READ}
    assert all(str(sentence).endswith(".") for sentence in SENTENCES.values())


@pytest.mark.parametrize("visibility", ["public", "unlisted"])
@pytest.mark.parametrize("visitor_role", ["viewer", "suggester", "writer"])
def test_who_is_no_member_has_the_role_of_visitors(
    alice: User, charlie: User, visibility: str, visitor_role: str
) -> None:
    topic = make_topic(alice, visibility=visibility, visitor_role=visitor_role)

    assert allowed(topic, charlie) == RIGHTS[visitor_role]
    assert allowed(topic, NOBODY) == allowed(topic, make_guest()) == RIGHTS[visitor_role] - {VOTE}


def test_guests_vote_where_the_owner_lets_them(alice: User) -> None:
    topic = make_topic(alice, visibility="public", visitor_role="viewer", guests_vote=True)

    assert allowed(topic, NOBODY) == allowed(topic, make_guest()) == {READ, VOTE}


def test_nobody_but_members_has_a_right_in_a_private_topic(private: Topic, charlie: User) -> None:
    assert allowed(private, charlie) == allowed(private, NOBODY) == allowed(private, make_guest()) == set()


@pytest.mark.parametrize("visibility", ["public", "unlisted"])
@pytest.mark.parametrize("role", Role.values)
def test_member_can_do_what_a_visitor_can(alice: User, bob: User, visibility: str, role: str) -> None:
    topic = make_topic(alice, visibility=visibility, visitor_role="suggester")

    assert allowed(topic, bob, role) == RIGHTS[role] | RIGHTS["suggester"]


def test_viewer_of_a_private_topic_only_reads_and_votes(private: Topic, bob: User) -> None:
    private.visitor_role = "writer"

    assert allowed(private, bob, "viewer") == {READ, VOTE}


def test_guest_votes_as_a_member_and_not_as_a_visitor(public: Topic) -> None:
    assert VOTE in allowed(public, make_guest(), "viewer")
    assert VOTE not in allowed(public, make_guest())


def test_member_of_a_closed_topic_gets_nothing_from_visitors(public: Topic, alice: User, bob: User) -> None:
    public.close(by=alice)

    assert allowed(public, bob, "viewer") == {READ}


@pytest.mark.parametrize("role", Role.values)
def test_closed_topic_is_read_and_managed(private: Topic, alice: User, role: str) -> None:
    private.close(by=alice)

    assert allowed(private, alice, role) == {READ, MANAGE} & RIGHTS[role]


@pytest.mark.parametrize(
    ("role", "own", "others", "nobodys"),
    [
        ("owner", True, True, True),
        ("editor", True, True, True),
        ("writer", True, False, False),
        ("suggester", False, False, False),
        ("viewer", False, False, False),
    ],
)
def test_own_statements_are_changed_by_writers_and_any_by_editors(
    private: Topic, alice: User, bob: User, role: str, own: bool, others: bool, nobodys: bool
) -> None:
    standing = standing_in(private, bob, role)

    changes = [standing.may_change(author) for author in (bob.pk, alice.pk, None)]
    assert changes == [own, others, nobodys]


def test_who_is_nobody_changes_nothing_of_nobody(public: Topic) -> None:
    assert standing_in(public, NOBODY, "").may_change(None) is False


# -- the loaders --------------------------------------------------------------------------------------------------


@pytest.fixture
def line(private: Topic, alice: User) -> Statement:
    return make_tree(private, alice, "A claim\n  + because this")["because this"]


LOADERS: dict[str, Callable[..., object]] = {
    "topic_for": lambda user, line, **may: topic_for(user, line.topic.slug, **may),
    "statement_for": lambda user, line, **may: statement_for(user, line.pk, **may),
    "bearer_for": lambda user, line, **may: bearer_for(user, line.pk, **may),
}


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("right", ALL)
def test_loader_finds_nothing_for_who_may_not_see_it(line: Statement, charlie: User, loader: str, right: str) -> None:
    for user in (charlie, NOBODY, make_guest()):
        with pytest.raises(Http404):
            LOADERS[loader](user, line, may=right)


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("role", Role.values)
def test_loader_gives_what_the_role_may_and_refuses_the_rest_in_words(
    line: Statement, bob: User, loader: str, role: str
) -> None:
    make_member(line.topic, bob, role)

    for right, may in rows_of(TABLE)[role].items():
        if may:
            LOADERS[loader](bob, line, may=right)
        else:
            with pytest.raises(PermissionDenied, match=str(SENTENCES[right])):
                LOADERS[loader](bob, line, may=right)


@pytest.mark.parametrize("loader", LOADERS)
def test_loader_says_that_the_topic_is_closed(line: Statement, alice: User, loader: str) -> None:
    line.topic.close(by=alice)

    for right in (VOTE, COMMENT, SUGGEST, WRITE, EDIT):
        with pytest.raises(PermissionDenied, match=str(CLOSED)):
            LOADERS[loader](alice, line, may=right)
    LOADERS[loader](alice, line, may=MANAGE)


def test_loader_sets_the_standing_of_the_reader(line: Statement, bob: User) -> None:
    make_member(line.topic, bob, "editor")

    standings = [topic_for(bob, line.topic.slug).standing, statement_for(bob, line.pk).topic.standing]

    assert [(each.user_id, each.role, each.rights) for each in standings] == [(bob.pk, "editor", RIGHTS["editor"])] * 2


def test_role_of_one_topic_counts_in_no_other(line: Statement, bob: User) -> None:
    make_member(make_topic(User.objects.create_user("dora")), bob, "owner")

    with pytest.raises(Http404):
        statement_for(bob, line.pk)


@pytest.mark.parametrize("pk", [0, -1, 999_999, 10**25])
def test_statement_that_is_not_there_is_not_found(alice: User, pk: int) -> None:
    with pytest.raises(Http404):
        statement_for(alice, pk)


@pytest.mark.parametrize("slug", ["", "nowhere", "a" * 200, "FOUR-DAYS"])
def test_topic_that_is_not_there_is_not_found(private: Topic, alice: User, slug: str) -> None:
    with pytest.raises(Http404):
        topic_for(alice, slug)


@pytest.mark.parametrize(("role", "sees"), [("owner", True), ("editor", True), ("writer", False), ("viewer", False)])
def test_suggestion_of_another_is_seen_by_editors_alone(
    line: Statement, bob: User, charlie: User, role: str, sees: bool
) -> None:
    make_member(line.topic, bob, role)
    make_member(line.topic, charlie, "suggester")
    made = line.add_argument("opposes", "Perhaps not", by=charlie, suggested=True)

    assert statement_for(charlie, made.pk) == made
    if sees:
        assert statement_for(bob, made.pk) == made
    else:
        with pytest.raises(Http404):
            statement_for(bob, made.pk)


def test_suggestion_in_a_public_topic_is_hidden_from_visitors(public: Topic, alice: User) -> None:
    made = public.add_claim("Perhaps", by=alice, suggested=True)

    with pytest.raises(Http404):
        statement_for(NOBODY, made.pk)


def test_change_is_refused_in_words_to_who_did_not_write_it(line: Statement, bob: User) -> None:
    make_member(line.topic, bob)

    with pytest.raises(PermissionDenied, match=str(SENTENCES[CHANGE])):
        statement_for(bob, line.pk, may=CHANGE)


def test_bearer_of_a_link_is_what_it_points_to(line: Statement, alice: User) -> None:
    link = line.link_under(line.topic.add_claim("Another", by=alice), stance="opposes", by=alice)

    assert bearer_for(alice, link.pk) == line
    assert bearer_for(alice, line.pk) == line
    assert statement_for(alice, link.pk) == link


def test_right_to_change_a_link_is_none_to_change_its_target(line: Statement, alice: User, bob: User) -> None:
    make_member(line.topic, bob)
    link = line.link_under(line.topic.add_claim("Another", by=alice), stance="opposes", by=bob)

    assert statement_for(bob, link.pk, may=CHANGE) == link
    with pytest.raises(PermissionDenied, match=str(SENTENCES[CHANGE])):
        bearer_for(bob, link.pk, may=CHANGE)


def test_change_is_loaded_for_who_may_take_it_back(line: Statement, alice: User, bob: User, charlie: User) -> None:
    make_member(line.topic, bob)
    change = Change.objects.get(statement=line)

    assert change_for(alice, line.topic.slug, change.number) == change
    with pytest.raises(PermissionDenied, match=str(SENTENCES[UNDO])):
        change_for(bob, line.topic.slug, change.number)
    with pytest.raises(Http404):
        change_for(charlie, line.topic.slug, change.number)
    with pytest.raises(Http404):
        change_for(alice, line.topic.slug, 999)


def test_share_link_is_found_by_its_token_alone(private: Topic, alice: User) -> None:
    link = private.share("viewer", by=alice)

    assert share_link_for(link.token) == link
    for token in ("", link.token[:-1], link.token.swapcase(), str(link.pk)):
        with pytest.raises(Http404):
            share_link_for(token)


def test_former_editor_accepts_nothing_by_undoing(private: Topic, alice: User, bob: User, charlie: User) -> None:
    make_member(private, charlie, "suggester")
    make_member(private, bob, "editor")
    line = private.add_claim("Perhaps", by=charlie, suggested=True)
    line.accept(by=bob)
    waits_again = Change.objects.get(topic=private, verb="accept").undo(by=bob)
    Membership.objects.get(topic=private, user=bob).change_role("writer")
    with pytest.raises(PermissionDenied):
        change_for(bob, private.slug, waits_again.number)
    assert change_for(alice, private.slug, waits_again.number) == waits_again
