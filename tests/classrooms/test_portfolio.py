"""The portfolio: all of one pupil's work in one file that needs no site, and names nobody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from accounts.models import User
from classrooms.models import Feedback, Work
from tests.classrooms.grading_world import Graded, argue, grade, graded_class
from tests.markup import by_class, dom, text

if TYPE_CHECKING:
    from tests.conftest import LogIn
    from tests.markup import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(alice: User) -> Graded:
    world = graded_class(alice)
    others = argue(world.seats[1], "It does not", "opposes")
    line = others.add_argument("opposes", "It <b>does</b>", by=world.pupils[0].user)
    Work.objects.create(seat=world.seats[0], conclusion="So it [does](/topics/).")
    Feedback.objects.create(seat=world.seats[0], statement=line, kind="praise", text="Well put", by=alice)
    grade(world.seats[0], alice, scores={"idea": 15}, comment="Good work")
    return world


def portfolio(log_in: LogIn, world: Graded) -> Response:
    return log_in(world.pupils[0].user).get(reverse("class-portfolio", args=[world.classroom.pk]))


def test_portfolio_has_the_pupils_work_in_its_places(world: Graded, log_in: LogIn) -> None:
    world.assignment.release()

    page = portfolio(log_in, world)

    said = text(dom(page))
    for words in ("It does not", "It <b>does</b>", "So it does.", "Well put", "Good work", "15 of 15"):
        assert words in said
    assert page["Content-Disposition"].startswith("attachment")


def test_portfolio_shows_no_grade_that_was_not_released(world: Graded, log_in: LogIn) -> None:
    assert "Good work" not in text(dom(portfolio(log_in, world)))


def test_portfolio_opens_without_the_site(world: Graded, log_in: LogIn) -> None:
    page = portfolio(log_in, world)

    tree = dom(page)
    assert [each.tag for each in tree.iter() if each.tag in {"script", "link", "img", "iframe"}] == []
    assert [link.get("href") for link in tree.iter("a") if not (link.get("href") or "#").startswith("#")] == []
    assert re.search(r"url\(|@import|src=", page.content.decode()) is None


def test_portfolio_names_nobody_but_its_pupil(world: Graded, log_in: LogIn, alice: User) -> None:
    world.assignment.release()
    page = portfolio(log_in, world).content.decode()

    names = ["Ben K.", alice.username, *world.assignment.topic.pseudonyms.values_list("name", flat=True)]  # type: ignore[union-attr]
    assert "Ada L." in page
    assert [name for name in names if name in page] == []


def test_teacher_takes_the_same_portfolio_and_that_is_noted(world: Graded, log_in: LogIn, alice: User) -> None:
    page = log_in(alice).get(reverse("pupil-portfolio", args=[world.pupils[0].pk]))

    assert len(by_class(dom(page), "feedback")) == 1
    assert world.classroom.looks.filter(kind="export", pupil=world.pupils[0]).count() == 1


def test_portfolio_of_a_pupil_is_nobody_elses(world: Graded, log_in: LogIn, alice: User, charlie: User) -> None:
    url = reverse("pupil-portfolio", args=[world.pupils[0].pk])

    assert log_in(charlie).get(url).status_code == 404
    assert log_in(world.pupils[1].user).get(url).status_code == 403
    assert log_in(alice).get(reverse("class-portfolio", args=[world.classroom.pk])).status_code == 404
