"""What the domain forbids the database refuses, even to raw SQL, at the latest when the transaction ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from accounts.models import User
from debates.models import Change, Essay, Membership, Pseudonym, Source, Statement, Topic, Vote
from debates.models.constraints import CompositeForeignKey
from tests.factories import make_topic, make_tree, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db(transaction=True)

TREE = """
A claim
  + because this
    - but that
      + deep down
  - but no
Another claim
"""


class World:
    """A small topic, another one, and a link, for SQL to attack."""

    def __init__(self) -> None:
        self.alice, self.bob = make_user("alice"), make_user("bob")
        self.topic = make_topic(self.alice)
        tree = make_tree(self.topic, self.alice, TREE)
        link = tree["but that"].link_under(tree["Another claim"], stance="supports", by=self.alice)
        foreign = make_topic(self.alice).add_claim("Elsewhere", by=self.alice)
        self.ids = {text.replace(" ", "_"): line.pk for text, line in tree.items()}
        self.ids |= {"link": link.pk, "foreign": foreign.pk, "topic": self.topic.pk, "foreign_topic": foreign.topic_id}
        self.ids |= {"alice": self.alice.pk, "bob": self.bob.pk}


@pytest.fixture
def world() -> World:
    return World()


UPDATES = {
    "under itself": "parent_id = {because_this} WHERE id = {because_this}",
    "a cycle": "parent_id = {deep_down} WHERE id = {because_this}",
    "a cycle, depth told right": "parent_id = {deep_down}, depth = 4 WHERE id = {because_this}",
    "a parent of another topic": "parent_id = {foreign} WHERE id = {because_this}",
    "another topic than its parent": "topic_id = {foreign_topic} WHERE id = {because_this}",
    "a parent that is not there": "parent_id = 987654 WHERE id = {because_this}",
    "a parent that is a link": "parent_id = {link}, depth = 2 WHERE id = {because_this}",
    "a parent that becomes a link": "refers_to_id = {but_no}, text = '' WHERE id = {because_this}",
    "a gap of two levels": "depth = 3 WHERE id = {because_this}",
    "another parent, the old depth": "parent_id = {deep_down} WHERE id = {but_no}",
    "a level that leaves its children behind": "parent_id = {but_no}, depth = 2 WHERE id = {because_this}",
    "a claim with a stance": "stance = 'supports' WHERE id = {A_claim}",
    "an argument without a stance": "stance = '' WHERE id = {because_this}",
    "an unknown stance": "stance = 'perhaps' WHERE id = {because_this}",
    "a claim below the top": "depth = 1 WHERE id = {Another_claim}",
    "a negative depth": "depth = -1 WHERE id = {Another_claim}",
    "an unknown status": "status = 'burnt' WHERE id = {because_this}",
    "no text": "text = '' WHERE id = {because_this}",
    "text of 301 characters": "text = '" + "é" * 301 + "' WHERE id = {because_this}",
    "a link with a text": "text = 'words' WHERE id = {link}",
    "a link to a link": "refers_to_id = {link}, text = '' WHERE id = {but_no}",
    "a link to another topic": "refers_to_id = {foreign} WHERE id = {link}",
    "a link to nothing": "refers_to_id = 987654 WHERE id = {link}",
    "a link as a claim": "parent_id = NULL, stance = '', depth = 0 WHERE id = {link}",
}
INSERTS = {
    "a vote of 7": "debates_vote (statement_id, voter_id, value, at) VALUES ({A_claim}, {bob}, 7, '2026-01-01')",
    "a vote of -1": "debates_vote (statement_id, voter_id, value, at) VALUES ({A_claim}, {bob}, -1, '2026-01-01')",
    "a vote on nothing": "debates_vote (statement_id, voter_id, value, at) VALUES (987654, {bob}, 1, '2026-01-01')",
    "an empty passage": (
        "debates_passage (statement_id, essay_id, start, \"end\", quote, prefix, suffix)"
        " SELECT {A_claim}, id, 5, 5, '', '', '' FROM debates_essay"
    ),
}  # fmt: skip


def assert_refused(world: World, sql: str) -> None:
    before = _rows()
    with pytest.raises((IntegrityError, DataError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(**world.ids))
    assert _rows() == before


def _rows() -> list[object]:
    return [list(model._default_manager.order_by("pk").values()) for model in (Statement, Vote, Topic, Change)]


@pytest.mark.parametrize("what", UPDATES)
def test_database_refuses_a_statement_with(world: World, what: str) -> None:
    assert_refused(world, " ".join(["UPDATE debates_statement SET", UPDATES[what]]))


@pytest.mark.parametrize("what", INSERTS)
def test_database_refuses(world: World, what: str) -> None:
    Essay.objects.create(topic=world.topic, title="An essay", text="One sentence.")
    assert_refused(world, f"INSERT INTO {INSERTS[what]}")


def test_database_takes_a_whole_move_in_one_transaction(world: World) -> None:
    """The counterpart: what is right in the end is accepted, though it is not in between."""
    rows, ids = Statement.objects.get_queryset(), world.ids
    with transaction.atomic():
        rows.filter(pk=ids["because_this"]).update(parent=ids["but_no"], depth=2)
        rows.filter(pk=ids["but_that"]).update(depth=3)
        rows.filter(pk=ids["deep_down"]).update(depth=4)
    assert Statement.objects.get(pk=world.ids["deep_down"]).depth == 4


def test_deeper_than_the_limit_is_refused_by_the_database(world: World) -> None:
    parent = Statement.objects.get(pk=world.ids["A_claim"])
    for level in range(1, 51):
        parent = parent.add_argument("supports", f"Level {level}", by=world.alice)
    row = Statement(topic=world.topic, parent=parent, stance="supports", text="Level 51", depth=51)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_composite_key_is_told_apart_and_taken_off_and_put_on_again(world: World) -> None:
    """What a migration does that alters it. SQLite makes its table anew for that, so there it is only written down."""
    keys = {each.name: each for each in Statement._meta.constraints if isinstance(each, CompositeForeignKey)}
    key = keys["statement_parent_fits"]
    _path, _args, kwargs = key.deconstruct()
    assert {key, CompositeForeignKey(**kwargs)} == {key}
    assert key != keys["statement_target_fits"]
    assert key != "statement_parent_fits"
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        off, on = str(key.remove_sql(Statement, editor)), str(key.create_sql(Statement, editor))
    assert off == 'ALTER TABLE "debates_statement" DROP CONSTRAINT "statement_parent_fits"'
    assert on == (
        'ALTER TABLE "debates_statement" ADD CONSTRAINT "statement_parent_fits"'
        ' FOREIGN KEY ("parent_id", "topic_id", "parent_depth")'
        ' REFERENCES "debates_statement" ("id", "bears_in", "depth") DEFERRABLE INITIALLY DEFERRED'
    )
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(off)
            cursor.execute(on)
    assert_refused(world, "UPDATE debates_statement SET depth = 3 WHERE id = {because_this}")


def _second_vote(world: World) -> None:
    statement = Statement.objects.get(pk=world.ids["A_claim"])
    for value in (1, 2):
        Vote.objects.create(statement=statement, voter=world.bob, value=value)


def _second_number(world: World) -> None:
    Change.objects.create(topic=world.topic, number=1, verb="add")


def _second_membership(world: World) -> None:
    Membership.objects.create(topic=world.topic, user=world.alice, role="viewer")


def _second_pseudonym(world: World) -> None:
    Pseudonym.objects.create(topic=world.topic, user=world.alice, name="Amber Heron")


def _same_pseudonym(world: World) -> None:
    name = Pseudonym.objects.get(topic=world.topic, user=world.alice).name
    Pseudonym.objects.create(topic=world.topic, user=world.bob, name=name)


def _same_key(world: World) -> None:
    for text in ("One", "Two"):
        Statement.objects.create(topic=world.topic, text=text, author=world.bob, key="k-1")


def _same_slug(world: World) -> None:
    Topic.objects.create(title="Again", slug=world.topic.slug)


def _unknown_role(world: World) -> None:
    Membership.objects.create(topic=world.topic, user=world.bob, role="king")


def _unknown_visibility(world: World) -> None:
    Topic.objects.filter(pk=world.topic.pk).update(visibility="secret")


def _visitor_who_edits(world: World) -> None:
    Topic.objects.filter(pk=world.topic.pk).update(visitor_role="editor")


def _link_of_an_owner(world: World) -> None:
    world.topic.share_links.create(role="owner", token="t")


def _script_as_an_address(world: World) -> None:
    Source.objects.create(statement_id=world.ids["A_claim"], title="A report", url="javascript:alert(1)")


def _source_without_a_title(world: World) -> None:
    Source.objects.create(statement_id=world.ids["A_claim"], title="")


def _unknown_kind_of_comment(world: World) -> None:
    Statement.objects.get(pk=world.ids["A_claim"]).comments.create(text="So?", kind="shout")


@pytest.mark.parametrize(
    "attack",
    [
        _second_vote, _second_number, _second_membership, _second_pseudonym, _same_pseudonym, _same_key, _same_slug,
        _unknown_role, _unknown_visibility, _visitor_who_edits, _link_of_an_owner, _script_as_an_address,
        _source_without_a_title, _unknown_kind_of_comment,
    ],
)  # fmt: skip
def test_database_refuses_rows_that_the_domain_forbids(world: World, attack: Callable[[World], None]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        attack(world)


def test_deleted_person_leaves_what_they_wrote_and_takes_their_votes(world: World) -> None:
    Statement.objects.get(pk=world.ids["A_claim"]).cast_vote(voter=world.bob, value=3)
    mine = Statement.objects.get(pk=world.ids["A_claim"]).add_argument("opposes", "A reply.", by=world.bob)
    User.objects.filter(pk=world.bob.pk).delete()
    mine.refresh_from_db()
    assert (mine.text, mine.author) == ("A reply.", None)
    assert Change.objects.get(statement=mine).actor is None
    assert not Vote.objects.exists()


def test_deleted_topic_takes_everything_of_its_own(world: World) -> None:
    Statement.objects.get(pk=world.ids["A_claim"]).cast_vote(voter=world.bob, value=3)
    world.topic.delete()
    assert [line.text for line in Statement.objects.all()] == ["Elsewhere"]
    assert not Vote.objects.exists()
    assert set(Change.objects.values_list("topic", flat=True)) == {world.ids["foreign_topic"]}
