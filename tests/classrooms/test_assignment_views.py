"""The pages of an assignment for teachers: setting it up, showing it, giving it to another class, its end."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from classrooms.models import Assignment, Classroom, Pupil, Work
from debates.models import Statement, Topic
from tests.classrooms.conftest import TREE
from tests.classrooms.factories import make_assignment, make_classroom, seat_of
from tests.factories import make_topic
from tests.markup import by_class, by_id, dom, text

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User
    from tests.conftest import LogIn
    from tests.markup import Response

pytestmark = pytest.mark.django_db

FIELDS: dict[str, Any] = {
    "title": "Both sides", "instructions": "Argue *well*.", "shape": "shared", "sides": "none", "points": "100",
    "key": "a-key",
}  # fmt: skip


def errors(response: Response) -> list[str]:
    return [text(each) for each in (*by_class(dom(response), "error"), *by_class(dom(response), "notice"))]


# -- setting it up -----------------------------------------------------------------------------------------------------


def create(client: Client, classroom: Classroom, **fields: Any) -> Response:
    return client.post(reverse("assignment-create", args=[classroom.pk]), FIELDS | fields)


def test_assignment_is_stored_with_the_times_of_the_class(teacher: Client, classroom: Classroom, topic: Topic) -> None:
    answer = create(
        teacher, classroom, topic=topic.pk, due="2027-03-11T18:00", cutoff="2027-03-12 18:00", asked_supporting="2",
        asked_votes="",
    )  # fmt: skip

    made = Assignment.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, made.get_absolute_url())
    assert made.due == datetime(2027, 3, 11, 17, 0, tzinfo=UTC)
    assert made.cutoff == datetime(2027, 3, 12, 17, 0, tzinfo=UTC)
    assert made.requirements == {"supporting": 2}
    assert (made.topic, made.published) == (topic, None)
    page = teacher.get(made.get_absolute_url())
    assert "Thursday, 11 March, 18:00" in text(dom(page))


def test_form_sent_twice_makes_one_assignment_and_one_topic(teacher: Client, classroom: Classroom) -> None:
    first = create(teacher, classroom, topic="new:question")
    again = create(teacher, classroom, topic="new:question")

    assert first["Location"] == again["Location"]
    assert Assignment.objects.get().topic == Topic.objects.get()
    assert "Deciding" in Topic.objects.get().background


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"title": " "}, "id_title", "Give the assignment a title."),
        ({"topic": ""}, "id_topic", "Choose a topic first."),
        ({"due": "2027-03-28T02:30"}, "id_due", "the clock changes"),
        ({"due": "2027-10-31T02:30"}, "id_due", "the clock changes"),
        ({"due": "0001-01-01T00:00"}, "id_due", "such as 2027-06-30"),
        ({"due": "9999-12-31T23:59"}, "id_due", "such as 2027-06-30"),
        ({"due": "tomorrow"}, "id_due", "year-month-day"),
        ({"due": "2027-03-11T18:00", "cutoff": "2027-03-10T18:00"}, "id_cutoff", "must not lie before"),
        ({"asked_votes": "-1"}, "id_asked_votes", "0"),
        ({"asked_votes": "1001"}, "id_asked_votes", "1000"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    fields: dict[str, str], field: str, words: str, teacher: Client, classroom: Classroom, topic: Topic
) -> None:
    answer = create(teacher, classroom, **{"topic": topic.pk, "instructions": "My long text"} | fields)

    assert answer.status_code == 422
    said = [each for each in by_class(dom(answer), "error") if each.get("id", "").startswith(field)]
    assert words in " ".join(text(each) for each in said)
    assert "My long text" in text(by_id(answer, "id_instructions"))
    assert not Assignment.objects.exists()


def test_topic_of_somebody_else_cannot_be_assigned(teacher: Client, classroom: Classroom, bob: User) -> None:
    theirs = make_topic(bob, visibility="public")

    assert create(teacher, classroom, topic=theirs.pk).status_code == 422
    assert not Assignment.objects.exists()


def test_nobody_can_answer_others_on_a_map_of_their_own(teacher: Client, classroom: Classroom, topic: Topic) -> None:
    answer = create(teacher, classroom, topic=topic.pk, shape="each", asked_under_others="1")

    assert answer.status_code == 422
    assert any("nobody can answer others" in each for each in errors(answer))


def test_edit_meets_what_another_teacher_stored(
    teacher: Client, classroom: Classroom, topic: Topic, alice: User
) -> None:
    assignment = make_assignment(classroom, alice, topic=topic, published=False)
    assignment.revise(version=1, title="Their title")
    address = reverse("assignment-edit", args=[assignment.pk])

    answer = teacher.post(address, FIELDS | {"title": "My title", "topic": topic.pk, "version": "1"})

    assert answer.status_code == 409
    assert "Their title" in " ".join(errors(answer))
    assert by_id(answer, "id_title").get("value") == "My title"
    assert by_id(answer, "id_version").get("value") == "2"
    again = teacher.post(address, FIELDS | {"title": "My title", "topic": topic.pk, "version": "2"})
    assert again.status_code == 303
    assert Assignment.objects.get().title == "My title"


def test_what_pupils_have_begun_upon_stays(
    teacher: Client, classroom: Classroom, pupils: list[Pupil], topic: Topic, alice: User
) -> None:
    assignment = make_assignment(classroom, alice, topic=topic)
    address = reverse("assignment-edit", args=[assignment.pk])

    answer = teacher.post(address, FIELDS | {"title": "New", "shape": "each", "version": "1", "write_first": "on"})

    assert answer.status_code == 303
    assignment.refresh_from_db()
    assert (assignment.title, assignment.shape, assignment.topic) == ("New", "shared", topic)


def test_showing_it_makes_the_groups(
    teacher: Client, classroom: Classroom, pupils: list[Pupil], topic: Topic, alice: User, log_in: LogIn
) -> None:
    assignment = make_assignment(classroom, alice, topic=topic, shape="groups", published=False)
    pupil = log_in(pupils[0].user)
    assert pupil.get(assignment.get_absolute_url()).status_code == 404

    answer = teacher.post(reverse("assignment-publication", args=[assignment.pk]), {"count": "2"})

    assert answer.status_code == 303
    assert [group.seats.count() for group in assignment.groups.all()] == [2, 2]
    assert pupil.get(assignment.get_absolute_url()).status_code == 200
    page = teacher.get(assignment.get_absolute_url())
    assert "4 pupils see it." in text(dom(page))


def test_copy_for_another_class_has_no_words_of_pupils(
    teacher: Client, classroom: Classroom, pupils: list[Pupil], topic: Topic, alice: User
) -> None:
    assignment = make_assignment(classroom, alice, topic=topic, requirements={"votes": 2})
    Statement.objects.get(text="but sleep matters").add_argument("opposes", "I nap", by=pupils[0].user)
    other = make_classroom(alice, "9c")
    address = reverse("assignment-copy", args=[assignment.pk])

    sent = [teacher.post(address, {"classroom": other.pk, "key": "k"}) for _twice in range(2)]

    made = other.assignments.get()
    assert {each["Location"] for each in sent} == {made.get_absolute_url()}
    assert (made.requirements, made.published, made.seats.count()) == ({"votes": 2}, None, 0)
    assert made.topic is not None
    assert made.topic != topic
    assert set(made.topic.statements.values_list("text", flat=True)) == set(
        TREE.replace("+ ", "").replace("- ", "").split("\n  ")
    ) | {"Homework helps"}


def test_deleted_assignment_comes_back_with_its_work(
    teacher: Client, classroom: Classroom, pupils: list[Pupil], topic: Topic, alice: User, log_in: LogIn
) -> None:
    assignment = make_assignment(classroom, alice, topic=topic)
    Work.objects.create(seat=seat_of(assignment, pupils[0]), conclusion="So it is.")

    deleted = teacher.post(reverse("assignment-removal", args=[assignment.pk]), follow=True)

    undo = next(form for form in dom(deleted).iter("form") if "restoration" in form.get("action", ""))
    assert teacher.get(assignment.get_absolute_url()).status_code == 404
    assert log_in(pupils[0].user).get(assignment.get_absolute_url()).status_code == 404
    assert teacher.post(undo.get("action", "")).status_code == 303
    assert Work.objects.get(seat__assignment=assignment).conclusion == "So it is."
    assert teacher.get(assignment.get_absolute_url()).status_code == 200
