"""Positions: how far a class accepts each claim before and after, as sums that tell of nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from classrooms.models import Assignment, Classroom, Position, Pupil
from classrooms.positions import results_of
from debates.models import Refused, Statement
from tests.classrooms.factories import make_assignment, make_classroom, make_pupils, seat_of
from tests.markup import by_class, by_id, dom, text, texts
from tests.queries import data_queries

pytestmark = pytest.mark.django_db

type LogIn = Callable[[User], Client]


@pytest.fixture
def classroom(alice: User) -> Classroom:
    return make_classroom(alice)


@pytest.fixture
def pupils(classroom: Classroom) -> list[Pupil]:
    return make_pupils(classroom, *(f"Pupil {number}" for number in range(6)))


@pytest.fixture
def assignment(classroom: Classroom, pupils: list[Pupil], alice: User) -> Assignment:
    return make_assignment(classroom, alice)


@pytest.fixture
def teacher(log_in: LogIn, alice: User) -> Client:
    return log_in(alice)


def claim_of(assignment: Assignment, pupil: Pupil) -> Statement:
    topic = seat_of(assignment, pupil).group.topic
    assert topic is not None
    return topic.claims[0]


def ask(assignment: Assignment, pupils: list[Pupil], phase: str, *values: int) -> None:
    """Ask in `phase`, have the first of `pupils` answer `values`, and end the asking."""
    assignment.poll(phase)
    for pupil, value in zip(pupils, values, strict=False):
        assignment.take_positions(seat_of(assignment, pupil), {claim_of(assignment, pupil).pk: value})
    assignment.poll("")


def test_pupil_answers_once_and_may_change_it_while_it_is_asked(
    log_in: LogIn, teacher: Client, assignment: Assignment, pupils: list[Pupil]
) -> None:
    address, pupil = f"/assignments/{assignment.pk}/position/", log_in(pupils[0].user)
    name = f"claim-{claim_of(assignment, pupils[0]).pk}"
    teacher.post(f"/assignments/{assignment.pk}/poll/", {"phase": "before"})

    first, second = pupil.post(address, {name: "1"}), pupil.post(address, {name: "3"})

    assert (first.status_code, second.status_code) == (303, 303)
    assert list(Position.objects.values_list("seat__pupil", "phase", "value")) == [(pupils[0].pk, "before", 3)]
    ticked = [each.get("value") for each in dom(pupil.get(address)).iter("input") if "checked" in each.attrib]
    assert ticked == ["3"]


@pytest.mark.parametrize("sent", [{}, {"claim": "5"}, {"claim": "x"}, {"claim": ""}, {"claim-999": "2"}])
def test_answer_that_is_none_comes_back_with_a_sentence(
    log_in: LogIn, assignment: Assignment, pupils: list[Pupil], sent: dict[str, str]
) -> None:
    assignment.poll("before")
    own = f"claim-{claim_of(assignment, pupils[0]).pk}"

    response = log_in(pupils[0].user).post(
        f"/assignments/{assignment.pk}/position/", {own if name == "claim" else name: sent[name] for name in sent}
    )

    assert response.status_code == 422
    assert "Choose one of the five steps for at least one claim." in text(by_id(response, "position"))
    assert not Position.objects.exists()


def test_nothing_is_taken_once_the_asking_has_ended(log_in: LogIn, assignment: Assignment, pupils: list[Pupil]) -> None:
    ask(assignment, pupils, "before", 2)
    claim = claim_of(assignment, pupils[1])

    response = log_in(pupils[1].user).post(f"/assignments/{assignment.pk}/position/", {f"claim-{claim.pk}": "4"})

    assert response.status_code == 422
    assert Position.objects.count() == 1


def test_claim_of_another_map_is_none_of_mine(classroom: Classroom, pupils: list[Pupil], alice: User) -> None:
    each = make_assignment(classroom, alice, shape="each")
    each.poll("before")
    theirs = claim_of(each, pupils[1])

    with pytest.raises(Refused):
        each.take_positions(seat_of(each, pupils[0]), {theirs.pk: 2})


def test_class_sees_sums_and_the_shift_where_five_answered(
    log_in: LogIn, assignment: Assignment, pupils: list[Pupil]
) -> None:
    ask(assignment, pupils, "before", 0, 1, 1, 2, 4)
    ask(assignment, pupils, "after", 1, 2, 1, 1, 4, 4)

    page = log_in(pupils[5].user).get(f"/assignments/{assignment.pk}/position/")

    bars = [text(each) for each in by_class(dom(page), "bars")]
    assert bars == [
        "not at all 1 a little 2 partly 1 largely 0 wholly 1",
        "not at all 0 a little 3 partly 1 largely 0 wholly 2",
    ]
    assert texts(dom(page), "positions__shift") == [
        "Of 5 who answered both times, 2 accept it more than before, 1 less, and 2 as much."
    ]


def test_sums_of_fewer_than_five_are_kept_back(log_in: LogIn, assignment: Assignment, pupils: list[Pupil]) -> None:
    ask(assignment, pupils, "before", 0, 1, 1, 4)
    ask(assignment, pupils[1:], "after", 0, 1, 1, 4, 3)

    (result,) = results_of(assignment)

    assert [(spread.phase, spread.count, bool(spread.bars)) for spread in result.spreads] == [
        ("before", 4, False), ("after", 5, True),
    ]  # fmt: skip
    assert result.shift is None


def test_nobody_watches_the_sums_grow(teacher: Client, assignment: Assignment, pupils: list[Pupil]) -> None:
    ask(assignment, pupils, "before", 0, 1, 1, 4, 3)
    assignment.poll("before")

    page = teacher.get(f"/assignments/{assignment.pk}/position/")

    assert not by_class(dom(page), "bars")
    assert "5 of 6 have answered." in text(by_id(page, "asking"))


def test_groups_are_counted_together_by_the_claims_of_the_template(
    classroom: Classroom, pupils: list[Pupil], alice: User
) -> None:
    each = make_assignment(classroom, alice, shape="each")
    ask(each, pupils, "before", 0, 0, 1, 1, 4, 4)
    own = seat_of(each, pupils[0])
    assert own.group.topic is not None
    mine = own.group.topic.add_claim("My very own", by=pupils[0].user)
    each.poll("after")
    each.take_positions(own, {mine.pk: 4})
    each.poll("")

    (result,) = results_of(each)

    assert (result.text, [bar.count for bar in result.spreads[0].bars]) == ("Homework helps", [2, 2, 0, 0, 2])


def test_presentation_ends_with_the_positions(teacher: Client, assignment: Assignment, pupils: list[Pupil]) -> None:
    ask(assignment, pupils, "before", 0, 1, 1, 2, 4)

    response = teacher.get(f"/assignments/{assignment.pk}/presentation/?at=positions")

    assert len(by_class(dom(response), "bars")) == 1
    assert by_id(response, "next").get("href") is None


def test_results_cost_three_queries(assignment: Assignment, pupils: list[Pupil]) -> None:
    ask(assignment, pupils, "before", 0, 1, 1, 2, 4)

    with data_queries() as asked:
        results_of(assignment)

    assert len(asked) == 3


def test_asking_in_no_phase_is_refused(teacher: Client, assignment: Assignment) -> None:
    assert teacher.post(f"/assignments/{assignment.pk}/poll/", {"phase": "during"}).status_code == 422
    assert teacher.post(f"/assignments/{assignment.pk}/poll/").status_code == 422
    assignment.refresh_from_db()
    assert assignment.polling == ""
