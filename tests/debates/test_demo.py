"""The demo: all of the essay's map, a class that answered and voted, and nothing done twice."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from debates.demo import loading
from debates.essays.segmenting import Span, blocks_of, sections_of, unused_sentences
from debates.models import (
    Argument,
    Change,
    Claim,
    Membership,
    Passage,
    Pseudonym,
    Source,
    Statement,
    Status,
    Topic,
    Vote,
)
from debates.rows import tallies_of

# (votes, mean) of every statement that the class voted on.
SCORES = {
    "c01": (2, 3.0), "c02": (2, 2.5), "c03": (2, 1.0), "c04": (2, 2.5), "c05": (2, 2.5), "c06": (2, 3.0),
    "c10": (3, 3.67), "c12": (1, 3.0), "civic-fandom": (3, 3.0), "economy": (3, 2.67), "later-acts": (3, 3.67),
    "money-road": (2, 2.5), "not-quality": (3, 3.0), "one-measure": (4, 3.75), "reach": (3, 3.0),
    "sound-measure": (3, 1.33), "step-forward": (3, 3.33),
}  # fmt: skip


def load_demo() -> str:
    said = StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()


@pytest.fixture
def topic(db: None) -> Topic:
    load_demo()
    return Topic.objects.get(slug="bts-at-the-amas")


@pytest.fixture
def lines(topic: Topic) -> dict[str, Statement]:
    """The demo's statements by their keys."""
    return {(line.key or "").removeprefix("demo-"): line for line in Statement.objects.filter(topic=topic)}


def test_demo_holds_the_essays_map(topic: Topic) -> None:
    of_essay = Statement.objects.filter(topic=topic, author__username="essay-author")
    assert Claim.objects.filter(topic=topic).count() == 3
    assert of_essay.filter(parent=None).count() == 3
    assert of_essay.filter(parent__isnull=False).count() == 57
    assert Argument.objects.filter(topic=topic).exclude(author__username="essay-author").count() == 12
    assert set(topic.statements.values_list("status", flat=True)) == {Status.VISIBLE}


def test_demo_topic_is_open_to_visitors(topic: Topic) -> None:
    assert topic.settings() | {"title": "", "question": "", "background": ""} == {
        "title": "", "question": "", "background": "", "language": "en", "visibility": "public",
        "visitor_role": "writer", "guests_vote": True, "votes_shown": "after_voting", "names_shown": "pseudonyms",
    }  # fmt: skip
    assert topic.title == "BTS at the AMAs"
    assert topic.question.startswith("Is BTS’s run at the American Music Awards")
    assert topic.background
    assert Membership.objects.get(topic=topic, role="owner").user.username == "rivera"


def test_every_passage_stands_where_it_says(topic: Topic) -> None:
    passages = list(Passage.objects.filter(statement__topic=topic).select_related("essay"))
    assert len(passages) == 73
    for passage in passages:
        assert passage.essay.text[passage.start : passage.end] == passage.quote
        assert passage.essay.text[: passage.start].endswith(passage.prefix)
        assert passage.essay.text[passage.end :].startswith(passage.suffix)
    of_essay = Statement.objects.filter(topic=topic, author__username="essay-author", passages=None)
    assert not of_essay.exists(), "every line of the essay's map rests on the essay"


def test_gaps_of_the_demo_are_gaps(topic: Topic, lines: dict[str, Statement]) -> None:
    unanswered, unchallenged = lines["one-measure"], lines["economy"]
    assert (unanswered.stance, unanswered.arguments.filter(stance="opposes").count()) == ("opposes", 0)
    below = [unchallenged]
    for line in below:
        below += line.arguments.all()
    assert unchallenged.parent is not None
    assert unchallenged.parent.is_claim
    assert [line.stance for line in below] == ["supports"] * 3
    assert _gaps(lines) == (["one-measure"], ["economy"])


def _gaps(lines: dict[str, Statement]) -> tuple[list[str], list[str]]:
    """Of the essay's own map: what stands against its claim unanswered, and what supports it unchallenged."""
    essays = {line.pk: (key, line) for key, line in lines.items() if not re.fullmatch(r"c\d\d", key)}
    below: dict[int | None, list[Statement]] = defaultdict(list)
    for _key, line in essays.values():
        below[line.parent_id].append(line)
    unanswered = [
        key for key, line in essays.values()
        if line.stance == "opposes" and _side(line, essays) < 0
        and not any(reply.stance == "opposes" for reply in below[line.pk])
    ]  # fmt: skip
    unchallenged = [
        key for key, line in essays.values()
        if line.stance == "supports" and line.depth == 1
        and all(each.stance == "supports" for each in _branch(line, below))
    ]  # fmt: skip
    return unanswered, unchallenged


def _side(line: Statement, lines: dict[int, tuple[str, Statement]]) -> int:
    """1 for what stands for its claim, -1 for what stands against it."""
    side = 1
    while line.parent_id is not None:
        side *= -1 if line.stance == "opposes" else 1
        line = lines[line.parent_id][1]
    return side


def _branch(line: Statement, below: dict[int | None, list[Statement]]) -> list[Statement]:
    found = [line]
    for each in found:
        found += below[each.pk]
    return found


# Where the sentences that nothing rests on begin and end, and how they begin.
UNMAPPED = [
    (229, 269, "This essay sets both"), (3094, 3121, "I have found no good"), (5701, 5815, "Both cases deserve t"),
    (5816, 5936, "I would watch what l"),
]  # fmt: skip


def test_essay_of_the_demo_is_used_but_for_four_sentences(topic: Topic) -> None:
    essay, added = topic.essays.get(), topic.changes.get(verb="essay-added")
    assert (essay.title, essay.version) == ("What a Prize Can Show: BTS at the AMAs", 1)
    assert essay.added_by is not None
    assert (essay.added_by.username, added.at, essay.created) == ("rivera", topic.created, topic.created)
    assert not Passage.objects.filter(lost=True).exists()
    sections = sections_of(essay.text, blocks_of(essay.text), topic.language)
    sentences = [sentence for section in sections for sentence in section.sentences]
    spans = [Span(*place) for place in Passage.objects.filter(essay=essay).values_list("start", "end")]

    unused = unused_sentences(sentences, spans)

    assert [(start, end, essay.text[start : start + 20]) for start, end in unused] == UNMAPPED


def test_votes_of_the_class_add_up(topic: Topic, lines: dict[str, Statement]) -> None:
    names = {line.pk: name for name, line in lines.items()}
    tallies = tallies_of([line.pk for line in lines.values()])
    assert {names[pk]: (each.count, round(each.mean or 0, 2)) for pk, each in tallies.items()} == SCORES
    assert Vote.objects.filter(statement__topic=topic).count() == 43


def test_class_bears_its_pseudonyms(topic: Topic) -> None:
    names = dict(Pseudonym.objects.filter(topic=topic).values_list("user__username", "name"))
    assert names == {
        "amber-heron": "Amber Heron", "teal-otter": "Teal Otter", "plum-badger": "Plum Badger",
        "slate-finch": "Slate Finch", "coral-newt": "Coral Newt", "olive-wren": "Olive Wren",
        "rivera": "Ms. Rivera", "essay-author": "The essay’s author",
    }  # fmt: skip
    assert Counter(Membership.objects.filter(topic=topic).values_list("role", flat=True)) == {"owner": 1, "writer": 6}
    by_author = Counter(topic.statements.filter(key__startswith="demo-c").values_list("author__username", flat=True))
    assert (by_author["amber-heron"], by_author["teal-otter"], by_author["olive-wren"]) == (4, 3, 0)
    assert Source.objects.filter(statement__topic=topic, added_by__username="amber-heron").count() == 2


def test_demo_is_dated_in_order(topic: Topic, lines: dict[str, Statement]) -> None:
    changes = list(topic.changes.order_by("number"))
    assert [change.number for change in changes] == list(range(1, topic.last_change + 1))
    assert [change.at for change in changes] == sorted(change.at for change in changes)
    assert topic.changed_at == changes[-1].at
    days = [lines[key].created.date().isoformat() for key in ("c01", "c04", "c12")]
    assert days == ["2026-05-18", "2026-05-19", "2026-05-20"]
    assert topic.created == changes[0].at


def test_demo_people_log_in_with_the_published_password(db: None, settings: Any, rf: Any) -> None:
    settings.DEMO_PASSWORD = "a word of one's own"
    load_demo()
    for username in ("rivera", "olive-wren"):
        person = authenticate(rf.get("/"), username=username, password="a word of one's own")
        assert person is not None
        assert person.get_username() == username
    assert not User.objects.get(username="essay-author").has_usable_password()


def test_second_load_writes_nothing(topic: Topic, bob: User) -> None:
    made = Claim.objects.filter(topic=topic).order_by("pk")[0].add_argument("opposes", "A visitor's answer.", by=bob)
    Claim.objects.filter(topic=topic).order_by("pk")[1].withdraw(by=bob)
    before = _snapshot()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        said = load_demo()
    assert said == "The demo is in place already.\n"
    assert _snapshot() == before
    assert Statement.objects.filter(pk=made.pk).exists()
    assert not [query for query in queries if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def test_load_keeps_an_account_that_was_there(db: None) -> None:
    own = User.objects.create_user("rivera", password="not the demo's", display_name="R. Rivera")
    load_demo()
    own.refresh_from_db()
    assert own.check_password("not the demo's")
    assert own.display_name == "R. Rivera"


def test_broken_quotation_loads_nothing(db: None, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("topic.json", "class.json", "essay.md"):
        (tmp_path / name).write_text((loading.FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    content = json.loads((tmp_path / "topic.json").read_text(encoding="utf-8"))
    content["statements"][0]["passages"][0]["quote"] = "Something else"
    (tmp_path / "topic.json").write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="Something else"):
        load_demo()
    assert not Topic.objects.exists()
    assert not User.objects.exists()


def _snapshot() -> list[Any]:
    models = (User, Topic, Statement, Change, Vote, Passage, Source, Membership, Pseudonym)
    return [list(model._default_manager.order_by("pk").values()) for model in models]
