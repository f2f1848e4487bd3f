"""The pages of grading: work beside the rubric, conflicts with both sides, hidden names, and what the pupil sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from accounts.models import User
from classrooms.models import Feedback, Grade, GradeVersion, Seat
from tests.classrooms.factories import make_pupils
from tests.classrooms.grading_world import Graded, argue, grade, graded_class
from tests.markup import by_class, by_id, dom, text, texts
from tests.queries import data_queries

if TYPE_CHECKING:
    from tests.conftest import LogIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(alice: User) -> Graded:
    return graded_class(alice)


def fields(seat: Seat, **given: object) -> dict[str, object]:
    return {"version": 0, "comment": "", "total": "", "do": "stay"} | given


def test_teacher_who_was_removed_leaves_the_drafts_and_grades_no_more(
    world: Graded, alice: User, bob: User, log_in: LogIn
) -> None:
    teacher = world.classroom.add_teacher(bob)
    grade(world.seats[0], bob, scores={"idea": 15})
    world.classroom.remove_teacher(teacher)
    url = reverse("seat-grading", args=[world.seats[0].pk])

    answer = log_in(bob).post(url, fields(world.seats[0], version=1, comment="More"))

    assert answer.status_code == 404
    assert Grade.objects.get().scores == {"idea": 15}
    assert by_id(log_in(alice).get(url), "grading-status").text.strip().startswith("bob changed this")  # type: ignore[union-attr]


def test_page_shows_the_argument_in_its_place_beside_the_rubric(world: Graded, alice: User, log_in: LogIn) -> None:
    line = argue(world.seats[0], "It tires")
    line.cite(by=world.pupils[0].user, title="A study", kind="data")
    Feedback.objects.create(seat=world.seats[0], statement=line, kind="praise", text="Well put", by=alice)

    page = log_in(alice).get(reverse("seat-grading", args=[world.seats[0].pk]))

    (above,) = texts(dom(page), "in-context__above")
    assert above.startswith("Homework helps")
    assert texts(dom(page), "argument-card__text") == ["It tires"]
    assert "A study" in text(by_class(dom(page), "argument-card")[0])
    assert "Well put" in texts(dom(page), "feedback")[0]
    assert len(list(by_id(page, "grade").iter("fieldset"))) == 6


def test_saving_goes_on_to_the_next_who_is_not_graded(world: Graded, alice: User, log_in: LogIn) -> None:
    first, second = world.seats
    scores = {f"score-{each['key']}": each["levels"][0]["points"] for each in world.rubric.criteria}

    answer = log_in(alice).post(reverse("seat-grading", args=[first.pk]), fields(first, do="next", **scores))

    assert (answer.status_code, answer["Location"]) == (303, reverse("seat-grading", args=[second.pk]))
    assert Grade.objects.get(seat=first).total_by(world.rubric.criteria) == 100


def test_two_teachers_at_once_see_both_states_and_nothing_is_overwritten(
    world: Graded, alice: User, bob: User, log_in: LogIn
) -> None:
    world.classroom.add_teacher(bob)
    grade(world.seats[0], bob, scores={"idea": 15}, comment="Bob’s words")
    url = reverse("seat-grading", args=[world.seats[0].pk])

    answer = log_in(alice).post(url, fields(world.seats[0], **{"score-idea": "3", "comment": "Alice’s words"}))

    assert (answer.status_code, Grade.objects.get().comment) == (409, "Bob’s words")
    (table,) = by_class(dom(answer), "grading-conflict__table")
    rows = [[text(cell) for cell in row if cell.tag in {"th", "td"}] for row in table.iter("tr")]
    assert ["To the pupil", "Bob’s words", "Alice’s words"] in rows
    assert ["One clear idea", "15", "3"] in rows
    again = fields(world.seats[0], **{"score-idea": "3", "comment": "Alice’s words", "version": 1})
    assert log_in(alice).post(url, again).status_code == 303
    assert Grade.objects.get().comment == "Alice’s words"


def test_wrong_points_come_back_as_they_were_typed(world: Graded, alice: User, log_in: LogIn) -> None:
    url = reverse("seat-grading", args=[world.seats[0].pk])

    answer = log_in(alice).post(url, fields(world.seats[0], total="many", comment="Kept"))

    assert (answer.status_code, Grade.objects.count()) == (422, 0)
    assert (by_id(answer, "id_total").get("value"), by_id(answer, "id_comment").text) == ("many", "Kept")


def test_score_of_an_earlier_rubric_can_be_kept(world: Graded, alice: User, log_in: LogIn) -> None:
    grade(world.seats[0], alice, scores={"idea": 14, "gone": 2})
    url = reverse("seat-grading", args=[world.seats[0].pk])

    log_in(alice).post(url, fields(world.seats[0], version=1, comment="New", **{"score-idea": "14"}))

    assert Grade.objects.get().scores == {"idea": 14, "gone": 2}


def test_hidden_names_are_nowhere_on_the_page(world: Graded, alice: User, log_in: LogIn) -> None:
    argue(world.seats[0], "It tires")
    client = log_in(alice)
    url = reverse("seat-grading", args=[world.seats[0].pk])
    assert "Ada L." in client.get(url).content.decode()

    client.post(reverse("assignment-grading-names", args=[world.assignment.pk]), {"names": "hidden"})

    for address in (url, reverse("assignment-grading", args=[world.assignment.pk])):
        page = client.get(address).content.decode()
        assert not [name for name in ("Ada L.", "Ben K.") if name in page]
    pseudonyms = world.seats[0].group.topic.pseudonyms.values_list("name", flat=True)  # type: ignore[union-attr]
    assert not [name for name in pseudonyms if name in client.get(url).content.decode()]


def test_colleague_who_has_the_page_open_is_named(world: Graded, alice: User, bob: User, log_in: LogIn) -> None:
    world.classroom.add_teacher(bob)
    url = reverse("seat-grading", args=[world.seats[0].pk])
    log_in(bob).get(url)

    page = log_in(alice).get(url)

    assert "bob has this open too." in text(by_id(page, "grading-status"))


def test_pupil_sees_the_grade_only_when_it_is_released(world: Graded, alice: User, log_in: LogIn) -> None:
    line = argue(world.seats[0], "It tires")
    grade(world.seats[0], alice, scores={"idea": 15}, marks={str(line.pk): {"points": 2, "comment": "Which study?"}})
    pupil, url = log_in(world.pupils[0].user), reverse("seat-grade", args=[world.seats[0].pk])
    assert by_class(dom(pupil.get(url)), "grade-shown") == []

    log_in(alice).post(reverse("assignment-release", args=[world.assignment.pk]))

    (shown,) = texts(dom(pupil.get(url)), "grade-shown")
    assert [words for words in ("17 of 100 points", "Which study?", "“It tires”") if words not in shown] == []
    assert GradeVersion.objects.get().seen is not None
    assert pupil.get(reverse("seat-grade", args=[world.seats[1].pk])).status_code == 404


def test_list_of_grading_asks_the_same_for_few_and_for_many(world: Graded, alice: User, log_in: LogIn) -> None:
    client, url = log_in(alice), reverse("assignment-grading", args=[world.assignment.pk])
    client.get(url)
    with data_queries() as few:
        client.get(url)
    for pupil in make_pupils(world.classroom, "Chidi O.", "Dora P.", "Eve Q."):
        grade(world.assignment.seat(pupil, by=alice), alice, scores={"idea": 15})

    with data_queries() as many:
        page = client.get(url)

    assert len(texts(dom(page), "status")) == 3
    assert len(many) == len(few) <= 16


def test_pages_of_grading_ask_the_same_for_one_argument_and_for_many(world: Graded, alice: User, log_in: LogIn) -> None:
    client, url = log_in(alice), reverse("seat-grading", args=[world.seats[0].pk])
    argue(world.seats[0], "First")
    client.get(url)
    with data_queries() as few:
        client.get(url)
    for number in range(4):
        argue(world.seats[0], f"Argument {number}").cite(by=world.pupils[0].user, title="A study", kind="data")

    with data_queries() as many:
        client.get(url)

    assert len(many) == len(few) <= 40
