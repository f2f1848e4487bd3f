"""People, topics, trees and votes for tests, made by the verbs that the site itself uses."""

from __future__ import annotations

import itertools
from typing import Any

from accounts.models import User
from debates.models import Membership, Statement, Topic, Vote

STANCES = {"+": "supports", "-": "opposes"}
_numbers = itertools.count(1)


def make_user(name: str = "", **fields: Any) -> User:
    """An account that nobody can log in to by password; `name` is its user name."""
    return User.objects.create(username=name or f"person-{next(_numbers)}", password="!", **fields)


def make_guest() -> User:
    return User.objects.create_guest()


def make_topic(owner: User, **fields: Any) -> Topic:
    """A topic of `owner`, private unless `fields` say otherwise."""
    return Topic.objects.begin(by=owner, **{"title": "Four days", "question": "Should school take four days?"} | fields)


def make_member(topic: Topic, user: User, role: str = "writer") -> Membership:
    return Membership.objects.create(topic=topic, user=user, role=role)


def make_tree(topic: Topic, by: User, text: str) -> dict[str, Statement]:
    """The statements of an indented text, by their words. A claim stands alone; `+` supports, `-` opposes:

    A claim
      + because this
        - but that
      - but no
    """
    made: dict[str, Statement] = {}
    path: list[tuple[int, Statement]] = []
    for line in filter(str.strip, text.splitlines()):
        words = line.strip()
        indent = len(line) - len(line.lstrip())
        while path and path[-1][0] >= indent:
            path.pop()
        if not path:
            statement = topic.add_claim(words, by=by)
        else:
            sign, words = words.split(" ", 1)
            statement = path[-1][1].add_argument(STANCES[sign], words, by=by)
        assert words not in made, f"two lines say {words!r}"
        made[words] = statement
        path.append((indent, statement))
    return made


def make_votes(statement: Statement, *values: int) -> list[User]:
    """One vote on `statement` for each of `values`, each by a new person."""
    voters = [make_user() for _value in values]
    for voter, value in zip(voters, values, strict=True):
        statement.cast_vote(voter=voter, value=value)
    return voters


def histogram(statement: Statement) -> list[int]:
    """How many gave each of the five answers."""
    values = list(Vote.objects.filter(statement=statement).values_list("value", flat=True))
    return [values.count(step) for step in range(5)]
