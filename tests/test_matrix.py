"""A5: every address of the site × everyone who may come × every kind of topic, as one table: matrix.txt.

A new address without a row fails a test here, and so does a row without an address.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.world import OWN_ROUTES, ROLES, VISITORS, World, address, build, posted, sent

if TYPE_CHECKING:
    from tests.markup import Response

# Addresses for which holding a token is the permission: it does not matter who can read the topic.
BY_TOKEN = {"join", "api-joins"}


type Cells = dict[str, str]


class Row(NamedTuple):
    name: str
    method: str


def parse(table: str, columns: tuple[str, ...]) -> dict[Row, list[Cells]]:
    """The rows of a table; each group of cells, parted by bars, has a cell for each of `columns` or one for all."""
    rows = {}
    for line in table.strip().splitlines():
        if not line or line.startswith(("#", "[")):
            continue
        head, *groups = line.split("|")
        name, method = head.split()
        cells = [group.split() for group in groups]
        each = [group * len(columns) if len(group) == 1 else group for group in cells]
        rows[Row(name, method)] = [dict(zip(columns, group, strict=True)) for group in each]
    return rows


_TOPICS, _OTHERS = (Path(__file__).parent / "matrix.txt").read_text().split("[everything else]")
TOPIC_ROWS = parse(_TOPICS, ROLES)
OTHER_ROWS = parse(_OTHERS, VISITORS)
# What some addresses of the API must be asked with.
QUERIES = {Row("api-search", "GET"): "?q=claim", Row("api-topic", "DELETE"): "?title=Four%20days"}
# 405 to everyone: the method is looked at before the person, so asking two of them is enough.
REFUSED_UNREAD = {row for row, (cells, *_) in TOPIC_ROWS.items() if set(cells.values()) == {"405"}}


def said(response: Response) -> str:
    """The answer as a cell of the table."""
    if response.status_code in {302, 303}:
        for word, start in (("who", "/who/"), ("login", "/accounts/login/")):
            if response["Location"].startswith(start):
                return word
    return str(response.status_code)


class Visitor:
    """Somebody who asks for one address after the other, and leaves nothing behind."""

    def __init__(self, world: World, role: str) -> None:
        self.world, self.client = world, Client()
        if role != "anonymous":
            self.client.force_login(world.people[role])
        self.start = dict(self.client.cookies.items())

    def ask(self, row: Row) -> str:
        cache.clear()
        url = address(self.world, row.name)
        with transaction.atomic():
            response = self.send(row, url)
            transaction.set_rollback(True)
        self.client.cookies.clear()
        self.client.cookies.update(self.start)
        return said(response)

    def send(self, row: Row, url: str) -> Response:
        """As a form for the pages, and as JSON for the API, whose methods are more than two."""
        if row.method == "GET":
            return self.client.get(url + QUERIES.get(row, ""))
        if not row.name.startswith("api-"):
            return self.client.post(url, posted(self.world, row.name))
        body = json.dumps(sent(self.world, row.name, row.method))
        url += QUERIES.get(row, "")
        return self.client.generic(row.method, url, body, "application/json", headers={"If-Match": '"1"'})


def expected(kind: str, row: Row, role: str) -> str:
    groups = TOPIC_ROWS[row]
    cell = groups[-1 if kind == "closed" else 0][role]
    if kind == "private" and role in VISITORS and row.name not in BY_TOKEN and cell != "405":
        return "404"
    if kind in {"public", "unlisted"} and role in {"viewer", "suggester"} and cell == "403":
        others = groups[0]["outsider"]
        return cell if others == "404" else others  # their own suggestion they see all the same
    return cell


# -- the tests ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(OWN_ROUTES))
def test_address_has_its_rows_in_the_table(name: str) -> None:
    rows = TOPIC_ROWS.keys() | OTHER_ROWS.keys()

    assert {Row(name, "GET"), Row(name, "POST")} <= rows, (
        f"{name!r} is an address of the site, and nobody has said who may come there: add a GET and a POST row for it"
        f" to tests/matrix.txt, with the status that each of {', '.join(ROLES)} gets."
    )


def test_table_has_no_row_for_what_is_no_address() -> None:
    assert {row.name for row in TOPIC_ROWS.keys() | OTHER_ROWS.keys()} - OWN_ROUTES == set()
    assert TOPIC_ROWS.keys() & OTHER_ROWS.keys() == set()


CASES = [(kind, role) for kind in ("public", "private", "closed") for role in ROLES]
CASES += [("unlisted", role) for role in (*VISITORS, "writer")]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "role"), CASES)
def test_every_address_of_a_topic_answers_as_the_table_says(kind: str, role: str) -> None:
    visitor = Visitor(build(kind), role)

    answers = {
        row: visitor.ask(row) for row in TOPIC_ROWS if row not in REFUSED_UNREAD or role in {"anonymous", "owner"}
    }

    wrong = {row: (cell, wanted) for row, cell in answers.items() if cell != (wanted := expected(kind, row, role))}
    assert wrong == {}, f"(answered, expected) for {role} in a {kind} topic"


@pytest.mark.django_db
@pytest.mark.parametrize("role", VISITORS)
def test_every_other_address_answers_as_the_table_says(role: str) -> None:
    visitor = Visitor(build("public"), role)

    answers = {row: visitor.ask(row) for row in OTHER_ROWS}

    wrong = {row: (cell, wanted) for row, cell in answers.items() if cell != (wanted := OTHER_ROWS[row][0][role])}
    assert wrong == {}, f"(answered, expected) for {role}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_administration_is_for_staff(role: str) -> None:
    client = Visitor(build("public"), role).client

    answers = {
        client.get(f"/admin/{path}").status_code for path in ("", "accounts/user/", "debates/topic/", "no/such/")
    }

    assert answers == {302}
