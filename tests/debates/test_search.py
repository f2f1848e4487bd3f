"""Search: the same answers on both engines, whatever is typed, and an index that follows every write."""

from __future__ import annotations

import pytest
from django.db import connection

from accounts.models import User
from debates.models import Statement, Topic
from debates.search import _POSTGRESQL, statements_matching
from tests.factories import make_topic, make_tree

TREE = """
A prize shows what the public likes
  + Awards are popularity contests in the café
    - Überraschung: taste is not quality
  - L'École dit non
  + Four-day weeks cost 3.5 % more
  - 四日制は良い考えです
  - Ёлка стоит дорого
  + snake_case is a word
"""


@pytest.fixture
def topic(alice: User) -> Topic:
    return make_topic(alice)


@pytest.fixture
def tree(topic: Topic, alice: User) -> dict[str, Statement]:
    return make_tree(topic, alice, TREE)


def found(query: str, *, any_word: bool = False) -> list[str]:
    return [line.text for line in statements_matching(query, any_word=any_word)]


@pytest.mark.parametrize(
    ("query", "start"),
    [
        ("prize", "A prize"), ("PRIZES shows", ""), ("pri", "A prize"), ("public pri", "A prize"),
        ("cafe", "Awards"), ("CAFÉ", "Awards"), ("cafe\u0301", "Awards"), ("popul contest", "Awards"),
        ("uberraschung", "Überraschung"), ("ecole", "L'École"), ("l'ecole", "L'École"), ("école, non!", "L'École"),
        ("four-day", "Four-day"), ("3.5", "Four-day"), ("3,5 %", "Four-day"), ("四日制", "四日制"), ("елка", "Ёлка"),
        ("snake", "snake_case"), ("snake_case", "snake_case"), ("ｐｒｉｚｅ", "A prize"),
        ("rize", ""), ("nothing", ""), ("prize nothing", ""),
    ],
)  # fmt: skip
def test_every_word_must_begin_a_word(tree: dict[str, Statement], query: str, start: str) -> None:
    assert found(query) == [text for text in tree if start and text.startswith(start)]


def test_any_word_is_enough_when_asked(tree: dict[str, Statement]) -> None:
    assert set(found("prize ecole nothing", any_word=True)) == {
        "A prize shows what the public likes", "L'École dit non",
    }  # fmt: skip


def test_newest_is_first(topic: Topic, alice: User) -> None:
    for number in (1, 2, 3):
        topic.add_claim(f"Thing {number}", by=alice)
    assert found("thing") == ["Thing 3", "Thing 2", "Thing 1"]


OPERATORS = [
    '"', "'", '""', '"a prize', "*", "a*", "pri**", "OR", "AND", "NOT prize", "prize OR", "prize NOT taste",
    "NEAR(a b)", "(", ")", "(prize", ":", "search_text:prize", "&", "|", "!", "!prize", "<->", "prize <-> shows",
    "prize:*", "^prize", "-prize", "+prize", "\\", "prize\\", "%", "%s", "_", "__", "prize _", "{prize}", "[a]",
    ";", "--", "/*", "'; DROP TABLE debates_statement; --", "prize' OR '1'='1", "\x00", "prize\x00", "\ud800",
    "👍🏽", "\u202eprize",
    "𞤀", "ह", "½", "①", "ﬁ", "٣", "𝟘", "a" * 3000, "a " * 3000, "é" * 3000, "prize " * 50, " ", "\n",
]  # fmt: skip


@pytest.mark.parametrize("query", OPERATORS)
def test_operators_of_the_engines_are_only_words(tree: dict[str, Statement], query: str) -> None:
    allowed = set(tree)
    for any_word in (False, True):
        assert set(found(query, any_word=any_word)) <= allowed
    assert Statement.objects.count() == len(tree)


@pytest.mark.parametrize("query", ["", " ", "?!", '"*', "<->", "\x00", "👍🏽"])
def test_query_without_a_word_finds_nothing(tree: dict[str, Statement], query: str) -> None:
    assert found(query) == []


@pytest.mark.parametrize(
    "query", ['"prize"', "!prize", "-prize", "search_text:prize", "prize:*", "^prize", "prize\x00"]
)
def test_marks_around_a_word_are_no_operators(tree: dict[str, Statement], query: str) -> None:
    words = "search" not in query
    assert found(query) == (["A prize shows what the public likes"] if words else [])


def test_long_words_are_found_by_their_beginning(topic: Topic, alice: User) -> None:
    word = "Donaudampfschifffahrts" * 13
    topic.add_claim(word, by=alice)
    assert found(word) == found(word[:200]) == found("donaudampf") == [word]


def test_index_follows_wording_and_deletion(tree: dict[str, Statement], alice: User) -> None:
    line = tree["L'École dit non"]
    line.revise(text="Das Gymnasium sagt ja", version=1, by=alice)
    assert found("ecole") == []
    assert found("gymnasium") == ["Das Gymnasium sagt ja"]
    line.delete()
    assert found("gymnasium") == []


def test_index_follows_bulk_writes(topic: Topic) -> None:
    rows = [Statement(topic=topic, text=f"Bulk {index}", search_text=f"bulk {index}") for index in range(3)]
    Statement.objects.bulk_create(rows)
    assert len(found("bulk")) == 3
    Statement.objects.get_queryset().filter(text="Bulk 1").update(search_text="wholesale")
    assert found("wholesale") == ["Bulk 1"]
    topic.delete()
    assert found("bulk") == []


def test_what_was_taken_back_is_not_found(tree: dict[str, Statement], alice: User, bob: User) -> None:
    tree["L'École dit non"].withdraw(by=alice)
    tree["A prize shows what the public likes"].add_argument("supports", "A suggestion", by=bob, suggested=True)
    assert found("ecole") == []
    assert found("suggestion") == []
    tree["L'École dit non"].restore(by=alice)
    assert found("ecole") == ["L'École dit non"]


def test_found_statements_can_be_narrowed(tree: dict[str, Statement], topic: Topic, alice: User) -> None:
    elsewhere = make_topic(alice).add_claim("A prize elsewhere", by=alice)
    assert statements_matching("prize").filter(topic=elsewhere.topic).get() == elsewhere
    assert statements_matching("prize").count() == 2
    joined = statements_matching("prize").select_related("topic", "parent").filter(topic__title="Four days")
    assert joined.count() == 2


def test_index_is_in_place_after_all_migrations(db: None) -> None:
    """A migration that makes SQLite rebuild the table drops its triggers: it must install them again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'debates_statement'")
            wanted = {f"debates_statement_fts_{verb}" for verb in ("insert", "update", "delete")}
        else:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'debates_statement'")
            wanted = {"debates_statement_search"}
        assert wanted <= {name for (name,) in cursor.fetchall()}


def test_search_reads_its_index(tree: dict[str, Statement]) -> None:
    if connection.vendor == "sqlite":
        assert "VIRTUAL TABLE INDEX" in statements_matching("prize").explain()
        return
    # With a handful of rows PostgreSQL has better plans: leave it the condition, and no scan of the table.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {_POSTGRESQL}", ["prize:*"])
        plan = str(cursor.fetchall())
    assert "debates_statement_search" in plan
