"""Puts the demo in place by the verbs that people use, then dates it, as it was all written in one second."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User
from debates.models import Change, Essay, Membership, Pseudonym, Role, Source, Statement, Topic, Vote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SLUG = "bts-at-the-amas"
ESSAY_AUTHOR = "essay-author"
# The key of a statement in the files, as it is stored: unique for its author.
KEY = "demo-{}"
FOLDER = Path(__file__).parent
# The Friday on which the teacher set up the topic, and the class's three days in the week that followed.
FRIDAY = datetime(2026, 5, 15, 14, 0, tzinfo=UTC)
DAYS = {day: datetime(2026, 5, 18 + day - 1, 9, 5, tzinfo=UTC) for day in (1, 2, 3)}
PACE = timedelta(minutes=3)
# What other apps add to the demo once it is there: each says in a sentence what it put in place, or "".
also_load: list[Callable[[], str]] = []


@transaction.atomic
def load() -> Topic | None:
    """The demo topic, or None when it was there already."""
    if Topic.objects.filter(slug=SLUG).exists():
        return None
    topic_file, class_file = _read("topic.json"), _read("class.json")
    people = _people(class_file)
    topic = _topic(topic_file, people)
    _join(topic, class_file, people)
    demo = Demo(topic, people, _essay(topic, topic_file["essay"], people["rivera"]))
    demo.write(topic_file["statements"])
    demo.write(class_file["contributions"])
    demo.vote(class_file["votes"])
    Topic.objects.filter(pk=topic.pk).update(changed_at=demo.latest)
    return topic


def log_ins() -> tuple[str, str]:
    """The user names of the teacher and of one of the pupils."""
    class_file = _read("class.json")
    return class_file["teacher"]["username"], next(iter(class_file["pupils"]))


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content


def _people(class_file: dict[str, Any]) -> dict[str, User]:
    """The teacher, the pupils and the author of the essay, by user name. Accounts that exist stay as they are."""
    teacher = class_file["teacher"]
    # Argon2 takes its time on purpose: the password is one, so it is hashed once.
    password = make_password(settings.DEMO_PASSWORD)
    rows = [
        User(username=teacher["username"], display_name=teacher["display_name"], password=password),
        *(User(username=name, password=password) for name in class_file["pupils"]),
        User(username=ESSAY_AUTHOR, password=make_password(None)),
    ]
    for row in rows:
        row.date_joined = FRIDAY
    User.objects.bulk_create(rows, ignore_conflicts=True)
    return {user.username: user for user in User.objects.filter(username__in=[row.username for row in rows])}


def _topic(content: dict[str, Any], people: dict[str, User]) -> Topic:
    texts = {name: content[name] for name in ("title", "question", "background")}
    topic = Topic.objects.begin(
        by=people["rivera"], **texts, visibility="public", visitor_role=Role.WRITER, guests_vote=True,
        votes_shown="after_voting", names_shown="pseudonyms", created=FRIDAY,
    )  # fmt: skip
    topic.changes.update(at=FRIDAY)
    return topic


def _essay(topic: Topic, described: dict[str, str], by: User) -> Essay:
    text = (FOLDER / "essay.md").read_text(encoding="utf-8")
    essay = topic.add_essay(by=by, text=text, **described)
    Essay.objects.filter(pk=essay.pk).update(created=FRIDAY, updated=FRIDAY)
    topic.changes.filter(verb="essay-added").update(at=FRIDAY)
    return essay


def _join(topic: Topic, class_file: dict[str, Any], people: dict[str, User]) -> None:
    """The pupils are writers, and everyone bears the pseudonym that the class knows them by."""
    pupils = class_file["pupils"]
    Membership.objects.bulk_create(
        Membership(topic=topic, user=people[name], role=Role.WRITER, joined=FRIDAY) for name in pupils
    )
    Pseudonym.objects.filter(topic=topic).delete()
    names = pupils | {ESSAY_AUTHOR: "The essay’s author", "rivera": class_file["teacher"]["display_name"]}
    for username, name in names.items():
        Pseudonym.objects.give(topic, people[username], wish=name)


class Demo:
    """The demo topic while it is being written."""

    def __init__(self, topic: Topic, people: dict[str, User], essay: Essay) -> None:
        self.topic, self.people, self.essay = topic, people, essay
        self.statements: dict[str, Statement] = {}
        self.clock: dict[int, datetime] = {0: FRIDAY} | DAYS
        self.latest = FRIDAY

    def write(self, lines: Iterable[dict[str, Any]]) -> None:
        """Statements with their passages and sources, each a few minutes after the one before."""
        for line in lines:
            by = self.people[line.get("author", ESSAY_AUTHOR)]
            statement = self._add(line, by)
            self.statements[line["key"]] = statement
            when = self._date(line.get("day", 0))
            Statement.objects.filter(pk=statement.pk).update(created=when, updated=when)
            for passage in line.get("passages", ()):
                self._quote(statement, passage, by)
                self._date(line.get("day", 0), later=timedelta())
            for source in line.get("sources", ()):
                cited = statement.cite(by=by, **source)
                when = self._date(line.get("day", 0), later=timedelta())
                Source.objects.filter(pk=cited.pk).update(created=when)

    def _add(self, line: dict[str, Any], by: User) -> Statement:
        key = KEY.format(line["key"])
        if "parent" not in line:
            return self.topic.add_claim(line["text"], by=by, key=key)
        return self.statements[line["parent"]].add_argument(line["stance"], line["text"], by=by, key=key)

    def _quote(self, statement: Statement, passage: dict[str, Any], by: User) -> None:
        quoted = statement.quote(self.essay, passage["start"], passage["end"], by=by)
        if quoted.quote != passage["quote"]:
            raise ValueError(f"{statement.key}: the essay says {quoted.quote!r}, the map {passage['quote']!r}")

    def _date(self, day: int, *, later: timedelta = PACE) -> datetime:
        """Give the newest change its date. Dated at once, it is also no part of this minute's acts: see act_on."""
        when = self.clock[day] = self.clock[day] + later
        Change.objects.filter(topic=self.topic, number=self.topic.last_change).update(at=when)
        self.latest = max(self.latest, when)
        return when

    def vote(self, votes: dict[str, dict[str, int]]) -> None:
        """The class's votes, given on the afternoon of its third day."""
        when = DAYS[3] + timedelta(hours=4)
        for target, answers in votes.items():
            for voter, value in answers.items():
                self.statements[target].cast_vote(voter=self.people[voter], value=value)
        ours = list(Vote.objects.filter(statement__topic=self.topic).order_by("pk"))
        for minutes, vote in enumerate(ours):
            vote.at = when + timedelta(minutes=minutes / 2)
        Vote.objects.bulk_update(ours, ["at"])
