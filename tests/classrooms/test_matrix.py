"""Every address of classes × everyone who may come, as one table: matrix.txt.

A new address without a row fails a test here, and so does a row without an address.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.classrooms.world import PATTERNS, ROLES, STRANGERS, World, address, build, posted
from tests.test_matrix import Row, parse, said

if TYPE_CHECKING:
    from tests.markup import Response

ROWS = parse((Path(__file__).parent / "matrix.txt").read_text(), ROLES)
# 405 to everyone: the method is looked at before the person, so asking two of them is enough.
REFUSED_UNREAD = {row for row, (cells,) in ROWS.items() if set(cells.values()) == {"405"}}
# Whoever belongs to no class may not learn of one; these ask for no class, or hold its code.
OPEN = {"class-list", "class-create", "class-join", "class-join-code", "class-card", "rubric-list", "rubric-create"}


class Visitor:
    """Somebody who asks for one address after the other, and leaves nothing behind."""

    def __init__(self, world: World, role: str) -> None:
        self.world, self.client = world, Client(raise_request_exception=False)
        if role != "anonymous":
            self.client.force_login(world.people[role])
        self.start = dict(self.client.cookies.items())

    def ask(self, row: Row) -> str:
        cache.clear()
        with transaction.atomic():
            response = self.send(row)
            transaction.set_rollback(True)
        self.client.cookies.clear()
        self.client.cookies.update(self.start)
        return said(response)

    def send(self, row: Row) -> Response:
        url = address(row.name, self.world.args)
        return self.client.get(url) if row.method == "GET" else self.client.post(url, posted(self.world, row.name))


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_address_has_its_rows_in_the_table(name: str) -> None:
    assert {Row(name, "GET"), Row(name, "POST")} <= ROWS.keys(), (
        f"{name!r} is an address of classes, and nobody has said who may come there: add a GET and a POST row for it to"
        f" tests/classrooms/matrix.txt, with the status that each of {', '.join(ROLES)} gets."
    )


def test_table_has_no_row_for_what_is_no_address() -> None:
    assert {row.name for row in ROWS} - PATTERNS.keys() == set()


def test_whoever_is_not_in_the_class_gets_404_everywhere() -> None:
    told = {
        row: cells
        for row, (cells,) in ROWS.items()
        if row.name not in OPEN and {cells[who] for who in STRANGERS} - {"404", "405"}
    }

    assert told == {}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_every_address_of_a_class_answers_as_the_table_says(role: str) -> None:
    visitor = Visitor(build(), role)

    asked = [row for row in ROWS if row not in REFUSED_UNREAD or role in {"anonymous", "owner"}]
    answers = {row: visitor.ask(row) for row in asked}

    wrong = {row: (cell, wanted) for row, cell in answers.items() if cell != (wanted := ROWS[row][0][role])}
    assert wrong == {}, f"(answered, expected) for {role}"
